"""The runner: starts queued jobs when there is room, follows what runs to its end, whoever started it."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.files import disk_error, sweep
from mikazuki.jobs.events import last_events
from mikazuki.jobs.folder import Job
from mikazuki.jobs.place import place_of, read_place
from mikazuki.jobs.process import (
    RUNS,
    Child,
    State,
    Status,
    end_alive,
    find_process,
    read_status,
    write_status,
)
from mikazuki.jobs.queue import Queue, frozen_start
from mikazuki.jobs.slots import CPU, choose, is_light, taken_by

LOCK_FILE: Final = ".runner.lock"
POLL_SECONDS: Final = 0.5
SAVE_SECONDS: Final = 900.0
"""How long a training that was asked to stop may go on to save; a step of a large model on a processor is slow."""
VISIBLE: Final = "CUDA_VISIBLE_DEVICES"

_log = logging.getLogger(__name__)

Ended = Callable[[Job, Status], None]
"""Called when a job has ended, in the runner's thread."""


class Runner:
    """Runs the jobs of one queue; of several runners one works, and another takes over when that is gone."""

    def __init__(
        self,
        queue: Queue,
        slots: Sequence[str],
        *,
        on_end: Ended | None = None,
        clock: Callable[[], float] = time.time,
        save_seconds: float = SAVE_SECONDS,
    ) -> None:
        """Run jobs of ``queue``.

        Args:
            queue: Whose jobs.
            slots: Numbers of the GPUs, or ``("cpu",)``; a job takes one or several while it runs, a light one none.
            on_end: Called at each job's end.
            clock: Gives unix seconds.
            save_seconds: How long a job that was asked to stop may take before it is ended by force.
        """
        self.queue = queue
        self.slots = tuple(slots) or (CPU,)
        self._on_end = on_end
        self._clock = clock
        self._save_seconds = save_seconds
        self._children: dict[str, Child] = {}
        self._silent: set[str] = set()
        self._unwritable: set[str] = set()
        self._lock = FileLock(queue.jobs_dir / LOCK_FILE, timeout=0, thread_local=False)

    @property
    def is_working(self) -> bool:
        """Whether this one is the runner of its queue."""
        return bool(self._lock.is_locked)

    def tick(self) -> bool:
        """Do what is due now; return False where another runner works.

        Raises:
            MikazukiError: ``disk-full``, ``not-writable``, ``queue-busy``: try again later.
        """
        if not self._work():
            return False
        ended: list[tuple[Job, Status]] = []
        with self.queue.changing():
            self._follow(ended)
            self._start(ended)
        for job, status in ended:
            if self._on_end:
                self._on_end(job, status)
        return True

    def run_forever(self, stop: threading.Event, poll: float = POLL_SECONDS) -> None:
        """Tick every ``poll`` seconds until ``stop`` is set; what runs then goes on, and the next runner follows it."""
        try:
            while not stop.is_set():
                try:
                    self.tick()
                except MikazukiError as error:
                    _log.warning("the queue rests: %s", error)
                except Exception:  # noqa: BLE001 - the border of the runner: one wrong job must not end the queue
                    _log.exception("the queue met an error of ours and goes on")
                stop.wait(poll)
        finally:
            self.close()

    def close(self) -> None:
        """Let another process be the runner."""
        self._lock.release(force=True)

    def _work(self) -> bool:
        """Be the runner if nobody else is."""
        if self.is_working:
            return True
        try:
            self.queue.jobs_dir.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            return False
        except OSError as error:
            raise disk_error(self.queue.jobs_dir, error) from error
        sweep(self.queue.jobs_dir)
        return True

    def _follow(self, ended: list[tuple[Job, Status]]) -> None:
        """Write down what has ended, take over what an earlier runner started, and press those that do not stop."""
        running = {job.id: job for job in self.queue.active() if read_status(job).state in RUNS}
        for job_id in [job_id for job_id in self._children if job_id not in running]:
            # whoever wrote down its end, this process may still be its parent and must hear of it
            if self._children[job_id].has_ended():
                del self._children[job_id]
        for job in running.values():
            child = self._children.get(job.id) or self._adopt(job)
            if child is None:
                continue
            child.status = replace(read_status(job), pid=child.status.pid, create_time=child.status.create_time)
            if not child.has_ended():
                self._silent.discard(job.id)
                self._press(child)
            elif status := self._conclude(child):
                ended.append((job, status))

    def _adopt(self, job: Job) -> Child | None:
        """Follow a job that another process started; one that never came to have a process waits again."""
        status = read_status(job)
        if status.pid is None:
            process = find_process(job)
            if process is not None:
                status = replace(status, pid=process.pid, create_time=process.create_time())
                write_status(job, status)
            elif not job.events.exists() and read_place(job) is not None:
                _log.warning("%s was about to start when its runner ended; it waits again", job.id)
                write_status(job, Status(State.QUEUED))
                return None
        self._children[job.id] = child = Child.adopt(job)
        return child

    def _conclude(self, child: Child) -> Status | None:
        """Write down how a job ended; without a last word, only when seen twice: who started it may yet know more."""
        job = child.job
        events = last_events(job.events)
        if not child.is_own and not events and job.id not in self._silent:
            self._silent.add(job.id)
            return None
        self._silent.discard(job.id)
        status = child.conclude(events)
        self._children.pop(job.id, None)
        _log.info("%s: %s (%s)", job.id, status.state, status.reason)
        return status

    def _press(self, child: Child) -> None:
        """End by force what was asked to stop and has had its time; in a thread, for a tree may take seconds."""
        status = child.status
        if status.state is not State.STOPPING or status.asked is None or status.forced:
            return
        if self._clock() - status.asked < self._save_seconds:
            return
        _log.warning("%s did not stop within %.0f s of being asked and is ended", child.job.id, self._save_seconds)
        forced = replace(status, forced=True)
        write_status(child.job, forced)
        child.status = forced
        threading.Thread(target=end_alive, args=(forced,), name=f"end-{child.job.id}", daemon=True).start()

    def _start(self, ended: list[tuple[Job, Status]]) -> None:
        """Start the jobs whose turn it is; ``ended`` gets those that could not begin."""
        if self.queue.paused:
            return
        rows = [row for row in self.queue.waiting() if row[0].id not in self._unwritable]
        if not rows:
            return
        busy, light = self._busy()
        for (job, _), slots in choose(rows, self.slots, busy, self._clock(), light):
            status = self._begin(job, slots)
            if status is not None:
                ended.append((job, status))

    def _busy(self) -> tuple[set[str], int]:
        """Return the slots that running jobs take, and how many take none; those started without a queue count too."""
        taken: set[str] = set()
        light = 0
        for job in self.queue.active():
            status = read_status(job)
            if status.state in RUNS:
                place = place_of(job)
                light += not status.gpus and is_light(place, self.slots)
                taken.update(taken_by(status.gpus or place.gpus, place.needs, self.slots))
        return taken, light

    def _begin(self, job: Job, slots: Sequence[str]) -> Status | None:
        """Start one job; whatever keeps it from starting is that job's failure alone, and is returned."""
        try:
            start = frozen_start(job.facts(), job.id)
            # written first: a kill between this and the start is settled by `_adopt`
            write_status(job, Status(State.RUNNING, started=time.time(), gpus=tuple(slots)))
            env = {**start["environment"], **environment_of(slots)}
            self._children[job.id] = Child.start(job, start["command"], env, Path(start["cwd"]), gpus=slots)
        except (OSError, MikazukiError) as error:
            return self._fail(job, error)
        _log.info("%s began on %s", job.id, ", ".join(slots) or "no slot of its own")
        return None

    def _fail(self, job: Job, error: OSError | MikazukiError) -> Status | None:
        """Write down that a job could not begin, and why; where even that fails it is left alone from now on."""
        reason = str(error) if isinstance(error, MikazukiError) else f"it could not be started: {error}"
        _log.warning("%s: %s", job.id, reason)
        now = time.time()
        status = Status(State.FAILED, exit_code=EXIT_FAILED, reason=reason, started=now, ended=now)
        try:
            write_status(job, status)
        except MikazukiError as second:
            _log.warning("%s is left alone until the next start: %s", job.id, second)
            self._unwritable.add(job.id)
            return None
        return status


def environment_of(slots: Sequence[str]) -> dict[str, str]:
    """Return the variables that bind a job to its slots: without one it sees no GPU; the processor needs none."""
    return {} if tuple(slots) == (CPU,) else {VISIBLE: ",".join(slots), "CUDA_DEVICE_ORDER": "PCI_BUS_ID"}
