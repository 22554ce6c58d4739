"""Train what a settings file asks for: check, show the summary, start the job, follow it, say what came of it."""

import argparse
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mikazuki import __version__
from mikazuki.cli import check
from mikazuki.cli.follow import counted_interrupts, follow
from mikazuki.cli.live import LiveView
from mikazuki.cli.main import report
from mikazuki.engines.contract import Launch
from mikazuki.engines.failures import explain, tail
from mikazuki.engines.sd_scripts_run import NAME as UPSTREAM
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.files import write_text
from mikazuki.jobs.events import Event
from mikazuki.jobs.folder import Job, create
from mikazuki.jobs.process import Child, State, Status
from mikazuki.preparing import scripts, summary
from mikazuki.preparing.scripts import ScriptRequest
from mikazuki.preparing.training import Start, examine, read_settings, ready, start_of
from mikazuki.settings.load import dump_toml
from mikazuki.settings.secrets import without_secrets
from mikazuki.settings.train import TrainSettings
from mikazuki.text import duration, paragraph, size

SETTINGS = TrainSettings
"""Options of these are taken as flags."""

SHOWN_FILES = ("sd_scripts.toml", "dataset.toml")
"""Files that a dry run shows, where they say more than the settings themselves."""

UNEXPLAINED = frozenset({"internal", "out-of-memory"})
"""Codes of failures that the log, or the settings, explain better than the trainer's own words."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    check.add_arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the summary and the command, start nothing")
    parser.add_argument(
        "--output_config", action="store_true", help="write all settings into the new file --config_file, start nothing"
    )


def run(arguments: argparse.Namespace) -> int:
    """Check, train and follow; refusals write nothing."""
    if arguments.output_config:
        return _write_config(arguments)
    other = scripts.wanted(check.file_of(arguments), arguments.given)
    if other:
        return _run_script(other, arguments)
    settings, secrets = without_secrets(check.settings_of(arguments))
    os.environ.update(secrets)
    request = examine(settings)
    task = ready(request)
    if task is None:
        report(request.problems, as_json=arguments.json)
        return EXIT_WRONG_REQUEST
    request.settings = task.settings
    if arguments.json:
        print(json.dumps(summary.as_json(request), ensure_ascii=False), flush=True)
    else:
        print("\n".join(summary.lines(request)))
        print("".join(f"\nwarning: {notice.text}" for notice in task.warnings), flush=True)
    start = start_of(task)
    if arguments.dry_run:
        return show_command(start, as_json=arguments.json)
    return start_job(start, as_json=arguments.json)


def _run_script(request: ScriptRequest, arguments: argparse.Namespace) -> int:
    """Check and train what only a script of upstream's can."""
    scripts.examine(request)
    if request.problems:
        report(request.problems, as_json=arguments.json)
        return EXIT_WRONG_REQUEST
    if arguments.json:
        print(json.dumps(scripts.as_json(request), ensure_ascii=False), flush=True)
    else:
        print("\n".join(scripts.lines(request)))
        print("".join(f"\nwarning: {notice.text}" for notice in request.warnings), flush=True)
    start = scripts.start_of(request)
    if arguments.dry_run:
        return show_command(start, as_json=arguments.json)
    return start_job(start, as_json=arguments.json)


def _write_config(arguments: argparse.Namespace) -> int:
    """Write every setting, with what it does, into the file named; refuses to replace one."""
    path = check.file_of(arguments)
    if path is None or path.exists():
        raise MikazukiError(
            "config-exists",
            f"--output_config: {path} is there already." if path else "--output_config needs --config_file.",
            "Name a new file with --config_file.",
        )
    settings, _ = without_secrets(read_settings(None, arguments.given))
    write_text(path, dump_toml(settings))
    print(f"{path} is written.")
    return EXIT_DONE


def show_command(start: Start, *, as_json: bool) -> int:
    """Show what would be started and what would be written, and do neither."""
    folder = start.jobs_dir / "JOB"
    launch = start.launch(folder)
    if as_json:
        told = {"kind": "command", "argv": list(launch.argv), "environment": launch.env, "files": dict(start.files)}
        print(json.dumps(told, ensure_ascii=False), flush=True)
        return EXIT_DONE
    print(f"Nothing was started. The command would be:\n{shell_line(launch.argv)}")
    print(f"\nInto {shown(folder)} it would write {', '.join(start.files)}.")
    for name in sorted(start.files):
        if start.engine == UPSTREAM and name in SHOWN_FILES:
            print(f"\n{name}:\n{start.files[name].rstrip()}")
    return EXIT_DONE


def start_job(start: Start, *, as_json: bool) -> int:
    """Make the job's folder, start its command, follow it and say what came of it."""
    facts = _facts(start, start.launch(Path("JOB")))
    job = create(start.jobs_dir, start.output_name, start.files, facts)
    launch = start.launch(job.folder)
    view = LiveView(sys.stdout, terminal=sys.stdout.isatty())
    with counted_interrupts() as interrupts:
        child = Child.start(job, launch.command, launch.env, launch.cwd)
        if as_json:
            print(json.dumps({"kind": "job", "id": job.id, "folder": str(job.folder)}), flush=True)
            status, last = follow(child, interrupts, _print_event, lambda _text: None)
        else:
            view.say(f"  job {job.id}, log in {shown(job.log)}")
            status, last = follow(child, interrupts, view.handle, view.say, saves_on_stop=launch.saves_on_stop)
            view.close()
    if not as_json:
        _say_end(job, status, last, start)
    return exit_code_of(status)


def _facts(start: Start, launch: Launch) -> dict[str, Any]:
    return {
        "engine": start.engine,
        **start.facts,
        "command": list(launch.argv),
        "environment": launch.env,
        "cwd": str(launch.cwd),
        "versions": {"mikazuki": __version__, "python": sys.version.split()[0]},
    }


def _print_event(event: Event) -> None:
    print(json.dumps(event, ensure_ascii=False), flush=True)


def exit_code_of(status: Status) -> int:
    """Return what this process ends with: 0, 1, 2 or 130, whatever the child's code was."""
    if status.state is State.DONE:
        return EXIT_DONE
    if status.state is State.STOPPED:
        return EXIT_STOPPED
    return EXIT_WRONG_REQUEST if status.exit_code == EXIT_WRONG_REQUEST else EXIT_FAILED


def _say_end(job: Job, status: Status, last: Event | None, start: Start) -> None:
    if status.state is State.DONE:
        print("\n".join(_result(last or {})))
    elif status.state is State.STOPPED:
        print("\n".join(_how_to_go_on(job, status, last, start.engine)))
    else:
        print("\n".join(_why_failed(job, status, last, start.settings)), file=sys.stderr)


def _result(done: Event) -> list[str]:
    """Say what was made."""
    seconds = done.get("seconds")
    lines = [f"Done in {duration(float(seconds))}." if seconds is not None else "Done."]
    if done.get("path"):
        lines.append(f"  {done['path']} ({size(float(done.get('bytes') or 0))})")
    if done.get("grid"):
        lines.append(f"  sample grid: {done['grid']}")
    return lines


def _how_to_go_on(job: Job, status: Status, last: Event | None, engine: str) -> list[str]:
    """Say what was saved, and the exact command that goes on."""
    state = last.get("state") if last else None
    if not state and engine == UPSTREAM:
        step = f" at step {last['step']}" if last and last.get("step") else ""
        return [
            f"Stopped{step}. There is no state to go on from: sd-scripts saves none on request.",
            "To have one next time set save_every_n_epochs (or save_every_n_steps) and save_state.",
        ]
    if not state:
        return [f"Stopped: {status.reason}."]
    newest = "last " if engine == UPSTREAM else ""
    argv = (shown(Path(sys.executable)), "-m", "mikazuki", "train", shown(job.config), "--set", f"resume={state}")
    return [
        f"Stopped at step {last.get('step') if last else '?'}; the {newest}state is in {state}. Go on with:",
        shell_line(argv),
    ]


def _why_failed(job: Job, status: Status, last: Event | None, settings: Mapping[str, Any]) -> list[str]:
    """Say why in plain words: the trainer's own, else a known cause, else the end of the log."""
    log = read_end(job.log)
    if last and last.get("lines") and not last.get("hint"):
        lines = [f"  {line}" for line in last["lines"]]
        return [f"The training failed: {last.get('message')}", *lines, f"The whole log: {shown(job.log)}"]
    if last and last.get("code") not in UNEXPLAINED:
        error = MikazukiError(str(last.get("code")), str(last.get("message", "")), str(last.get("hint") or ""))
        return [f"The training failed: {paragraph(error)}", f"The whole log: {shown(job.log)}"]
    known = explain(log, settings)
    if known:
        return [f"The training failed: {known.message} {known.hint}", f"The whole log: {shown(job.log)}"]
    if last and last.get("hint"):
        return [f"The training failed: {last.get('message')} {last['hint']}", f"The whole log: {shown(job.log)}"]
    return [
        f"The training failed: {status.reason}. The end of its log:",
        *(f"  {line}" for line in tail(log)),
        f"The whole log: {shown(job.log)}",
    ]


def read_end(path: Path, limit: int = 200_000) -> str:
    """Return the last ``limit`` bytes of a text file; empty where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - limit))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def shown(path: Path) -> str:
    """Return a path as short as it can be typed from here."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def shell_line(argv: tuple[str, ...]) -> str:
    """Write a command so that it can be pasted into this system's shell."""
    return subprocess.list2cmdline(argv) if os.name == "nt" else shlex.join(argv)
