"""What a training will see: the batches of its epochs in order, drawn by the same code that draws them in training."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from mikazuki.data.batches import epoch_batches
from mikazuki.data.buckets import Size
from mikazuki.data.captions import plain_caption
from mikazuki.data.draw import Showing
from mikazuki.data.entries import Entry
from mikazuki.data.folders import Notice
from mikazuki.data.plan import Plan
from mikazuki.data.showings import Drawing, Shown
from mikazuki.data.workbench.tokens import token_counter
from mikazuki.engines.sd_scripts_run import NAME as UPSTREAM
from mikazuki.errors import MikazukiError
from mikazuki.preparing.foresee_rates import Rates, rates_of
from mikazuki.preparing.training import Request
from mikazuki.settings.datasets import SubsetOptions
from mikazuki.settings.rates import prior_weight
from mikazuki.settings.train import TrainSettings
from mikazuki.text import count

SEED: Final = 0
"""What stands in for a seed that is drawn only when the training starts."""

Mask = Literal["picture", "transparency"]
"""Where the mask of the loss comes from: a picture of it, or the training picture's own transparency."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in the pixels of the original picture."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One showing of a picture: what is cut out of it, how it is changed, what it is told, how much it counts.

    `missing` marks a class picture that is drawn only before the training. `mask` says where its mask comes from.
    """

    entry: Entry
    showing: Showing
    weight: float
    mask: Mask | None
    missing: bool

    @property
    def box(self) -> Box:
        """What is cut out, in pixels of the original, before it is resized to the bucket and mirrored."""
        (width, height), crop = self.entry.size, self.showing.crop
        across, down = width / crop.resized[0], height / crop.resized[1]
        right, bottom = crop.left + self.entry.bucket[0], crop.top + self.entry.bucket[1]
        return crop.left * across, crop.top * down, right * across, bottom * down


@dataclass(frozen=True, slots=True)
class SeenBatch:
    """One batch: its `number` in the epoch and the optimizer `step` that it belongs to, both from 1."""

    number: int
    step: int
    pictures: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class BucketFacts:
    """A size in an epoch: how many pictures of it are shown, in how many batches."""

    size: Size
    shown: int
    batches: int


@dataclass(frozen=True, slots=True)
class EpochFacts:
    """An epoch (from 1) in numbers, as far as the training gets in it.

    `subject` and `classes` count showings of both kinds, `class_weight` is what
    one of the latter counts, and `missing` how many of them show pictures that are still to be drawn.
    """

    epoch: int
    first_step: int
    steps: int
    batches: int
    buckets: tuple[BucketFacts, ...]
    subject: int
    classes: int
    class_weight: float
    missing: int

    @property
    def class_share(self) -> float:
        """What class pictures make up of the loss: their showings times their weight, of all; 0 to 1."""
        weighed = self.classes * self.class_weight
        return weighed / (self.subject + weighed) if self.subject + weighed else 0.0


@dataclass(frozen=True)
class Foresight:
    """All that can be foreseen of one training; epochs and batches count from 1."""

    settings: TrainSettings
    plan: Plan
    rates: Rates
    drawing: Drawing
    notes: tuple[Notice, ...]

    @property
    def seed(self) -> int:
        """What everything random is drawn by."""
        return self.drawing.seed

    def epoch(self, epoch: int) -> EpochFacts:
        """Count an epoch. Raises MikazukiError ``no-such-epoch``."""
        rows = self._rows(epoch)
        entries = [self.plan.entries[row] for batch in rows for row in batch]
        shown = Counter(entry.bucket for entry in entries)
        batches = Counter(self._bucket(batch) for batch in rows)
        classes = [entry for entry in entries if entry.is_reg]
        done = self.plan.steps_before(epoch - 1)
        return EpochFacts(
            epoch=epoch,
            first_step=done + 1,
            steps=-(-len(rows) // self.drawing.accumulation),
            batches=len(rows),
            buckets=tuple(BucketFacts(size, count, batches[size]) for size, count in sorted(shown.items())),
            subject=len(entries) - len(classes),
            classes=len(classes),
            class_weight=prior_weight(self.settings, epoch - 1),
            missing=sum(entry.picture in self._missing for entry in classes),
        )

    def batches(
        self, epoch: int, start: int = 0, count: int | None = None, bucket: Size | None = None
    ) -> Iterator[SeenBatch]:
        """Yield an epoch's batches in training order, all of them or those of one bucket.

        `count` of them (None: as many as there are), `start` left out before. Raises MikazukiError ``no-such-epoch``.
        """
        weight = prior_weight(self.settings, epoch - 1)
        end = None if count is None else start + count
        places = enumerate(self._rows(epoch))
        wanted = ((number, rows) for number, rows in places if bucket is None or self._bucket(rows) == bucket)
        for number, rows in islice(wanted, start, end):
            shown = self.drawing.at(epoch - 1, number, rows)
            pictures = tuple(self._seen(one, weight) for one in shown)
            yield SeenBatch(number + 1, self.drawing.steps_before(epoch - 1, number) + 1, pictures)

    def captions_in(self, epoch: int, wanted: frozenset[tuple[int, Path]]) -> dict[tuple[int, Path], str]:
        """Return the first caption that an epoch tells of each wanted picture, given as (subset, path)."""
        found: dict[tuple[int, Path], str] = {}
        for number, rows in enumerate(self._rows(epoch)):
            steps = self.drawing.steps_before(epoch - 1, number)
            for at, row in enumerate(rows):
                entry = self.plan.entries[row]
                key = (entry.subset, entry.picture)
                if key in wanted and key not in found:
                    found[key] = self.drawing.one(epoch - 1, number, at, row, steps)[1].caption
        return found

    def plain(self, entry: Entry) -> str:
        """Return a picture's caption with nothing random in it."""
        return plain_caption(entry.caption, self.options(entry).captions)

    def options(self, entry: Entry) -> SubsetOptions:
        """Return the options of a picture's subset."""
        return self.plan.subsets[entry.subset].options

    def _rows(self, epoch: int) -> Sequence[list[int]]:
        """Return the batches of an epoch as far as they are trained on: the last step may come before its end."""
        last = self.plan.max_train_epochs
        if not 1 <= epoch <= last:
            raise MikazukiError(
                "no-such-epoch", f"There is no epoch {epoch}: the training has epochs 1 to {last}.", "Choose one."
            )
        left = self.plan.max_train_steps - self.plan.steps_before(epoch - 1)
        return epoch_batches(self.plan, seed=self.seed, epoch=epoch - 1)[: left * self.drawing.accumulation]

    def _bucket(self, rows: Sequence[int]) -> Size:
        """Return the bucket of a batch, which all of its pictures share."""
        return self.plan.entries[rows[0]].bucket

    def _seen(self, shown: Shown, class_weight: float) -> Seen:
        entry, showing = shown
        weight = class_weight if entry.is_reg else 1.0
        return Seen(entry, showing, weight, self._mask(entry), entry.is_reg and entry.picture in self._missing)

    def _mask(self, entry: Entry) -> Mask | None:
        """Say where a picture's mask comes from; a picture of it wins, and counts only where masks are asked for."""
        clear = self.options(entry).alpha_mask
        if not (self.settings.masked_loss or clear):
            return None
        if entry.mask:
            return "picture"
        return "transparency" if clear else None

    @cached_property
    def _missing(self) -> frozenset[Path]:
        """Class pictures that are planned and not there yet."""
        planned = {entry.picture for entry in self.plan.entries if entry.is_reg} if self.settings.concepts_list else ()
        return frozenset(path for path in planned if not path.exists())


def foresee(request: Request) -> Foresight:
    """Look ahead at a training that was examined; what stops it otherwise does not matter here.

    Raises:
        MikazukiError: ``nothing-to-foresee`` where its pictures or its base model are not known.
    """
    settings, plan, info = request.settings, request.plan, request.info
    if plan is None or info is None:
        raise MikazukiError(
            "nothing-to-foresee",
            "What the training will see cannot be told yet: its pictures or its base model could not be read.",
            "Put right what the check complains of.",
        )
    seed = request.state.seed if settings.seed is None and request.state else settings.seed
    keep = settings.cache_latents or settings.cache_latents_to_disk
    drawing = Drawing(plan, SEED if seed is None else seed, settings.gradient_accumulation_steps, keep)
    notes = tuple(_notes(request, drawn_later=seed is None))
    return Foresight(settings, plan, rates_of(settings, plan, info.family), drawing, notes)


def only_ours() -> MikazukiError:
    """Return the refusal of a training that only a script of sd-scripts knows."""
    return MikazukiError(
        "preview-ours-only",
        "What this training will see cannot be shown: only a script of sd-scripts knows it, which shuffles and crops "
        "in its own way.",
        "Its own --debug_dataset shows its pictures.",
    )


def token_counts(captions: Sequence[str]) -> list[int]:
    """Return how many of CLIP's tokens each caption has, start and end not counted."""
    return token_counter().counts(captions)


def _notes(request: Request, *, drawn_later: bool) -> Iterator[Notice]:
    if drawn_later:
        yield Notice(
            "seed-not-set",
            f"No seed is set, so the training draws its own: order, captions and crops are shown for seed {SEED}. "
            "Set seed to see exactly what will be trained on.",
        )
    if request.engine and request.engine.name == UPSTREAM:
        yield Notice(
            "other-engine",
            "sd-scripts trains this: it follows the same rules, but draws order, captions and crops by numbers of its "
            "own. What is shown is what the builtin engine would draw.",
        )
    if request.plan and request.plan.validation:
        held = count(len(request.plan.validation), "picture")
        yield Notice("held-back", f"{held} held back for validation, never trained on.")
