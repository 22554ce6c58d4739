import os
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from mikazuki.events import EventWriter
from mikazuki.jobs.events import EventReader
from mikazuki.jobs.folder import Job, create
from mikazuki.jobs.process import (
    Child,
    State,
    Status,
    conclude,
    exit_in_words,
    is_alive,
    read_status,
    true_status,
    write_status,
)

PATIENCE = 180.0

TRAINER = """
    import json, os, subprocess, sys, time
    job, what = sys.argv[1:3]
    def tell(**event):
        with open(os.path.join(job, "events.jsonl"), "a", encoding="utf-8") as file:
            file.write(json.dumps({"time": time.time(), **event}) + "\\n")
    print("begun", flush=True)
    tell(kind="started", pid=os.getpid())
    if what == "done":
        tell(kind="done", path="x", steps=1)
    if what == "crash":
        raise RuntimeError("no kernel image")
    if what == "polite":
        while not os.path.exists(os.path.join(job, "stop")):
            time.sleep(0.02)
        tell(kind="stopped", step=7, state="s")
        sys.exit(130)
    if what == "family":
        code = "import time; time.sleep(600)"
        own = [subprocess.Popen([sys.executable, "-c", code], start_new_session=apart) for apart in (False, True)]
        tell(kind="stage", pids=[child.pid for child in own])
        time.sleep(600)
"""


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return create(tmp_path / "a b \u732b", "demo", {"config.toml": ""}, {})


@pytest.fixture
def begin(job: Job, tmp_path: Path) -> Callable[[str], Child]:
    script = tmp_path / "trainer.py"
    script.write_text(textwrap.dedent(TRAINER), encoding="utf-8")

    def start(what: str) -> Child:
        argv = [sys.executable, str(script), str(job.folder), what]
        return Child.start(job, argv, {"ONE_MORE": "1"}, tmp_path)

    return start


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def test_a_run_that_ends_well(job: Job, begin: Callable[[str], Child]) -> None:
    child = begin("done")
    assert read_status(job).state is State.RUNNING
    wait_for(lambda: child.poll() is not None)
    status = child.conclude(EventReader(job.events).read())
    assert (status.state, status.exit_code) == (State.DONE, 0)
    assert read_status(job) == status
    assert job.log.read_text(encoding="utf-8").strip() == "begun"


def test_a_crash_is_failed_with_its_code_and_its_traceback_in_the_log(job: Job, begin: Callable[[str], Child]) -> None:
    child = begin("crash")
    wait_for(lambda: child.poll() is not None)
    status = child.conclude(EventReader(job.events).read())
    assert (status.state, status.exit_code, status.reason) == (State.FAILED, 1, "ended with exit code 1")
    assert "no kernel image" in job.log.read_text(encoding="utf-8")


def test_a_polite_stop_lets_the_run_save(job: Job, begin: Callable[[str], Child]) -> None:
    child = begin("polite")
    wait_for(lambda: EventReader(job.events).read())
    assert child.poll() is None
    child.ask_to_stop()
    assert read_status(job).state is State.STOPPING
    wait_for(lambda: child.poll() is not None)
    assert child.conclude(EventReader(job.events).read()).state is State.STOPPED


def test_ending_takes_the_whole_tree_along_also_what_left_the_group(job: Job, begin: Callable[[str], Child]) -> None:
    child = begin("family")
    wait_for(lambda: any("pids" in event for event in EventReader(job.events).read()))
    pids = next(event["pids"] for event in EventReader(job.events).read() if "pids" in event)
    assert all(psutil.pid_exists(pid) for pid in pids)
    child.end(grace=2)
    wait_for(lambda: not any(running(pid) for pid in pids))
    status = child.conclude([])
    assert (status.state, status.exit_code) == (State.STOPPED, 130)


def running(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
def test_the_child_is_out_of_reach_of_the_terminals_ctrl_c(job: Job, begin: Callable[[str], Child]) -> None:
    child = begin("polite")
    pid = child.status.pid
    assert pid is not None
    assert os.getpgid(pid) != os.getpgid(0)
    assert job.log.exists()
    child.end(grace=1)


def test_a_job_whose_process_is_gone_is_lost_unless_it_told_its_end(job: Job) -> None:
    write_status(job, Status(State.RUNNING, pid=2**22 + 1, create_time=1.0))
    assert true_status(job).state is State.LOST
    EventWriter(job.events).emit("done", path="x")
    assert true_status(job).state is State.DONE


def test_a_pid_used_again_by_another_process_is_not_taken_for_the_job(job: Job) -> None:
    me = Status(State.RUNNING, os.getpid(), psutil.Process().create_time())
    write_status(job, me)
    assert true_status(job).state is State.RUNNING
    assert not is_alive(replace(me, create_time=me.create_time and me.create_time - 100))


def test_a_job_without_a_state_is_queued(job: Job) -> None:
    assert read_status(job).state is State.QUEUED


def test_the_runs_own_word_counts_more_than_a_launchers_code() -> None:
    failed = {"time": 5.0, "kind": "failed", "message": "no room", "exit_code": 2}
    status = conclude(Status(State.RUNNING), 1, failed)
    assert (status.state, status.exit_code, status.reason, status.ended) == (State.FAILED, 2, "no room", 5.0)
    assert conclude(Status(State.RUNNING), 1, {"time": 1.0, "kind": "stopped"}).state is State.STOPPED
    assert conclude(Status(State.RUNNING), 1, {"time": 1.0, "kind": "done"}).state is State.DONE
    assert conclude(Status(State.RUNNING), 0, None).state is State.DONE


def test_exit_codes_in_words() -> None:
    assert exit_in_words(0) == "done"
    assert exit_in_words(3) == "ended with exit code 3"
    if os.name != "nt":
        assert exit_in_words(-9) == "ended by the signal SIGKILL, as the system does when memory runs out"
