"""Which ways to train are tried when memory is measured, in which order, and what a measurement decides."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from mikazuki.settings.methods import WHOLE
from mikazuki.settings.optimizers import is_adafactor
from mikazuki.settings.train import TrainSettings
from mikazuki.text import duration, size

MARGIN: Final = 0.08
"""Share of the memory that is left: samples are drawn, buckets change, other programs open windows."""

ADAFACTOR_ARGS: Final = ("relative_step=False", "scale_parameter=False", "warmup_init=False")

Verdict = Literal["fits", "too-large", "out-of-memory", "skipped", "not-possible"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the machine and the data allow."""

    gpu: bool
    eight_bit: bool = False
    """Whether the package for 8-bit optimizers is installed."""
    own_batches: bool = False
    """Whether a file of data sets says its own batch size, which settings do not reach."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to train: what is changed of what was asked, and by which saving it differs from the way before."""

    changes: Mapping[str, Any]
    saving: str
    """Name of the saving's text in the catalogue; ``asked`` changes nothing."""
    batch: int

    @property
    def but_batch(self) -> dict[str, Any]:
        """The changes without those of the batch size."""
        return {k: v for k, v in self.changes.items() if k not in {"train_batch_size", "gradient_accumulation_steps"}}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a way took: bytes, and seconds a step; ``seconds`` is None where memory ran out."""

    memory: int
    free: int
    seconds: float | None
    pictures: int = 0
    """Pictures at once."""
    size: tuple[int, int] = (0, 0)
    device: str = ""
    precision: str = ""
    spills: bool = False
    """Whether the driver would move what does not fit into main memory instead of saying so."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a way; ``told`` is what its text mentions."""

    way: Way
    verdict: Verdict
    measured: Measured | None = None
    told: Mapping[str, Any] = field(default_factory=dict)


def ways(asked: TrainSettings, facts: Facts) -> Iterator[Way]:
    """Yield the ways to train from the fastest to the most frugal; each keeps the savings before it.

    First what costs no speed: number format, latents encoded once, where whole models are trained an 8-bit optimizer.
    Then smaller batches and gradient checkpointing by turns, as the speed of a picture falls; then what costs more.
    """
    kept: dict[str, Any] = {}
    yield Way({}, "asked", asked.train_batch_size)
    whole = asked.method in WHOLE
    free = [_precision(asked, facts), _latents(asked)] + ([_eight_bit(asked, facts)] if whole else [])
    for saving in filter(None, free):
        kept |= saving.changes
        yield Way(dict(kept), saving.saving, asked.train_batch_size)
    last = kept
    for way in _smaller(asked, facts, kept):
        last = dict(way.changes)
        yield way
    least = 1 if not facts.own_batches else asked.train_batch_size
    late = [None if whole else _eight_bit(asked, facts), _fused(asked, whole=whole), _offload(asked), _fp8(asked)]
    for saving in filter(None, late):
        last = {**last, **saving.changes}
        yield Way(dict(last), saving.saving, least)


def _smaller(asked: TrainSettings, facts: Facts, kept: Mapping[str, Any]) -> Iterator[Way]:
    """Yield smaller batches and checkpointing by turns: at half a batch less each, checkpointing a size behind."""
    sizes = _halves(asked.train_batch_size) if not facts.own_batches else [asked.train_batch_size]
    checkpoint = {} if asked.gradient_checkpointing else {"gradient_checkpointing": True}
    for number, batch in enumerate(sizes):
        own = _batched(asked, batch)
        if number:
            yield Way({**kept, **own}, "batch", batch)
        if checkpoint and number:
            before = sizes[number - 1]
            yield Way({**kept, **_batched(asked, before), **checkpoint}, "checkpointing", before)
    if checkpoint:
        yield Way({**kept, **_batched(asked, sizes[-1]), **checkpoint}, "checkpointing", sizes[-1])


def _halves(batch: int) -> list[int]:
    found = [batch]
    while found[-1] > 1:
        found.append(found[-1] // 2)
    return found


def _batched(asked: TrainSettings, batch: int) -> dict[str, Any]:
    """Return a batch size with the accumulation that keeps as many pictures a step."""
    if batch == asked.train_batch_size:
        return {}
    if asked.fused_backward_pass or asked.fused_optimizer_groups:
        # weights change within the backward pass: nothing can be added up
        return {"train_batch_size": batch}
    accumulation = -(-asked.train_batch_size * asked.gradient_accumulation_steps // batch)
    return {"train_batch_size": batch, "gradient_accumulation_steps": accumulation}


def _precision(asked: TrainSettings, facts: Facts) -> Way | None:
    if asked.mixed_precision != "no":
        return None
    # what a GPU does well only the trainer knows
    return Way({"mixed_precision": "auto" if facts.gpu else "bf16"}, "precision", 0)


def _latents(asked: TrainSettings) -> Way | None:
    if asked.cache_latents or asked.cache_latents_to_disk:
        return None
    return Way({"cache_latents": True}, "latents", 0)


def _eight_bit(asked: TrainSettings, facts: Facts) -> Way | None:
    if asked.optimizer.lower() != "adamw" or not (facts.gpu and facts.eight_bit):
        return None
    return Way({"optimizer_type": "AdamW8bit"}, "eight_bit", 0)


def _fused(asked: TrainSettings, *, whole: bool) -> Way | None:
    """Return the fused backward pass, for whole models: a LoRA's gradients are small."""
    if not whole or asked.fused_backward_pass or asked.fused_optimizer_groups:
        return None
    own: dict[str, Any] = {"fused_backward_pass": True, "gradient_accumulation_steps": 1}
    if not is_adafactor(asked.optimizer):
        own |= {"optimizer_type": "Adafactor", "optimizer_args": list(ADAFACTOR_ARGS)}
    return Way(own, "fused", 0)


def _offload(asked: TrainSettings) -> Way | None:
    return None if asked.cpu_offload_checkpointing else Way({"cpu_offload_checkpointing": True}, "offload", 0)


def _fp8(asked: TrainSettings) -> Way | None:
    """Return the frozen model in 8 bits, which needs arithmetic in 16."""
    if asked.method in WHOLE or asked.fp8_base or asked.mixed_precision not in {"bf16", "fp16"}:
        return None
    return Way({"fp8_base": True}, "fp8", 0)


def room(free: int) -> int:
    """Return the bytes that a training may take where so many are free."""
    return int(free * (1 - MARGIN))


def judged(way: Way, measured: Measured) -> Decision:
    """Decide by a measurement."""
    told = {"memory": size(measured.memory), "free": size(measured.free), "room": size(room(measured.free))}
    if measured.seconds is None:
        return Decision(way, "out-of-memory", measured, told)
    told["seconds"] = duration(measured.seconds)
    fits = measured.memory <= room(measured.free)
    return Decision(way, "fits" if fits else "too-large", measured, told)


def hopeless(way: Way, before: list[Decision]) -> int | None:
    """Return bytes that a way needs at least where that is too much by what was measured, else None.

    Half the pictures take at least half the memory, since what does not grow with them stays.
    """
    for decision in before:
        found = decision.measured
        if decision.verdict != "too-large" or found is None or decision.way.but_batch != way.but_batch:
            continue
        least = found.memory * way.batch // decision.way.batch
        if least > room(found.free):
            return least
    return None


def decide(
    asked: TrainSettings,
    facts: Facts,
    settle: Callable[[Way], TrainSettings | None],
    measure: Callable[[TrainSettings], Measured],
    told: Callable[[Decision], None],
) -> list[Decision]:
    """Try ways until one fits; the last decision is the one that does, if any.

    Args:
        asked: The settings.
        facts: What the machine allows.
        settle: Returns the settings of a way, None where they exclude one another.
        measure: Measures settings.
        told: Is given every decision as it is made.
    """
    decisions: list[Decision] = []
    for way in ways(asked, facts):
        decision = _one(way, decisions, settle, measure)
        decisions.append(decision)
        told(decision)
        if decision.verdict == "fits":
            break
    return decisions


def _one(
    way: Way,
    before: list[Decision],
    settle: Callable[[Way], TrainSettings | None],
    measure: Callable[[TrainSettings], Measured],
) -> Decision:
    least = hopeless(way, before)
    if least is not None:
        return Decision(way, "skipped", told={"least": size(least)})
    settings = settle(way)
    if settings is None:
        return Decision(way, "not-possible")
    return judged(way, measure(settings))
