import os
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import pytest

from mikazuki.processes import end_leftovers, end_tree

PATIENCE = 60
SLEEPER = "import time; time.sleep(600)"
STARTER = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {SLEEPER!r}], process_group=0)
print(child.pid, flush=True)
time.sleep(600)
"""
"""A program that starts another one in a process group of its own, as the supervisor of a training does."""


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return True


def start() -> tuple[subprocess.Popen[str], int]:
    process = subprocess.Popen(
        [sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout
    child = int(process.stdout.readline())
    process.stdout.close()
    return process, child


def test_a_tree_ends_with_all_that_it_started() -> None:
    process, child = start()
    end_tree(process.pid, grace=5)
    process.wait()
    wait_for(lambda: gone(child))


@pytest.mark.skipif(os.name == "nt", reason="sessions")
def test_what_a_killed_process_left_behind_is_ended_though_it_is_nobodys_child_any_more() -> None:
    process, child = start()
    process.kill()
    process.wait()
    assert not gone(child)
    end_leftovers(process.pid, grace=5)
    wait_for(lambda: gone(child))


def test_a_process_that_is_gone_has_nothing_to_end() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""], start_new_session=os.name != "nt")
    process.wait()
    end_leftovers(process.pid)
    end_tree(process.pid)
