"""Makes jobs as they lie on disk: folders, settings, events, states."""

import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mikazuki.jobs.folder import Job, create
from mikazuki.jobs.process import State, Status, write_status
from mikazuki.jobs.queue import START_KEY, NewJob
from mikazuki.web.studio import Studio

CONFIG = 'output_name = "cat"\noutput_dir = "output"\nlogging_dir = "logs"\nlearning_rate = 0.0001\n'


def facts(root: Path, code: str = "", **more: Any) -> dict[str, Any]:
    command = [sys.executable, "-c", code]
    return {
        "program": "train", "name": "cat", "method": "lora", "family": "sd1", "engine": "builtin", "command": command,
        "environment": {}, "cwd": str(root), "versions": {"mikazuki": "0.1.0"},
        START_KEY: {"command": command, "environment": {}, "cwd": str(root)}, **more,
    }  # fmt: skip


def line(kind: str, **fields: Any) -> str:
    return json.dumps({"time": 1_800_000_000.5, "kind": kind, **fields}) + "\n"


def events_of(steps: int) -> list[str]:
    """Return the events of a training of so many steps that has not ended."""
    found = [line("started", pid=1, engine="builtin"), line("stage", name="train", total=steps, epochs=1)]
    for step in range(1, steps + 1):
        found.append(line("metric", step=step, values={"loss/current": 1 / step}))
        found.append(line("progress", step=step, total=steps, epoch=1, epochs=1, loss=1 / step, speed=2.0, eta=1.0))
    return found


def ended_job(studio: Studio, events: Sequence[str], state: State = State.DONE, **more: Any) -> Job:
    """Make a job that has run."""
    job = create(studio.paths.jobs, "cat", {"config.toml": CONFIG}, facts(studio.paths.root, **more))
    job.events.write_text("".join(events), encoding="utf-8", newline="\n")
    job.log.write_text("first line\nsecond line\n", encoding="utf-8", newline="\n")
    write_status(job, Status(state, exit_code=0, reason=str(state), started=time.time() - 5, ended=time.time()))
    return job


def queued_job(studio: Studio, code: str = "pass", files: Mapping[str, str] | None = None, **more: Any) -> Job:
    """Put a program of a few lines into the queue."""
    frozen = {"config.toml": CONFIG, **(files or {})}
    return studio.queue.add(NewJob("cat", frozen, facts(studio.paths.root, code, **more)))


WORKER = """
import json, os, sys, time
folder = os.environ["MIKAZUKI_JOB"]
def emit(kind, **fields):
    with open(os.path.join(folder, "events.jsonl"), "a", encoding="utf-8") as file:
        file.write(json.dumps({"time": time.time(), "kind": kind, **fields}) + "\\n")
emit("started", pid=os.getpid(), engine="builtin")
steps, pause = int(sys.argv[1]) if len(sys.argv) > 1 else STEPS, PAUSE
for step in range(1, steps + 1):
    emit("progress", step=step, total=steps, epoch=1, epochs=1, loss=1 / step, speed=1 / pause, eta=0)
    print("step", step, flush=True)
    time.sleep(pause)
    if os.path.exists(os.path.join(folder, "stop")):
        emit("stopped", step=step, state=None)
        sys.exit(130)
emit("done", path=None, steps=steps, seconds=1)
"""


def worker(steps: int, pause: float) -> str:
    """Return a program that does steps and tells of each, as a trainer does."""
    return WORKER.replace("STEPS", str(steps)).replace("PAUSE", str(pause))
