"""The data sets that lie below a folder: what each of them holds, how a new one is made, what goes with a picture."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.data.browse import natural, split_ending
from mikazuki.data.captions import CAPTION_SUFFIXES
from mikazuki.data.folders import PICTURE_SUFFIXES, parse_name
from mikazuki.data.mask_places import masks_folder
from mikazuki.errors import MikazukiError
from mikazuki.files import disk_error

PREVIEWS: Final = 4
MAX_NAME: Final = 120
"""Characters of a folder's name: file systems take 255 bytes, and a Chinese character has three."""
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f/\\<>:"|?*]')
RESERVED: Final = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))})
"""Names that Windows keeps for devices, whatever ending follows."""


@dataclass(frozen=True, slots=True)
class PictureFolder:
    """A folder that holds pictures directly, and how its name reads to a trainer; sizes in bytes, times unix."""

    path: Path
    repeats: int
    words: str
    pictures: int
    captions: int
    bytes: int
    modified: float
    first: tuple[Path, ...]
    """Its first pictures, to be shown."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """A folder that can be trained on: the folders of pictures in it, itself among them where it holds some."""

    path: Path
    folders: tuple[PictureFolder, ...]
    modified: float

    @property
    def pictures(self) -> int:
        """Pictures in all its folders."""
        return sum(folder.pictures for folder in self.folders)

    @property
    def captions(self) -> int:
        """Pictures that have a caption file."""
        return sum(folder.captions for folder in self.folders)

    @property
    def bytes(self) -> int:
        """Size of its pictures and of what lies beside them."""
        return sum(folder.bytes for folder in self.folders)

    @property
    def for_loose_pictures(self) -> Path:
        """Where pictures without a folder of their own belong: its only folder of pictures, else itself."""
        return self.folders[0].path if len(self.folders) == 1 else self.path

    @property
    def preview(self) -> tuple[Path, ...]:
        """Up to `PREVIEWS` pictures, from as many folders as possible."""
        rows = [folder.first for folder in self.folders]
        turns = (row[place] for place in range(PREVIEWS) for row in rows if place < len(row))
        return tuple(list(turns)[:PREVIEWS])


def data_sets(root: Path, *, empty: bool = True) -> list[DataSet]:
    """Return the data sets directly below a folder, by name; `empty` keeps those without any picture.

    A folder that cannot be read is left out, as are one whose name begins with a dot and the masks of another one.
    """
    if not root.is_dir():
        return []
    children = _children(root)
    masks = {masks_folder(child).name for child in children}
    found = [data_set(child) for child in children if child.name not in masks]
    return [one for one in found if empty or one.pictures]


def data_set(folder: Path) -> DataSet:
    """Look at one data set."""
    own = _looked_at(folder)
    inside = [_looked_at(child) for child in _children(folder)]
    folders = [part for part in inside if part.pictures or parse_name(part.path.name)]
    if own.pictures or not folders:
        folders.insert(0, own)
    return DataSet(folder, tuple(folders), max(part.modified for part in (own, *folders)))


def make_data_set(root: Path, name: str, *, repeats: int = 1, words: str = "") -> Path:
    """Make a data set below `root` and return its folder.

    Args:
        root: The folder of data sets.
        name: Its own folder's name.
        repeats: How often an epoch shows each picture, 1 or more.
        words: Identifier and class, such as `sks cat`: with it a folder `N_words` is made inside.

    Raises:
        MikazukiError: `name-wrong`, `dataset-exists`, `disk-full`, `not-writable`.
    """
    name, words = name.strip(), words.strip()
    check_name(name)
    if repeats < 1:
        raise MikazukiError("repeats-wrong", f"A picture cannot be shown {repeats} times an epoch.", "Give 1 or more.")
    folder = root / name
    inside = folder / f"{repeats}_{words}" if words else folder
    if words:
        check_name(f"{repeats}_{words}")
    try:
        root.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        inside.mkdir(exist_ok=True)
    except FileExistsError as error:
        hint = "Choose another name, or add pictures to that one."
        raise MikazukiError("dataset-exists", f"There is a data set {folder} already.", hint) from error
    except OSError as error:
        raise disk_error(folder, error) from error
    return folder


def check_name(name: str) -> None:
    """Refuse what cannot be the name of a file or folder on every system; raises MikazukiError (`name-wrong`)."""
    if not name:
        why = "it is empty"
    elif len(name) > MAX_NAME:
        why = f"it has {len(name)} characters, {MAX_NAME} are allowed"
    elif found := _FORBIDDEN.search(name):
        why = f"it holds {found[0]!r}"
    elif name.startswith(".") or name.endswith((".", " ")):
        why = "it begins with a dot, or ends with a dot or a space"
    elif name.partition(".")[0].lower() in RESERVED:
        why = "Windows keeps that name for a device"
    else:
        return
    raise MikazukiError("name-wrong", f"{name!r} cannot be a name: {why}.", "Use letters, digits, spaces, - and _.")


def alone(picture: Path) -> bool:
    """Tell whether no other picture of the folder has the same name but for its ending, and so the same caption."""
    others = (path for path in picture.parent.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES and path != picture)
    return all(other.stem != picture.stem for other in others)


def with_captions(picture: Path) -> list[Path]:
    """Return a picture and the caption files that belong to it alone: not those that another picture shares."""
    if not alone(picture):
        return [picture]
    captions = (picture.with_name(picture.stem + suffix) for suffix in CAPTION_SUFFIXES)
    return [picture, *(path for path in captions if path.is_file())]


def _children(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir()]
    except OSError:
        return []
    return [folder / name for name in sorted(names, key=natural)]


def _looked_at(folder: Path) -> PictureFolder:
    """Count what lies directly in a folder; one that cannot be read counts as empty."""
    sizes: dict[str, int] = {}
    modified = 0.0
    try:
        modified = folder.stat().st_mtime
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.startswith(".") and entry.is_file():
                    sizes[entry.name] = entry.stat().st_size
    except OSError:
        sizes.clear()
    pictures = [name for name in sizes if split_ending(name)[1].lower() in PICTURE_SUFFIXES]
    repeats, words = parse_name(folder.name) or (1, "")
    return PictureFolder(
        folder,
        repeats,
        words,
        len(pictures),
        _captioned(pictures, sizes),
        sum(sizes.values()),
        modified,
        tuple(folder / name for name in sorted(pictures, key=natural)[:PREVIEWS]),
    )


def _captioned(pictures: Iterable[str], names: Iterable[str]) -> int:
    stems = {split_ending(name)[0] for name in names if name.endswith(CAPTION_SUFFIXES)}
    return sum(split_ending(name)[0] in stems for name in pictures)
