"""How long the guided mode lets a method learn: steps, epochs, repeats, by pictures, batch and machine."""

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from mikazuki.preparing.guide_facts import Facts, Goal
from mikazuki.preparing.guide_parts import Choice, Thrift
from mikazuki.settings.methods import DREAMBOOTH, FINE_TUNE, HYPERNETWORK, IMAGIC, INVERSION, LORA, PIVOTAL
from mikazuki.text import size

STEPS: Final[Mapping[str, Mapping[Goal, int]]] = MappingProxyType(
    {
        LORA: {"character": 1500, "concept": 1200, "style": 2400},
        DREAMBOOTH: {"character": 1200, "concept": 1000, "style": 2000},
        FINE_TUNE: {"character": 1500, "concept": 1500, "style": 2000},
        INVERSION: {"character": 2000, "concept": 2000, "style": 3000},
        PIVOTAL: {"character": 1500, "concept": 1500, "style": 2400},
        HYPERNETWORK: {"character": 4000, "concept": 4000, "style": 5000},
        IMAGIC: {"character": 1500, "concept": 1500, "style": 1500},
    }
)
"""Steps at batch size 1 for `USUAL_PICTURES`; more pictures take more, by the square root."""
USUAL_PICTURES: Final = 20
LEAST_STEPS: Final = 400
CPU_STEPS: Final = 200
TINY_STEPS: Final[Mapping[str, int]] = MappingProxyType(
    dict.fromkeys((LORA, FINE_TUNE, INVERSION, HYPERNETWORK), 560)
    | dict.fromkeys((DREAMBOOTH, PIVOTAL), 280)
    | {IMAGIC: 250}
)
"""Steps that teach a tiny model, class pictures among them: about a minute on two cores."""
USUAL_EPOCHS: Final = 10
"""So often every picture is shown to a whole model that learns hundreds of them."""
MOST_REPEATS: Final = 50
MOST_EPOCHS: Final = 200
SENTENCE_SHARE: Final = 1 / 3
TINY_SENTENCE_SHARE: Final = 0.4
"""Imagic: share of the steps in which the sentence learns."""


def usual_steps(facts: Facts) -> int:
    """Return the usual steps at batch size 1 on a card."""
    steps = STEPS[facts.method][facts.goal]
    if facts.method == IMAGIC:
        return steps
    more = min(2.0, max(0.6, math.sqrt(facts.pictures / USUAL_PICTURES)))
    shown = USUAL_EPOCHS * facts.pictures if facts.method == FINE_TUNE else 0
    return max(LEAST_STEPS, round(steps * more), shown)


def wanted_steps(facts: Facts, batch: int) -> int:
    """Return how many steps a training should have, about."""
    if facts.tiny:
        alone = facts.kept_class is None and facts.method != IMAGIC
        return TINY_STEPS[facts.method] // (2 if alone else 1)
    steps = max(LEAST_STEPS, round(usual_steps(facts) / math.sqrt(batch)))
    return steps if facts.memory is not None else min(steps, CPU_STEPS)


def repeats(facts: Facts, batch: int) -> int:
    """Return repeats of a plain folder that make about `USUAL_EPOCHS` epochs; 1 where folders say it themselves."""
    if facts.numbered:
        return 1
    an_epoch = wanted_steps(facts, batch) * batch / USUAL_EPOCHS
    return min(MOST_REPEATS, max(1, round(an_epoch / facts.pictures)))


def steps_of_epoch(facts: Facts, batch: int) -> int:
    """Return the steps of an epoch, about: regularisation pictures are shown as often as the others."""
    beside = 2 if facts.kept_class else 1
    return max(1, math.ceil(facts.shown * repeats(facts, batch) * beside / batch))


def epochs(facts: Facts, batch: int) -> int:
    """Return the epochs that come nearest to the wanted steps."""
    return min(MOST_EPOCHS, max(1, round(wanted_steps(facts, batch) / steps_of_epoch(facts, batch))))


def total_steps(facts: Facts, batch: int) -> int:
    """Return the steps of the whole training, about."""
    return epochs(facts, batch) * steps_of_epoch(facts, batch)


def sentence_steps(facts: Facts) -> int:
    """Return the steps in which imagic's sentence learns."""
    return round(wanted_steps(facts, 1) * (TINY_SENTENCE_SHARE if facts.tiny else SENTENCE_SHARE))


def length(facts: Facts, chosen: Thrift) -> Iterator[Choice]:
    """Batch size and epochs; one picture is counted in steps."""
    held = size(facts.memory) if facts.memory is not None else ""
    yield from _in_steps(facts, chosen.batch) if facts.method == IMAGIC else _in_epochs(facts, chosen.batch, held)
    if chosen.checkpointing:
        yield Choice("gradient_checkpointing", value=True, told={"memory": held})


def _in_epochs(facts: Facts, batch: int, held: str) -> Iterator[Choice]:
    kind = "_tiny" if facts.tiny else "" if facts.memory is not None else "_cpu"
    yield Choice("train_batch_size", batch, f"train_batch_size{kind}", {"memory": held})
    often = repeats(facts, batch)
    if often > 1:
        yield Choice("dataset_repeats", often, told={"repeats": often, "pictures": facts.pictures})
    told = {"steps": total_steps(facts, batch), "pictures": facts.pictures}
    yield Choice("max_train_epochs", epochs(facts, batch), f"max_train_epochs{kind}", told)


def _in_steps(facts: Facts, batch: int) -> Iterator[Choice]:
    kind = "" if facts.tiny or facts.memory is not None else "_cpu"
    yield Choice("train_batch_size", batch, "train_batch_size_one")
    yield Choice("max_train_steps", wanted_steps(facts, batch), f"max_train_steps{kind}")
