"""Finds the command that was asked for, imports it alone, and turns refusals into one paragraph and an exit code."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.settings.base import Settings
from mikazuki.settings.flags import take_flags
from mikazuki.settings.load import unknown_option
from mikazuki.text import paragraph

COMMANDS: Final = {
    "gui": "open the studio, the workspace in the browser",
    "train": "train what a settings file asks for",
    "guide": "fill in a settings file from pictures, a goal and a base model, with reasons",
    "queue": "put trainings into the queue, look at jobs, stop, repeat and order them",
    "check": "say what a training would do and what would stop it",
    "probe": "measure memory and time of a training by two real steps, and say what makes it fit",
    "doctor": "say what is installed, what is missing and what to do",
    "tag": "tag or caption the pictures of a folder by a model, and take that back",
    "info": "show what a model or an adapter file is and holds",
    "convert": "write a base model as one file or a diffusers folder, in another precision",
    "datasets": "list, make, fill and delete data sets",
    "prepare": "copy pictures cut, resized and cleaned for a training, or report on a folder of pictures",
    "masks": "make masks of pictures by a model or of their transparency",
    "class-pictures": "draw the class pictures that a training of concepts lacks",
    "build": "write a checkpoint of a training's saved state, or of a base model with a LoRA in it",
    "workspace": "teach a model over several trainings: make, train on, write checkpoints, look back",
    "models": "list, rename and delete base models and adapters",
    "docs": "write or check the reference pages of the options",
    "import": "turn settings of lora-scripts or kohya_ss into a settings file of ours",
    "upstream": "show the options of sd-scripts and hold them against a checkout",
    "compare-engines": "train a few steps by both engines and say how result, speed and memory differ",
}
"""Command -> what it does; its module has the same name, with `add_arguments(parser)` and `run(arguments)`."""

MODULES: Final = {"import": "import_", "compare-engines": "compare_engines", "class-pictures": "class_pictures"}
"""Commands whose name is a word of the language, or has a hyphen."""

PROGRAM: Final = "python -m mikazuki"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 failed, 2 wrong request, 130 stopped."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        # A terminal without UTF-8 shows a question mark rather than ending a training.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_overview())
        return EXIT_DONE if arguments else EXIT_WRONG_REQUEST
    name = arguments[0]
    if name not in COMMANDS:
        print(f"{PROGRAM}: there is no command {name!r}. Commands: {', '.join(COMMANDS)}.", file=sys.stderr)
        return EXIT_WRONG_REQUEST
    return _run(name, arguments[1:])


def _run(name: str, arguments: list[str]) -> int:
    """Run a command with its arguments; the border where refusals become text."""
    module = import_module(f"mikazuki.cli.{MODULES.get(name, name)}")
    parser = argparse.ArgumentParser(prog=f"{PROGRAM} {name}", description=module.__doc__, allow_abbrev=False)
    module.add_arguments(parser)
    as_json = "--json" in arguments
    try:
        code: int = module.run(_parse(parser, arguments, getattr(module, "SETTINGS", None)))
    except MikazukiError as error:
        report([error], as_json=as_json)
        return error.exit_code
    except KeyboardInterrupt:
        return EXIT_STOPPED
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more can be said, not even by Python at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    except OSError as error:
        problem = MikazukiError(
            "file-problem",
            f"{error.filename or 'A file'} could not be used: {error.strerror or error}.",
            "Check that it is there, and that this user may read it.",
        )
        report([problem], as_json=as_json)
        return problem.exit_code
    return code


def _parse(
    parser: argparse.ArgumentParser, arguments: list[str], settings: type[Settings] | None
) -> argparse.Namespace:
    """Parse a command's arguments; where it takes settings, their options are flags, kept under ``given``."""
    if settings is None:
        return parser.parse_args(arguments)
    rest, given = take_flags(arguments, settings)
    parsed, unknown = parser.parse_known_args(rest)
    strange = next((word for word in unknown if word.startswith("-")), None)
    if strange:
        told = unknown_option(settings, strange)
        told = told if told.endswith("?") else f"{told}."
        raise MikazukiError("flag-unknown", told, f"{parser.prog} --help says more.")
    if unknown:
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    parsed.given = given
    return parsed


def report(errors: Sequence[MikazukiError], *, as_json: bool) -> None:
    """Print refusals: paragraphs on stderr, or one JSON object on stdout."""
    if as_json:
        found = [{"code": e.code, "message": e.message, "hint": e.hint, "exit_code": e.exit_code} for e in errors]
        print(json.dumps({"errors": found}, ensure_ascii=False))
        return
    for error in errors:
        print(paragraph(error), file=sys.stderr)


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"usage: {PROGRAM} COMMAND ...", "", *(f"  {name:{width}} {text}" for name, text in COMMANDS.items())]
    return "\n".join([*lines, "", f"{PROGRAM} COMMAND --help says more about one of them."])
