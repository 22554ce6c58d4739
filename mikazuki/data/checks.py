"""Looks at a dataset for what a person may not have meant: each check returns warnings and stops nothing."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from mikazuki.data.buckets import Crop, Size, fixed_size, floored, lost_share
from mikazuki.data.captions import Captions, other_endings
from mikazuki.data.folders import Notice, Subset, listed
from mikazuki.data.pictures import BadPicture, Picture
from mikazuki.settings.datasets import DatasetOptions
from mikazuki.settings.train import TrainSettings
from mikazuki.text import count

_FEW_PICTURES: Final = 5
_MANY_REPEATS: Final = 500
_ENLARGED: Final = 2.0
_LOST: Final = 0.4


def skipped_pictures(bad: Sequence[BadPicture]) -> list[Notice]:
    """Name the broken pictures that are left out on request."""
    if not bad:
        return []
    names = listed(f"{item.path} ({item.reason})" for item in bad)
    return [Notice("corrupt-pictures-skipped", f"Left out, since they cannot be read: {names}.")]


def size_warnings(datasets: Sequence[DatasetOptions], family_step: int) -> list[Notice]:
    """Say when sizes had to be rounded: the sides of buckets, or without buckets the resolution."""
    notices: list[Notice] = []
    for dataset in datasets:
        if dataset.enable_bucket:
            notices += bucket_side_warnings(dataset)
        else:
            used = fixed_size(dataset.resolution, family_step)
            notices += resolution_warnings(dataset.resolution, used, family_step)
    return notices


def bucket_side_warnings(dataset: DatasetOptions) -> list[Notice]:
    """Say when the shortest and longest bucket side had to be rounded to multiples of the step."""
    step = dataset.bucket_reso_steps
    low, high = max(step, floored(dataset.min_bucket_reso, step)), -floored(-dataset.max_bucket_reso, step)
    if dataset.bucket_no_upscale or (low, high) == (dataset.min_bucket_reso, dataset.max_bucket_reso):
        return []
    text = f"Bucket sides go from {low} to {high}: min_bucket_reso and max_bucket_reso rounded to multiples of {step}."
    return [Notice("bucket-sides-rounded", text)]


def resolution_warnings(asked: Size, used: Size, step: int) -> list[Notice]:
    """Say when a resolution without buckets had to be rounded to what the model can take."""
    if asked == used:
        return []
    text = f"Training at {used[0]}x{used[1]} instead of {asked[0]}x{asked[1]}: sides must be multiples of {step}."
    return [Notice("resolution-rounded", text)]


def validation_warnings(datasets: Sequence[DatasetOptions], validated: Collection[int]) -> list[Notice]:
    """Say when a dataset is too small to hold a picture back; `validated` are the places of those that do."""
    return [
        Notice("validation-none", f"validation_split {dataset.validation_split:g} holds no picture back: too few.")
        for number, dataset in enumerate(datasets)
        if dataset.validation_split and number not in validated
    ]


def mask_warnings(settings: TrainSettings, subsets: Iterable[Subset]) -> list[Notice]:
    """Say when masks were given and are not used, or asked for and not given."""
    if settings.conditioning_data_dir and not settings.masked_loss:
        return [Notice("masks-unused", "conditioning_data_dir has no effect: set masked_loss to weigh the loss by it.")]
    masked = any(subset.options.conditioning_data_dir or subset.options.alpha_mask for subset in subsets)
    if settings.masked_loss and not masked and not settings.dataset_class:
        return [Notice("masks-none", "masked_loss has no effect: no subset has alpha_mask or conditioning_data_dir.")]
    return []


def regularisation_warnings(found: int, used: int) -> list[Notice]:
    """Say when there are more regularisation pictures than an epoch has room for."""
    if used >= found:
        return []
    text = f"{count(found - used, 'regularisation picture')} of {found} not used: there are more than training ones."
    return [Notice("regularisation-unused", text)]


def caption_warnings(subsets: Sequence[Subset], captions: Sequence[Captions]) -> list[Notice]:
    """Look at the captions of every subset: missing, of another ending, empty, or longer than what is read."""
    notices = []
    for subset, found in zip(subsets, captions, strict=True):
        notices.extend(_missing(subset, found, subset.options.captions.caption_extension))
    empty = [path for found in captions for path in found.empty]
    longer = [path for found in captions for path in found.longer]
    if empty:
        notices.append(Notice("captions-empty", f"Nothing stands in the first line of: {listed(empty)}."))
    if longer:
        notices.append(Notice("captions-longer", f"Only the first line of a caption is read: {listed(longer)}."))
    return notices


def _missing(subset: Subset, found: Captions, extension: str) -> list[Notice]:
    if not found.missing:
        return []
    notices = []
    instead = f"the caption `{subset.class_tokens}`" if subset.class_tokens else "an empty caption"
    number = f"{len(found.missing)} of {count(len(subset.pictures), 'picture')} in {subset.folder}"
    others = other_endings(found.missing, extension)
    if others:
        best = max(others, key=lambda suffix: others[suffix])
        text = f"{number} have no {extension} file, but {others[best]} have a {best} file, which is not read."
        notices.append(Notice("captions-other-ending", f'{text} Set caption_extension = "{best}" to use them.'))
    if len(found.missing) < len(subset.pictures):
        names = listed(path.name for path in found.missing)
        notices.append(Notice("captions-missing", f"{number} have no {extension} file and take {instead}: {names}."))
    elif not others:
        text = f"No picture in {subset.folder} has a {extension} file; all of them take {instead}."
        notices.append(Notice("captions-none", text))
    return notices


def picture_warnings(subsets: Iterable[Subset], pictures: Mapping[Path, Picture]) -> list[Notice]:
    """Find transparent pictures, where that is not the mask of the loss, and files that are the same byte for byte."""
    notices = []
    masked = {path: subset.options.alpha_mask for subset in subsets for path in subset.pictures}
    transparent = [path for path, is_mask in masked.items() if pictures[path].transparent and not is_mask]
    if transparent:
        text = "Transparency is dropped, and colours hidden under it show; flatten these pictures if that matters"
        notices.append(Notice("pictures-transparent", f"{text}: {listed(transparent)}."))
    notices.extend(
        Notice("pictures-duplicate", f"These files are the same picture: {listed(same)}.")
        for same in duplicates(masked)
    )
    return notices


def duplicates(paths: Iterable[Path]) -> list[list[Path]]:
    """Group files of equal content; only files of equal length are read."""
    by_length: defaultdict[int, list[Path]] = defaultdict(list)
    for path in paths:
        by_length[path.stat().st_size].append(path)
    by_content: defaultdict[bytes, list[Path]] = defaultdict(list)
    for group in by_length.values():
        if len(group) > 1:
            for path in group:
                by_content[hashlib.sha256(path.read_bytes()).digest()].append(path)
    return [group for group in by_content.values() if len(group) > 1]


def fit_warnings(placed: Iterable[tuple[Path, Size, Size, Crop]]) -> list[Notice]:
    """Find pictures (path, size, bucket, crop) that are enlarged a lot or lose much to the crop."""
    enlarged, cropped = [], []
    for path, size, bucket, crop in placed:
        scale = crop.resized[0] / size[0]
        lost = lost_share(size, bucket)
        if scale > _ENLARGED:
            enlarged.append(f"{path} ({size[0]}x{size[1]}, x{scale:.1f})")
        if lost > _LOST:
            cropped.append(f"{path} ({size[0]}x{size[1]} to {bucket[0]}x{bucket[1]}, {lost:.0%} lost)")
    notices = []
    if enlarged:
        text = "Small pictures are enlarged more than twice and will teach blur"
        notices.append(Notice("pictures-enlarged", f"{text}: {listed(enlarged)}."))
    if cropped:
        text = "Pictures of a shape far from any bucket lose much of their area to the crop"
        notices.append(Notice("pictures-cropped", f"{text}: {listed(cropped)}."))
    return notices


def count_warnings(subsets: Sequence[Subset], pictures: int, *, wants_one: bool = False) -> list[Notice]:
    """Say when there are few pictures, or when a folder's number looks like something else than repeats.

    A method that ``wants_one`` picture is told nothing of their number.
    """
    notices = []
    if pictures < _FEW_PICTURES and not wants_one:
        text = f"Only {count(pictures, 'picture')} to learn from; 10 to 20 varied ones teach a subject better."
        notices.append(Notice("pictures-few", text))
    for subset in subsets:
        if subset.repeats > _MANY_REPEATS:
            text = f"Every picture of {subset.place} repeats {subset.repeats} times an epoch, as it is set or named."
            notices.append(Notice("repeats-many", text))
    return notices
