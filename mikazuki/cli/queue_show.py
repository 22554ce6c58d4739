"""What `queue` shows: lists, one job, a job as it runs, and the queue being run in the foreground."""

import argparse
import json
import logging
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from mikazuki import log
from mikazuki.cli.ending import exit_code_of, say_end, shown
from mikazuki.cli.follow import Interrupts, counted_interrupts
from mikazuki.cli.live import LiveView
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, MikazukiError
from mikazuki.jobs.events import Event, EventReader, last_events
from mikazuki.jobs.folder import Job
from mikazuki.jobs.index import Index
from mikazuki.jobs.process import ENDED, RUNS, State, Status, last_event, read_status
from mikazuki.jobs.queue import Queue
from mikazuki.jobs.rows import JobRow
from mikazuki.processes import setting_once
from mikazuki.settings.load import load_toml
from mikazuki.text import duration, shell_line, size, table

if TYPE_CHECKING:  # a list needs no runner
    from mikazuki.jobs.runner import Runner

STATES: Final = tuple(str(state) for state in State)
POLL_SECONDS: Final = 0.2
RUNNER_EXISTS: Final = "runner-exists"


def say(text: str, *, as_json: bool, **facts: Any) -> int:
    """Say that something was done, in words or as facts."""
    print(json.dumps({"ok": True, **facts}, ensure_ascii=False) if as_json else text)
    return EXIT_DONE


def listing(queue: Queue, arguments: argparse.Namespace) -> int:
    """List jobs."""
    page = _index(queue).listed(arguments.state, arguments.text, arguments.start, arguments.limit)
    if arguments.json:
        rows = [asdict(row) for row in page.rows]
        print(json.dumps({"jobs": rows, "total": page.total, "paused": queue.paused}, ensure_ascii=False))
        return EXIT_DONE
    if queue.paused:
        print("The queue is paused: `python -m mikazuki queue resume-all` lets it go on.")
    if not page.rows:
        print("There are no such jobs. `python -m mikazuki queue add my.toml` makes one.")
        return EXIT_DONE
    print("\n".join(table([_line(row) for row in page.rows], indent="")))
    left = page.total - max(0, arguments.start) - len(page.rows)
    if left > 0:
        print(f"... and {left} more: --start, --limit, --state and --text choose among them.")
    return EXIT_DONE


def _line(row: JobRow) -> tuple[str, ...]:
    place = "" if row.position is None else str(row.position)
    return (place, row.state, row.id, row.engine, _how_far(row), row.reason if row.state != "done" else "")


def _how_far(row: JobRow) -> str:
    if row.total:
        left = f", {duration(row.eta)} left" if row.eta is not None else ""
        return f"step {row.step}/{row.total}{left}"
    return row.stage


def one(queue: Queue, arguments: argparse.Namespace) -> int:
    """Show one job."""
    row = _index(queue).row(arguments.id)
    job = queue.find(row.id)
    facts = job.facts()
    if arguments.json:
        print(json.dumps({**asdict(row), "folder": str(job.folder), "facts": facts}, ensure_ascii=False))
        return EXIT_DONE
    rows = [
        ("job", row.id),
        ("state", row.state + (f": {row.reason}" if row.reason and row.reason != row.state else "")),
        ("place", "" if row.position is None else f"{row.position} in the queue"),
        ("trains" if row.program == "train" else "does", " ".join(filter(None, (row.method, row.family, row.engine)))),
        ("GPUs", ", ".join(row.gpus)),
        *((name, _when(at)) for name, at in _times(row)),
        ("progress", _how_far(row)),
        ("loss", "" if row.loss is None else f"{row.loss:.4f}"),
        ("memory", "" if row.memory is None else size(row.memory)),
        ("made", row.output or ""),
        ("newest sample", row.sample or ""),
        ("settings", shown(job.config)),
        ("log", shown(job.log)),
        ("command", shell_line(tuple(map(str, facts.get("command") or ())))),
    ]
    print("\n".join(table([line for line in rows if line[1]])))
    return EXIT_DONE


def _times(row: JobRow) -> tuple[tuple[str, float | None], ...]:
    return (
        ("made on", row.created),
        ("not before", row.not_before),
        ("started", row.started),
        ("ended", row.ended),
    )


def _when(at: float | None) -> str:
    return "" if at is None else datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def read_log(queue: Queue, arguments: argparse.Namespace) -> int:
    """Print a job's log, or the lines of it that hold a text; exit code 1 where none does."""
    from mikazuki.jobs.logs import collapsed, search

    job = queue.find(arguments.id)
    if arguments.search is None:
        text = job.log.read_bytes().decode(errors="replace") if job.log.exists() else ""
        print(json.dumps({"text": text}, ensure_ascii=False) if arguments.json else collapsed(text), end="")
        return EXIT_DONE
    found = search(job.log, arguments.search)
    if arguments.json:
        print(json.dumps(asdict(found), ensure_ascii=False))
    else:
        print("\n".join(f"{hit.line}: {hit.text}" for hit in found.hits) or f"No line holds {arguments.search!r}.")
        if found.total > len(found.hits):
            print(f"... and {found.total - len(found.hits)} more")
    return EXIT_DONE if found.total else EXIT_FAILED


def diff(queue: Queue, arguments: argparse.Namespace) -> int:
    """Print the options in which two jobs differ."""
    from mikazuki.preparing.configs import differences, values_of

    jobs = [queue.find(part) for part in (arguments.id, arguments.other)]
    found = differences(values_of(jobs[0]), values_of(jobs[1]))
    if arguments.json:
        rows = [{"option": option, "left": left, "right": right} for option, left, right in found]
        print(json.dumps(rows, ensure_ascii=False))
    elif not found:
        print("They have the same settings.")
    else:
        rows_of = [(option, str(left), str(right)) for option, left, right in found]
        print("\n".join(table([("option", jobs[0].id, jobs[1].id), *rows_of], indent="")))
    return EXIT_DONE


def bin_rows(queue: Queue, arguments: argparse.Namespace) -> int:
    """List what is in the bin."""
    rows = queue.bin.rows()
    if arguments.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
    elif not rows:
        print("The bin is empty.")
    else:
        print("\n".join(table([(row.id, row.kind, row.name, size(row.bytes)) for row in rows], indent="")))
    return EXIT_DONE


def _index(queue: Queue) -> Index:
    from mikazuki.preparing.queueing import machine_slots

    return Index(queue, machine_slots())


def follow(queue: Queue, arguments: argparse.Namespace) -> int:
    """Show a job from its beginning to its end; return what the job ended with."""
    job = queue.find(arguments.id)
    view = LiveView(sys.stdout, terminal=sys.stdout.isatty())
    with counted_interrupts() as interrupts:
        status = _follow(queue, job, view, interrupts, as_json=arguments.json)
    if arguments.json:
        return exit_code_of(status) if status.state in ENDED else EXIT_STOPPED
    view.close()
    if status.state not in ENDED:
        print(f"{job.id} goes on: {status.state}.")
        return EXIT_STOPPED
    say_end(job, status, last_event(last_events(job.events)), str(job.facts().get("engine") or ""), _settings(job))
    return exit_code_of(status)


def _follow(queue: Queue, job: Job, view: LiveView, interrupts: Interrupts, *, as_json: bool) -> Status:
    """Show events until the job has ended or a person has seen enough; return its state then."""
    reader = EventReader(job.events)
    said = ""
    while True:
        status = queue.status(job)
        for event in reader.read():
            _show(event, view, as_json=as_json)
        if status.state in ENDED or interrupts.count:
            return status
        if status.state is State.QUEUED and not said and not as_json:
            said = _index(queue).row(job.id).reason
            view.say(f"  {job.id} waits: {said}")
        time.sleep(POLL_SECONDS)


def _show(event: Event, view: LiveView, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(event, ensure_ascii=False), flush=True)
    else:
        view.handle(event)


def _settings(job: Job) -> dict[str, Any]:
    try:
        return load_toml(job.config)
    except MikazukiError:
        return {}


def run_queue(queue: Queue, arguments: argparse.Namespace) -> int:
    """Run the queue until Ctrl-C, or until there is nothing more to do; trainings outlive this program."""
    from mikazuki.jobs.runner import Runner
    from mikazuki.preparing.queueing import machine_slots

    log.set_up().setLevel(logging.WARNING)

    def tell(job: Job, status: Status) -> None:
        _say_job(job.id, str(status.state), status.reason, as_json=arguments.json)

    runner = Runner(queue, machine_slots(), on_end=tell)
    with _stopping() as stop:
        try:
            return _run(queue, runner, stop, arguments)
        finally:
            runner.close()


def _run(queue: Queue, runner: "Runner", stop: threading.Event, arguments: argparse.Namespace) -> int:
    if not runner.tick():
        raise MikazukiError(
            RUNNER_EXISTS,
            f"Another program, such as the studio, runs the queue in {queue.jobs_dir} already.",
            "Jobs that are added start there; there is nothing to do here.",
            exit_code=EXIT_FAILED,
        )
    if not arguments.json:
        print(
            f"Running the queue in {shown(queue.jobs_dir)} on {', '.join(runner.slots)}; Ctrl-C ends this.", flush=True
        )
    begun: set[str] = set()
    while not stop.is_set():
        # as it is written down: what has ended but was not concluded yet is this runner's to conclude
        going = [job for job in queue.active() if read_status(job).state in RUNS]
        for job in going:
            if job.id not in begun:
                _say_job(job.id, "running", "", as_json=arguments.json)
        begun |= {job.id for job in going}
        if arguments.until_empty and not going and not _may_begin(queue):
            return EXIT_DONE
        stop.wait(POLL_SECONDS)
        _tick(runner)
    return EXIT_DONE


def _tick(runner: "Runner") -> None:
    """Do what is due; a full disk or a busy queue is said and tried again."""
    try:
        runner.tick()
    except MikazukiError as error:
        logging.getLogger(__name__).warning("the queue rests: %s", error)


def _may_begin(queue: Queue) -> bool:
    """Say whether something waits that is neither held back nor kept by a pause."""
    return not queue.paused and any(not place.held for _, place in queue.waiting())


def _say_job(job_id: str, state: str, reason: str, *, as_json: bool) -> None:
    if as_json:
        line = json.dumps({"kind": "job", "id": job_id, "state": state, "reason": reason}, ensure_ascii=False)
    else:
        line = f"{datetime.now().astimezone():%H:%M:%S} {job_id}: {state}"
        line += f", {reason}" if reason and reason != state else ""
    print(line, flush=True)


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C and SIGTERM set, and put the old handlers back afterwards."""
    stop = threading.Event()
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, setting_once(stop)) for kind in kinds]
    try:
        yield stop
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)
