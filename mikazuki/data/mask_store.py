"""Writes and removes a picture's mask, and keeps its former versions beside it so that each can be brought back."""

import re
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from mikazuki.data.mask_places import MaskFinder
from mikazuki.data.masks import Mask
from mikazuki.data.unchanged import check_seen
from mikazuki.errors import MikazukiError
from mikazuki.files import disk_error, replacing

FORMER_FOLDER: Final = ".former"
"""Beside the masks, with a folder for each in it; a training passes hidden names over."""
FORMER_KEPT: Final = 10
"""Versions of one mask that are kept."""
_VERSION: Final = re.compile(r"(\d{13})\.\w+")
_SECOND: Final = 1000
"""Milliseconds."""
_NANOSECONDS: Final = 1_000_000
"""Of a millisecond."""


@dataclass(frozen=True, slots=True)
class Former:
    """A version of a mask that was replaced or removed; `replaced` in unix seconds."""

    path: Path
    replaced: float

    @property
    def version(self) -> str:
        """What it is called among the versions of its mask."""
        return self.path.name


def modified(place: Path) -> float | None:
    """Return when the mask was written that lies at ``place``, or under its name with another ending; None: no mask."""
    mask = MaskFinder().one(place)
    with suppress(OSError):
        return mask.stat().st_mtime if mask else None
    return None


def write_mask(place: Path, mask: Mask) -> None:
    """Write a mask whole or not at all; what was there is kept as a former version, whatever its ending.

    Raises:
        MikazukiError: `disk-full`, `not-writable`.
    """
    there = MaskFinder().all(place)
    _keep(there)
    with replacing(place) as part:
        Image.fromarray(mask).save(part, format="PNG", compress_level=1)
    _remove(path for path in there if path != place)


def remove_mask(place: Path) -> None:
    """Take a picture's mask away; it stays as a former version. Raises as `write_mask` does."""
    there = MaskFinder().all(place)
    _keep(there)
    _remove(there)


def check_unchanged(place: Path, seen: float | None) -> None:
    """Refuse to write over a mask that is not the one that was looked at.

    Args:
        place: Where the mask is written.
        seen: `modified` as it was then.

    Raises:
        MikazukiError: `mask-changed`.
    """
    check_seen("mask", place, modified(place), seen, "Open the mask as it is now, and paint on that one.")


def former_masks(place: Path) -> list[Former]:
    """Return the former versions of a mask, the newest first."""
    folder = _former_folder(place)
    named = ((path, _VERSION.fullmatch(path.name)) for path in (folder.iterdir() if folder.is_dir() else ()))
    found = [Former(path, int(version[1]) / _SECOND) for path, version in named if version]
    return sorted(found, key=lambda one: (one.replaced, one.version), reverse=True)


def former_mask(place: Path, version: str) -> Path:
    """Return the file of a former version; raises MikazukiError (`mask-not-found`)."""
    for one in former_masks(place):
        if one.version == version:
            return one.path
    raise MikazukiError("mask-not-found", f"{place} has no version {version!r}.", "Look at the list again.")


def _former_folder(mask: Path) -> Path:
    return mask.parent / FORMER_FOLDER / mask.stem


def _keep(masks: Iterable[Path]) -> None:
    """Copy masks to their former versions, and let the oldest of these go."""
    for mask in masks:
        newest = next((round(one.replaced * _SECOND) for one in former_masks(mask)), 0)
        moment = max(time.time_ns() // _NANOSECONDS, newest + 1)
        kept = _former_folder(mask) / f"{moment}{mask.suffix.lower()}"
        with replacing(kept) as part:
            shutil.copyfile(mask, part)
        _remove(one.path for one in former_masks(mask)[FORMER_KEPT:])


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise disk_error(path, error) from error
