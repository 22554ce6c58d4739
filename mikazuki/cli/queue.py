"""Put trainings and other programs into the queue, look at jobs, order what waits, and speak to what runs."""

import argparse
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mikazuki.bin import Binned
from mikazuki.cli import queue_show as show
from mikazuki.cli.ending import shown
from mikazuki.errors import EXIT_DONE, MikazukiError
from mikazuki.files import write_text
from mikazuki.jobs.folder import Job
from mikazuki.jobs.queue import Queue
from mikazuki.paths import repository
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.train import TrainSettings

if TYPE_CHECKING:  # what checks a training is imported when one is added
    from mikazuki.preparing.queueing import Wish

SETTINGS = TrainSettings
"""Options of these are taken as flags by `add`."""

PROGRAMS: Final = ("tag", "prepare", "masks", "convert", "build", "fetch")
"""Programs beside training that can be queued; a test holds them to those that there are."""
ID_HELP: Final = "the job's id, or any part of it that no other job has"
_NOW_WORDS: Final = frozenset({"now", "none", ""})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions and their arguments."""
    parser.add_argument("--jobs", type=Path, help="folder of the job folders; default: logs/jobs of the project")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _declare_adding(actions)
    _declare_looking(actions)
    _declare_ordering(actions)
    for name, text in ONE_JOB.items():
        _action(actions, name, text).add_argument("id", help=ID_HELP)
    for name, text in WHOLE_QUEUE.items():
        _action(actions, name, text)


def _action(actions: Any, name: str, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text, allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")
    return parser


def _declare_adding(actions: Any) -> None:
    add = _action(actions, "add", "check a training and put it into the queue; options work as flags, as with train")
    add.add_argument("config", nargs="?", type=Path, help="settings file")
    add.add_argument("--set", metavar="KEY=VALUE", help="give one option; the last one wins")
    add.add_argument("--program", choices=PROGRAMS, help="the file is one of this program, not of a training")
    add.add_argument("--gpus", type=_gpus, default=(), help="GPUs to use, such as 0,1; default: any")
    add.add_argument("--at", metavar="TIME", help='not before: "22:30", or "2027-01-31 22:30"')
    add.add_argument("--hold", action="store_true", help="hold it back until it is released")
    add.add_argument("--position", type=int, help="place in the queue, 0 is next; default: the end")
    add.add_argument("--overwrite", action="store_true", help="let it replace files of the same output_name")
    for name, text in (
        ("retry", "queue the same frozen settings again"),
        ("resume", "queue the same settings, going on from the newest state"),
    ):
        again = _action(actions, name, text)
        again.add_argument("id", help=ID_HELP)
        again.add_argument("--position", type=int, help="place in the queue, 0 is next; default: the end")


def _declare_looking(actions: Any) -> None:
    listing = _action(actions, "list", "list jobs: the queue in its order, then the others, newest first")
    listing.add_argument("--state", choices=show.STATES, help="only those of one state")
    listing.add_argument("--text", default="", help="only those with these words in id, name, kind or reason")
    listing.add_argument("--start", type=int, default=0, help="leave out so many (default: %(default)s)")
    listing.add_argument("--limit", type=int, default=20, help="at most so many (default: %(default)s)")
    log = _action(actions, "log", "print a job's log, or the lines of it that hold a text")
    log.add_argument("id", help=ID_HELP)
    log.add_argument("--search", metavar="TEXT", help="only lines with this text, upper and lower case alike")
    diff = _action(actions, "diff", "say in which settings two jobs differ")
    diff.add_argument("id", help=ID_HELP)
    diff.add_argument("other", help="the other job's id")
    clone = _action(actions, "clone", "write a job's frozen settings into a new file")
    clone.add_argument("id", help=ID_HELP)
    clone.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the new file")
    run = _action(actions, "run", "run the queue here, without the studio, until Ctrl-C; what runs then goes on")
    run.add_argument("--until-empty", action="store_true", help="end when nothing runs and nothing more can begin")


def _declare_ordering(actions: Any) -> None:
    stop = _action(actions, "stop", "ask a running job to save and end, or take a queued one out")
    stop.add_argument("id", help=ID_HELP)
    stop.add_argument("--now", action="store_true", help="end it at once; what was not saved is lost")
    move = _action(actions, "move", "move a queued job")
    move.add_argument("id", help=ID_HELP)
    move.add_argument("position", type=int, help="place in the queue, 0 is next")
    schedule = _action(actions, "schedule", "say when and on which GPUs a queued job may start")
    schedule.add_argument("id", help=ID_HELP)
    schedule.add_argument("--at", metavar="TIME", default="now", help='"22:30", "2027-01-31 22:30" or "now"')
    schedule.add_argument("--gpus", type=_gpus, default=(), help="such as 0,1; default: any")


ONE_JOB: Final = {
    "show": "show one job",
    "follow": "show what a job does until it ends; Ctrl-C ends the showing alone",
    "hold": "hold a queued job back",
    "release": "let a job that was held back start",
    "remove": "put a job that does not run into the bin; what it made stays",
    "restore": "bring something back from the bin",
    "purge": "delete something in the bin for good",
    "sample": "ask a running job for sample pictures now",
    "save": "ask a running job to save model and state now",
}
"""Actions that take nothing but a job."""

WHOLE_QUEUE: Final = {
    "pause": "start nothing more; what runs goes on",
    "resume-all": "start again what waits",
    "bin": "list what is in the bin",
}
"""Actions that take nothing."""


def run(arguments: argparse.Namespace) -> int:
    """Do one action; exit code 0 when it was done, `follow` ends with the job's own."""
    if arguments.given and arguments.action != "add":
        flags = ", ".join(f"--{name}" for name in arguments.given)
        raise MikazukiError("flag-unknown", f"{flags}: only `queue add` takes settings.")
    queue = Queue((arguments.jobs or repository().jobs).absolute())
    return ACTIONS[arguments.action](queue, arguments)


def _add(queue: Queue, arguments: argparse.Namespace) -> int:
    from mikazuki.preparing.queueing import Wish, check, put

    if arguments.config is None and (arguments.program or not arguments.given):
        raise MikazukiError("config-missing", "queue add: no settings file is named.", "Name one, such as my.toml.")
    not_before = None if arguments.at is None else start_time(arguments.at, datetime.now().astimezone())
    wish = Wish(arguments.gpus, not_before, arguments.hold, arguments.position, arguments.overwrite)
    if arguments.program:
        return _add_program(queue, arguments, wish)
    before = {name: os.environ.get(name) for name in VARIABLES.values()}
    checked = check(arguments.config, arguments.given)
    kept_out = [name for name in before if os.environ.get(name) != before[name]]
    job = put(queue, checked.start, wish)
    if not arguments.json:
        print("".join(f"warning: {notice.text}\n" for notice in checked.warnings), end="")
    if kept_out and not arguments.json:
        print(f"warning: keys are written into no file: set {', '.join(kept_out)} where the queue is run.")
    return _say_made(queue, job, as_json=arguments.json)


def _add_program(queue: Queue, arguments: argparse.Namespace, wish: "Wish") -> int:
    """Put a program's settings file into the queue; flags are a training's, so it takes none."""
    from mikazuki.preparing.programs import examine, read_file
    from mikazuki.settings.program_forms import program

    if arguments.given:
        flags = ", ".join(f"--{name}" for name in arguments.given)
        hint = f"Write it into {arguments.config}, or use: python -m mikazuki {arguments.program} ... --queue."
        raise MikazukiError("flag-unknown", f"{flags}: with --program options stand in the file alone.", hint)
    checked = examine(read_file(program(arguments.program), arguments.config))
    job = checked.put(queue, wish)
    if not arguments.json:
        print("".join(f"warning: {notice.text}\n" for notice in checked.notices), end="")
    return _say_made(queue, job, as_json=arguments.json)


def _retry(queue: Queue, arguments: argparse.Namespace) -> int:
    from mikazuki.preparing.queueing import resume, retry

    again = resume if arguments.action == "resume" else retry
    return _say_made(queue, again(queue, arguments.id, arguments.position), as_json=arguments.json)


def _say_made(queue: Queue, job: Job, *, as_json: bool) -> int:
    order = queue.order()
    position = order.index(job.id) if job.id in order else None
    if as_json:
        print(json.dumps({"kind": "job", "id": job.id, "folder": str(job.folder), "position": position}))
    else:
        place = "" if position is None else f", place {position} in the queue"
        print(f"{job.id}{place}.\nIt starts by the studio, or by `python -m mikazuki queue run`.")
    return EXIT_DONE


def _stop(queue: Queue, arguments: argparse.Namespace) -> int:
    job = queue.find(arguments.id)
    status = queue.stop(job.id, "now" if arguments.now else "save")
    return show.say(f"{job.id}: {status.state}.", as_json=arguments.json, id=job.id, state=str(status.state))


def _clone(queue: Queue, arguments: argparse.Namespace) -> int:
    if arguments.output.exists():
        raise MikazukiError("config-exists", f"{arguments.output} is there already.", "Name a new file with -o.")
    write_text(arguments.output, queue.clone(arguments.id))
    path = shown(arguments.output)
    return show.say(f"{path} is written.", as_json=arguments.json, path=str(arguments.output))


def _remove(queue: Queue, arguments: argparse.Namespace) -> int:
    job = queue.find(arguments.id)
    item = queue.delete(job.id)
    return show.say(f"{job.id} is in the bin as {item}.", as_json=arguments.json, id=job.id, bin=item)


def _binned(queue: Queue, part: str) -> Binned:
    """Return the one thing in the bin whose id or name is, or holds, ``part``; raises ``bin-not-found``."""
    rows = queue.bin.rows()
    exact = [row for row in rows if part in {row.id, row.name}]
    found = exact or [row for row in rows if part in row.id or part in row.name]
    if len(found) != 1:
        said = "nothing" if not found else ", ".join(row.id for row in found[:5])
        raise MikazukiError("bin-not-found", f"{part!r} in the bin: {said}.", "`queue bin` lists what is there.")
    return found[0]


def _restore(queue: Queue, arguments: argparse.Namespace) -> int:
    row = _binned(queue, arguments.id)
    path = queue.bin.restore(row.id)
    return show.say(f"{row.name} is back.", as_json=arguments.json, id=row.name, path=str(path))


def _purge(queue: Queue, arguments: argparse.Namespace) -> int:
    row = _binned(queue, arguments.id)
    queue.bin.purge(row.id)
    return show.say(f"{row.name} is deleted for good.", as_json=arguments.json, id=row.name)


def _plain(act: Callable[[Queue, argparse.Namespace, str], None]) -> Callable[[Queue, argparse.Namespace], int]:
    """Return the action that does something with one job and says so."""

    def run_it(queue: Queue, arguments: argparse.Namespace) -> int:
        job = queue.find(arguments.id)
        act(queue, arguments, job.id)
        return show.say(f"{job.id}: {arguments.action}, done.", as_json=arguments.json, id=job.id)

    return run_it


def _schedule(queue: Queue, arguments: argparse.Namespace, job_id: str) -> None:
    when = start_time(arguments.at, datetime.now().astimezone())
    queue.schedule(job_id, when, arguments.gpus)


def _whole(queue: Queue, arguments: argparse.Namespace) -> int:
    if arguments.action == "pause":
        queue.pause()
    else:
        queue.resume()
    words = "The queue is paused; what runs goes on." if queue.paused else "The queue goes on."
    return show.say(words, as_json=arguments.json, paused=queue.paused)


ACTIONS: Final[dict[str, Callable[[Queue, argparse.Namespace], int]]] = {
    "add": _add,
    "retry": _retry,
    "resume": _retry,
    "list": show.listing,
    "show": show.one,
    "follow": show.follow,
    "log": show.read_log,
    "diff": show.diff,
    "bin": show.bin_rows,
    "run": show.run_queue,
    "stop": _stop,
    "clone": _clone,
    "remove": _remove,
    "restore": _restore,
    "purge": _purge,
    "move": _plain(lambda queue, arguments, job_id: queue.move(job_id, arguments.position)),
    "schedule": _plain(_schedule),
    "hold": _plain(lambda queue, _, job_id: queue.hold(job_id)),
    "release": _plain(lambda queue, _, job_id: queue.release(job_id)),
    "sample": _plain(lambda queue, _, job_id: queue.ask(job_id, "sample")),
    "save": _plain(lambda queue, _, job_id: queue.ask(job_id, "save")),
    "pause": _whole,
    "resume-all": _whole,
}


def _gpus(text: str) -> tuple[str, ...]:
    """Read numbers of GPUs; the error is argparse's own."""
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    if not all(part.isdigit() for part in parts):
        raise argparse.ArgumentTypeError(f"{text!r} are no GPU numbers such as 0,1")
    return parts


def start_time(text: str, now: datetime) -> float | None:
    """Return the unix seconds of a time of day (the next one), of a date and time, or None for ``now``.

    Raises:
        MikazukiError: ``time-wrong``.
    """
    if text.strip().lower() in _NOW_WORDS:
        return None
    try:
        if len(text.strip()) <= len("22:30:00"):
            day = datetime.combine(now.date(), datetime.strptime(text.strip(), "%H:%M").time(), now.tzinfo)  # noqa: DTZ007 - the zone is now's
            return (day if day > now else day + timedelta(days=1)).timestamp()
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo else found.astimezone()).timestamp()
    except ValueError as error:
        raise MikazukiError(
            "time-wrong", f"--at: {text!r} is no time.", 'Write "22:30", or "2027-01-31 22:30", or "now".'
        ) from error
