"""Reads what was found: sizes of pictures and masks, whether they are whole, and captions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mikazuki.data import checks, info_cache
from mikazuki.data.captions import Captions, not_utf8_error, read_captions
from mikazuki.data.folders import Notice, listed
from mikazuki.data.mask_files import check_sizes
from mikazuki.data.pictures import BadPicture, Picture, corrupt_error, probe_all
from mikazuki.data.sources import Source
from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings


@dataclass(frozen=True, slots=True)
class Reading:
    """Sources without what cannot be read, their captions in the same order, and every picture (and mask) by path."""

    sources: tuple[Source, ...]
    captions: tuple[Captions, ...]
    pictures: Mapping[Path, Picture]
    warnings: tuple[Notice, ...]


def read_sources(sources: Sequence[Source], settings: TrainSettings, *, verify: bool) -> Reading:
    """Read all pictures and captions; with `verify` pictures are decoded, not only their headers read.

    Raises:
        MikazukiError: `corrupt-pictures`, `dataset-empty` when nothing is left of a dataset, `mask-size`,
            `caption-not-utf8`, `caption-not-readable`; all broken files are named at once.
    """
    decode = verify or settings.skip_corrupt_images
    folders = [source.subset.folder for source in sources if source.subset.options.cache_info]
    caches = {folder: info_cache.read_records(folder) for folder in folders}
    pictures, bad = _probe(sources, caches, decode=decode)
    if bad and not settings.skip_corrupt_images:
        raise corrupt_error(bad)
    kept = _readable(sources, pictures)
    captions = _captions(kept)
    unwritten = [
        notice
        for folder, records in caches.items()
        for notice in _remember(folder, records, zip(kept, captions, strict=True), pictures, decode=decode)
    ]
    return Reading(tuple(kept), tuple(captions), pictures, (*checks.skipped_pictures(bad), *unwritten))


def _probe(
    sources: Sequence[Source], caches: Mapping[Path, info_cache.Records], *, decode: bool
) -> tuple[dict[Path, Picture], list[BadPicture]]:
    """Read every picture and mask once, but for those that a cache knows."""
    good: dict[Path, Picture] = {}
    for source in sources:
        records = caches.get(source.subset.folder, {})
        good |= info_cache.known_pictures(records, source.subset.pictures, decode=decode)
    wanted = dict.fromkeys(path for source in sources for path in (*source.subset.pictures, *source.masks.values()))
    found = probe_all([path for path in wanted if path not in good], decode=decode)
    good |= {item.path: item for item in found if isinstance(item, Picture)}
    return good, [item for item in found if isinstance(item, BadPicture)]


def _readable(sources: Sequence[Source], pictures: Mapping[Path, Picture]) -> list[Source]:
    """Leave broken pictures, and those whose mask is broken, out of the subsets; then the subsets without any."""
    kept: list[Source] = []
    for source in sources:
        own = [path for path in source.subset.pictures if path in pictures and source.masks.get(path, path) in pictures]
        if own:
            kept.append(replace(source, subset=replace(source.subset, pictures=tuple(own))))
    for number in dict.fromkeys(source.dataset for source in sources):
        if all(source.subset.is_reg for source in kept if source.dataset == number):
            raise _unreadable([source for source in sources if source.dataset == number])
    check_sizes(
        (source.masks[path], pictures[source.masks[path]].size, pictures[path].size)
        for source in kept
        for path in source.subset.pictures
        if path in source.masks
    )
    return kept


def _unreadable(sources: Iterable[Source]) -> MikazukiError:
    places = listed(source.subset.place for source in sources if not source.subset.is_reg)
    message = f"None of the pictures in {places} can be read; there is nothing to train on."
    return MikazukiError("dataset-empty", message, "Replace them with whole ones.")


def _captions(sources: Sequence[Source]) -> list[Captions]:
    """Return every subset's captions: those that came with the pictures, or those in caption files."""
    captions = [
        read_captions(source.subset, source.subset.options.captions)
        if source.captions is None
        else Captions(tuple(source.captions[path] for path in source.subset.pictures))
        for source in sources
    ]
    not_utf8 = [path for found in captions for path in found.not_utf8]
    if not_utf8:
        raise not_utf8_error(not_utf8)
    return captions


def _remember(
    folder: Path,
    before: info_cache.Records,
    read: Iterable[tuple[Source, Captions]],
    pictures: Mapping[Path, Picture],
    *,
    decode: bool,
) -> list[Notice]:
    """Write what was read of a folder that keeps it, where that has changed."""
    captions = {
        path: text
        for source, found in read
        if source.subset.folder == folder and source.subset.options.cache_info
        for path, text in zip(source.subset.pictures, found.texts, strict=True)
    }
    own = {path: pictures[path] for path in captions}
    records = info_cache.made_records(own, captions, before, decode=decode)
    return info_cache.write_records(folder, records) if records != before else []
