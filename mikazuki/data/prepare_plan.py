"""Which file becomes which copy: folders and repeats, names that do not collide, captions, masks and boxes."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from mikazuki.data.buckets import rounded
from mikazuki.data.captions import CAPTION_SUFFIXES, caption_paths
from mikazuki.data.crop_boxes import CropBox, read_boxes
from mikazuki.data.duplicates import same
from mikazuki.data.faces import face_in_name, name_without_face
from mikazuki.data.folders import Notice, listed, parse_name
from mikazuki.data.scan import Stamp, look_at, stamp_of
from mikazuki.data.walk import Found, check_apart, find_files, no_pictures
from mikazuki.settings.preparing_pictures import PrepareSettings

SHOWINGS: Final = 200
"""Showings of a folder in an epoch, when nothing is said about repeats."""
MIRRORED: Final = "-mirrored"
"""Behind the name of a mirrored copy."""


@dataclass(frozen=True, slots=True)
class Source:
    """A picture to copy: its file, its path within image_dir, and the file whose stamp says whether it changed."""

    file: Path
    name: PurePosixPath
    origin: Path


@dataclass(frozen=True, slots=True)
class Item:
    """A copy to make: of what, where to (`folder` within output_dir, `stem` without ending), and what comes along."""

    source: Source
    folder: str
    stem: str
    captions: tuple[Path, ...] = ()
    mask: Path | None = None
    box: CropBox | None = None

    @property
    def key(self) -> str:
        """Its name within the output, which no other copy has."""
        return f"{self.folder}/{self.stem}".removeprefix("/")


@dataclass(frozen=True, slots=True)
class Plan:
    """All copies, in the order of their sources, and what was left out."""

    items: tuple[Item, ...]
    notices: tuple[Notice, ...]


def check_places(settings: PrepareSettings) -> None:
    """Refuse to write among the sources; raises MikazukiError (`output-in-source`)."""
    for name in ("output_dir", "mask_output_dir"):
        if place := getattr(settings, name):
            check_apart(name, Path(place), Path(settings.image_dir), "the originals must stay as they are")


def find_sources(settings: PrepareSettings) -> Found:
    """Find the pictures and videos to copy; raises as `find_files` does, and `dataset-empty` where there are none."""
    root = Path(settings.image_dir)
    found = find_files(root, recursive=settings.recursive or settings.by_folder)
    if not found.pictures and not found.videos:
        raise no_pictures(root, found.notices)
    return found


def sources_of(found: Found) -> list[Source]:
    """Return the pictures that were found as sources."""
    return [Source(path, PurePosixPath(path.relative_to(found.root).as_posix()), path) for path in found.pictures]


def make_plan(settings: PrepareSettings, sources: Sequence[Source], found: Found, taken: Collection[str] = ()) -> Plan:
    """Plan every copy of `sources`, under names that are not `taken` (keys of copies from elsewhere).

    Raises:
        MikazukiError: `crop-boxes`, and what `find_files` raises for the masks.
    """
    kept, notices = _kept(settings, sources)
    boxes = read_boxes(Path(settings.crop_boxes)) if settings.crop == "boxes" and settings.crop_boxes else {}
    masks = _masks(settings)
    folders = _folders(settings, kept)
    names = _Names(taken, mirrored=settings.mirror)
    items = [
        Item(
            source,
            folders[source],
            names.free(folders[source], _stem(source)),
            _captions(source, found.files) if settings.copy_captions else (),
            masks.get(source.name.with_suffix("")) or masks.get(PurePosixPath(source.name.stem)),
            box,
        )
        for source in kept
        for box in boxes.get(str(source.name)) or (None,)
    ]
    if settings.conditioning_data_dir:
        lacking = [item.source.name for item in items if item.mask is None]
        notices += [Notice("mask-missing", f"Without a mask: {listed(lacking)}.")] if lacking else []
    unknown = boxes.keys() - {str(source.name) for source in kept}
    notices += (
        [Notice("crop-box", f"Boxes of pictures that are not there: {listed(sorted(unknown))}.")] if unknown else []
    )
    return Plan(tuple(items), tuple(notices))


def _kept(settings: PrepareSettings, sources: Sequence[Source]) -> tuple[list[Source], list[Notice]]:
    """Leave out what is to be left out; a name that fits nothing becomes a notice."""
    unknown = set(settings.leave_out) - {str(source.name) for source in sources}
    notices = [Notice("leave-out", f"Not there to be left out: {listed(sorted(unknown))}.")] if unknown else []
    kept = [source for source in sources if str(source.name) not in settings.leave_out]
    if not settings.skip_duplicates:
        return kept, notices
    again = _copies(kept)
    notices += [Notice("duplicate-skipped", f"{name} is the same file as {first}.") for name, first in again.items()]
    return [source for source in kept if source.name not in again], notices


def _copies(sources: Sequence[Source]) -> dict[PurePosixPath, PurePosixPath]:
    """Find files of the same bytes as an earlier one: name -> name of the first. Only files of one length are read."""
    found: dict[PurePosixPath, PurePosixPath] = {}
    stamps = [_stamp(source.file) for source in sources]
    for group in same([stamp[0] or None for stamp in stamps]):
        contents = [look_at(sources[place].file, stamps[place]).content or None for place in group]
        for equal in same(contents):
            first, *others = (sources[group[place]].name for place in equal)
            found |= dict.fromkeys(others, first)
    return found


def _stamp(path: Path) -> Stamp:
    try:
        return stamp_of(path)
    except OSError:
        return (0, 0)


def _captions(source: Source, files: Iterable[Path]) -> tuple[Path, ...]:
    """Return the caption files of a picture, one of each ending."""
    names = (caption_paths(source.origin, suffix) for suffix in CAPTION_SUFFIXES)
    found = (next((path for path in paths if path in files), None) for paths in names)
    return tuple(path for path in found if path is not None)


def _masks(settings: PrepareSettings) -> dict[PurePosixPath, Path]:
    """Return the masks there are: path within their folder without ending -> file."""
    if not settings.conditioning_data_dir:
        return {}
    found = find_files(Path(settings.conditioning_data_dir), recursive=True)
    # reversed, so that the first of several with one name stays
    return {
        PurePosixPath(path.relative_to(found.root).as_posix()).with_suffix(""): path
        for path in reversed(found.pictures)
    }


def _stem(source: Source) -> str:
    """Name a copy: as its source, but for a face in the name, which tells of places that the copy has no more."""
    stem = source.name.stem
    return (name_without_face(stem) or stem) if face_in_name(stem) else stem


def _folders(settings: PrepareSettings, sources: Sequence[Source]) -> Mapping[Source, str]:
    """Say into which folder each copy goes: as in the source, or `N_words` with balanced repeats."""
    if not settings.by_folder and settings.words is None:
        return {source: _inside(source.name) for source in sources}
    words = {source: _words(settings, source) for source in sources}
    counts = Counter(words.values())
    most = max(counts.values(), default=1)
    showings = most * (settings.repeats or max(1, rounded(SHOWINGS / most)))
    return {source: f"{max(1, rounded(showings / counts[word]))}_{word}" for source, word in words.items()}


def _inside(name: PurePosixPath) -> str:
    return "" if len(name.parts) == 1 else name.parent.as_posix()


def _words(settings: PrepareSettings, source: Source) -> str:
    """Return the words of the folder that a picture goes into."""
    if settings.by_folder and len(source.name.parts) > 1:
        name = source.name.parts[0]
        return (parse_name(name) or (0, name))[1] or name
    return settings.words or Path(settings.image_dir).resolve().name


class _Names:
    """Hands out names that differ also where upper and lower case are the same."""

    def __init__(self, taken: Iterable[str], *, mirrored: bool) -> None:
        self._mirrored = mirrored
        self._taken = {name.casefold() for key in taken for name in (key, key + MIRRORED)}

    def free(self, folder: str, stem: str) -> str:
        """Return ``stem``, or the first of ``stem-2``, ``stem-3``... that is free in ``folder``."""
        for candidate in self._candidates(stem):
            own = {f"{folder}/{name}".removeprefix("/").casefold() for name in self._written(candidate)}
            if not own & self._taken:
                self._taken |= own
                return candidate
        raise AssertionError

    def _candidates(self, stem: str) -> Iterator[str]:
        yield stem
        number = 2
        while True:
            yield f"{stem}-{number}"
            number += 1

    def _written(self, stem: str) -> tuple[str, ...]:
        return (stem, stem + MIRRORED) if self._mirrored else (stem,)
