"""Runs a program beside training in a process of its own, shows how far it is, and returns its last word."""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.cli.follow import POLL_SECONDS, Interrupts, counted_interrupts
from mikazuki.cli.live import LiveView
from mikazuki.engines.builtin import ENVIRONMENT, Builtin
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, MikazukiError
from mikazuki.files import write_text
from mikazuki.jobs.events import LAST_KINDS, Event, EventReader
from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import Child, exit_in_words
from mikazuki.jobs.queue import Queue
from mikazuki.paths import repository
from mikazuki.settings.base import Settings, choices, sections
from mikazuki.settings.load import dump_toml
from mikazuki.settings.train import TrainSettings

_LOG_LINES: Final = 20
"""Lines of a broken program's own words that are shown."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a program ended: its last event, `done` or `stopped`, and the texts of its warnings."""

    last: Event
    warnings: tuple[str, ...]


def run_tool(program: str, settings: Settings, *, quiet: bool) -> Ending:
    """Run ``python -m PROGRAM`` on these settings to its end.

    Ctrl-C asks it to end after what is under way, a second one ends it at once. With ``quiet`` nothing is shown.

    Raises:
        MikazukiError: What the program failed of.
    """
    with tempfile.TemporaryDirectory(prefix="mikazuki-tool-", ignore_cleanup_errors=True) as folder:
        job = Job(Path(folder))
        write_text(job.config, dump_toml(settings))
        with counted_interrupts() as interrupts, _view(quiet=quiet) as view:
            last = _follow(job, _start(job, program, settings), interrupts, view)
        warnings = tuple(str(event["text"]) for event in EventReader(job.events).read() if event["kind"] == "warning")
    if last["kind"] == "failed":
        raise MikazukiError(
            str(last["code"]), str(last["message"]), str(last["hint"]), exit_code=int(last["exit_code"])
        )
    return Ending(last, warnings)


def run_resumable(program: str, settings: Settings, *, quiet: bool) -> Ending | None:
    """Run as `run_tool` does what goes on where it was stopped; None where it was, which is said then."""
    ending = run_tool(program, settings, quiet=quiet)
    if ending.last["kind"] == "stopped":
        print("Stopped; the same command goes on from here.", file=sys.stderr)
        return None
    return ending


def list_options(parser: argparse.ArgumentParser, title: str, settings: type[Settings], *without: str) -> None:
    """Put under a program's help what each option takes and does, but for those named ``without``."""
    fields = [item for section in sections(settings).values() for item in section.items()]
    lines = [
        f"  --{name} {'|'.join(map(str, choices(field)))}".rstrip() + f"\n      {field.description}"
        for name, field in fields
        if name not in without
    ]
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "\n".join([title, *lines])


def given_values(folder: str, given: Mapping[str, Any]) -> tuple[Path | None, dict[str, Any]]:
    """Take FOLDER for a settings file where it is one, else for image_dir; return the file and what flags say."""
    path = Path(folder)
    if path.suffix == ".toml" and path.is_file():
        return path, dict(given)
    return None, {"image_dir": folder, **given}


def put_into_queue(settings: Settings, *, as_json: bool) -> int:
    """Check a program's settings, put it into the queue instead of starting it, and say so; raises what stops it."""
    from mikazuki.preparing.programs import examine
    from mikazuki.preparing.queueing import Wish

    checked = examine(settings)
    job = checked.put(Queue(repository().jobs), Wish())
    if not as_json:
        print("".join(f"warning: {notice.text}\n" for notice in checked.notices), end="")
    say_queued(job, as_json=as_json)
    return EXIT_DONE


def say_queued(job: Job, *, as_json: bool) -> None:
    """Say that a job waits, and what starts it."""
    if as_json:
        print(json.dumps({"kind": "job", "id": job.id, "folder": str(job.folder)}))
    else:
        print(f"{job.id} is in the queue.\nIt starts by the studio, or by `python -m mikazuki queue run`.")


@contextmanager
def _view(*, quiet: bool) -> Iterator[LiveView]:
    """Give what shows the progress: nothing of it where only the answer is wanted."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        view = LiveView(nowhere if quiet else sys.stdout, terminal=not quiet and sys.stdout.isatty())
        try:
            yield view
        finally:
            view.close()


def _start(job: Job, program: str, settings: Settings) -> Child:
    """Start the program; one that takes a training's settings begins where and as the training would."""
    command = [sys.executable, "-m", program, "--config_file", str(job.config)]
    if isinstance(settings, TrainSettings):
        launch = Builtin().launch(job.folder, settings)
        return Child.start(job, command, launch.env, launch.cwd)
    return Child.start(job, command, ENVIRONMENT, repository().root)


def _follow(job: Job, child: Child, interrupts: Interrupts, view: LiveView) -> Event:
    """Show a program's events until it has ended."""
    reader = EventReader(job.events)
    last: Event | None = None
    running = True
    while running:
        running = child.poll() is None
        for event in reader.read():
            last = event if event["kind"] in LAST_KINDS else last
            view.handle(event)
        if running and interrupts.count == 1:
            job.stop.touch()
        elif running and interrupts.count:
            child.end()
        if running:
            time.sleep(POLL_SECONDS)
    return last or _without_a_word(job, child.poll() or EXIT_FAILED, interrupts)


def _without_a_word(job: Job, code: int, interrupts: Interrupts) -> Event:
    """Say how a program ended that could not say it itself."""
    if interrupts.count:
        return {"kind": "stopped"}
    said = job.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    message = "\n".join([f"The work was {exit_in_words(code)}." if code < 0 else "The work failed:", *said])
    return {"kind": "failed", "code": "tool-failed", "message": message, "hint": "", "exit_code": EXIT_FAILED}
