"""Lists the pictures of a folder with their captions, thousands at a time, and finds those that a person looks for."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from mikazuki.data.caption_files import CaptionFile, read_caption
from mikazuki.data.captions import CAPTION_SUFFIXES
from mikazuki.data.folders import PICTURE_SUFFIXES
from mikazuki.errors import MikazukiError

WithCaptions = Literal["all", "with", "without"]
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture and its caption file, which exists only where `captioned`; `name` is its path below the folder."""

    path: Path
    name: str
    caption: Path
    captioned: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pictures to list: `text` is looked for in names and captions, case ignored, every word of it."""

    text: str = ""
    captions: WithCaptions = "all"
    recursive: bool = True


def natural(name: str) -> list[tuple[int, str]]:
    """Return a sort key by which `cat 2` comes before `cat 10`."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in _DIGITS.split(name.casefold()) if part]


def split_ending(name: str) -> tuple[str, str]:
    """Split `a.b.png` into `a.b` and `.png`; many times faster than a Path, and thousands of names are split."""
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if stem else (name, "")


def find_pictures(folder: Path, wanted: Wanted) -> list[FoundPicture]:
    """Return the pictures of a folder in the order of their names, hidden ones left out.

    Raises:
        MikazukiError: `dataset-not-found`, `dataset-not-readable`, and `caption-not-readable` where captions have
            to be searched.
    """
    words = wanted.text.casefold().split()
    found = [
        picture
        for picture in _pictures(folder, "", recursive=wanted.recursive)
        if wanted.captions == "all" or picture.captioned == (wanted.captions == "with")
    ]
    if words:
        found = [picture for picture in found if _holds(picture, words)]
    return sorted(found, key=lambda picture: [natural(part) for part in picture.name.split("/")])


def caption_of(picture: FoundPicture) -> CaptionFile | None:
    """Read the caption of a listed picture; None where it has none. Raises `caption-not-readable`."""
    return read_caption(picture.caption) if picture.captioned else None


def _holds(picture: FoundPicture, words: list[str]) -> bool:
    name = picture.name.casefold()
    missing = [word for word in words if word not in name]
    if not missing:
        return True
    caption = caption_of(picture)
    text = caption.text.casefold() if caption else ""
    return all(word in text for word in missing)


def _pictures(folder: Path, prefix: str, *, recursive: bool) -> Iterator[FoundPicture]:
    """Walk a folder; links to folders are not followed, so that no circle has to be feared."""
    names, folders = _scanned(folder)
    for name in names:
        stem, ending = split_ending(name)
        if ending.lower() in PICTURE_SUFFIXES:
            caption = next((stem + suffix for suffix in CAPTION_SUFFIXES if stem + suffix in names), None)
            beside = folder / (caption or stem + CAPTION_SUFFIXES[0])
            yield FoundPicture(folder / name, prefix + name, beside, caption is not None)
    if recursive:
        for name in folders:
            yield from _pictures(folder / name, f"{prefix}{name}/", recursive=True)


def _scanned(folder: Path) -> tuple[frozenset[str], list[str]]:
    """Return the names of files and of folders directly in a folder."""
    files, folders = [], []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                else:
                    files.append(entry.name)
    except (FileNotFoundError, NotADirectoryError) as error:
        hint = "Choose a folder that is there."
        raise MikazukiError("dataset-not-found", f"There is no folder of pictures {folder}.", hint) from error
    except OSError as error:
        raise MikazukiError(
            "dataset-not-readable",
            f"The folder {folder} cannot be read: {error.strerror or error}.",
            "Change its permissions or choose another folder.",
        ) from error
    return frozenset(files), folders
