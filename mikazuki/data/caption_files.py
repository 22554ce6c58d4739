"""One picture's caption as a person edits it: found beside the picture, read whatever its encoding, written whole."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.data.captions import CAPTION_SUFFIXES, caption_path, guess_encoding
from mikazuki.data.unchanged import check_seen
from mikazuki.errors import MikazukiError
from mikazuki.files import disk_error, write_bytes

MAX_CAPTION_BYTES: Final = 1 << 20
"""No caption is longer; what is, is another kind of file under a caption's ending."""


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """A caption as it lies on disk: its text without the last line end, and when it was written (unix seconds).

    `encoding` is empty for UTF-8; else the encoding that its bytes were guessed to be in, which no trainer reads.
    """

    path: Path
    text: str
    modified: float
    encoding: str = ""


def caption_beside(picture: Path) -> Path:
    """Name the caption file of a picture: the first of `CAPTION_SUFFIXES` that exists, else the `.txt` to be."""
    paths = [caption_path(picture, suffix) for suffix in CAPTION_SUFFIXES]
    return next((path for path in paths if path.is_file()), paths[0])


def read_caption(path: Path) -> CaptionFile | None:
    """Read a caption file; None where there is none.

    Raises:
        MikazukiError: `caption-not-readable` when the system refuses, or the file is no caption by its size.
    """
    try:
        found = path.stat()
        if found.st_size > MAX_CAPTION_BYTES:
            raise _unreadable(path, f"it has {found.st_size:,} bytes, too many for a caption")
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    text, encoding = _decoded(data)
    return CaptionFile(path, text.replace("\r\n", "\n").rstrip("\r\n"), found.st_mtime, encoding)


def write_caption(path: Path, text: str, *, seen: float | None) -> CaptionFile:
    """Write a caption as UTF-8, provided that the file is still the one that was read.

    Args:
        path: The caption file.
        text: Its new text; one line end is put behind it.
        seen: `CaptionFile.modified` as it was read, None where there was no file.

    Raises:
        MikazukiError: `caption-changed` when somebody else has written, made or removed the file since;
            `disk-full` or `not-writable`.
    """
    _check_unchanged(path, seen)
    write_bytes(path, caption_bytes(text))
    return CaptionFile(path, text.replace("\r\n", "\n").rstrip("\n"), path.stat().st_mtime)


def caption_bytes(text: str) -> bytes:
    """Return a caption's file: UTF-8, line ends of one kind, one at the end."""
    return (text.replace("\r\n", "\n").rstrip("\n") + "\n").encode()


def remove_caption(path: Path, *, seen: float | None) -> None:
    """Remove a caption file, provided that it is still the one that was read; raises as `write_caption` does."""
    _check_unchanged(path, seen)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(path, error) from error


def _check_unchanged(path: Path, seen: float | None) -> None:
    now = None
    with suppress(FileNotFoundError):
        now = path.stat().st_mtime
    check_seen("caption", path, now, seen, "Look at the caption as it is now, and edit that one.")


def _decoded(data: bytes) -> tuple[str, str]:
    """Decode a caption and name its encoding where that is not UTF-8."""
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig"), ""
    encoding = guess_encoding(data) or "latin-1"
    return data.decode(encoding, errors="replace"), encoding


def _unreadable(path: Path, why: str) -> MikazukiError:
    hint = "Make it a readable text file, or remove it."
    return MikazukiError("caption-not-readable", f"The caption {path} cannot be read: {why}.", hint)
