"""Say what a training would do and what would stop it, without starting it."""

import argparse
import json
from pathlib import Path

from mikazuki.cli import summary
from mikazuki.cli.history import expected_seconds
from mikazuki.cli.request import Request, examine, read_settings
from mikazuki.cli.text import count, paragraph
from mikazuki.errors import EXIT_DONE, EXIT_WRONG_REQUEST
from mikazuki.paths import jobs_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments, shared with `train`."""
    parser.add_argument("config", nargs="?", type=Path, help="settings file; not needed when --set gives everything")
    parser.add_argument("--engine", help="builtin, sd-scripts or auto; the same as --set engine=...")
    change = "change one option; may be repeated, the last one wins; an empty VALUE is the default"
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="changes", help=change)
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")


def changes_of(arguments: argparse.Namespace) -> list[str]:
    """Return the changes asked for, `--engine` among them."""
    return [*arguments.changes, *([f"engine={arguments.engine}"] if arguments.engine else [])]


def run(arguments: argparse.Namespace) -> int:
    """Check and say everything at once; exit code 0 when nothing stops the training, else 2."""
    request = examine(read_settings(arguments.config, changes_of(arguments)))
    seconds = _seconds(request)
    if arguments.json:
        print(json.dumps(summary.as_json(request, seconds), ensure_ascii=False))
    else:
        _show(request, seconds)
    return EXIT_WRONG_REQUEST if request.problems else EXIT_DONE


def _seconds(request: Request) -> float | None:
    if not (request.info and request.plan):
        return None
    jobs = jobs_of(Path(request.settings.logging_dir))
    return expected_seconds(jobs, request.settings, request.info.bytes, request.plan.max_train_steps)


def _show(request: Request, seconds: float | None) -> None:
    print("\n".join(summary.lines(request, captions=True, seconds=seconds)))
    notes = request.plan.notes if request.plan else ()
    for notice in (*request.warnings, *notes):
        print(f"\nwarning: {notice.text}")
    for problem in request.problems:
        print(f"\nstops it: {paragraph(problem)}")
    print()
    if request.problems:
        print(f"This training cannot start: {count(len(request.problems), 'problem')} to put right.")
    else:
        print("Nothing stops this training.")
