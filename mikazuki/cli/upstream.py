"""Show the options of sd-scripts, compare the stored ones with those of a checkout, or store the checkout's."""

import argparse
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from mikazuki.engines.sd_scripts_place import FOLDER_VARIABLE, PYTHON_VARIABLE, Place, find_place
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, MikazukiError
from mikazuki.files import write_text
from mikazuki.settings.docs import LANGUAGES
from mikazuki.settings.upstream.docs import reference
from mikazuki.settings.upstream.options import encode
from mikazuki.settings.upstream.reading import differences, new_scripts, read_checkout
from mikazuki.settings.upstream.scripts import SCRIPTS, script_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--write", action="store_true", help="store the checkout's options in place of ours")
    parser.add_argument("--show", metavar="SCRIPT", help="print the options of one script; needs no checkout")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="language of --show")
    parser.add_argument(
        "--checkout", type=Path, help=f"folder of sd-scripts; default: {FOLDER_VARIABLE}, or sd-scripts"
    )
    parser.add_argument("--python", type=Path, help=f"its Python; default: {PYTHON_VARIABLE}, or its venv")


def run(arguments: argparse.Namespace) -> int:
    """Show, compare or write; exit code 1 where something differs."""
    if arguments.show:
        print(reference(script_named(arguments.show), arguments.language))
        return EXIT_DONE
    place = find_place(arguments.checkout)
    if not place.there:
        raise MikazukiError(
            "upstream-missing",
            f"There is no train_network.py in {place.folder}.",
            "Fetch it with install.sh --with-sd-scripts, or name a checkout with --checkout.",
        )
    found = read_checkout(place.folder, _python(arguments, place))
    for script in new_scripts(place.folder):
        print(f"{script} is a script that is not known here: give it a row in settings/upstream/scripts.py.")
    return _write(found) if arguments.write else _compare(found)


def _python(arguments: argparse.Namespace, place: Place) -> Path:
    python: Path | None = arguments.python or place.python
    if python is None:
        raise MikazukiError(
            "upstream-python-missing",
            f"{place.folder} has no Python environment.",
            "Make one with install.sh --with-sd-scripts, or name its Python with --python.",
        )
    return python.absolute()


def _write(found: Mapping[str, Mapping[str, Any]]) -> int:
    for script, options in found.items():
        write_text(_file(script), encode(options))
    print(f"Stored the options of {len(found)} scripts.")
    return EXIT_DONE


def _compare(found: Mapping[str, Mapping[str, Any]]) -> int:
    changes = [line for script in SCRIPTS for line in differences(script, stored(script), found[script])]
    print("\n".join(changes) or f"The options of {len(found)} scripts are as stored.")
    return EXIT_FAILED if changes else EXIT_DONE


def stored(script: str) -> dict[str, dict[str, Any]]:
    """Return the stored options of a script, empty where there are none yet."""
    path = _file(script)
    if not path.is_file():
        return {}
    options: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return options


def _file(script: str) -> Path:
    return Path(str(files("mikazuki.settings.upstream"))) / "data" / f"{script}.json"
