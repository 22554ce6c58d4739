"""Finds the pictures: `N_identifier class` folders whose pictures repeat N times, or one plain folder of pictures."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.errors import MikazukiError
from mikazuki.settings.datasets import SubsetOptions
from mikazuki.text import count

PICTURE_SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".avif"})
"""Endings of picture files, compared in lower case."""

UNSUPPORTED_SUFFIXES: Final = frozenset({".gif", ".tif", ".tiff", ".heic", ".heif", ".jxl", ".jfif", ".psd", ".raw"})
"""Endings of pictures that are left out, with a note."""

NO_OPTIONS: Final = SubsetOptions(image_dir=None)
"""The default of every option, of no folder."""

_NAMES_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know: `code` is a stable name, `text` one or two sentences."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Subset:
    """A folder of pictures that repeat together.

    `class_tokens` is the caption of a picture that has none of its own; `is_reg` marks regularisation pictures.
    `options` say how its pictures are shown; `tags` are those that a metadata file gives, one text a picture.
    """

    folder: Path
    repeats: int
    class_tokens: str
    is_reg: bool
    pictures: tuple[Path, ...]
    options: SubsetOptions = NO_OPTIONS
    tags: tuple[str, ...] = ()

    @property
    def place(self) -> Path:
        """The folder, or the metadata file that stands for it."""
        return self.options.metadata_file or self.folder

    @property
    def name(self) -> str:
        """The own name of its place, also where the path is `.`."""
        return self.place.resolve().name


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies directly in a folder, hidden names left out, each part sorted by full path."""

    pictures: tuple[Path, ...]
    unsupported: tuple[Path, ...]
    folders: tuple[Path, ...]


def listed(names: Iterable[object]) -> str:
    """Join names for a message; after ten, count the rest."""
    shown = [str(name) for name in names]
    rest = len(shown) - _NAMES_SHOWN
    return ", ".join(shown[:_NAMES_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def list_folder(folder: Path) -> Listing:
    """List a folder, one level deep; raises MikazukiError (``dataset-not-readable``) when it may not be read."""
    pictures, unsupported, folders = [], [], []
    try:
        with os.scandir(folder) as found:
            for item in found:
                suffix = Path(item.name).suffix.lower()
                if item.name.startswith("."):
                    continue
                if item.is_dir():
                    folders.append(folder / item.name)
                elif suffix in PICTURE_SUFFIXES:
                    pictures.append(folder / item.name)
                elif suffix in UNSUPPORTED_SUFFIXES:
                    unsupported.append(folder / item.name)
    except OSError as error:
        raise MikazukiError(
            "dataset-not-readable",
            f"The folder {folder} cannot be read: {error.strerror or error}.",
            "Change its permissions or name another folder.",
        ) from error
    return Listing(*(tuple(sorted(part, key=str)) for part in (pictures, unsupported, folders)))


def parse_name(name: str) -> tuple[int, str] | None:
    """Split `10_sks dog` into 10 and `sks dog`; None when the name does not start with a number and `_`."""
    number, underscore, tokens = name.partition("_")
    if not underscore:
        return None
    try:
        return int(number), tokens
    except ValueError:
        return None


def find_subsets(
    train_data_dir: Path | str, *, repeats_default: int, is_reg: bool
) -> tuple[list[Subset], list[Notice]]:
    """Find the subsets of a data folder and say what was left out.

    Direct children named `N_class` are subsets; deeper levels are not searched. Without any such child, a folder
    that holds pictures itself is one subset: of N repeats when its own name is `N_class`, else of
    `repeats_default`. Nothing is moved or renamed.

    Raises:
        MikazukiError: `dataset-not-found`, `dataset-not-readable`, or `dataset-empty` with what was looked for.
    """
    root = Path(train_data_dir)
    option = "reg_data_dir" if is_reg else "train_data_dir"
    if not root.is_dir():
        what = "is a file, not a folder" if root.exists() else "does not exist"
        raise MikazukiError(
            "dataset-not-found",
            f"The folder of pictures {root} ({option}) {what}.",
            f"Set {option} to a folder of pictures, or to one with folders such as `10_sks dog` in it.",
        )
    top = list_folder(root)
    if any(parse_name(child.name) for child in top.folders):
        subsets, notes = _numbered(top, root, is_reg=is_reg)
    elif top.pictures:
        subset = _plain(root, top, repeats_default, is_reg=is_reg)
        subsets, notes = [subset], [*_skipped_children(top.folders), *_unsupported(top)]
    else:
        subsets, notes = [], [*_skipped_children(top.folders), *_unsupported(top)]
    if not subsets:
        raise _empty(root, option, notes)
    return subsets, notes


def _plain(root: Path, top: Listing, repeats_default: int, *, is_reg: bool) -> Subset:
    """Take a folder of pictures as it is: the person may also have named one `10_sks dog` folder itself."""
    name = root.resolve().name
    repeats, tokens = parse_name(name) or (repeats_default, name)
    return Subset(root, max(repeats, 1), tokens, is_reg, top.pictures)


def _numbered(top: Listing, root: Path, *, is_reg: bool) -> tuple[list[Subset], list[Notice]]:
    subsets: list[Subset] = []
    notes: list[Notice] = []
    for child in top.folders:
        parsed = parse_name(child.name)
        if parsed is None:
            notes.extend(_skipped_children([child]))
            continue
        inside = list_folder(child)
        notes.extend(skipped_inside(inside))
        repeats, tokens = parsed
        if repeats < 1:
            notes.append(Notice("folder-skipped", f"{child} is left out: it asks for {repeats} repeats."))
        elif not inside.pictures:
            notes.append(Notice("folder-skipped", f"{child} is left out: no pictures lie directly in it."))
        else:
            subsets.append(Subset(child, repeats, tokens, is_reg, inside.pictures))
    if top.pictures:
        found = f"{count(len(top.pictures), 'picture')} directly in {root}"
        notes.append(Notice("pictures-skipped", f"Left out: {found}; put them into one of its `N_class` folders."))
    return subsets, notes


def skipped_inside(inside: Listing) -> list[Notice]:
    """Say what a folder of pictures holds that is not taken."""
    nested = [
        Notice("folder-skipped", f"{folder} is left out: folders inside a folder of pictures are not searched.")
        for folder in inside.folders
    ]
    return [*_unsupported(inside), *nested]


def _skipped_children(folders: Iterable[Path]) -> list[Notice]:
    notes = []
    for folder in folders:
        held = len(list_folder(folder).pictures)
        if held:
            text = f"{folder} ({count(held, 'picture')}) is left out: its name does not start with a number and `_`."
            notes.append(Notice("folder-skipped", f"{text} Rename it to `1_{folder.name}` to use it."))
    return notes


def _unsupported(listing: Listing) -> list[Notice]:
    if not listing.unsupported:
        return []
    text = f"Left out, since these formats are not read: {listed(listing.unsupported)}. Convert them to PNG or JPEG."
    return [Notice("pictures-skipped", text)]


def _empty(root: Path, option: str, notes: list[Notice]) -> MikazukiError:
    seen = " ".join(note.text for note in notes[:_NAMES_SHOWN])
    endings = " ".join(sorted(PICTURE_SUFFIXES))
    return MikazukiError(
        "dataset-empty",
        f"There are no pictures to train on in {root} ({option}). {seen}".strip(),
        f"Put pictures ({endings}) into it, or into a folder in it whose name says how often they repeat, "
        "such as `10_sks dog`.",
    )
