"""The plan of a training's data: every picture with its caption, bucket and repeats, and how many steps that makes."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mikazuki.data import checks
from mikazuki.data.buckets import (
    Crop,
    Size,
    bucket_list,
    choose,
    floored,
    geometry,
    mean_aspect_error,
    no_upscale_bucket,
)
from mikazuki.data.captions import Captions, not_utf8_error, read_captions
from mikazuki.data.folders import Notice, Subset, find_subsets
from mikazuki.data.pictures import BadPicture, Picture, corrupt_error, probe_all
from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings


@dataclass(frozen=True, slots=True)
class Entry:
    """One picture of the plan; `subset` is its index in `Plan.subsets`, `size` its own, `bucket` the one trained at."""

    picture: Path
    caption: str
    repeats: int
    subset: int
    is_reg: bool
    size: Size
    bucket: Size
    crop: Crop


@dataclass(frozen=True, slots=True)
class Bucket:
    """A size that is trained at, and how often an epoch shows one of its pictures, repeats counted."""

    resolution: Size
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is trained on and for how long.

    `num_train_images` and `num_reg_images` count repeats. A batch is what one process sees at a time, a step is
    `num_processes` x `gradient_accumulation_steps` batches (the last one of an epoch may have fewer).
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


def make_plan(settings: TrainSettings, *, family_step: int = 64, verify: bool = True) -> Plan:
    """Plan the data of a training without writing anything or loading a model.

    Args:
        settings: What was asked for.
        family_step: The sides of training pictures must be multiples of this many pixels (64 for SD, 32 for SDXL).
        verify: Decode every picture to find broken ones. Off, only headers are read; with `skip_corrupt_images`
            pictures are always decoded, so that every process leaves out the same ones.

    Raises:
        MikazukiError: `dataset-not-found`, `dataset-not-readable`, `dataset-empty`, `corrupt-pictures`,
            `caption-not-utf8`, `caption-not-readable`, `bucket-reso-steps`; all broken files are named at once.
    """
    _check_step(settings, family_step)
    subsets, notes = _find(settings)
    pictures, skipped = _probe(subsets, settings, verify=verify)
    subsets = _readable(subsets, pictures)
    captions = [read_captions(subset, settings.caption_extension) for subset in subsets]
    not_utf8 = [path for found in captions for path in found.not_utf8]
    if not_utf8:
        raise not_utf8_error(not_utf8)
    entries, rounding = _place(subsets, captions, pictures, settings, family_step)
    kept, reg_notices = _balance(entries)
    warnings = [
        *skipped,
        *rounding,
        *reg_notices,
        *checks.caption_warnings(subsets, captions, settings.caption_extension),
        *checks.picture_warnings([pictures[entry.picture] for entry in entries]),
        *checks.fit_warnings([(entry.picture, entry.size, entry.bucket, entry.crop) for entry in kept]),
        *checks.count_warnings(subsets, sum(not entry.is_reg for entry in kept)),
    ]
    return _counted(settings, tuple(kept), tuple(subsets), tuple(warnings), tuple(notes))


def _check_step(settings: TrainSettings, family_step: int) -> None:
    if settings.enable_bucket and settings.bucket_reso_steps % family_step:
        raise MikazukiError(
            "bucket-reso-steps",
            f"bucket_reso_steps is {settings.bucket_reso_steps}, but this model trains at sizes that are multiples "
            f"of {family_step}.",
            f"Set bucket_reso_steps to {family_step} or a multiple of it.",
        )


def _find(settings: TrainSettings) -> tuple[list[Subset], list[Notice]]:
    subsets, notes = find_subsets(settings.train_data_dir, repeats_default=settings.dataset_repeats, is_reg=False)
    if settings.reg_data_dir:
        reg, reg_notes = find_subsets(settings.reg_data_dir, repeats_default=1, is_reg=True)
        return [*subsets, *reg], [*notes, *reg_notes]
    return subsets, notes


def _probe(
    subsets: Sequence[Subset], settings: TrainSettings, *, verify: bool
) -> tuple[dict[Path, Picture], list[Notice]]:
    """Read every picture's header (and pixels); broken ones stop the plan, or are left out where asked for."""
    decode = verify or settings.skip_corrupt_images
    found = probe_all([path for subset in subsets for path in subset.pictures], decode=decode)
    bad = [item for item in found if isinstance(item, BadPicture)]
    good = {item.path: item for item in found if isinstance(item, Picture)}
    if bad and not settings.skip_corrupt_images:
        raise corrupt_error(bad)
    return good, checks.skipped_pictures(bad)


def _readable(subsets: Sequence[Subset], pictures: dict[Path, Picture]) -> list[Subset]:
    """Leave the broken pictures out of the subsets, and subsets that have no others out of the plan."""
    kept = [replace(subset, pictures=tuple(path for path in subset.pictures if path in pictures)) for subset in subsets]
    kept = [subset for subset in kept if subset.pictures]
    if all(subset.is_reg for subset in kept):
        message = "None of the pictures in train_data_dir can be read; there is nothing to train on."
        raise MikazukiError("dataset-empty", message, "Replace them with whole ones.")
    return kept


def _place(
    subsets: Sequence[Subset],
    captions: Sequence[Captions],
    pictures: dict[Path, Picture],
    settings: TrainSettings,
    family_step: int,
) -> tuple[list[Entry], list[Notice]]:
    """Give every readable picture its caption and its bucket."""
    step = settings.bucket_reso_steps
    if settings.enable_bucket:
        buckets = bucket_list(settings.resolution, settings.min_bucket_reso, settings.max_bucket_reso, step)
        rounding = checks.bucket_side_warnings(settings)
    else:
        width, height = settings.resolution
        buckets = [(max(family_step, floored(width, family_step)), max(family_step, floored(height, family_step)))]
        rounding = checks.resolution_warnings(settings.resolution, buckets[0], family_step)
    entries = []
    for index, (subset, texts) in enumerate(zip(subsets, captions, strict=True)):
        for path, text in zip(subset.pictures, texts.texts, strict=True):
            size = pictures[path].size
            if settings.enable_bucket and settings.bucket_no_upscale:
                bucket, crop = no_upscale_bucket(size, settings.resolution, step)
            else:
                bucket = choose(size, buckets)
                crop = geometry(size, bucket)
            entries.append(Entry(path, text, subset.repeats, index, subset.is_reg, size, bucket, crop))
    return entries, rounding


def _balance(entries: Sequence[Entry]) -> tuple[list[Entry], list[Notice]]:
    """Show as many regularisation pictures in an epoch as pictures of the subject.

    They are taken in order until there are enough; the rest is not used. If all of them are too few, each one's
    repeats go up by one in turn until there are enough.
    """
    train = [entry for entry in entries if not entry.is_reg]
    reg = [entry for entry in entries if entry.is_reg]
    wanted = sum(entry.repeats for entry in train)
    used: list[Entry] = []
    total = 0
    for entry in reg:
        if total >= wanted:
            break
        used.append(entry)
        total += entry.repeats
    more, rest = divmod(max(0, wanted - total), len(used) or 1)
    used = [replace(entry, repeats=entry.repeats + more + (i < rest)) for i, entry in enumerate(used)]
    return [*train, *used], checks.regularisation_warnings(len(reg), len(used))


def _counted(
    settings: TrainSettings,
    entries: tuple[Entry, ...],
    subsets: tuple[Subset, ...],
    warnings: tuple[Notice, ...],
    notes: tuple[Notice, ...],
) -> Plan:
    shown: Counter[Size] = Counter()
    for entry in entries:
        shown[entry.bucket] += entry.repeats
    batches = sum(math.ceil(count / settings.train_batch_size) for count in shown.values())
    steps_per_epoch = math.ceil(batches / (settings.num_processes * settings.gradient_accumulation_steps))
    steps = settings.max_train_steps
    if settings.max_train_epochs:
        steps = settings.max_train_epochs * steps_per_epoch
    return Plan(
        entries=entries,
        subsets=subsets,
        buckets=tuple(Bucket(size, count) for size, count in sorted(shown.items())),
        num_train_images=sum(entry.repeats for entry in entries if not entry.is_reg),
        num_reg_images=sum(entry.repeats for entry in entries if entry.is_reg),
        batches_per_epoch=batches,
        steps_per_epoch=steps_per_epoch,
        max_train_steps=steps,
        max_train_epochs=math.ceil(steps / steps_per_epoch),
        mean_img_ar_error=mean_aspect_error((entry.size, entry.bucket) for entry in entries),
        warnings=warnings,
        notes=notes,
    )
