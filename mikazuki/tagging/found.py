"""Finds the pictures of a run, and says which are left out."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mikazuki.data.captions import caption_path
from mikazuki.data.folders import PICTURE_SUFFIXES, Notice, list_folder, listed
from mikazuki.errors import MikazukiError
from mikazuki.text import count


@dataclass(frozen=True, slots=True)
class Found:
    """The pictures in the order of their paths, absolute, and what is to be said of the others."""

    pictures: tuple[Path, ...]
    notices: tuple[Notice, ...]


def find_pictures(place: Path, *, recursive: bool, extension: str) -> Found:
    """Find the pictures of a folder, or the one picture named; of those that share a caption file the first.

    Raises:
        MikazukiError: ``dataset-not-found``, ``dataset-empty``, ``dataset-not-readable``.
    """
    place = place.absolute()
    if place.is_file() and place.suffix.lower() in PICTURE_SUFFIXES:
        return Found((place,), ())
    if not place.is_dir():
        raise MikazukiError(
            "dataset-not-found",
            f"train_data_dir: there is no folder or picture {place}.",
            f"Name a folder of pictures ({' '.join(sorted(PICTURE_SUFFIXES))}).",
        )
    pictures: list[Path] = []
    unsupported: list[Path] = []
    for folder in _folders(place) if recursive else [place]:
        listing = list_folder(folder)
        pictures += listing.pictures
        unsupported += listing.unsupported
    if not pictures:
        raise MikazukiError(
            "dataset-empty",
            f"train_data_dir: there are no pictures in {place}.",
            "" if recursive else "Set recursive to look into the folders inside as well.",
        )
    first, shared = _with_own_captions(pictures, extension)
    return Found(tuple(first), tuple(_notices(unsupported, shared)))


def _folders(top: Path) -> Iterator[Path]:
    """Yield a folder and all inside, depth first by name, each real one once: links may run in circles."""
    seen: set[str] = set()
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        real = os.path.realpath(folder)
        if real not in seen:
            seen.add(real)
            yield folder
            waiting.extend(reversed(list_folder(folder).folders))


def _with_own_captions(pictures: list[Path], extension: str) -> tuple[list[Path], list[Path]]:
    """Return the pictures, but without those whose caption file is an earlier picture's, and these."""
    owners: dict[Path, Path] = {}
    for picture in pictures:
        owners.setdefault(caption_path(picture, extension), picture)
    first = list(owners.values())
    return first, sorted(set(pictures) - set(first))


def _notices(unsupported: list[Path], shared: list[Path]) -> Iterator[Notice]:
    if unsupported:
        names = listed(path.name for path in unsupported)
        text = f"{count(len(unsupported), 'picture')} of another format left out: {names}."
        yield Notice("unsupported-pictures", text)
    if shared:
        names = listed(path.name for path in shared)
        text = (
            f"{count(len(shared), 'picture')} left out, for another one of the same name, but another ending, has "
            f"the same caption file: {names}."
        )
        yield Notice("caption-shared", text)
