"""Kills trainings: starts them as processes, kills them at random moments, and looks at what is left."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import torch
from PIL import Image
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.models.hypernetworks import read_hypernetwork
from mikazuki.models.identify import identify
from mikazuki.models.load import load_base
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


def kill_after(running: Running, ready: Callable[[], bool], seconds: float) -> bool:
    """Kill a training some time after it is ``ready`` for it; return False when it ended before that."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while running.alive() and not ready():
        assert time.monotonic() < patience
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
    for path in Path(settings.output_dir).glob(f"{settings.output_name}*"):
        if path.name.endswith("-state"):
            assert load_state(path, settings).weights
        elif not path.name.endswith(".old"):
            assert tensors(path)
    for picture in classes(settings).glob("*.png"):
        with Image.open(picture) as opened:
            opened.load()
        assert picture.with_suffix(".txt").read_text(encoding="utf-8")


def classes(settings: TrainSettings) -> Path:
    """Return where class pictures are drawn."""
    return Path(settings.output_dir).with_name("class")


def tensors(path: Path) -> dict[str, Tensor]:
    """Read all tensors of a model that was saved, in whichever format."""
    if path.is_dir():
        base = load_base(identify(path), dtype=torch.float32)
        parts = {"unet": base.unet, "vae": base.vae, "text": base.text_encoders[0]}
        return {f"{part}.{name}": value for part, held in parts.items() for name, value in held.state_dict().items()}
    if path.suffix == ".safetensors":
        return dict(load_file(path))
    found: Any = torch.load(path, weights_only=True)
    return {"": found} if isinstance(found, Tensor) else dict(read_hypernetwork(path).tensors)


def final_files(settings: TrainSettings) -> dict[str, dict[str, Tensor]]:
    """Return the tensors of everything that a training wrote at its end, by file."""
    paths = Path(settings.output_dir).glob(f"{settings.output_name}*")
    saved = (path for path in paths if not path.name.endswith(("-state", ".old")))
    return {path.name: tensors(path) for path in saved if "-step" not in path.name}


def cut_short(settings: TrainSettings) -> int:
    """Count what was being written when it was killed, and remove it."""
    parts = [*Path(settings.output_dir).glob(".*.part"), *classes(settings).glob(".*.part")]
    for path in parts:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return len(parts)


def delay(generator: random.Random, longest: float) -> float:
    """Draw how many seconds to wait before a kill."""
    return generator.random() * longest
