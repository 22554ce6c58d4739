"""Where the masks of a data set lie: in a folder beside it, in folders and under names like those of its pictures."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from mikazuki.data.folders import list_folder
from mikazuki.errors import MikazukiError

MASKS_SUFFIX: Final = "-masks"
"""Behind the name of a data set, it is the name of the folder of its masks."""


def masks_folder(dataset: Path) -> Path:
    """Return the folder of a data set's masks, which a training takes as `conditioning_data_dir`.

    Raises:
        MikazukiError: `output-in-source` where the data set is a whole drive, which has nothing beside it.
    """
    place = Path(os.path.normpath(dataset.absolute()))
    if not place.name:
        text = f"{place} is a whole drive: there is no place beside it for its masks."
        raise MikazukiError("output-in-source", text, "Put the pictures into a folder on it, and name that one.")
    return place.with_name(place.name + MASKS_SUFFIX)


def mask_place(picture: Path, dataset: Path, masks: Path) -> Path:
    """Return where the mask of a picture below ``dataset`` is written, below ``masks``: a PNG."""
    return masks / picture.relative_to(dataset).with_name(f"{picture.stem}.png")


def mask_places(place: Path, roots: Iterable[Path]) -> list[Path]:
    """Return where masks of a picture, or of a folder of pictures, may lie, whichever folder above is its data set.

    Args:
        place: The picture or folder.
        roots: Folders of data sets, which are none themselves: only what is below them is looked at. A place that is
            below none of them has its own folder as its data set.
    """
    tops = {root.resolve() for root in roots}
    above = [place.resolve(), *place.resolve().parents]
    end = next((number for number, folder in enumerate(above) if folder in tops), 2)
    sets = above[:end] if place.is_dir() else above[1 : max(2, end)]
    return [masks_folder(one) / above[0].relative_to(one) for one in sets if one.name]  # a drive has nothing beside it


class MaskFinder:
    """Finds the masks that a training would take, listing each folder once."""

    def __init__(self) -> None:
        """Know no folder yet."""
        self._folders: dict[Path, dict[str, list[Path]]] = {}

    def all(self, place: Path) -> list[Path]:
        """Return all masks of a picture, whatever their ending, that one first which a training takes."""
        return self._listed(place.parent).get(place.stem, [])

    def one(self, place: Path) -> Path | None:
        """Return the mask of a picture, None where there is none yet; ``place`` is where it would be written."""
        return next(iter(self.all(place)), None)

    def count(self, places: Iterable[Path]) -> int:
        """Count pictures that have a mask."""
        return sum(bool(self.all(place)) for place in places)

    def _listed(self, folder: Path) -> dict[str, list[Path]]:
        if folder not in self._folders:
            found: dict[str, list[Path]] = {}
            for mask in list_folder(folder).pictures if folder.is_dir() else ():
                found.setdefault(mask.stem, []).append(mask)
            self._folders[folder] = found
        return self._folders[folder]
