"""Ends process trees: a process, what it started, and what outlived its starter."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import psutil

GRACE_SECONDS: Final = 5.0
"""How long a tree may take to end by itself after it was told to."""


def setting_once(event: threading.Event) -> Callable[..., None]:
    """Return a handler of signals that sets an event at the first one.

    A second signal may come while the first one's call holds the event's lock: setting it again would wait for that
    lock for ever.
    """
    asked: list[bool] = []

    def handle(*_: object) -> None:
        if not asked:
            asked.append(True)
            event.set()

    return handle


def end_tree(pid: int, grace: float = GRACE_SECONDS) -> None:
    """Terminate a process, its descendants and, where there are process groups, its group; kill what remains."""
    tree = _tree(pid)
    for process in tree:
        with suppress(psutil.Error):
            process.terminate()
    _gone, alive = psutil.wait_procs(tree, timeout=grace)
    for process in alive:
        with suppress(psutil.Error):
            process.kill()
    # A child whose parent died first is no descendant any more, but it is still of the group.
    end_group(pid)
    psutil.wait_procs(alive, timeout=grace)


def end_group(leader: int) -> None:
    """Kill what is left of the process group that ``leader`` began; Windows has none."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)


def end_leftovers(pid: int, grace: float = GRACE_SECONDS) -> None:
    """End what a process that is gone has left behind: its session's members, on Windows its children."""
    for process in _left_by(pid):
        end_tree(process.pid, grace)


def _left_by(pid: int) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            # Windows tells a process' parent even after that has ended.
            mine = process.ppid() == pid if sys.platform == "win32" else os.getsid(process.pid) == pid
            if mine and process.pid != pid and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def _tree(pid: int) -> list[psutil.Process]:
    """Return a process and all below it, the topmost last: it must not start others while they end."""
    try:
        top = psutil.Process(pid)
        return [*reversed(top.children(recursive=True)), top]
    except psutil.Error:
        return []
