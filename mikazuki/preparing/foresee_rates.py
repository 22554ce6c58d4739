"""The learning rates of a training at each step, as far as they can be told before it runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from mikazuki.data.one_picture import sentence_steps
from mikazuki.data.plan import Plan
from mikazuki.settings.courses import Share, share_of, unforeseen
from mikazuki.settings.methods import IMAGIC, INVERSION, PIVOTAL
from mikazuki.settings.rates import embedding_rate, rest_step, word_steps
from mikazuki.settings.train import TrainSettings

POINTS: Final = 200
"""Points of a curve at most: more than a chart of a page can show apart."""

Why = Literal["", "own", "loss", "class", "blocks", "weights"]
"""Why there is no curve, or what it leaves out; empty: nothing."""

WORDS: Final[Mapping[Why, str]] = MappingProxyType(
    {
        "": "",
        "own": "The optimizer sets its rates itself while it trains (optimizer_type).",
        "loss": "The rates follow the loss, which is known only while it trains (lr_scheduler).",
        "class": "The rates are computed by a class of torch while it trains (lr_scheduler_type).",
        "blocks": "block_lr gives every block a rate of its own; the curve is that of the largest one.",
        "weights": "network_args gives some weights a multiple of these rates.",
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that learns: its rate at share 1, from optimizer step `first` (from 0) to before `until`.

    `name` is ``unet``, ``text_encoder``, ``text_encoder_2``, ``words`` or ``sentence``; `until` None is the end.
    """

    name: str
    rate: float
    first: int = 0
    until: int | None = None

    def learns(self, step: int) -> bool:
        """Say whether it learns in an optimizer step (from 0)."""
        return step >= self.first and (self.until is None or step < self.until)


@dataclass(frozen=True)
class Rates:
    """The rates of a training: of each part, at every step.

    `share` is None where they cannot be told beforehand; `why` says so, or what a curve of it leaves out.
    """

    parts: tuple[Part, ...]
    share: Share | None
    why: Why = ""

    @property
    def words(self) -> str:
        """`why` as a sentence."""
        return WORDS[self.why]

    def at(self, step: int) -> dict[str, float]:
        """Return part -> rate in an optimizer step (from 0), 0 where it rests; empty where nobody can tell."""
        if self.share is None:
            return {}
        share = self.share(step)
        return {part.name: part.rate * share if part.learns(step) else 0.0 for part in self.parts}


def rates_of(settings: TrainSettings, plan: Plan, family: str) -> Rates:
    """Return the rates of a training on a base model of this family; its settings must have passed the check."""
    parts = tuple(_parts(settings, plan, family))
    unknown = unforeseen(settings)
    if unknown:
        return Rates(parts, None, unknown)
    return Rates(parts, share_of(settings, plan.max_train_steps), _left_out(settings))


def curve(rates: Rates, steps: int) -> tuple[list[int], dict[str, list[float]]]:
    """Return steps (from 1) and each part's rates there: all of them, or `POINTS` evenly, first and last included."""
    if rates.share is None or steps < 1:
        return [], {}
    count = min(steps, POINTS)
    chosen = sorted({round(place * (steps - 1) / max(1, count - 1)) for place in range(count)})
    found = [rates.at(step) for step in chosen]
    return [step + 1 for step in chosen], {part.name: [one[part.name] for one in found] for part in rates.parts}


def _parts(settings: TrainSettings, plan: Plan, family: str) -> Iterator[Part]:
    if settings.method == INVERSION:
        yield Part("words", settings.learning_rate)
        return
    steps = plan.max_train_steps
    sentence = sentence_steps(settings, steps) if settings.method == IMAGIC else 0
    if settings.rate_of_unet:
        yield Part("unet", settings.rate_of_unet, first=sentence)
    if sentence:
        yield Part("sentence", settings.imagic_embedding_lr, until=sentence)
    rests_at = rest_step(settings, plan.max_train_epochs, plan.steps_before)
    first, second = settings.rates_of_text_encoders
    if first:
        yield Part("text_encoder", first, until=rests_at)
    if second and family == "sdxl":
        yield Part("text_encoder_2", second, until=rests_at)
    if settings.method == PIVOTAL:
        yield Part("words", embedding_rate(settings), until=word_steps(settings, steps))


def _left_out(settings: TrainSettings) -> Why:
    """Say what has rates of its own beside the ones shown."""
    if settings.block_rates:
        return "blocks"
    names = [pair.partition("=")[0] for pair in settings.network_args]
    return "weights" if any(name.startswith("loraplus") or name.endswith("lr_weight") for name in names) else ""
