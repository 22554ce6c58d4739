"""Say what a training would do and what would stop it, without starting it."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from mikazuki.data.folders import Notice
from mikazuki.errors import EXIT_DONE, EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.paths import jobs_of
from mikazuki.preparing import scripts, summary
from mikazuki.preparing.history import expected_seconds
from mikazuki.preparing.training import Request, examine, read_settings
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.flags import any_training
from mikazuki.text import count, paragraph

SETTINGS = any_training()
"""Options of these are taken as flags: of our own definition, and of every script of sd-scripts."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments, shared with `train`."""
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
        return _run_upstream(other, as_json=arguments.json)
    request = examine(settings_of(arguments))
    seconds = _seconds(request)
    if arguments.json:
        print(json.dumps(summary.as_json(request, seconds), ensure_ascii=False))
    else:
        _show(request, seconds)
    return EXIT_WRONG_REQUEST if request.problems else EXIT_DONE


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
