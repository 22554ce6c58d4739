"""Run by the upstream trainer's own Python inside its checkout: writes what the scripts' parsers take as JSON.

``python probe.py OUTPUT.json SCRIPT ...``: the standard library alone, for that Python knows nothing of this project.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

SWITCHES = ("store_true", "store_false")


def described(action: argparse.Action) -> dict[str, Any]:
    """Return what one option takes; parts that are at their usual value (text, one, not set) are left out."""
    kind = type(action).__name__.removeprefix("_").removesuffix("Action")
    kind = {"Store": "store", "StoreTrue": "store_true", "StoreFalse": "store_false"}.get(kind, kind)
    type_name = getattr(action.type, "__name__", "str")
    flags = list(action.option_strings)
    found = {
        "flags": None if flags == [f"--{action.dest}"] else flags,
        "kind": None if kind == "store" else kind,
        "type": None if kind in SWITCHES or type_name == "str" else type_name,
        "nargs": None if kind in SWITCHES else action.nargs,
        "default": None if kind == "store_true" else action.default,
        # no settings file can say None
        "choices": action.choices and [choice for choice in action.choices if choice is not None],
        "required": action.required or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def options_of(script: str) -> dict[str, dict[str, Any]]:
    """Return the options of one script in the order of its parser, without ``--help``."""
    parser = importlib.import_module(script).setup_parser()
    return {action.dest: described(action) for action in parser._actions if action.dest != "help"}  # noqa: SLF001


def main(arguments: list[str]) -> None:
    """Write ``{script: options}``, or for a script that cannot be read ``{script: reason}``."""
    output, *scripts = arguments
    # our folder is Python's first place to look: its names must not hide the checkout's
    sys.path[0] = str(Path.cwd())
    sys.argv = sys.argv[:1]
    found: dict[str, Any] = {}
    for script in scripts:
        try:
            found[script] = options_of(script)
        except (ImportError, AttributeError, RuntimeError) as error:
            found[script] = f"{type(error).__name__}: {error}"
    Path(output).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
