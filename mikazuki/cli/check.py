"""Say what a training would do, what would stop it and what it will see, without starting it."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mikazuki.data.folders import Notice
from mikazuki.errors import EXIT_DONE, EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.paths import jobs_of
from mikazuki.preparing import scripts, summary
from mikazuki.preparing.foresee import foresee, only_ours
from mikazuki.preparing.history import expected_seconds
from mikazuki.preparing.training import Request, examine, read_settings
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.flags import any_training
from mikazuki.text import count, paragraph

if TYPE_CHECKING:
    from mikazuki.preparing.preview_folder import Written

SETTINGS = any_training()
"""Options of these are taken as flags: of our own definition, and of every script of sd-scripts."""


EPOCHS: Final = 2
"""Epochs that --pictures shows unless told otherwise: two tell what changes from one to the next."""
PICTURES: Final = 100
"""Pictures of each epoch that it draws unless told otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_shared_arguments(parser)
    parser.add_argument(
        "--pictures",
        nargs="?",
        const="",
        metavar="FOLDER",
        help="write what the training will see into a new folder: real crops on sheets, a page, prompts.json",
    )
    parser.add_argument("--epochs", type=positive, default=EPOCHS, metavar="N", help=f"of so many epochs ({EPOCHS})")
    parser.add_argument(
        "--limit", type=_count_or_all, default=PICTURES, metavar="N",
        help=f"draw so many pictures of each ({PICTURES}; 0: all)",
    )  # fmt: skip


def positive(text: str) -> int:
    """Read a number from 1 on; the error is argparse's own."""
    number = _count_or_all(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _count_or_all(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number")
    return int(text)


def add_shared_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of every command that takes a training's settings."""
    parser.add_argument("config", nargs="?", type=Path, help="settings file; not needed when flags give everything")
    parser.add_argument("--config_file", type=Path, help="the same, as sd-scripts writes it")
    parser.add_argument("--set", metavar="KEY=VALUE", help="give one option; the last one wins, empty is the default")
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")
    parser.epilog = (
        "Every option works as a flag too, such as --network_dim 8; docs/options.md lists them, docs/upstream those of "
        "sd-scripts' scripts."
    )


def settings_of(arguments: argparse.Namespace) -> TrainSettings:
    """Read the settings that the command line asks for; raises MikazukiError."""
    return read_settings(file_of(arguments), arguments.given)


def file_of(arguments: argparse.Namespace) -> Path | None:
    """Return the settings file, whichever way it is named; its ending may be left out after ``--config_file``."""
    named: Path | None = arguments.config or arguments.config_file
    if arguments.config_file and named and not named.suffix:
        return named.with_suffix(".toml")
    return named


def run(arguments: argparse.Namespace) -> int:
    """Check and say everything at once; exit code 0 when nothing stops the training, else 2."""
    other = scripts.wanted(file_of(arguments), arguments.given)
    if other:
        if arguments.pictures is not None:
            raise only_ours()
        return _run_upstream(other, as_json=arguments.json)
    request = examine(settings_of(arguments))
    written = _pictures(request, arguments)
    seconds = _seconds(request)
    if arguments.json:
        told = {"preview": str(written.folder)} if written else {}
        print(json.dumps(summary.as_json(request, seconds) | told, ensure_ascii=False))
    else:
        _show(request, seconds)
        if written:
            _show_written(written)
    return EXIT_WRONG_REQUEST if request.problems else EXIT_DONE


def _pictures(request: Request, arguments: argparse.Namespace) -> "Written | None":
    """Write what will be seen, where that is asked for and known; what stops it is told with all other problems."""
    if arguments.pictures is None or not (request.plan and request.info):
        return None
    # only now: it takes what decodes pictures, and a check by itself should answer at once
    from mikazuki.preparing.preview_folder import write_preview

    settings = request.settings
    folder = Path(arguments.pictures or Path(settings.output_dir) / f"preview-{settings.output_name}")
    return write_preview(foresee(request), folder, epochs=arguments.epochs, limit=arguments.limit)


def _show_written(written: "Written") -> None:
    drawn = f"{count(written.pictures, 'picture')} on {count(written.sheets, 'sheet')}"
    print(f"\nWhat the training will see is in {written.folder}: {drawn}, every prompt in prompts.json.")
    print(f"Look at {written.page}.")


def _run_upstream(request: scripts.ScriptRequest, *, as_json: bool) -> int:
    """Check a training of sd-scripts that the builtin engine does not know."""
    scripts.examine(request)
    if as_json:
        print(json.dumps(scripts.as_json(request), ensure_ascii=False))
    else:
        print("\n".join(scripts.lines(request)))
        _conclude(request.warnings, request.problems)
    return EXIT_WRONG_REQUEST if request.problems else EXIT_DONE


def _seconds(request: Request) -> float | None:
    if not (request.info and request.plan):
        return None
    jobs = jobs_of(Path(request.settings.logging_dir))
    return expected_seconds(jobs, request.settings, request.info.bytes, request.plan.max_train_steps)


def _show(request: Request, seconds: float | None) -> None:
    print("\n".join(summary.lines(request, captions=True, seconds=seconds)))
    notes = request.plan.notes if request.plan else ()
    _conclude([*request.warnings, *notes], request.problems)


def _conclude(warnings: Sequence[Notice], problems: Sequence[MikazukiError]) -> None:
    for notice in warnings:
        print(f"\nwarning: {notice.text}")
    for problem in problems:
        print(f"\nstops it: {paragraph(problem)}")
    print()
    if problems:
        print(f"This training cannot start: {count(len(problems), 'problem')} to put right.")
    else:
        print("Nothing stops this training.")
