"""List base models and adapters, rename and delete them, and bring deleted ones back."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from mikazuki.bin import BIN_FOLDER, Bin
from mikazuki.data.collection import check_name
from mikazuki.errors import EXIT_DONE
from mikazuki.models.library import FoundModel, Library
from mikazuki.models.renaming import rename_model
from mikazuki.paths import Paths, repository
from mikazuki.preparing.tidying import bin_model
from mikazuki.text import size, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="show what lies in sd-models, output and the folders given")
    listing.add_argument("folders", nargs="*", type=Path, help="folders to look into besides")
    listing.add_argument("--json", action="store_true", help="answer as JSON for programs")
    renaming = actions.add_parser("rename", help="rename one, its preview with it")
    renaming.add_argument("path", type=Path, help="the model")
    renaming.add_argument("name", help="its new name, without folder; its ending stays")
    deleting = actions.add_parser("delete", help="put one into the bin, its preview with it")
    deleting.add_argument("path", type=Path, help="the model")
    restoring = actions.add_parser("restore", help="bring something back from the bin")
    restoring.add_argument("ids", nargs="+", help="as delete printed them")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for."""
    code: int = ACTIONS[arguments.action](arguments, repository())
    return code


def _list(arguments: argparse.Namespace, paths: Paths) -> int:
    found = Library().models([paths.models, paths.output, *(folder.absolute() for folder in arguments.folders)])
    if arguments.json:
        print(json.dumps([_facts(model) for model in found], ensure_ascii=False))
    elif found:
        rows = [(_kind(model), model.family or "-", size(model.bytes), str(model.path)) for model in found]
        print("\n".join(table(rows, indent="")))
    else:
        print(f"There is no model yet; base models belong into {paths.models}.")
    return EXIT_DONE


def _rename(arguments: argparse.Namespace, _paths: Paths) -> int:
    check_name(arguments.name.strip())
    print(rename_model(arguments.path, arguments.name))
    return EXIT_DONE


def _delete(arguments: argparse.Namespace, paths: Paths) -> int:
    ids = bin_model(Bin(paths.logs / BIN_FOLDER), arguments.path)
    print(f"{arguments.path} lies in the bin. To bring it back: python -m mikazuki models restore {' '.join(ids)}")
    return EXIT_DONE


def _restore(arguments: argparse.Namespace, paths: Paths) -> int:
    for item in reversed(arguments.ids):
        print(Bin(paths.logs / BIN_FOLDER).restore(item))
    return EXIT_DONE


def _kind(model: FoundModel) -> str:
    if model.problem:
        return "unreadable"
    return f"{model.kind}, rank {model.rank}" if model.rank else model.kind


def _facts(model: FoundModel) -> dict[str, object]:
    names = ("kind", "family", "bytes", "modified", "rank", "layout", "problem")
    return {"path": str(model.path), **{name: getattr(model, name) for name in names}}


ACTIONS: Final[dict[str, Callable[[argparse.Namespace, Paths], int]]] = {
    "list": _list,
    "rename": _rename,
    "delete": _delete,
    "restore": _restore,
}
