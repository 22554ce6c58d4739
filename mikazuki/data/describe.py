"""What a plan tells a person before a training starts, as rows of plain values; whoever shows it lays it out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mikazuki.data.buckets import Size
from mikazuki.data.captions import in_one_line
from mikazuki.data.concept_facts import ConceptFacts
from mikazuki.data.entries import Entry, shown
from mikazuki.data.folders import Notice
from mikazuki.data.plan import Plan


@dataclass(frozen=True, slots=True)
class SubsetRow:
    """A folder or metadata file: pictures used of it, their repeats, the sum an epoch shows, and one caption.

    `dataset` counts from 0.
    """

    name: str
    folder: str
    is_reg: bool
    pictures: int
    repeats: int
    shown: int
    example: str
    dataset: int = 0


@dataclass(frozen=True, slots=True)
class BucketRow:
    """A training size of a dataset: how many pictures go into it, how many an epoch shows."""

    resolution: Size
    pictures: int
    shown: int
    dataset: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """All of it; `totals` are (name, value) pairs in reading order, under the names of the plan's fields."""

    subsets: tuple[SubsetRow, ...]
    buckets: tuple[BucketRow, ...]
    totals: tuple[tuple[str, int], ...]
    warnings: tuple[Notice, ...]
    notes: tuple[Notice, ...]
    concepts: tuple[ConceptFacts, ...] = ()


def summarise(plan: Plan) -> Summary:
    """Turn a plan into the rows that are shown before a training."""
    rows = []
    homes = [number for number, dataset in enumerate(plan.datasets) for _ in dataset.subsets]
    for index, (subset, number) in enumerate(zip(plan.subsets, homes, strict=True)):
        own = [entry for entry in plan.entries if entry.subset == index]
        rows.append(
            SubsetRow(
                name=subset.name,
                folder=str(subset.place),
                is_reg=subset.is_reg,
                pictures=len(own),
                repeats=subset.repeats,
                shown=_shown(plan, own),
                example=in_one_line(own[0].caption) if own else "",
                dataset=number,
            )
        )
    pictures = Counter((entry.dataset, entry.bucket) for entry in plan.entries)
    return Summary(
        subsets=tuple(rows),
        buckets=tuple(
            BucketRow(item.resolution, pictures[item.dataset, item.resolution], item.count, item.dataset)
            for item in plan.buckets
        ),
        totals=(
            ("num_train_images", plan.num_train_images),
            ("num_reg_images", plan.num_reg_images),
            ("num_validation_images", len(plan.validation)),
            ("batches_per_epoch", plan.batches_per_epoch),
            ("steps_per_epoch", plan.steps_per_epoch),
            ("max_train_epochs", plan.max_train_epochs),
            ("max_train_steps", plan.max_train_steps),
        ),
        warnings=plan.warnings,
        notes=plan.notes,
        concepts=plan.concepts,
    )


def _shown(plan: Plan, entries: Sequence[Entry]) -> int:
    """Count how often an epoch shows pictures of a subset; those that take turns count as often as it is theirs."""
    own = {(entry.dataset, entry.bucket) for entry in entries if entry.is_reg}
    return shown(entries, (turn for turn in plan.turns if (turn.dataset, turn.bucket) in own)).total()
