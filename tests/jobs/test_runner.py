import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import Child, State, Status, read_status, write_status
from mikazuki.jobs.queue import Queue
from mikazuki.jobs.runner import Runner, environment_of
from tests.jobs import world


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(tmp_path / "a b \u732b" / "jobs")


@pytest.fixture
def runner(queue: Queue) -> Iterator[Runner]:
    made = Runner(queue, ("cpu",))
    yield made
    made.close()
    end_all(queue, made)


def end_all(queue: Queue, runner: Runner) -> None:
    """Let whatever still runs end, and hear of it."""
    for job in queue.active():
        if queue.status(job).state in {State.RUNNING, State.STOPPING}:
            (job.folder / "go").touch()
    world.wait_for(lambda: all(child.has_ended() for child in list(runner._children.values())))


def tick_until(runner: Runner, condition: object) -> None:
    assert callable(condition)

    def ticked() -> bool:
        runner.tick()
        return bool(condition())

    world.wait_for(ticked)


def disk(job: Job) -> State:
    return read_status(job).state


def test_three_jobs_one_after_another(queue: Queue, runner: Runner) -> None:
    jobs = [world.add(queue, name) for name in ("a", "b", "c")]
    queue.move(jobs[2].id, 0)
    tick_until(runner, lambda: all(disk(job) is State.DONE for job in jobs))
    begun = {job.facts()["name"]: read_status(job) for job in jobs}
    order = sorted(begun, key=lambda name: begun[name].started or 0)
    assert order == ["c", "a", "b"]
    for one, two in pairwise(order):
        assert (begun[one].ended or 0) <= (begun[two].started or 0)
    assert "begun" in jobs[0].log.read_text(encoding="utf-8")


def test_a_slot_a_gpu(queue: Queue) -> None:
    runner = Runner(queue, ("0", "1"))
    jobs = [world.add(queue, name, "wait", gpus=gpus) for name, gpus in (("a", ("1",)), ("b", ()), ("c", ()))]
    runner.tick()
    assert [disk(job) for job in jobs] == [State.RUNNING, State.RUNNING, State.QUEUED]
    assert [read_status(job).gpus for job in jobs[:2]] == [("1",), ("0",)]
    world.wait_for(lambda: jobs[0].events.exists() and '"gpus": "1"' in jobs[0].events.read_text(encoding="utf-8"))
    (jobs[0].folder / "go").touch()
    tick_until(runner, lambda: disk(jobs[2]) is State.RUNNING)
    assert read_status(jobs[2]).gpus == ("1",)
    runner.close()
    end_all(queue, runner)


def test_what_binds_a_job_to_its_slots() -> None:
    assert environment_of(["cpu"]) == {}
    assert environment_of(["0", "2"])["CUDA_VISIBLE_DEVICES"] == "0,2"
    assert environment_of([])["CUDA_VISIBLE_DEVICES"] == ""


def test_light_jobs_run_beside_a_training(queue: Queue) -> None:
    runner = Runner(queue, ("0",))
    names = ("big", "one", "two", "three")
    jobs = [world.add(queue, name, "wait", needs=int(name == "big")) for name in names]
    waiting = world.add(queue, "big too")
    runner.tick()
    assert [disk(job) for job in jobs] == [*[State.RUNNING] * 3, State.QUEUED]
    assert [read_status(job).gpus for job in jobs[:3]] == [("0",), (), ()]
    world.wait_for(lambda: jobs[1].events.exists() and '"gpus": ""' in jobs[1].events.read_text(encoding="utf-8"))
    runner.tick()
    assert disk(jobs[3]) is State.QUEUED
    (jobs[1].folder / "go").touch()
    tick_until(runner, lambda: disk(jobs[3]) is State.RUNNING)
    assert disk(waiting) is State.QUEUED
    end_all(queue, runner)
    runner.close()


def test_times_holds_and_pauses(queue: Queue) -> None:
    now = [1000.0]
    runner = Runner(queue, ("cpu",), clock=lambda: now[0])
    late = world.add(queue, "late", not_before=2000.0)
    held = world.add(queue, "held", held=True)
    runner.tick()
    assert [disk(job) for job in (late, held)] == [State.QUEUED] * 2
    now[0] = 2000.0
    queue.pause()
    runner.tick()
    assert disk(late) is State.QUEUED
    queue.resume()
    tick_until(runner, lambda: disk(late) is State.DONE)
    assert disk(held) is State.QUEUED
    queue.release(held.id)
    tick_until(runner, lambda: disk(held) is State.DONE)
    runner.close()


def test_the_end_is_told_once_with_its_reason(queue: Queue) -> None:
    told: list[tuple[str, State, int | None]] = []
    runner = Runner(queue, ("cpu",), on_end=lambda job, status: told.append((job.id, status.state, status.exit_code)))
    good, bad = world.add(queue, "good"), world.add(queue, "bad", "crash")
    tick_until(runner, lambda: len(told) == 2)
    for _ in range(3):
        runner.tick()
    assert told == [(good.id, State.DONE, 0), (bad.id, State.FAILED, 1)]
    runner.close()


def test_what_cannot_begin_fails_alone(queue: Queue) -> None:
    told: list[str] = []
    runner = Runner(
        queue, ("cpu",), on_end=lambda job, status: told.append(f"{job.facts().get('name')} {status.state}")
    )
    broken, missing, good = world.add(queue, "broken"), world.add(queue, "missing"), world.add(queue, "good")
    broken.facts_file.write_text("{", encoding="utf-8")
    text = missing.facts_file.read_text(encoding="utf-8").replace(sys.executable, "/no/such/python")
    missing.facts_file.write_text(text, encoding="utf-8")
    tick_until(runner, lambda: disk(good) is State.DONE)
    assert disk(broken) is State.FAILED
    assert "job.json" in read_status(broken).reason
    assert disk(missing) is State.FAILED
    assert "/no/such/python" in read_status(missing).reason
    assert told == ["None failed", "missing failed", "good done"]
    runner.close()


@pytest.mark.skipif(os.name == "nt", reason="permissions")
def test_a_folder_that_cannot_be_written_is_left_alone(
    queue: Queue, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mikazuki.errors import MikazukiError
    from mikazuki.jobs import runner as module

    stuck, good = world.add(queue, "stuck"), world.add(queue, "good")

    def refuse(job: Job, status: Status) -> None:
        if job == stuck:
            raise MikazukiError("disk-full", "The disk is full.")
        write_status(job, status)

    monkeypatch.setattr(module, "write_status", refuse)
    tick_until(runner, lambda: disk(good) is State.DONE)
    assert disk(stuck) is State.QUEUED


def test_one_runner_works_and_another_takes_over(queue: Queue, runner: Runner) -> None:
    assert runner.tick()
    other = Runner(queue, ("cpu",))
    job = world.add(queue, "a", "wait")
    assert not other.tick()
    assert disk(job) is State.QUEUED
    runner.tick()
    assert disk(job) is State.RUNNING
    runner.close()
    assert other.tick()
    (job.folder / "go").touch()
    tick_until(other, lambda: disk(job) is State.DONE)
    other.close()


def test_stopping_saves_first(queue: Queue, runner: Runner) -> None:
    job = world.add(queue, "a", "wait")
    runner.tick()
    world.wait_for(job.events.exists)
    queue.stop(job.id)
    tick_until(runner, lambda: disk(job) is State.STOPPED)
    assert read_status(job).reason == "stopped on request"


def test_who_does_not_stop_in_time_is_ended_with_all_it_started(queue: Queue) -> None:
    now = [time.time()]
    runner = Runner(queue, ("cpu",), clock=lambda: now[0], save_seconds=100.0)
    job = world.add(queue, "a", "deaf")
    runner.tick()
    world.wait_for(job.events.exists)
    queue.stop(job.id)
    runner.tick()
    assert disk(job) is State.STOPPING
    now[0] += 200.0
    tick_until(runner, lambda: disk(job) is State.STOPPED)
    assert "at once" in read_status(job).reason
    assert not psutil.pid_exists(read_status(job).pid or 0)
    runner.close()


def test_now_is_now(queue: Queue, runner: Runner) -> None:
    job = world.add(queue, "a", "deaf")
    runner.tick()
    queue.stop(job.id, "now")
    tick_until(runner, lambda: disk(job) is State.STOPPED)


def test_a_start_that_a_kill_cut_short_is_made_again(queue: Queue, runner: Runner) -> None:
    job = world.add(queue, "a")
    write_status(job, Status(State.RUNNING, started=1.0, gpus=("cpu",)))
    tick_until(runner, lambda: disk(job) is State.DONE)


def test_a_process_that_nobody_noted_is_found(queue: Queue, runner: Runner) -> None:
    job = world.add(queue, "a", "wait")
    start = job.facts()["start"]
    child = Child.start(job, start["command"], {}, Path(start["cwd"]))
    write_status(job, Status(State.RUNNING, started=1.0, gpus=("cpu",)))
    runner.tick()
    assert read_status(job).pid == child.status.pid
    (job.folder / "go").touch()
    world.wait_for(lambda: child.poll() is not None)
    tick_until(runner, lambda: disk(job) is State.DONE)


def test_lost_only_when_nothing_is_left_of_it(queue: Queue, runner: Runner) -> None:
    job = world.add(queue, "a")
    write_status(job, Status(State.RUNNING, 2**22 + 5, 1.0, started=1.0))
    runner.tick()
    assert disk(job) is State.RUNNING
    runner.tick()
    assert disk(job) is State.LOST


RUNNER = textwrap.dedent(
    """
    import sys, threading
    from pathlib import Path
    from mikazuki.jobs.queue import Queue
    from mikazuki.jobs.runner import Runner
    Runner(Queue(Path(sys.argv[1])), ("cpu",)).run_forever(threading.Event(), 0.05)
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX word")
def test_a_training_outlives_a_killed_runner_and_is_followed_by_the_next(queue: Queue) -> None:
    first, second = world.add(queue, "first", "wait"), world.add(queue, "second")
    with subprocess.Popen([sys.executable, "-c", RUNNER, str(queue.jobs_dir)]) as process:
        world.wait_for(lambda: first.events.exists() and read_status(first).pid)
        os.kill(process.pid, signal.SIGKILL)
    before = read_status(first)
    told: list[str] = []
    runner = Runner(queue, ("cpu",), on_end=lambda job, status: told.append(f"{job.id} {status.state}"))
    runner.tick()
    assert read_status(first).pid == before.pid
    assert disk(first) is State.RUNNING
    assert disk(second) is State.QUEUED
    size = first.events.stat().st_size
    world.wait_for(lambda: first.events.stat().st_size > size)
    (first.folder / "go").touch()
    tick_until(runner, lambda: disk(second) is State.DONE)
    assert told == [f"{first.id} done", f"{second.id} done"]
    runner.close()


def test_it_goes_on_in_a_thread_until_told(queue: Queue) -> None:
    stop = threading.Event()
    runner = Runner(queue, ("cpu",))
    thread = threading.Thread(target=runner.run_forever, args=(stop, 0.02))
    thread.start()
    try:
        job = world.add(queue, "a")
        world.wait_for(lambda: disk(job) is State.DONE)
    finally:
        stop.set()
        thread.join(10)
    assert not runner.is_working


def test_an_error_of_ours_does_not_end_the_queue(
    queue: Queue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()
    runner = Runner(queue, ("cpu",))
    calls: list[int] = []

    def tick() -> bool:
        calls.append(1)
        if len(calls) == 2:
            stop.set()
        raise KeyError("x")

    monkeypatch.setattr(runner, "tick", tick)
    runner.run_forever(stop, 0.0)
    assert len(calls) == 2
    assert "goes on" in caplog.text
