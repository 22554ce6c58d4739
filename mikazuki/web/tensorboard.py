"""Runs TensorBoard beside the studio: started on demand, shown through the studio's own address, ended with it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import psutil

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.files import write_text
from mikazuki.processes import end_tree
from mikazuki.web.guard import TENSORBOARD

FOLDER: Final = ".tensorboard"
HOST: Final = "127.0.0.1"
PORTS_TRIED: Final = 50
STARTS_TRIED: Final = 5
START_SECONDS: Final = 60.0
SAME_START: Final = 1.0
"""Seconds by which two readings of one process' start may differ."""


class TensorBoard:
    """One TensorBoard on a folder of links, one link a job; which jobs it shows can change while it runs."""

    def __init__(self, logs: Path, port: int, start_seconds: float = START_SECONDS) -> None:
        """Keep links, log and process number in ``logs/.tensorboard``; try ports from ``port`` on."""
        self.folder = logs / FOLDER
        self.jobs: list[str] = []
        self._first_port = port
        self._start_seconds = start_seconds
        self._port: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.RLock()
        self._problem = ""

    @property
    def running(self) -> bool:
        """Whether it answers, or will in a moment."""
        return self._process is not None and self._process.poll() is None

    @property
    def address(self) -> str | None:
        """Where it answers on this machine; None while it does not run."""
        return f"http://{HOST}:{self._port}" if self.running and self._port else None

    @property
    def problem(self) -> str:
        """Why it does not run although it was started."""
        if self._process is not None and not self.running:
            return f"TensorBoard has ended by itself: {self._last_words()}"
        return self._problem

    def start(self, runs: Mapping[str, Path]) -> None:
        """Show these jobs' curves (job id -> folder); where it does not run, start it and wait until it answers.

        Raises MikazukiError ``tensorboard-missing`` or ``tensorboard-failed``.
        """
        with self._lock:
            self._link(runs)
            self.jobs = list(runs)
            if self.running:
                return
            self._end_leftover()
            try:
                self._launch()
            except MikazukiError as error:
                self._problem = error.message
                raise
            self._problem = ""

    def stop(self) -> None:
        """End it."""
        with self._lock:
            if self._process is not None:
                end_tree(self._process.pid, grace=2)
                self._process.wait()
            self._process = self._port = None
            self._problem = ""
            with suppress(OSError):
                self._record.unlink(missing_ok=True)

    @property
    def _record(self) -> Path:
        return self.folder / "process.json"

    @property
    def _log(self) -> Path:
        return self.folder / "log.txt"

    def _link(self, runs: Mapping[str, Path]) -> None:
        """Make the folder of links show these jobs and no others; TensorBoard looks at it every few seconds."""
        links = self.folder / "runs"
        links.mkdir(parents=True, exist_ok=True)
        for old in links.iterdir():
            if old.name not in runs:
                _unlink(old)
        for name, target in runs.items():
            link = links / name
            if not os.path.lexists(link):
                _make_link(link, target)

    def _launch(self) -> None:
        if find_spec("tensorboard") is None:
            install = "install.ps1" if os.name == "nt" else "install.sh"
            raise MikazukiError("tensorboard-missing", "TensorBoard is not installed.", f"Run {install}.")
        port = self._first_port
        for _ in range(STARTS_TRIED):
            port = free_port(port)
            process = self._begin(port)
            if self._answers(process, port):
                return
            if process.poll() is None or bound(port):
                break
            port += 1  # another program took it between the look and the start
        words = self._last_words()
        self.stop()
        raise MikazukiError(
            "tensorboard-failed",
            f"TensorBoard could not be started: {words}",
            f"{self._log} has everything that it said; the curves under Jobs need no TensorBoard.",
            exit_code=EXIT_FAILED,
        )

    def _begin(self, port: int) -> subprocess.Popen[bytes]:
        command = [
            sys.executable, "-m", "tensorboard.main", "--logdir", str(self.folder / "runs"), "--host", HOST,
            "--port", str(port), "--path_prefix", TENSORBOARD, "--reload_interval", "5", "--reload_multifile", "true",
        ]  # fmt: skip
        with self._log.open("wb") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUTF8": "1"},
                start_new_session=os.name != "nt",
            )
        self._process, self._port = process, port
        created = psutil.Process(process.pid).create_time()
        write_text(self._record, json.dumps({"pid": process.pid, "create_time": created}) + "\n")
        return process

    def _answers(self, process: subprocess.Popen[bytes], port: int) -> bool:
        """Wait until it answers; False when it has ended, or not answered in time."""
        end = time.monotonic() + self._start_seconds
        while time.monotonic() < end and process.poll() is None:
            with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
                if listens(process.pid, port):
                    return True
            time.sleep(0.1)
        return False

    def _last_words(self) -> str:
        try:
            lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        except OSError:
            lines = []
        return lines[-1] if lines else "it said nothing."

    def _end_leftover(self) -> None:
        """End the one of a studio that was killed."""
        try:
            told = json.loads(self._record.read_text(encoding="utf-8"))
            pid, created = int(told["pid"]), float(told["create_time"])
            same = abs(psutil.Process(pid).create_time() - created) < SAME_START
        except (OSError, ValueError, KeyError, TypeError, psutil.Error):
            return
        if same:
            end_tree(pid, grace=2)


def listens(pid: int, port: int) -> bool:
    """Tell whether this process or one below it owns the port: an answer alone may be another program's."""
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
        heard = [place for process in family for place in process.net_connections(kind="tcp")]
    except psutil.AccessDenied:
        return True  # where its connections may not be looked at, an answer has to do
    except psutil.NoSuchProcess:
        return False
    return any(place.status == psutil.CONN_LISTEN and place.laddr.port == port for place in heard)


def bound(port: int) -> int | None:
    """Return the number of this port, or of any free one for 0; None where a program listens on it already."""
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return None
        return int(probe.getsockname()[1])


def free_port(first: int) -> int:
    """Return the first free port of this machine from ``first`` on; raises MikazukiError ``port-not-free``."""
    for port in range(first, min(first + PORTS_TRIED, 65536)):
        if free := bound(port):
            return free
    message = f"None of the {PORTS_TRIED} ports from {first} on is free for TensorBoard."
    raise MikazukiError("port-not-free", message, "Name another one with --tensorboard-port.", exit_code=EXIT_FAILED)


def _make_link(link: Path, target: Path) -> None:
    if sys.platform == "win32":
        import _winapi  # a junction needs no rights, a symbolic link does

        _winapi.CreateJunction(str(target.resolve()), str(link))
    else:
        link.symlink_to(target.resolve(), target_is_directory=True)


def _unlink(link: Path) -> None:
    """Remove a link, never what it points to."""
    if link.is_symlink():
        link.unlink()
    elif sys.platform == "win32":
        link.rmdir()  # a junction
    else:
        shutil.rmtree(link, ignore_errors=True)
