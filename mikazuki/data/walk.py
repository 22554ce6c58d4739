"""Walks a folder for pictures of every kind and for videos, past loops of links, and says what it leaves out."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mikazuki.data.folders import PICTURE_SUFFIXES, Notice, listed
from mikazuki.errors import MikazukiError

READABLE_SUFFIXES: Final = PICTURE_SUFFIXES | {
    ".apng",
    ".gif",
    ".j2k",
    ".jfif",
    ".jp2",
    ".jpe",
    ".ppm",
    ".tga",
    ".tif",
    ".tiff",
}
"""Endings of pictures that can be looked at and copied, in lower case; a training reads fewer kinds."""

VIDEO_SUFFIXES: Final = frozenset({".avi", ".flv", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".webm", ".wmv"})
"""Endings of videos, in lower case."""

_RAW: Final = "is a camera's raw file, which is not read; export it as PNG or JPEG"
LEFT_OUT: Final = {
    **dict.fromkeys((".arw", ".cr2", ".cr3", ".dng", ".nef", ".orf", ".raf", ".raw", ".rw2"), _RAW),
    **dict.fromkeys((".heic", ".heif"), "is HEIC, which is not read; save it as PNG or JPEG"),
    ".jxl": "is JPEG XL, which is not read; save it as PNG or JPEG",
    **dict.fromkeys((".psd", ".xcf", ".svg", ".eps", ".ai", ".pdf"), "is no picture of pixels; export it as PNG"),
    **dict.fromkeys((".zip", ".7z", ".rar", ".tar"), "is packed; unpack it first"),
}
"""Endings of files that look like material but cannot be taken, with the reason."""


@dataclass(slots=True)
class Found:
    """What lies in a folder: pictures and videos sorted by path, all files' paths, and what was left out and why."""

    root: Path
    pictures: list[Path] = field(default_factory=list)
    videos: list[Path] = field(default_factory=list)
    files: set[Path] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)


def find_files(root: Path, *, recursive: bool) -> Found:
    """Find the pictures and videos of a folder; links are followed, but no folder is entered twice.

    Hidden names are passed over. What cannot be read or is of a kind that is not read becomes a notice.

    Raises:
        MikazukiError: `folder-not-found` where ``root`` is no folder, `dataset-not-readable` where it may not be read.
    """
    if not root.is_dir():
        what = "is a file, not a folder" if root.exists() else "does not exist"
        raise MikazukiError("folder-not-found", f"The folder of pictures {root} {what}.", "Name a folder of pictures.")
    found = Found(root)
    seen: set[Path] = set()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        real = folder.resolve()
        if real in seen:
            found.notices.append(Notice("folder-skipped", f"{folder} leads to a folder that was looked at already."))
            continue
        seen.add(real)
        for item in _entries(folder, found):
            if not _is_text(item.name):
                shown = item.name.encode("utf-8", "replace").decode()
                found.notices.append(Notice("file-skipped", f"The name {shown} in {folder} is not UTF-8; rename it."))
            elif _is(item.is_dir):
                waiting += [folder / item.name] if recursive else []
            else:
                _sort_in(folder / item.name, item, found)
    found.pictures.sort(key=str)
    found.videos.sort(key=str)
    return found


def check_apart(name: str, place: Path, root: Path, why: str) -> None:
    """Refuse to write among the pictures of ``root`` (image_dir), or around them.

    Args:
        name: The option that names the folder to write into.
        place: That folder.
        root: The folder of the pictures.
        why: Why that must not be, in words.

    Raises:
        MikazukiError: `output-in-source`.
    """
    source, place = root.resolve(), place.resolve()
    if place == source or source in place.parents or place in source.parents:
        raise MikazukiError(
            "output-in-source",
            f"{name} {place} and image_dir {source} lie one in the other; {why}.",
            f"Name a folder for {name} beside image_dir.",
        )


def no_pictures(root: Path, notices: Iterable[Notice]) -> MikazukiError:
    """Return the error (`dataset-empty`) for a folder without pictures, with what was left out of it."""
    seen = listed(notice.text for notice in notices)
    hint = "Name a folder of pictures, or set recursive if they lie in folders inside."
    return MikazukiError("dataset-empty", f"There are no pictures in {root}. {seen}".strip(), hint)


def _entries(folder: Path, found: Found) -> Iterator[os.DirEntry[str]]:
    """Yield what a folder holds, in order of names; one that may not be read becomes a notice, or an error at the top.

    A link that leads round in a circle is no folder and no file to the system.
    """
    try:
        with os.scandir(folder) as items:
            yield from sorted((item for item in items if not item.name.startswith(".")), key=lambda item: item.name)
    except OSError as error:
        text = f"The folder {folder} cannot be read: {error.strerror or error}."
        if folder == found.root:
            raise MikazukiError("dataset-not-readable", text, "Change its permissions or name another one.") from error
        found.notices.append(Notice("folder-skipped", text))


def _sort_in(path: Path, item: os.DirEntry[str], found: Found) -> None:
    suffix = path.suffix.lower()
    if not _is(item.is_file):
        if suffix in READABLE_SUFFIXES | VIDEO_SUFFIXES:
            found.notices.append(Notice("file-skipped", f"{path} is a link to nothing, or no file."))
        return
    found.files.add(path)
    if suffix in READABLE_SUFFIXES:
        found.pictures.append(path)
    elif suffix in VIDEO_SUFFIXES:
        found.videos.append(path)
    elif suffix in LEFT_OUT:
        found.notices.append(Notice("file-skipped", f"{path} {LEFT_OUT[suffix]}."))


def _is_text(name: str) -> bool:
    """Say whether a name can be written into a record: the system may hand out bytes that are no letters."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is(kind: Callable[[], bool]) -> bool:
    """Ask the system what an entry is; a link that leads to itself is nothing."""
    try:
        return kind()
    except OSError:
        return False
