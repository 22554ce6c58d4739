"""The plan of a training's data: every picture with its caption, bucket and repeats, and how many steps that makes."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from mikazuki.data import checks
from mikazuki.data.balance import balanced
from mikazuki.data.buckets import Crop, Size, mean_aspect_error, placement
from mikazuki.data.folders import Notice, Subset
from mikazuki.data.reading import Reading, read_sources
from mikazuki.data.sources import find_sources
from mikazuki.data.validation import split
from mikazuki.settings.dataset_lookup import datasets_of
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
class Bucket:
    """A size that a dataset trains at, and how often an epoch shows one of its pictures, repeats counted."""

    resolution: Size
    count: int
    dataset: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is trained on and for how long.

    `num_train_images` and `num_reg_images` count repeats. A batch is what all `processes` see together at a time,
    each its own part of it; a step is `gradient_accumulation_steps` batches (the last one of an epoch may have
    fewer). So two processes train as one does with twice the batch size. `entries` and `subsets` are flat over all
    `datasets`, whose own subsets are the same ones; `validation` are pictures held back: shown once, never augmented.
    """

    entries: tuple[Entry, ...]
    subsets: tuple[Subset, ...]
    buckets: tuple[Bucket, ...]
    num_train_images: int
    num_reg_images: int
    batches_per_epoch: int
    steps_per_epoch: int
    max_train_steps: int
    max_train_epochs: int
    mean_img_ar_error: float
    warnings: tuple[Notice, ...]
    notes: tuple[Notice, ...]
    datasets: tuple[DatasetOptions, ...] = ()
    validation: tuple[Entry, ...] = ()
    processes: int = 1

    def batch_of(self, dataset: int) -> int:
        """Return how many pictures of a dataset make a batch, over all processes."""
        return self.datasets[dataset].batch_size * self.processes

    @property
    def largest_batch(self) -> int:
        """The largest batch of the datasets: places within a batch are below it."""
        return max(self.batch_of(number) for number in range(len(self.datasets)))


def make_plan(settings: TrainSettings, *, family_step: int = 64, verify: bool = True) -> Plan:
    """Plan the data of a training without loading a model or writing anything but what cache_info asks for.

    Args:
        settings: What was asked for.
        family_step: The sides of training pictures must be multiples of this many pixels (64 for SD, 32 for SDXL).
        verify: Decode every picture to find broken ones. Off, only headers are read; with `skip_corrupt_images`
            pictures are always decoded, so that every process leaves out the same ones.

    Raises:
        MikazukiError: What `datasets_of`, `find_sources` and `read_sources` raise, and `bucket-reso-steps`.
    """
    datasets = datasets_of(settings)
    placements = [placement(dataset, family_step) for dataset in datasets]
    sources, notes = find_sources(datasets, settings)
    reading = read_sources(sources, settings, verify=verify)
    placed = list(_entries(reading, placements))
    trained, validation = _hold_back(placed, datasets, settings)
    entries = _balance(trained, len(datasets))
    subsets = _subsets(reading, validation)
    found = [source.subset for source in reading.sources]
    warnings = [
        *reading.warnings,
        *checks.size_warnings(datasets, family_step),
        *checks.regularisation_warnings(_regs(trained), _regs(entries)),
        *checks.validation_warnings(datasets, {entry.dataset for entry in validation}),
        *checks.mask_warnings(settings, subsets),
        *checks.caption_warnings(found, reading.captions),
        *checks.picture_warnings(found, reading.pictures),
        *checks.fit_warnings((entry.picture, entry.size, entry.bucket, entry.crop) for entry in entries),
        *checks.count_warnings(subsets, len(entries) - _regs(entries)),
    ]
    return replace(
        _counted(settings, datasets, entries),
        subsets=subsets,
        warnings=tuple(dict.fromkeys(warnings)),
        notes=tuple(notes),
        datasets=_settled(datasets, reading),
        validation=tuple(validation),
    )


def _entries(reading: Reading, placements: Sequence[Callable[[Size], tuple[Size, Crop]]]) -> Iterator[Entry]:
    """Give every picture its caption, bucket and mask."""
    for index, (source, found) in enumerate(zip(reading.sources, reading.captions, strict=True)):
        subset = source.subset
        for path, text in zip(subset.pictures, found.texts, strict=True):
            size = reading.pictures[path].size
            bucket, crop = placements[source.dataset](size)
            yield Entry(
                picture=path,
                caption=text,
                repeats=subset.repeats,
                subset=index,
                is_reg=subset.is_reg,
                size=size,
                bucket=bucket,
                crop=crop,
                dataset=source.dataset,
                mask=source.masks.get(path),
            )


def _hold_back(
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
    return trained, held


def _balance(entries: Sequence[Entry], datasets: int) -> list[Entry]:
    """Show as many regularisation pictures of each dataset in an epoch as pictures of its subject: see `balanced`."""
    kept: list[Entry] = []
    for number in range(datasets):
        train = [entry for entry in entries if entry.dataset == number and not entry.is_reg]
        reg = [entry for entry in entries if entry.dataset == number and entry.is_reg]
        repeats = balanced(sum(entry.repeats for entry in train), [entry.repeats for entry in reg])
        kept += train
        kept += [replace(entry, repeats=own) for entry, own in zip(reg, repeats, strict=False)]
    return kept


def _regs(entries: Sequence[Entry]) -> int:
    return sum(entry.is_reg for entry in entries)


def _subsets(reading: Reading, validation: Sequence[Entry]) -> tuple[Subset, ...]:
    """Return the subsets with the pictures that they train with."""
    held = {(entry.subset, entry.picture) for entry in validation}
    return tuple(
        replace(subset, pictures=tuple(path for path in subset.pictures if (index, path) not in held))
        for index, subset in enumerate(source.subset for source in reading.sources)
    )


def _settled(datasets: Sequence[DatasetOptions], reading: Reading) -> tuple[DatasetOptions, ...]:
    """Return the datasets with the subsets that were found, in place of the folders that were named."""
    return tuple(
        replace(dataset, subsets=tuple(s.subset.options for s in reading.sources if s.dataset == number))
        for number, dataset in enumerate(datasets)
    )


def _counted(settings: TrainSettings, datasets: Sequence[DatasetOptions], entries: Sequence[Entry]) -> Plan:
    """Return the plan's numbers; batches never mix datasets or buckets."""
    shown: Counter[tuple[int, Size]] = Counter()
    for entry in entries:
        shown[entry.dataset, entry.bucket] += entry.repeats
    processes = settings.num_processes
    batches = sum(math.ceil(count / (datasets[number].batch_size * processes)) for (number, _), count in shown.items())
    steps_per_epoch = math.ceil(batches / settings.gradient_accumulation_steps)
    steps = settings.max_train_steps
    if settings.max_train_epochs:
        steps = settings.max_train_epochs * steps_per_epoch
    return Plan(
        entries=tuple(entries),
        subsets=(),
        buckets=tuple(Bucket(size, count, number) for (number, size), count in sorted(shown.items())),
        num_train_images=sum(entry.repeats for entry in entries if not entry.is_reg),
        num_reg_images=sum(entry.repeats for entry in entries if entry.is_reg),
        batches_per_epoch=batches,
        steps_per_epoch=steps_per_epoch,
        max_train_steps=steps,
        max_train_epochs=math.ceil(steps / steps_per_epoch),
        mean_img_ar_error=mean_aspect_error((entry.size, entry.bucket) for entry in entries),
        warnings=(),
        notes=(),
        processes=processes,
    )
