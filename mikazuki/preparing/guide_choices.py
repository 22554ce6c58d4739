"""The choices of the guided mode: each a function from what is known to a value and the name of its reason."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from mikazuki.models.families import FAMILY_TITLES
from mikazuki.preparing.guide_facts import Facts, output_name
from mikazuki.text import size

SEED: Final = 1337
GB: Final = 10**9

STEPS: Final = {"character": 1500, "concept": 1200, "style": 2400}
"""Steps at batch size 1 for `USUAL_PICTURES`; more pictures take more, by the square root."""
USUAL_PICTURES: Final = 20
LEAST_STEPS: Final = 400
CPU_STEPS: Final = 200
TINY_STEPS: Final = 560
"""As the demo has it: about a minute on two cores."""
USUAL_EPOCHS: Final = 10
MOST_REPEATS: Final = 50
MOST_EPOCHS: Final = 200

RANKS: Final = {"character": 32, "style": 32, "concept": 8}
RANKS_SDXL: Final = {"character": 16, "style": 32, "concept": 8}
TINY_RANK: Final = 16

TEXT_RATES: Final = {"character": 1e-5, "concept": 2e-5}

WANTED: Final = {"character": 10, "concept": 8, "style": 20}
"""Pictures from which on a goal is reached well."""

SDXL_MEMORY: Final = 7 * GB
"""Below this SDXL's own resolution is too much."""

LEAST_SIDE: Final = 64
"""Pixels of the smallest bucket side."""

SPARE: Final = 0.9
"""Share of the card's memory to plan with: the screen and other programs take some."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, the name of its reason in the catalogue, and what the reason's text mentions."""

    option: str
    value: Any
    reason: str = ""
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Name of the reason's text."""
        return self.reason or self.option


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning: its code is the name of its text."""

    code: str
    told: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thrift:
    """How much memory a step takes."""

    batch: int
    checkpointing: bool = False


LADDER: Final = (
    Thrift(4),
    Thrift(2),
    Thrift(4, checkpointing=True),
    Thrift(1),
    Thrift(2, checkpointing=True),
    Thrift(1, checkpointing=True),
)
"""From the quickest to the most frugal."""


def thrift(facts: Facts, needed: Callable[[Thrift], int]) -> Thrift:
    """Return the quickest way that fits into the card; ``needed`` estimates the bytes of one."""
    if facts.tiny:
        return Thrift(min(4, max(1, facts.pictures)))
    if facts.memory is None:
        return Thrift(1)
    small = [one for one in LADDER if one.batch <= max(1, facts.pictures // 4)]
    return next((one for one in small if needed(one) <= facts.memory * SPARE), LADDER[-1])


def places(facts: Facts) -> Iterator[Choice]:
    """Where model and pictures lie."""
    title = FAMILY_TITLES[facts.family]
    yield Choice("pretrained_model_name_or_path", facts.model, told={"family": title, "native": facts.native})
    told = {"pictures": facts.pictures, "captions": len(facts.captions)}
    yield Choice("train_data_dir", facts.folder, told=told)
    if facts.regularisation and facts.goal != "style":
        yield Choice("reg_data_dir", facts.regularisation)


def side(facts: Facts) -> Choice:
    """The resolution: the model's own, or less for small pictures or a small card."""
    unit = facts.step * max(1, 64 // facts.step) if facts.native >= 512 else facts.step
    least = max(unit, facts.native // 2)
    if facts.family == "sdxl" and facts.memory is not None and facts.memory < SDXL_MEMORY:
        told = {"native": facts.native, "memory": size(facts.memory)}
        return Choice("resolution", _square(facts.native * 3 // 4 // unit * unit), "resolution_memory", told)
    if facts.median < facts.native * 0.75:
        smaller = max(least // unit * unit, min(facts.native, -(-facts.median // unit) * unit))
        if smaller < facts.native:
            told = {"native": facts.native, "median": facts.median}
            return Choice("resolution", _square(smaller), "resolution_pictures", told)
    return Choice("resolution", _square(facts.native))


def _square(pixels: int) -> str:
    return f"{pixels},{pixels}"


def buckets(facts: Facts, pixels: int) -> Iterator[Choice]:
    """Sizes of the buckets around the resolution."""
    step = max(facts.step, 64) if facts.native >= 512 else facts.step
    least = pixels // 2 // step * step
    yield Choice("min_bucket_reso", max(LEAST_SIDE, least), "min_bucket_reso_least" if least < LEAST_SIDE else "")
    yield Choice("max_bucket_reso", pixels * 2)
    yield Choice("bucket_reso_steps", step)


def captions(facts: Facts) -> Iterator[Choice]:
    """How captions are read."""
    yield Choice("caption_extension", facts.caption_extension)
    if facts.tags:
        yield Choice("shuffle_caption", value=True)
        yield Choice("keep_tokens", 1)
    if facts.longest > 75:
        yield Choice("max_token_length", min(300, -(-facts.longest // 75) * 75))


def network(facts: Facts) -> Iterator[Choice]:
    """What is trained, and at which rates."""
    ranks = RANKS_SDXL if facts.family == "sdxl" else RANKS
    rank = TINY_RANK if facts.tiny else ranks[facts.goal]
    yield Choice("network_module", "networks.lora")
    yield Choice("network_dim", rank, "network_dim_tiny" if facts.tiny else f"network_dim_{facts.goal}")
    yield Choice("network_alpha", rank / 2)
    if facts.goal == "style" and not facts.tiny and facts.family != "sdxl":
        yield Choice("network_args", ["conv_dim=8", "conv_alpha=4"])
    if facts.tiny:
        yield Choice("learning_rate", 1e-3, "learning_rate_tiny")
        yield Choice("text_encoder_lr", [5e-4], "learning_rate_tiny")
        return
    yield Choice("learning_rate", 1e-4)
    if facts.goal == "style" or facts.family == "sdxl":
        yield Choice("network_train_unet_only", value=True)
    else:
        yield Choice("text_encoder_lr", [TEXT_RATES[facts.goal]])


def wanted_steps(facts: Facts, batch: int) -> int:
    """Return how many steps a training should have, about."""
    if facts.tiny:
        return TINY_STEPS if facts.regularisation and facts.goal != "style" else TINY_STEPS // 2
    more = min(2.0, max(0.6, math.sqrt(facts.pictures / USUAL_PICTURES)))
    steps = max(LEAST_STEPS, round(STEPS[facts.goal] * more / math.sqrt(batch)))
    return steps if facts.memory is not None else min(steps, CPU_STEPS)


def repeats(facts: Facts, batch: int) -> int:
    """Return repeats of a plain folder that make about `USUAL_EPOCHS` epochs; 1 where folders say it themselves."""
    if facts.numbered:
        return 1
    an_epoch = wanted_steps(facts, batch) * batch / USUAL_EPOCHS
    return min(MOST_REPEATS, max(1, round(an_epoch / facts.pictures)))


def length(facts: Facts, chosen: Thrift) -> Iterator[Choice]:
    """Batch size and epochs."""
    kind = "_tiny" if facts.tiny else "" if facts.memory is not None else "_cpu"
    held = size(facts.memory) if facts.memory is not None else ""
    yield Choice("train_batch_size", chosen.batch, f"train_batch_size{kind}", {"memory": held})
    often = repeats(facts, chosen.batch)
    if often > 1:
        yield Choice("dataset_repeats", often, told={"repeats": often, "pictures": facts.pictures})
    steps = steps_of_epoch(facts, chosen.batch)
    number = epochs(facts, chosen.batch)
    told = {"steps": number * steps, "pictures": facts.pictures}
    yield Choice("max_train_epochs", number, f"max_train_epochs{kind}", told)
    if chosen.checkpointing:
        yield Choice("gradient_checkpointing", value=True, told={"memory": held})


def steps_of_epoch(facts: Facts, batch: int) -> int:
    """Return the steps of an epoch, about: regularisation pictures are shown as often as the others."""
    beside = 2 if facts.regularisation and facts.goal != "style" else 1
    return max(1, math.ceil(facts.shown * repeats(facts, batch) * beside / batch))


def epochs(facts: Facts, batch: int) -> int:
    """Return the epochs that come nearest to the wanted steps."""
    return min(MOST_EPOCHS, max(1, round(wanted_steps(facts, batch) / steps_of_epoch(facts, batch))))


def learning(facts: Facts) -> Iterator[Choice]:
    """Optimizer, course of the rate, loss, precision."""
    if facts.memory is not None and facts.eight_bit and not facts.tiny:
        yield Choice("optimizer_type", "AdamW8bit", "optimizer_type_8bit")
    else:
        yield Choice("optimizer_type", "AdamW")
    yield Choice("lr_scheduler", "cosine")
    if not facts.tiny:
        yield Choice("lr_warmup_steps", 0.05)
        yield Choice("min_snr_gamma", 5.0)
    yield Choice("mixed_precision", "auto")
    yield Choice("cache_latents", value=True)
    yield Choice("seed", SEED)


def files(facts: Facts, batch: int) -> Iterator[Choice]:
    """What is kept, how often, and under which name."""
    every = max(1, epochs(facts, batch) // (2 if facts.tiny else 5))
    yield Choice("output_name", output_name(facts))
    yield Choice("save_precision", "fp16")
    yield Choice("save_every_n_epochs", every)


def prompts(facts: Facts, pixels: int) -> list[str]:
    """Return the lines of a prompt file: two captions of the pictures, and a prompt that has nothing to do with them.

    None where drawing them takes longer than the training's own steps: a full-size model on a processor.
    """
    if facts.memory is None and not facts.tiny:
        return []
    strength = "2.5" if facts.tiny else "7"
    told = list(dict.fromkeys(facts.captions))
    texts = [told[0], told[len(told) // 2]] if len(told) > 1 else [told[0] if told else facts.trigger, facts.trigger]
    other = "a big red heart in the middle, in the sky" if facts.tiny else "a wooden house by a lake, in the morning"
    lines = [text.replace(" --", " ").strip() for text in (*dict.fromkeys(texts), other)]
    tail = f"--w {pixels} --h {pixels} --s {20 if facts.tiny else 28} --l {strength}"
    return [f"{text} {tail} --d {number}" for number, text in enumerate(lines, start=1)]


def warnings(facts: Facts, pixels: int) -> Iterator[Warned]:
    """What a person should know beside the values."""
    count, own = facts.pictures, len(facts.captions)
    if count < WANTED[facts.goal]:
        yield Warned("pictures-few", {"pictures": count, "wanted": WANTED[facts.goal]})
    if not own:
        yield Warned("captions-none", {"trigger": facts.trigger})
    elif own < count:
        yield Warned("captions-some", {"missing": count - own, "pictures": count, "trigger": facts.trigger})
    small = sum(one < pixels * 0.6 for one in facts.sides)
    if small:
        yield Warned("pictures-small", {"count": small, "pictures": count, "side": pixels})
    if facts.memory is None and not facts.tiny:
        yield Warned("no-gpu")
    if steps_of_epoch(facts, 1) > 2 * STEPS[facts.goal]:
        yield Warned("long", {"shown": facts.shown})
