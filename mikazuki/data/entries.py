"""The pictures of a plan: each with caption, bucket and repeats; which are held back, how often an epoch shows them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from mikazuki.data.balance import balanced, class_quotas
from mikazuki.data.buckets import Crop, Size
from mikazuki.data.validation import split
from mikazuki.settings.datasets import DatasetOptions
from mikazuki.settings.train import TrainSettings


@dataclass(frozen=True, slots=True)
class Entry:
    """One picture of the plan; `subset` and `dataset` are its places in `Plan.subsets` and `Plan.datasets`.

    `caption` is the first line of its caption file, with `enable_wildcard` all lines joined by newlines; prefix and
    suffix are not applied. `size` is the picture's own, `bucket` the one trained at, `crop` cuts out the middle.
    `mask` is the picture in `conditioning_data_dir` that weighs its loss.
    """

    picture: Path
    caption: str
    repeats: int
    subset: int
    is_reg: bool
    size: Size
    bucket: Size
    crop: Crop
    dataset: int = 0
    mask: Path | None = None


@dataclass(frozen=True, slots=True)
class Turns:
    """Class pictures of a bucket that take turns, since an epoch shows only so many of them."""

    dataset: int
    bucket: Size
    shown: int


def hold_back(
    entries: Sequence[Entry], datasets: Sequence[DatasetOptions], settings: TrainSettings
) -> tuple[list[Entry], list[Entry]]:
    """Divide pictures into those trained on and those validated with, subset by subset; never regularisation ones."""
    trained: list[Entry] = []
    held: list[Entry] = []
    for _, group in groupby(entries, key=lambda entry: entry.subset):
        own = list(group)
        dataset = datasets[own[0].dataset]
        seed = settings.seed if dataset.validation_seed is None else dataset.validation_seed
        kept, back = split(own, 0.0 if own[0].is_reg else dataset.validation_split, seed or 0)
        trained += kept
        held += [replace(entry, repeats=1) for entry in back]
    # a picture that stands for its class too is held back as that as well
    gone = {(entry.dataset, entry.picture) for entry in held}
    return [entry for entry in trained if not (entry.is_reg and (entry.dataset, entry.picture) in gone)], held


def balance(entries: Sequence[Entry], datasets: int) -> list[Entry]:
    """Show as many regularisation pictures of each dataset in an epoch as pictures of its subject: see `balanced`."""
    kept: list[Entry] = []
    for number in range(datasets):
        train = [entry for entry in entries if entry.dataset == number and not entry.is_reg]
        reg = [entry for entry in entries if entry.dataset == number and entry.is_reg]
        repeats = balanced(sum(entry.repeats for entry in train), [entry.repeats for entry in reg])
        kept += train
        kept += [replace(entry, repeats=own) for entry, own in zip(reg, repeats, strict=False)]
    return kept


def pair(entries: Sequence[Entry]) -> tuple[list[Entry], list[Turns]]:
    """Show class pictures as often as pictures of their concept, bucket by bucket: see `class_quotas`.

    Where there are fewer they repeat; where there are more they take turns from epoch to epoch.
    """
    kept: list[Entry] = []
    turns: list[Turns] = []
    for number, group in groupby(entries, key=lambda entry: entry.dataset):
        own = list(group)
        classes = Counter((number, entry.bucket) for entry in own if entry.is_reg)
        quotas = class_quotas(shown(entry for entry in own if not entry.is_reg), dict(sorted(classes.items())))
        repeats = {key: iter(_repeats(quota, classes[key])) for key, quota in quotas.items()}
        kept += [
            replace(entry, repeats=next(repeats[number, entry.bucket])) if entry.is_reg else entry
            for entry in own
            if not entry.is_reg or quotas[number, entry.bucket]
        ]
        turns += [Turns(*key, quota) for key, quota in quotas.items() if 0 < quota < classes[key]]
    return kept, turns


def _repeats(quota: int, pictures: int) -> list[int]:
    """Return the repeats of a bucket's class pictures; those that take turns have one each."""
    return balanced(max(quota, pictures), [1] * pictures)


def regs(entries: Sequence[Entry]) -> int:
    """Count the pictures that are not of the subject: regularisation and class pictures."""
    return sum(entry.is_reg for entry in entries)


def shown(entries: Iterable[Entry], turns: Iterable[Turns] = ()) -> Counter[tuple[int, Size]]:
    """Count how often an epoch shows pictures of each bucket of each dataset."""
    in_turn = {(turn.dataset, turn.bucket): turn.shown for turn in turns}
    shown: Counter[tuple[int, Size]] = Counter()
    for entry in entries:
        if not (entry.is_reg and (entry.dataset, entry.bucket) in in_turn):
            shown[entry.dataset, entry.bucket] += entry.repeats
    shown.update(in_turn)
    return shown
