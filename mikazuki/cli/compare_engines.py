"""Train the same few steps by sd-scripts and by the builtin engine, and say what differs: result, speed, memory."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mikazuki.cli import check
from mikazuki.cli.follow import Interrupts, counted_interrupts
from mikazuki.cli.live import LiveView
from mikazuki.cli.main import report
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.preparing import compare_report, scripts
from mikazuki.preparing.compare import STEPS, USUAL_STEPS, Comparison, plan_comparison
from mikazuki.preparing.compare_run import Outcome, Watcher, compare
from mikazuki.settings.secrets import without_secrets
from mikazuki.settings.train import TrainSettings

SETTINGS = TrainSettings
"""Options of these are taken as flags."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    check.add_shared_arguments(parser)
    bounds = f"{STEPS.start} to {STEPS.stop - 1}"
    parser.add_argument(
        "--steps",
        type=int,
        default=USUAL_STEPS,
        metavar="N",
        help=f"optimizer steps, {bounds}; {USUAL_STEPS} if not given",
    )
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="keep jobs, logs, adapters and the record in a new folder"
    )


def run(arguments: argparse.Namespace) -> int:
    """Compare; the exit code is 0 where the engines agree, 1 where they differ or a run fails."""
    if scripts.wanted(check.file_of(arguments), arguments.given):
        raise MikazukiError(
            "not-comparable",
            "Only sd-scripts trains what these settings ask for, so there is nothing to compare it with.",
            "Compare LoRA trainings on SD1, SD2 or SDXL.",
        )
    settings, _ = without_secrets(check.settings_of(arguments))
    with workplace(arguments.keep) as folder:
        task, problems = plan_comparison(settings, arguments.steps, folder)
        if task is None:
            report(problems, as_json=arguments.json)
            return EXIT_WRONG_REQUEST
        outcome = _compare(task, quiet=arguments.json)
    if arguments.json:
        print(json.dumps(compare_report.as_json(outcome), ensure_ascii=False))
    else:
        print("\n".join(compare_report.lines(outcome)))
        if arguments.keep:
            print(f"Everything is kept in {arguments.keep}.")
    return EXIT_FAILED if compare_report.verdict(outcome).agree is False else EXIT_DONE


@contextmanager
def workplace(keep: Path | None) -> Iterator[Path]:
    """Give the folder to work in: ``keep``, made when it is first written to, or one that is removed afterwards.

    Raises:
        MikazukiError: ``keep-exists`` where ``keep`` holds something already.
    """
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="mikazuki-compare-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
        return
    if keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise MikazukiError("keep-exists", f"--keep: {keep} is there already.", "Name a new or an empty folder.")
    yield keep.absolute()


def _compare(task: Comparison, *, quiet: bool) -> Outcome:
    """Run the comparison, showing each run as a training is shown; an interrupt ends it at once."""
    with counted_interrupts() as interrupts, open_view(quiet=quiet) as view:
        try:
            return compare(task, _watcher(view, interrupts))
        except KeyboardInterrupt:
            view.close()
            view.say("Stopped: both engines' processes are ended.")
            raise


@contextmanager
def open_view(*, quiet: bool) -> Iterator[LiveView]:
    """Give what shows runs: nothing of them where only the answer is wanted."""
    if quiet:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            yield LiveView(nowhere, terminal=False)
        return
    view = LiveView(sys.stdout, terminal=sys.stdout.isatty())
    try:
        yield view
    finally:
        view.close()


def _watcher(view: LiveView, interrupts: Interrupts) -> Watcher:
    def begin(text: str) -> None:
        view.close()
        view.say(text)

    return Watcher(begin, view.handle, lambda: interrupts.count > 0)
