"""Says how a training ended: what was made, how to go on, or why it failed and what to do."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mikazuki.engines.failures import explain, tail
from mikazuki.engines.sd_scripts_run import NAME as UPSTREAM
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.jobs.events import Event
from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import State, Status
from mikazuki.text import duration, paragraph, shell_line, size

UNEXPLAINED: Final = frozenset({"internal", "out-of-memory"})
"""Codes of failures that the log, or the settings, explain better than the trainer's own words."""


def exit_code_of(status: Status) -> int:
    """Return what this process ends with: 0, 1, 2 or 130, whatever the child's code was."""
    if status.state is State.DONE:
        return EXIT_DONE
    if status.state is State.STOPPED:
        return EXIT_STOPPED
    return EXIT_WRONG_REQUEST if status.exit_code == EXIT_WRONG_REQUEST else EXIT_FAILED


def say_end(job: Job, status: Status, last: Event | None, engine: str, settings: Mapping[str, Any]) -> None:
    """Say what a job made, how to go on from where it stopped, or why it failed."""
    if status.state is State.DONE:
        print("\n".join(_result(last or {})))
    elif status.state is State.STOPPED:
        print("\n".join(_how_to_go_on(job, status, last, engine)))
    else:
        print("\n".join(_why_failed(job, status, last, settings)), file=sys.stderr)


def _result(done: Event) -> list[str]:
    """Say what was made."""
    seconds = done.get("seconds")
    lines = [f"Done in {duration(float(seconds))}." if seconds is not None else "Done."]
    if done.get("path"):
        lines.append(f"  {done['path']} ({size(float(done.get('bytes') or 0))})")
    if done.get("text"):
        lines.append(f"  {done['text']}")
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
        # only its own last word tells that it left none: one that was killed may have saved some before
        none = " No state was saved to go on from, as save_state_on_cancel is off." if last else ""
        model = f" The model is in {last['path']}." if last and last.get("path") else ""
        return [f"Stopped: {status.reason}.{none}{model}"]
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
