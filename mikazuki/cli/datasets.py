"""List, make, fill and delete data sets below train/, and bring deleted ones back."""

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from mikazuki.bin import BIN_FOLDER, Bin
from mikazuki.data.collection import DataSet, data_set, data_sets, make_data_set
from mikazuki.data.upload import Upload
from mikazuki.data.upload_zip import add_zip, is_zip
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, MikazukiError
from mikazuki.paths import Paths, repository
from mikazuki.preparing.tidying import bin_data_set, bin_picture
from mikazuki.text import count, size, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="show all data sets and the folders of pictures in them")
    listing.add_argument("--json", action="store_true", help="answer as JSON for programs")
    making = actions.add_parser("make", help="make one")
    making.add_argument("name", help="name of its folder below train/")
    making.add_argument("--words", default="", help="identifier and class, such as 'sks cat'")
    making.add_argument("--repeats", type=int, default=10, help="how often an epoch shows each picture (default 10)")
    adding = actions.add_parser("add", help="copy pictures, captions, folders and zip files into one")
    adding.add_argument("dataset", help="name of a data set, or a folder")
    adding.add_argument("files", nargs="+", type=Path, help="pictures, captions, folders, zip files")
    deleting = actions.add_parser("delete", help="put a data set, or a picture with its caption and mask, into the bin")
    deleting.add_argument("path", help="name of a data set, or the path of a picture or folder")
    restoring = actions.add_parser("restore", help="bring something back from the bin")
    restoring.add_argument("ids", nargs="+", help="as delete printed them")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for."""
    code: int = ACTIONS[arguments.action](arguments, repository())
    return code


def _list(arguments: argparse.Namespace, paths: Paths) -> int:
    found = data_sets(paths.train)
    if arguments.json:
        print(json.dumps([_facts(one) for one in found], ensure_ascii=False))
        return EXIT_DONE
    for one in found:
        print(f"{one.path.name}: {count(one.pictures, 'picture')}, {one.captions:,} with a caption, {size(one.bytes)}")
        rows = [(folder.path.name, f"{folder.pictures:,}", f"x {folder.repeats}") for folder in one.folders]
        print("\n".join(table(rows)))
    if not found:
        print("There is no data set yet; python -m mikazuki datasets make NAME makes one.")
    return EXIT_DONE


def _make(arguments: argparse.Namespace, paths: Paths) -> int:
    made = make_data_set(paths.train, arguments.name, repeats=arguments.repeats, words=arguments.words)
    print(data_set(made).folders[0].path)
    return EXIT_DONE


def _add(arguments: argparse.Namespace, paths: Paths) -> int:
    """Add files; exit code 1 when not one of them was taken."""
    folder = _place(arguments.dataset, paths)
    if not folder.is_dir():
        hint = "python -m mikazuki datasets list shows those that there are."
        raise MikazukiError("dataset-not-found", f"There is no data set {arguments.dataset}.", hint)
    only_files = not any(path.is_dir() for path in arguments.files)
    taken = Upload(data_set(folder).for_loose_pictures if only_files else folder)
    for name, path in _named(arguments.files):
        with path.open("rb") as stream:
            if is_zip(name):
                add_zip(taken, name, stream)
            else:
                taken.add(name, stream)
    print(f"{count(len(taken.added), 'file')} added to {taken.folder}")
    for skipped in taken.skipped:
        print(f"  not taken: {skipped.name}: {skipped.reason}")
    return EXIT_DONE if taken.added else EXIT_FAILED


def _delete(arguments: argparse.Namespace, paths: Paths) -> int:
    place, holder = _place(arguments.path, paths), Bin(paths.logs / BIN_FOLDER)
    put = bin_data_set if place.is_dir() else bin_picture
    ids = put(holder, place, [paths.train])
    print(f"{place} lies in the bin. To bring it back: python -m mikazuki datasets restore {' '.join(ids)}")
    return EXIT_DONE


def _restore(arguments: argparse.Namespace, paths: Paths) -> int:
    for item in reversed(arguments.ids):
        print(Bin(paths.logs / BIN_FOLDER).restore(item))
    return EXIT_DONE


def _place(text: str, paths: Paths) -> Path:
    """Return the data set of that name, or the path that the text is."""
    named = paths.train / text
    return named if named.exists() else Path(text)


def _named(files: Iterable[Path]) -> Iterable[tuple[str, Path]]:
    """Yield every file with its name inside the data set: files of a folder keep their folders below it."""
    for path in files:
        if path.is_dir():
            inside = sorted(child for child in path.rglob("*") if child.is_file())
            yield from ((child.relative_to(path).as_posix(), child) for child in inside)
        else:
            yield path.name, path


def _facts(one: DataSet) -> dict[str, object]:
    folders = [
        {"path": str(part.path), "repeats": part.repeats, "words": part.words, "pictures": part.pictures}
        for part in one.folders
    ]
    return {
        "name": one.path.name,
        "path": str(one.path),
        "pictures": one.pictures,
        "captions": one.captions,
        "bytes": one.bytes,
        "folders": folders,
    }


ACTIONS: Final[dict[str, Callable[[argparse.Namespace, Paths], int]]] = {
    "list": _list,
    "make": _make,
    "add": _add,
    "delete": _delete,
    "restore": _restore,
}
