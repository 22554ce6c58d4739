"""Keeps what scans saw, one file a folder of pictures, outside that folder: a second scan opens only what changed."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any, Final

from mikazuki.data.scan import Look, Progress, Scan, Scanned, scan_folder
from mikazuki.errors import MikazukiError
from mikazuki.files import write_text

CACHE_FOLDER: Final = "scans"
"""Name of the folder, in that of the logs, that the caches lie in."""
_VERSION: Final = 1
"""Raised when what is measured of a picture changes."""


def cached_scan(root: Path, caches: Path, *, recursive: bool = True, progress: Progress | None = None) -> Scan:
    """Scan a folder of pictures, with the help of what an earlier scan of it saw.

    Args:
        root: The folder of pictures; nothing is written into it.
        caches: Folder that caches lie in; where it cannot be written the next scan takes as long as this one.
        recursive: Whether to look into folders inside.
        progress: Told how far it is.

    Raises:
        MikazukiError: `folder-not-found`, `dataset-not-readable`.
    """
    file = cache_file(root, caches)
    known = read_cache(file)
    scan = scan_folder(root, recursive=recursive, known=known, progress=progress)
    seen = {str(picture.path): picture.look for picture in scan.pictures}
    if any(known.get(path) != look for path, look in seen.items()):
        with suppress(MikazukiError):
            write_cache(file, root, scan.pictures)
    return scan


def cache_file(root: Path, caches: Path) -> Path:
    """Name the file that keeps what was seen of a folder."""
    name = hashlib.blake2b(str(root.resolve()).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    return caches / f"{name}.json"


def read_cache(file: Path) -> dict[str, Look]:
    """Read a cache; one that is missing, broken or of another version counts as empty."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        if document["version"] != _VERSION:
            return {}
        return {path: _look(row) for path, row in document["pictures"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_cache(file: Path, root: Path, pictures: Iterable[Scanned]) -> None:
    """Write a cache; raises MikazukiError (`disk-full`, `not-writable`)."""
    rows = {str(picture.path): astuple(picture.look) for picture in pictures}
    write_text(file, json.dumps({"version": _VERSION, "folder": str(root), "pictures": rows}))


def _look(row: list[Any]) -> Look:
    stamp, content, size, *rest = row
    return Look((stamp[0], stamp[1]), content, (size[0], size[1]), *rest)
