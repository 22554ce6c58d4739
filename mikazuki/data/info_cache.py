"""Keeps what was read of a folder's pictures in `metadata_cache.json` in it: option cache_info."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mikazuki.data.folders import Notice
from mikazuki.data.pictures import Picture
from mikazuki.errors import MikazukiError
from mikazuki.files import write_text

CACHE_NAME: Final = "metadata_cache.json"

Records = dict[str, dict[str, Any]]
"""What the file holds: path of a picture -> caption, resolution [width, height], and what tells that it still holds:
the picture's length in bytes and time of change in ns, whether it is transparent, and whether all of it was decoded."""


def read_records(folder: Path) -> Records:
    """Read a folder's cache; one that is missing, broken or of another shape counts as empty."""
    try:
        document = json.loads((folder / CACHE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(document, dict):
        return {}
    return {name: record for name, record in document.items() if _is_record(record)}


def known_pictures(records: Records, pictures: Sequence[Path], *, decode: bool) -> dict[Path, Picture]:
    """Return the pictures whose record still holds: the file has the same length and time of change.

    With `decode` only those count that were once decoded whole.
    """
    found = {}
    for path in pictures:
        record = records.get(str(path))
        if record and record["file"] == _stamp(path) and (record["whole"] or not decode):
            width, height = record["resolution"]
            found[path] = Picture(path, (width, height), transparent=record["transparent"])
    return found


def made_records(
    pictures: Mapping[Path, Picture], captions: Mapping[Path, str], before: Records, *, decode: bool
) -> Records:
    """Make the records of a folder's readable pictures.

    Captions are written for sd-scripts, which can read the file as well; here they always come from their files, as
    that takes no longer than to see whether they changed.
    """
    made: Records = {}
    for path, picture in pictures.items():
        stamp, old = _stamp(path), before.get(str(path))
        made[str(path)] = {
            "caption": captions[path],
            "resolution": list(picture.size),
            "file": stamp,
            "transparent": picture.transparent,
            "whole": decode or bool(old and old["whole"] and old["file"] == stamp),
        }
    return made


def write_records(folder: Path, records: Records) -> list[Notice]:
    """Write a folder's cache; where that is not possible, say so and go on without."""
    try:
        write_text(folder / CACHE_NAME, json.dumps(records, ensure_ascii=False, indent=2))
    except MikazukiError as error:
        return [Notice("cache-info-not-written", f"{error.message} The next start reads all pictures again.")]
    return []


def _is_record(record: object) -> bool:
    """Tell records of our own from those of sd-scripts, which cannot tell whether they still hold."""
    if not isinstance(record, dict) or not isinstance(record.get("file"), list):
        return False
    size = record.get("resolution")
    whole = isinstance(size, list) and len(size) == 2 and all(isinstance(side, int) and side > 0 for side in size)
    return whole and isinstance(record.get("transparent"), bool) and isinstance(record.get("whole"), bool)


def _stamp(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]
