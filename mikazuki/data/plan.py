"""The plan of a training's data: every picture with its caption, bucket and repeats, and how many steps that makes."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from mikazuki.data import checks
from mikazuki.data.buckets import Crop, Size, mean_aspect_error, placement
from mikazuki.data.class_pictures import class_notices, completed, match_classes
from mikazuki.data.concept_facts import ConceptFacts, concept_facts
from mikazuki.data.entries import Entry, Turns, balance, hold_back, pair, regs, shown
from mikazuki.data.folders import Notice, Subset
from mikazuki.data.lengths import Lengths
from mikazuki.data.reading import Reading, read_sources
from mikazuki.data.sources import find_sources
from mikazuki.settings.dataset_lookup import datasets_of
from mikazuki.settings.datasets import DatasetOptions
from mikazuki.settings.methods import IMAGIC
from mikazuki.settings.train import TrainSettings
from mikazuki.text import count


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

    Of a list of concepts each is a dataset. `turns` are their class pictures of which an epoch shows a part. Where some
    are shown in the first epochs only there are `lengths`, and the numbers an epoch are those of the first one.
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
    turns: tuple[Turns, ...] = ()
    concepts: tuple[ConceptFacts, ...] = ()
    lengths: Lengths | None = None

    def shows(self, dataset: int, epoch: int) -> bool:
        """Say whether an epoch (from 0) shows the pictures of a dataset."""
        return self.lengths is None or self.lengths.shows(dataset, epoch)

    def batches_in(self, epoch: int) -> int:
        """Return the number of batches of an epoch (from 0)."""
        return self.lengths.batches_in(epoch) if self.lengths else self.batches_per_epoch

    def steps_in(self, epoch: int) -> int:
        """Return the number of steps of an epoch (from 0)."""
        return self.lengths.steps_in(epoch) if self.lengths else self.steps_per_epoch

    def steps_before(self, epoch: int) -> int:
        """Return the number of steps of all epochs before this one (from 0)."""
        return self.lengths.steps_before(epoch) if self.lengths else epoch * self.steps_per_epoch

    def place_of(self, step: int) -> tuple[int, int]:
        """Return the epoch (from 0) in which a step is done (from 0), and how many of its steps come before."""
        return self.lengths.place_of(step) if self.lengths else divmod(step, self.steps_per_epoch)

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
    matches = match_classes(settings, reading, placements)
    whole = completed(reading, matches, datasets)
    placed = list(_entries(whole, placements))
    trained, validation = hold_back(placed, datasets, settings)
    entries, turns = pair(trained) if settings.concepts_list else (balance(trained, len(datasets)), [])
    subsets = _subsets(whole, trained)
    # what is planned only has no file to look at
    found = [source.subset for source in reading.sources]
    warnings = [
        *reading.warnings,
        *checks.size_warnings(datasets, family_step),
        *checks.regularisation_warnings(regs(trained), regs(entries)),
        *checks.validation_warnings(datasets, {entry.dataset for entry in validation}),
        *checks.mask_warnings(settings, subsets),
        *checks.caption_warnings(found, reading.captions),
        *checks.picture_warnings(found, reading.pictures),
        *checks.fit_warnings((entry.picture, entry.size, entry.bucket, entry.crop) for entry in entries),
        *checks.count_warnings(subsets, len(entries) - regs(entries), wants_one=settings.method == IMAGIC),
    ]
    facts = concept_facts(settings, entries, matches)
    numbers = _counted(settings, datasets, entries, turns, facts)
    return replace(
        numbers,
        subsets=subsets,
        warnings=tuple(dict.fromkeys([*warnings, *_end_warnings(settings, numbers)])),
        notes=(*notes, *class_notices(matches)),
        datasets=_settled(datasets, whole),
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


def _subsets(reading: Reading, trained: Sequence[Entry]) -> tuple[Subset, ...]:
    """Return the subsets with the pictures that they train with."""
    kept = {(entry.subset, entry.picture) for entry in trained}
    return tuple(
        replace(subset, pictures=tuple(path for path in subset.pictures if (index, path) in kept))
        for index, subset in enumerate(source.subset for source in reading.sources)
    )


def _settled(datasets: Sequence[DatasetOptions], reading: Reading) -> tuple[DatasetOptions, ...]:
    """Return the datasets with the subsets that were found, in place of the folders that were named."""
    return tuple(
        replace(dataset, subsets=tuple(s.subset.options for s in reading.sources if s.dataset == number))
        for number, dataset in enumerate(datasets)
    )


def _counted(
    settings: TrainSettings,
    datasets: Sequence[DatasetOptions],
    entries: Sequence[Entry],
    turns: Sequence[Turns],
    concepts: Sequence[ConceptFacts],
) -> Plan:
    """Return the plan's numbers; batches never mix datasets or buckets."""
    shows = shown(entries, turns)
    processes = settings.num_processes
    batches = [0] * len(datasets)
    for (number, _), pictures in shows.items():
        batches[number] += math.ceil(pictures / (datasets[number].batch_size * processes))
    steps_per_epoch = math.ceil(sum(batches) / settings.gradient_accumulation_steps)
    numbers = Plan(
        entries=tuple(entries),
        subsets=(),
        buckets=tuple(Bucket(size, count, number) for (number, size), count in sorted(shows.items())),
        num_train_images=sum(entry.repeats for entry in entries if not entry.is_reg),
        num_reg_images=shown((entry for entry in entries if entry.is_reg), turns).total(),
        batches_per_epoch=sum(batches),
        steps_per_epoch=steps_per_epoch,
        max_train_steps=0,
        max_train_epochs=0,
        mean_img_ar_error=mean_aspect_error((entry.size, entry.bucket) for entry in entries),
        warnings=(),
        notes=(),
        processes=processes,
        turns=tuple(turns),
        concepts=tuple(concepts),
        lengths=_lengths(concepts, batches, settings),
    )
    steps, epochs = _length(settings, numbers)
    return replace(numbers, max_train_steps=steps, max_train_epochs=epochs)


def _lengths(concepts: Sequence[ConceptFacts], batches: Sequence[int], settings: TrainSettings) -> Lengths | None:
    ends = tuple(concept.epochs for concept in concepts)
    if all(end is None for end in ends):
        return None
    return Lengths(tuple(batches), ends, settings.gradient_accumulation_steps)


def _end_warnings(settings: TrainSettings, plan: Plan) -> list[Notice]:
    """Say when the concepts' limits end a training earlier than was asked for."""
    asked = settings.max_train_epochs
    short = plan.max_train_epochs < asked if asked else plan.max_train_steps < settings.max_train_steps
    if not short:
        return []
    text = f"The training ends after {count(plan.max_train_steps, 'step')}: every concept has its max_steps by then."
    return [Notice("concepts-end-early", text)]


def _length(settings: TrainSettings, plan: Plan) -> tuple[int, int]:
    """Return the steps and epochs of the whole training; it ends where every concept has come to its limit."""
    asked = settings.max_train_epochs
    steps = plan.steps_before(asked) if asked else settings.max_train_steps
    most = plan.lengths.most_steps() if plan.lengths else None
    steps = steps if most is None else min(steps, most)
    return steps, plan.place_of(steps - 1)[0] + 1
