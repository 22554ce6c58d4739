"""Runs a comparison: upstream recorded, the builtin engine by itself, then builtin on what was recorded."""

import json
import shutil
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import psutil

from mikazuki.engines.compare import AFTER, ANSWER, BEFORE, recording, replaying
from mikazuki.engines.contract import Launch
from mikazuki.engines.failures import explain, tail
from mikazuki.engines.machine import gpus
from mikazuki.engines.sd_scripts_run import NAME as UPSTREAM
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.jobs.events import LAST_KINDS, Event, EventReader
from mikazuki.jobs.folder import Job, create
from mikazuki.jobs.process import Child, State, Status
from mikazuki.preparing.compare import BUILTIN, Comparison
from mikazuki.preparing.training import Start, start_of

POLL_SECONDS: Final = 0.05
SAMPLE_SECONDS: Final = 1.0
"""How often memory is looked at; each look takes milliseconds of the trainer's time."""
RECORD: Final = "recorded"
STEP_ENDS: Final = {UPSTREAM: "progress", BUILTIN: "metric"}
"""The events that tell of a step as soon as it is done: upstream's curves come late, our bar is not drawn at each."""


@dataclass(frozen=True)
class Took:
    """What a run took, from the command on, in seconds and bytes."""

    first: float
    """To the end of the first step."""
    step: float | None
    """A step after the first, median; None where steps were too fast to be told apart."""
    total: float
    """To the end of the process."""
    memory: int
    """Largest main memory of its processes together, pages that they share counted once where the system tells."""
    gpu_memory: int | None
    """Largest share of the GPU's memory that was taken since the start; None without a GPU."""


@dataclass(frozen=True)
class Outcome:
    """All that a comparison found."""

    upstream: Took
    builtin: Took
    answer: dict[str, Any]
    """The replay's: see `training.replay.Answer`."""
    device: str
    precision: str
    """Number format of the builtin engine's arithmetic: no, fp16 or bf16."""


@dataclass(frozen=True)
class Watcher:
    """Who looks on while runs go on."""

    begin: Callable[[str], None]
    """Is told what begins now."""
    show: Callable[[Event], None]
    """Is given every event."""
    stop: Callable[[], bool]
    """Says whether a person wants an end."""


def compare(task: Comparison, watcher: Watcher) -> Outcome:
    """Do all three runs, one after the other.

    Raises:
        MikazukiError: ``comparison-failed`` where a run fails.
        KeyboardInterrupt: Where the watcher said stop; no process is left then.
    """
    record = task.folder / RECORD
    start = start_of(task.upstream)
    watcher.begin(f"1 of 3: {UPSTREAM} trains {task.steps} steps, recorded")
    _, upstream = run(start, lambda folder: recording(start.launch(folder), folder, record), watcher)
    settings = task.upstream.settings
    shutil.copyfile(Path(settings.output_dir) / f"{settings.output_name}.safetensors", record / AFTER)
    watcher.begin(f"2 of 3: {BUILTIN} trains {task.steps} steps")
    own = start_of(task.builtin)
    _, builtin = run(own, own.launch, watcher)
    watcher.begin(f"3 of 3: {BUILTIN} trains on the inputs that {UPSTREAM} had")
    job, _ = run(*_replay(task, record), watcher)
    answer = json.loads((job.folder / ANSWER).read_text(encoding="utf-8"))
    stage = next(event for event in EventReader(job.events).read() if event.get("name") == "train")
    return Outcome(upstream, builtin, answer, stage["device"], stage["precision"])


def _replay(task: Comparison, record: Path) -> tuple[Start, Callable[[Path], Launch]]:
    """Return the third run: the builtin engine's settings, begun with the network that upstream began with."""
    before = str(record / BEFORE)
    changed = task.builtin.settings.model_copy(update={"network_weights": before})
    start = start_of(replace(task.builtin, settings=changed))
    return start, lambda folder: replaying(start.launch(folder), record)


def run(start: Start, launch_in: Callable[[Path], Launch], watcher: Watcher) -> tuple[Job, Took]:
    """Run one job to its end and measure it; raises as `compare` does."""
    job = create(start.jobs_dir, start.output_name, start.files, {"engine": start.engine})
    launch = launch_in(job.folder)
    began = time.time()
    child = Child.start(job, launch.command, launch.env, launch.cwd)
    try:
        events, memory = _follow(child, watcher)
    finally:
        if child.poll() is None:
            child.end()
    total = time.time() - began
    status = child.conclude(events)
    if status.state is not State.DONE:
        raise _failure(start, job, status, events)
    return job, _took(events, STEP_ENDS[start.engine], began, total, memory)


def _follow(child: Child, watcher: Watcher) -> tuple[list[Event], "MemoryPeak"]:
    """Hand on events until the process has ended; raises KeyboardInterrupt when the watcher says stop."""
    reader = EventReader(child.job.events)
    memory = MemoryPeak(child.status.pid)
    events: list[Event] = []
    running = True
    while running:
        running = child.poll() is None
        if watcher.stop():
            raise KeyboardInterrupt
        for event in reader.read():
            events.append(event)
            watcher.show(event)
        memory.look()
        time.sleep(POLL_SECONDS if running else 0)
    return events, memory


class MemoryPeak:
    """The largest memory that a process and all below it have had, looked at now and then."""

    def __init__(self, pid: int | None) -> None:
        """Begin with nothing; what is taken on the GPU already is not counted."""
        self.main = 0
        self.gpu: int | None = None
        self._pid = pid
        self._looked = 0.0
        self._free_before = _gpu_free()

    def look(self) -> None:
        """Look, if it is time to."""
        now = time.monotonic()
        if now - self._looked < SAMPLE_SECONDS:
            return
        self._looked = now
        self.main = max(self.main, memory_of_tree(self._pid))
        free = _gpu_free() if self._free_before is not None else None
        if free is not None and self._free_before is not None:
            self.gpu = max(self.gpu or 0, self._free_before - free)


def _gpu_free() -> int | None:
    """Return the free memory of all GPUs together in bytes; None without one."""
    found = gpus()
    return sum(gpu.free for gpu in found) if found else None


def memory_of_tree(pid: int | None) -> int:
    """Return the main memory of a process and all below it in bytes; 0 for one that is gone.

    Shared pages count once where the system tells their share (Linux): workers that were forked have the model twice
    by their resident size, but not in memory.
    """
    total = 0
    with suppress(psutil.Error):
        top = psutil.Process(pid)
        for process in (top, *top.children(recursive=True)):
            with suppress(psutil.Error):
                full = process.memory_full_info()
                total += int(getattr(full, "pss", full.rss))
    return total


def _took(events: Sequence[Event], kind: str, began: float, total: float, memory: MemoryPeak) -> Took:
    ends = step_ends(events, kind)
    if not ends:
        text = "A run ended well, but told of no step, so it cannot be measured."
        raise MikazukiError("comparison-failed", text, exit_code=EXIT_FAILED)
    first = min(ends)
    return Took(ends[first] - began, seconds_a_step(ends), total, memory.main, memory.gpu)


def step_ends(events: Iterable[Event], kind: str) -> dict[int, float]:
    """Return when each step (from 1) was first told to be done, by the events of a kind."""
    ends: dict[int, float] = {}
    for event in events:
        if event["kind"] == kind and event.get("step"):
            ends.setdefault(int(event["step"]), float(event["time"]))
    return ends


def seconds_a_step(ends: dict[int, float]) -> float | None:
    """Return the median seconds a step behind the first; of a bar that skipped steps, the mean over its gaps."""
    steps = sorted(ends)
    pairs = list(pairwise(steps))
    if not pairs:
        return None
    if any(after - before > 1 for before, after in pairs):
        return (ends[steps[-1]] - ends[steps[0]]) / (steps[-1] - steps[0])
    return statistics.median(ends[after] - ends[before] for before, after in pairs)


def _failure(start: Start, job: Job, status: Status, events: Sequence[Event]) -> MikazukiError:
    """Say why a run failed, with the end of its log: the folder may be gone in a moment."""
    last = next((event for event in reversed(events) if event["kind"] in LAST_KINDS), {})
    log = job.log.read_text(encoding="utf-8", errors="replace")[-200_000:]
    known = explain(log, start.settings)
    said = (known.message, known.hint) if known else (str(last.get("message") or status.reason), last.get("hint"))
    lines = [f"The run by {start.engine} failed: {said[0]}", "The end of its log:"]
    lines += [f"  {line}" for line in tail(log)]
    return MikazukiError("comparison-failed", "\n".join(lines), str(said[1] or ""), exit_code=EXIT_FAILED)
