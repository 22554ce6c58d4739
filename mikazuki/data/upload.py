"""Takes pictures, captions and zip files from outside into a folder: only what belongs there, each file whole.

A file that is not taken is named with its reason; nothing that was there before is ever overwritten.
"""

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Final

from mikazuki.data.captions import CAPTION_SUFFIXES
from mikazuki.data.folders import PICTURE_SUFFIXES, UNSUPPORTED_SUFFIXES
from mikazuki.data.pictures import BadPicture, probe
from mikazuki.errors import MikazukiError
from mikazuki.files import replacing
from mikazuki.text import size

TEXT_SUFFIXES: Final = frozenset({*CAPTION_SUFFIXES, ".json"})
MAX_PICTURE_BYTES: Final = 512 << 20
MAX_TEXT_BYTES: Final = 64 << 20
SPARE_BYTES: Final = 256 << 20
"""Left free on the disk, so that an upload never takes the last of it from a training."""
MAX_DEPTH: Final = 8
MAX_NAME_BYTES: Final = 240
_CHUNK: Final = 1 << 20
_JUNK: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_BAD_CHARACTERS: Final = re.compile(r'[\x00-\x1f<>:"|?*]' if os.name == "nt" else r"[\x00-\x1f]")
_DRIVE: Final = re.compile(r"[A-Za-z]:")


class RefusedError(Exception):
    """One file is not taken: `code` is a stable name of the reason, `str(error)` the reason in words."""

    def __init__(self, code: str, reason: str) -> None:
        """Keep both."""
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that was not taken, by its name from outside."""

    name: str
    code: str
    reason: str


@dataclass
class Upload:
    """What was added to a folder, and what was not."""

    folder: Path
    added: list[Path] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)

    def add(self, name: str, stream: IO[bytes]) -> None:
        """Take one file by its name from outside, which may have folders in it (`10_sks cat/a.png`).

        Raises:
            MikazukiError: `disk-full` or `not-writable`; files taken before stay.
        """
        try:
            self.added.append(self._taken(name, stream))
        except RefusedError as error:
            self.skip(name, error)

    def skip(self, name: str, why: RefusedError) -> None:
        """Note that a file is not taken."""
        self.skipped.append(SkippedFile(name, why.code, str(why)))

    def _taken(self, name: str, stream: IO[bytes]) -> Path:
        inside = place_of(name)
        limit = _limit(inside)
        target = self.folder.joinpath(*inside.parts)
        if not target.parent.resolve().is_relative_to(self.folder.resolve()):
            raise RefusedError("outside", "it would come to lie outside the folder")
        if target.exists() or target.is_symlink():
            raise RefusedError("exists", "there is a file of this name already")
        check_room(self.folder, 0)
        try:
            with replacing(target) as part:
                _copy(stream, part, limit)
                _check_content(part, inside)
        except RefusedError:
            _remove_empty(target.parent, self.folder)
            raise
        return target


def place_of(name: str) -> PurePosixPath:
    """Return where a file of that name from outside is to lie below the folder; raises RefusedError."""
    text = name.replace("\\", "/")
    parts = [part for part in text.split("/") if part not in {"", "."}]
    if text.startswith("/") or ".." in parts or (parts and _DRIVE.match(parts[0])):
        raise RefusedError("outside", "its name leads out of the folder")
    if any(part.lower() in _JUNK or part.startswith(".") for part in parts):
        raise RefusedError("junk", "the system that it comes from made it for itself")
    if not parts or any(_BAD_CHARACTERS.search(part) or len(part.encode()) > MAX_NAME_BYTES for part in parts):
        raise RefusedError("name", "its name is too long, empty, or has characters that no file may have")
    if len(parts) > MAX_DEPTH:
        raise RefusedError("name", f"it lies more than {MAX_DEPTH} folders deep")
    return PurePosixPath(*parts)


def check_room(folder: Path, wanted: int) -> None:
    """Raise MikazukiError (`disk-full`) when the disk has no room for so many more bytes."""
    free = shutil.disk_usage(folder).free
    if free < wanted + SPARE_BYTES:
        raise MikazukiError(
            "disk-full",
            f"The disk of {folder} has {size(free)} free; {size(wanted + SPARE_BYTES)} are needed.",
            "Free some space, or upload fewer pictures.",
        )


def _limit(name: PurePosixPath) -> int:
    """Return how many bytes a file of this kind may have; raises RefusedError for kinds that are not taken."""
    suffix = name.suffix.lower()
    if suffix in PICTURE_SUFFIXES:
        return MAX_PICTURE_BYTES
    if suffix in TEXT_SUFFIXES:
        return MAX_TEXT_BYTES
    if suffix in UNSUPPORTED_SUFFIXES:
        raise RefusedError("format", "no trainer reads this format: convert it to PNG or JPEG")
    raise RefusedError("kind", "it is neither a picture nor a caption nor JSON")


def _copy(stream: IO[bytes], part: Path, limit: int) -> None:
    """Copy a stream to a file in pieces, and stop where it becomes too large."""
    left = limit
    with part.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise RefusedError("too-large", f"it has more than {size(limit)}")
            file.write(chunk)


def _check_content(part: Path, name: PurePosixPath) -> None:
    """Refuse pictures that cannot be opened, by their headers, and text files that hold no text."""
    if name.suffix.lower() in PICTURE_SUFFIXES:
        found = probe(part)
        if isinstance(found, BadPicture):
            raise RefusedError("corrupt", found.reason)
    else:
        with part.open("rb") as file:
            start = file.read(4096)
        if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise RefusedError("corrupt", "it holds no text")


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove folders that were made for a file that was then refused."""
    with suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent
