"""Makes queues of tiny jobs: a Python program that tells events, and ends as its folder says."""

import json
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from mikazuki.jobs.folder import Job
from mikazuki.jobs.place import Place
from mikazuki.jobs.process import State, read_status, true_status
from mikazuki.jobs.queue import NewJob, Queue
from mikazuki.jobs.runner import Runner

PATIENCE: Final = 120.0

PROGRAM: Final = textwrap.dedent(
    """
    import json, os, sys, time
    job, what = sys.argv[1:3]
    def tell(**event):
        with open(os.path.join(job, "events.jsonl"), "a", encoding="utf-8") as file:
            file.write(json.dumps({"time": time.time(), **event}) + "\\n")
    def seen(name):
        return os.path.exists(os.path.join(job, name))
    print("begun", flush=True)
    tell(kind="started", pid=os.getpid(), gpus=os.environ.get("CUDA_VISIBLE_DEVICES"))
    step = 0
    while what in ("wait", "deaf") and not seen("go"):
        step += 1
        tell(kind="progress", step=step, total=99, epoch=1, epochs=1, loss=0.5, avg_loss=0.4, speed=20.0, eta=1.0)
        if what == "wait" and seen("stop"):
            tell(kind="stopped", step=step, state=None)
            sys.exit(130)
        time.sleep(0.02)
    if what == "crash":
        raise RuntimeError("no kernel image")
    tell(kind="done", path="x.safetensors", bytes=1, steps=step, seconds=0.1)
    """
)


def program(folder: Path) -> Path:
    path = folder / "program.py"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(PROGRAM, encoding="utf-8")
    return path


def new_job(queue: Queue, name: str = "demo", what: str = "done", position: int | None = None, **place: Any) -> NewJob:
    """Return a job that runs the program above."""
    script = program(queue.jobs_dir.parent)

    def facts(folder: Path) -> dict[str, Any]:
        start = {
            "command": [sys.executable, str(script), str(folder), what],
            "environment": {},
            "cwd": str(script.parent),
        }
        can = {"sample_now": True, "save_now": True, "saves_on_stop": True}
        return {"name": name, "method": "lora", "family": "sd1", "engine": "fake", "start": start, **can}

    return NewJob(name, {"config.toml": f'output_name = "{name}"\n'}, facts, Place(**place), position)


def add(queue: Queue, name: str = "demo", what: str = "done", position: int | None = None, **place: Any) -> Job:
    """Put a job that runs the program above into the queue."""
    return queue.add(new_job(queue, name, what, position, **place))


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def tick_until_over(runner: Runner, job: Job) -> None:
    """Run the queue until a job has ended."""
    wait_for(lambda: runner.tick() and read_status(job).over)


def state(job: Job) -> State:
    return true_status(job).state


def tell(job: Job, **event: Any) -> None:
    """Write an event as a program would."""
    with job.events.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"time": 1000.0, **event}) + "\n")
