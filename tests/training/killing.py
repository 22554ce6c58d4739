"""Kills trainings: starts them as processes, kills them at random moments, and looks at what is left."""

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from safetensors.torch import load_file

from mikazuki.settings.load import dump_toml
from mikazuki.settings.train import TrainSettings
from mikazuki.training.state import load_state

PATIENCE_SECONDS = 300.0


class Running(Protocol):
    """A process that trains."""

    def alive(self) -> bool:
        """Tell whether it still runs."""

    def kill(self) -> None:
        """Kill it and wait for its end."""


@dataclass
class Program:
    """The program that ``accelerate launch`` starts."""

    job: Path
    process: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        log = (self.job / "log.txt").open("ab")
        with log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mikazuki.training", "--config_file", str(self.job / "config.toml")],
                stdout=log,
                stderr=log,
                env={**os.environ, "HF_HUB_OFFLINE": "1"},
            )

    def alive(self) -> bool:
        """Tell whether it still runs."""
        return self.process.poll() is None

    def kill(self) -> None:
        """Kill it and wait for its end."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def _train_here(job: Path) -> None:
    from mikazuki.settings.load import load_toml, parse
    from mikazuki.training.run import train

    train(parse(TrainSettings, load_toml(job / "config.toml"), "config.toml"), job)


class Fork:
    """The same training, forked off a process that has imported everything: many kills in little time."""

    def __init__(self, job: Path) -> None:
        """Start it."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["mikazuki.training.run", "tests.training.killing"])
        self._process = context.Process(target=_train_here, args=(job,))
        self._process.start()

    def alive(self) -> bool:
        """Tell whether it still runs."""
        return self._process.is_alive()

    def kill(self) -> None:
        """Kill it and wait for its end."""
        self._process.kill()
        self._process.join()


def steps_told(job: Path) -> int:
    """Return how many steps a job has told of."""
    path = job / "events.jsonl"
    if not path.exists():
        return 0
    lines = path.read_bytes().splitlines(keepends=True)
    return sum(json.loads(line)["kind"] == "metric" for line in lines if line.endswith(b"\n"))


def start(settings: TrainSettings, job: Path, program: Callable[[Path], Running]) -> Running:
    """Lay out a job folder and start its training."""
    job.mkdir(parents=True)
    (job / "config.toml").write_text(dump_toml(settings), encoding="utf-8")
    return program(job)


def kill_after(running: Running, job: Path, steps: int, seconds: float) -> bool:
    """Kill a training some time after it has told of ``steps`` steps; return False when it ended before that."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while running.alive() and steps_told(job) < steps:
        assert time.monotonic() < patience, (job / "log.txt").read_text(encoding="utf-8")
        time.sleep(0.002)
    time.sleep(seconds)
    killed = running.alive()
    running.kill()
    return killed


def wait(running: Running) -> None:
    """Wait for a training to end."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while running.alive():
        assert time.monotonic() < patience
        time.sleep(0.01)


def check_whole(settings: TrainSettings) -> None:
    """Load everything that lies under a final name."""
    output = Path(settings.output_dir)
    for file in output.glob("*.safetensors"):
        assert load_file(file)
    for folder in output.glob("*-state"):
        assert load_state(folder, settings).weights


def cut_short(settings: TrainSettings) -> int:
    """Count what was being written when it was killed, and remove it."""
    parts = list(Path(settings.output_dir).glob(".*.part"))
    for path in parts:
        for inner in path.iterdir() if path.is_dir() else ():
            inner.unlink()
        path.rmdir() if path.is_dir() else path.unlink()
    return len(parts)


def delay(generator: random.Random, longest: float) -> float:
    """Draw how many seconds to wait before a kill."""
    return generator.random() * longest
