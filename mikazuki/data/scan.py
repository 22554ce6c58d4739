"""Looks at every picture of a folder once: size, contents, likeness, sharpness, caption."""

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from PIL import Image

from mikazuki.data.buckets import Size
from mikazuki.data.captions import CAPTION_SUFFIXES, caption_path
from mikazuki.data.decoding import DECODE_ERRORS, FORMATS, check, eight_bit, frames, reason
from mikazuki.data.duplicates import perceptual_hash
from mikazuki.data.folders import Notice
from mikazuki.data.pictures import _TRANSPOSE, _TURNED, _orientation
from mikazuki.data.sharpness import measured_copy, sharpness
from mikazuki.data.walk import find_files

_DRAFT: Final = (512, 512)
"""JPEGs are decoded no larger than needed to cover this: a quarter of the work at 1 megapixel."""
_MOST_WORKERS: Final = 8

Stamp = tuple[int, int]
"""A file's length in bytes and its time of change in ns: while both stay, so does what was read of it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen in a picture's file; of one that cannot be read only `problem` says something.

    `size` is that of the upright picture; `content` the hash of the file's bytes; `likeness` the perceptual hash,
    None for an even picture; `sharpness` as in `mikazuki.data.sharpness`.
    """

    stamp: Stamp
    content: str = ""
    size: Size = (0, 0)
    mode: str = ""
    frames: int = 1
    transparent: bool = False
    likeness: int | None = None
    sharpness: float = 0.0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A picture of a scan, with its caption: None where there is no file, `problem` where it is no UTF-8 text."""

    path: Path
    look: Look
    caption: str | None
    caption_problem: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a folder holds: its pictures in the order of their paths, videos, and what was left out."""

    root: Path
    pictures: tuple[Scanned, ...]
    videos: tuple[Path, ...]
    notices: tuple[Notice, ...]


Known = Mapping[str, Look]
"""What earlier scans saw, by path."""
Progress = Callable[[int, int], None]
"""Told how many pictures of how many are done."""


def stamp_of(path: Path) -> Stamp:
    """Return a file's stamp; raises OSError where there is none."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def scan_folder(
    root: Path, *, recursive: bool = True, known: Known | None = None, progress: Progress | None = None
) -> Scan:
    """Look at all pictures of a folder with several threads; those whose stamp is ``known`` are not opened.

    Raises:
        MikazukiError: `folder-not-found`, `dataset-not-readable`.
    """
    found = find_files(root, recursive=recursive)
    looks = _looks(found.pictures, known or {}, progress)
    pictures = tuple(_with_caption(path, look, found.files) for path, look in zip(found.pictures, looks, strict=True))
    return Scan(root, pictures, tuple(found.videos), tuple(found.notices))


def _looks(paths: list[Path], known: Known, progress: Progress | None) -> list[Look]:
    """Look at pictures in order; Pillow decodes outside Python's lock, so threads help."""
    Image.init()
    looks: list[Look] = []
    with ThreadPoolExecutor(max_workers=min(_MOST_WORKERS, os.cpu_count() or 1)) as pool:
        try:
            for look in pool.map(lambda path: _known_or_new(path, known.get(str(path))), paths):
                looks.append(look)
                if progress:
                    progress(len(looks), len(paths))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return looks


def _known_or_new(path: Path, before: Look | None) -> Look:
    try:
        stamp = stamp_of(path)
    except OSError as error:
        return Look((0, 0), problem=error.strerror or str(error))
    return before if before and before.stamp == stamp else look_at(path, stamp)


def look_at(path: Path, stamp: Stamp) -> Look:
    """Look at one picture; what is wrong with it becomes its `problem`."""
    if stamp[0] == 0:
        return Look(stamp, problem="the file is empty")
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            return _look_inside(file, stamp, content)
    except DECODE_ERRORS as error:
        return Look(stamp, problem=reason(error))


def _look_inside(file: IO[bytes], stamp: Stamp, content: str) -> Look:
    with Image.open(file, formats=FORMATS) as image:
        check(image)
        width, height = image.size
        mode, number, transparent = image.mode, frames(image), image.has_transparency_data
        image.draft("L", _DRAFT)
        image.load()
        turn = _orientation(image)  # not before: a TIFF has been turned upright now, and says so
        grey = measured_copy(_grey(image, transparent=transparent))
    size = (height, width) if turn in _TURNED else (width, height)
    upright = grey.transpose(_TRANSPOSE[turn]) if turn in _TRANSPOSE else grey
    return Look(stamp, content, size, mode, number, transparent, perceptual_hash(upright), round(sharpness(grey), 1))


def _grey(image: Image.Image, *, transparent: bool) -> Image.Image:
    """Return a picture in 8-bit grey, what is transparent as white."""
    if not transparent:
        return (image.convert("RGB") if image.mode == "LAB" else eight_bit(image)).convert("L")
    layers = image.convert("RGBA")
    white = Image.new("RGBA", layers.size, "white")
    return Image.alpha_composite(white, layers).convert("L")


def _with_caption(path: Path, look: Look, files: Collection[Path]) -> Scanned:
    caption = next((name for name in _caption_names(path) if name in files), None)
    if caption is None:
        return Scanned(path, look, None)
    try:
        return Scanned(path, look, caption.read_bytes().decode("utf-8-sig").strip())
    except UnicodeDecodeError:
        return Scanned(path, look, "", f"{caption.name} is not UTF-8")
    except OSError as error:
        return Scanned(path, look, "", f"{caption.name} cannot be read: {error.strerror or error}")


def _caption_names(picture: Path) -> Iterable[Path]:
    return (caption_path(picture, suffix) for suffix in CAPTION_SUFFIXES)
