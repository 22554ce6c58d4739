"""Tag or caption the pictures of a folder; show the differences first, take a run back, say where models go."""

import argparse
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from mikazuki.cli.ending import exit_code_of, shown
from mikazuki.cli.follow import ENDING, counted_interrupts, follow
from mikazuki.cli.tag_view import TagView
from mikazuki.errors import EXIT_DONE, MikazukiError
from mikazuki.jobs.events import Event
from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import Child, State, Status
from mikazuki.jobs.queue import Queue
from mikazuki.paths import jobs_of, repository
from mikazuki.preparing.taggers import taggers
from mikazuki.preparing.tagging import Tagging, check, command, environment, make_job, put, read_settings, take_back
from mikazuki.settings.load import COMMAND_LINE, parse
from mikazuki.settings.tagging import DownloadFrom, TagSettings
from mikazuki.tagging.history import DIFFERENCES, differences
from mikazuki.tagging.hubs import HUBS
from mikazuki.tagging.known import kind_of, source_of, where
from mikazuki.text import count, duration, table

SETTINGS = TagSettings
"""Options of these are taken as flags."""
STOPPING: Final = "Stopping after the batch under way. Press Ctrl-C again to end at once."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments beside the options."""
    parser.add_argument("folder", nargs="?", help="folder of pictures, or one picture; options: docs/tagging.md")
    parser.add_argument("--config_file", type=Path, help="settings file with the same options")
    parser.add_argument("--set", metavar="KEY=VALUE", help="give one option; the last one wins")
    parser.add_argument("--queue", action="store_true", help="put it into the queue instead of starting it")
    parser.add_argument("--list", action="store_true", help="list the taggers known by name, and which are here")
    parser.add_argument("--where", metavar="MODEL", help="say which files of a model go where, to fetch them by hand")
    parser.add_argument("--undo", metavar="JOB", help="give the captions that a job wrote their old content back")
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")


def run(arguments: argparse.Namespace) -> int:
    """Do the one thing that was asked for."""
    given: dict[str, Any] = arguments.given
    models = Path(str(given.get("models_dir") or TagSettings.model_fields["models_dir"].default))
    jobs_dir = jobs_of(Path(str(given.get("logging_dir") or TagSettings.model_fields["logging_dir"].default)))
    if arguments.list:
        return _list(models, as_json=arguments.json)
    if arguments.where:
        return _where(arguments.where, models, _origin(given), as_json=arguments.json)
    if arguments.undo:
        return _undo(arguments.undo, jobs_dir, as_json=arguments.json)
    if arguments.folder is not None:
        given = {**given, "train_data_dir": arguments.folder}
    tagging = check(read_settings(arguments.config_file, given, jobs_dir))
    if arguments.queue:
        job = put(Queue(tagging.jobs_dir), tagging)
        _answer({"id": job.id, "folder": str(job.folder)}, f"{job.id} is in the queue.", as_json=arguments.json)
        return EXIT_DONE
    return _start(tagging, as_json=arguments.json)


def _origin(given: dict[str, Any]) -> DownloadFrom:
    """Return the place that models are fetched from; raises ``settings-wrong`` for one that is not known."""
    named = {key: value for key, value in given.items() if key == "download_from"}
    return parse(TagSettings, {"train_data_dir": ".", **named}, COMMAND_LINE).download_from


def _start(tagging: Tagging, *, as_json: bool) -> int:
    """Run the job now, follow it and say what came of it."""
    job = make_job(tagging)
    view = TagView(sys.stdout, terminal=sys.stdout.isatty())
    with counted_interrupts() as interrupts:
        child = Child.start(job, command(job.folder), environment(tagging), repository().root)
        if as_json:
            print(json.dumps({"kind": "job", "id": job.id, "folder": str(job.folder)}), flush=True)
            status, last = follow(child, interrupts, _print_event, lambda _text: None)
            if tagging.settings.dry_run:
                print(
                    json.dumps({"kind": "differences", "changes": differences(job.folder)}, ensure_ascii=False),
                    flush=True,
                )
        else:
            view.say(f"  job {job.id}, log in {shown(job.log)}")
            status, last = follow(
                child, interrupts, view.handle, lambda text: view.say(text if text == ENDING else STOPPING)
            )
            view.close()
            _say_end(job, status, last or {}, tagging.settings)
    return exit_code_of(status)


def _say_end(job: Job, status: Status, last: Event, settings: TagSettings) -> None:
    """Say how many captions were written, and how to take that back, go on or help oneself."""
    if status.state is State.FAILED:
        told = f"{last.get('message', status.reason)} {last.get('hint', '')}".strip()
        print(f"The run failed: {told}\nThe whole log: {shown(job.log)}", file=sys.stderr)
        return
    if settings.dry_run:
        print(_read(job.folder / DIFFERENCES), end="")
    print("\n".join(result_lines(last, job.id, dry_run=settings.dry_run, stopped=status.state is State.STOPPED)))


def result_lines(last: Event, job_id: str, *, dry_run: bool, stopped: bool) -> list[str]:
    """Return what a run's last event says in words; one that was ended by force has none."""
    lines = [_numbers(last, dry_run=dry_run)] if "written" in last else []
    if stopped:
        lines.append(f"Stopped. Go on with: python -m mikazuki tag --resume {job_id}")
    if last.get("written", True) and not dry_run:
        lines.append(f"Take it back with: python -m mikazuki tag --undo {job_id}")
    return lines


def _numbers(last: Event, *, dry_run: bool) -> str:
    written, seconds = count(int(last["written"]), "picture"), duration(float(last.get("seconds") or 0))
    first = f"{written} {'would be captioned' if dry_run else 'captioned'} of {last.get('total', 0):,} in {seconds}"
    rest = [
        f"{count(int(last[key]), 'picture')} {text}"
        for key, text in (
            ("unchanged", "stayed as they were"),
            ("skipped", "done or captioned before"),
            ("failed", "could not be read or written"),
        )
        if last.get(key)
    ]
    return "; ".join([first, *rest]) + "."


def _list(models: Path, *, as_json: bool) -> int:
    rows = taggers(models)
    found = [{"name": row.name, "kind": row.kind, "here": row.here} for row in rows]
    lines = table([(row.name, row.kind, "here" if row.here else "to be fetched") for row in rows])
    _answer({"models": found}, "\n".join(lines), as_json=as_json)
    return EXIT_DONE


def _where(model: str, models: Path, origin: DownloadFrom, *, as_json: bool) -> int:
    """Say what to fetch by hand, from the place that `download_from` names."""
    source = source_of(model, models.absolute())
    files = where(source, HUBS[origin])
    lines = [f"{address}\n  -> {path}" for address, path in files]
    complete = kind_of(source.folder) is not None
    if complete:
        lines = [f"{source.name} is complete in {source.folder}."]
    elif not lines:
        raise MikazukiError(
            "tagger-incomplete",
            f"Nothing is known of where {model} could be fetched from at {origin}.",
            f"Its files go into {source.folder}.",
        )
    told = {"complete": complete, "files": [{"address": address, "path": str(path)} for address, path in files]}
    _answer(told, "\n".join(lines), as_json=as_json)
    return EXIT_DONE


def _undo(name: str, jobs_dir: Path, *, as_json: bool) -> int:
    job, undone = take_back(name, jobs_dir)
    lines = [
        f"{count(undone.restored, 'file')} of {job.id} as before, {count(undone.removed, 'file')} that it made removed."
    ]
    lines += [f"Left alone, for somebody has changed it since: {path}" for path in undone.left]
    told = {"restored": undone.restored, "removed": undone.removed, "left": [str(path) for path in undone.left]}
    _answer({"id": job.id, **told}, "\n".join(lines), as_json=as_json)
    return EXIT_DONE


def _answer(told: dict[str, Any], text: str, *, as_json: bool) -> None:
    print(json.dumps(told, ensure_ascii=False) if as_json else text)


def _print_event(event: Event) -> None:
    print(json.dumps(event, ensure_ascii=False), flush=True)


def _read(path: Path) -> str:
    with suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""
