"""Train what a settings file asks for: check, show the summary, start the job, follow it, say what came of it."""

import argparse
import json
import os
import sys

from mikazuki.cli import check
from mikazuki.cli.ending import exit_code_of, say_end, shown
from mikazuki.cli.follow import counted_interrupts, follow
from mikazuki.cli.live import LiveView
from mikazuki.cli.main import report
from mikazuki.engines.sd_scripts_run import NAME as UPSTREAM
from mikazuki.errors import EXIT_DONE, EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.files import write_text
from mikazuki.jobs.events import Event
from mikazuki.jobs.folder import create
from mikazuki.jobs.process import Child
from mikazuki.preparing import scripts, summary
from mikazuki.preparing.queueing import facts_of
from mikazuki.preparing.scripts import ScriptRequest
from mikazuki.preparing.training import Start, examine, read_settings, ready, start_of
from mikazuki.settings.load import dump_toml
from mikazuki.settings.secrets import without_secrets
from mikazuki.text import shell_line

SETTINGS = check.SETTINGS
"""Options of these are taken as flags."""

SHOWN_FILES = ("sd_scripts.toml", "dataset.toml")
"""Files that a dry run shows, where they say more than the settings themselves."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    check.add_shared_arguments(parser)
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
    job = create(start.jobs_dir, start.output_name, start.files, facts_of(start))
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
        say_end(job, status, last, start.engine, start.settings)
    return exit_code_of(status)


def _print_event(event: Event) -> None:
    print(json.dumps(event, ensure_ascii=False), flush=True)
