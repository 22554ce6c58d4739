"""Reads captions, makes the text of one training step out of a caption, and counts tags."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final, TypeVar

from mikazuki.data.folders import Subset, counted, listed
from mikazuki.errors import MikazukiError
from mikazuki.settings.train import DatasetSettings

CAPTION_SUFFIXES: Final = (".txt", ".caption", ".tags", ".cap")
"""Endings that people use for caption files."""

T = TypeVar("T")

_GUESSES: Final = ("gb18030", "cp932", "cp1252")


@dataclass(frozen=True, slots=True)
class Captions:
    """The captions of a subset, in the order of its pictures, and what was remarkable about their files.

    `missing` are pictures without a caption file, `empty` and `longer` files with nothing in their first line or
    more after it, `not_utf8` files that could not be read as text.
    """

    texts: tuple[str, ...]
    missing: tuple[Path, ...] = ()
    empty: tuple[Path, ...] = ()
    longer: tuple[Path, ...] = ()
    not_utf8: tuple[Path, ...] = ()


def caption_path(picture: Path, extension: str) -> Path:
    """Name the caption file of a picture: `a.b.png` and `.txt` (or `txt`) give `a.b.txt`."""
    ending = extension if extension.startswith(".") else f".{extension}"
    return picture.with_name(picture.stem + ending)


def caption_lines(data: bytes) -> list[str]:
    """Decode a caption file (UTF-8, a byte order mark allowed) into stripped lines; raises UnicodeDecodeError."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return [line.strip() for line in text.split("\n")]


def read_captions(subset: Subset, extension: str) -> Captions:
    """Read the first line of every picture's caption file; without a file the caption is the class tokens.

    A file that is not UTF-8 is collected, not guessed at: see `not_utf8_error`.

    Raises:
        MikazukiError: `caption-not-readable` when the system refuses to open a file.
    """
    texts: list[str] = []
    missing, empty, longer, not_utf8 = [], [], [], []
    for picture in subset.pictures:
        path = caption_path(picture, extension)
        lines = [subset.class_tokens]
        try:
            lines = caption_lines(path.read_bytes())
        except FileNotFoundError:
            missing.append(picture)
        except UnicodeDecodeError:
            not_utf8.append(path)
        except OSError as error:
            message = f"The caption {path} cannot be read: {error.strerror or error}."
            hint = "Make it a readable text file, or remove it."
            raise MikazukiError("caption-not-readable", message, hint) from error
        else:
            if not lines[0]:
                empty.append(path)
            if any(lines[1:]):
                longer.append(path)
        texts.append(lines[0])
    return Captions(tuple(texts), tuple(missing), tuple(empty), tuple(longer), tuple(not_utf8))


def guess_encoding(data: bytes) -> str | None:
    """Name an encoding in which the bytes would be text; a hint for a person, never used to read."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for name in _GUESSES:
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return None


def not_utf8_error(paths: Iterable[Path]) -> MikazukiError:
    """Say which caption files are not UTF-8 and how to convert them."""
    files = list(paths)
    guess = guess_encoding(files[0].read_bytes())
    maybe = f" The first one would be text in {guess}." if guess else ""
    source = guess or "the encoding it was written in"
    return MikazukiError(
        "caption-not-utf8",
        f"{counted(len(files), 'caption file')} cannot be read as UTF-8: {listed(files)}.{maybe}",
        f"Open each in an editor as {source}, check the text, and save it as UTF-8.",
    )


def other_endings(pictures: Iterable[Path], extension: str) -> dict[str, int]:
    """Count caption files of other endings beside the pictures: ending -> number of pictures that have one."""
    counts: dict[str, int] = {}
    for picture in pictures:
        wanted = caption_path(picture, extension)
        for suffix in CAPTION_SUFFIXES:
            path = caption_path(picture, suffix)
            if path != wanted and path.is_file():
                counts[suffix] = counts.get(suffix, 0) + 1
    return counts


def shuffled(items: Iterable[T], rng: Random) -> list[T]:
    """Return the items in random order.

    Drawn from `Random.random` alone, the one method whose numbers Python promises to keep from version to version.
    """
    return sorted(items, key=lambda _: rng.random())


def final_caption(text: str, settings: DatasetSettings, rng: Random) -> str:
    """Make the text of one step: dropped with `caption_dropout_rate`, its tags shuffled behind `keep_tokens`.

    Pure: the same text, settings and state of `rng` give the same caption.
    """
    if settings.caption_dropout_rate and rng.random() < settings.caption_dropout_rate:
        return ""
    if not settings.shuffle_caption:
        return text
    tags = [tag.strip() for tag in text.split(",")]
    kept, rest = tags[: settings.keep_tokens], tags[settings.keep_tokens :]
    return ", ".join([*kept, *shuffled(rest, rng)])


def tag_frequency(captions: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Count the lower-cased tags of (folder name, caption) pairs: folder name -> tag -> pictures, repeats aside."""
    frequency: dict[str, dict[str, int]] = {}
    for folder, caption in captions:
        counts = frequency.setdefault(folder, {})
        for tag in (part.strip().lower() for part in caption.split(",")):
            if tag:
                counts[tag] = counts.get(tag, 0) + 1
    return frequency
