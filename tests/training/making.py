"""What the tests of this room train with: a few drawn pictures, small settings, and one call that trains."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from accelerate.state import AcceleratorState
from PIL import Image
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.data.batches import epoch_batches
from mikazuki.events import EventWriter
from mikazuki.settings.train import TrainSettings
from mikazuki.training.loop import Loop
from mikazuki.training.machine import Machine
from mikazuki.training.report import Report
from mikazuki.training.run import prepare, read_task, train

SIDE: Final = 64
SHAPES: Final = ((64, 64), (64, 64), (96, 48), (64, 64))
"""Widths and heights of the pictures: two buckets."""
CAPTIONS: Final = ("a red square, left", "a green square, right", "a wide thing, flat", "a blue square, left")


def draw_picture(path: Path, number: int, size: tuple[int, int]) -> None:
    """Write a picture of its own colours, different left from right."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width]
    pixels = np.stack([(columns * 3 + number * 70) % 256, rows * 3 % 256, (columns + rows * 2) % 256], axis=-1)
    pixels[height // 4 : height // 2, width // 8 : width // 2] = (255, 40 * number, 80)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels.astype(np.uint8)).save(path)


def draw_dataset(folder: Path, repeats: int = 1, shapes: tuple[tuple[int, int], ...] = SHAPES) -> Path:
    """Write pictures with captions into ``folder/N_sks thing`` and return ``folder``."""
    inner = folder / f"{repeats}_sks thing"
    for number, size in enumerate(shapes):
        draw_picture(inner / f"{number}.png", number, size)
        (inner / f"{number}.txt").write_text(CAPTIONS[number % len(CAPTIONS)], encoding="utf-8")
    return folder


def settings_for(model: Path, dataset: Path, folder: Path, **more: Any) -> TrainSettings:
    """Return small settings that write below ``folder``: 3 steps, rank 2, a rate that moves the weights."""
    values: dict[str, Any] = {
        "pretrained_model_name_or_path": str(model),
        "train_data_dir": str(dataset),
        "output_dir": str(folder / "output"),
        "logging_dir": str(folder / "logs"),
        "output_name": "x",
        "resolution": SIDE,
        "min_bucket_reso": 32,
        "max_bucket_reso": 128,
        "bucket_reso_steps": 16,
        "learning_rate": 0.01,
        "mixed_precision": "no",
        "max_train_steps": 3,
        "seed": 7,
    }
    if more.get("method", "lora") == "lora":
        values["network_dim"] = 2
    return TrainSettings.model_validate({**values, **more})


def set_anew(settings: TrainSettings, **more: Any) -> TrainSettings:
    """Return the settings with some options set to other values, checked like any others."""
    return TrainSettings.model_validate({**settings.model_dump(), **more})


def read_events(job: Path) -> list[dict[str, Any]]:
    """Return what a job has told so far."""
    return [json.loads(line) for line in (job / "events.jsonl").read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Run:
    """A training that came to its end, or was stopped."""

    finished: bool
    settings: TrainSettings
    events: list[dict[str, Any]]

    @property
    def file(self) -> Path:
        """The final file."""
        return Path(self.settings.output_dir) / f"{self.settings.output_name}{self.settings.file_ending}"

    def weights(self) -> dict[str, Tensor]:
        """Return the final file's tensors."""
        found: dict[str, Tensor] = load_file(self.file)
        return found

    def metadata(self) -> dict[str, str]:
        """Return the final file's metadata."""
        with safe_open(self.file, "pt") as file:
            return dict(file.metadata())

    def losses(self) -> list[float]:
        """Return the loss of every step."""
        values = [event["values"] for event in self.of("metric")]
        return [found["loss/current"] for found in values if "loss/current" in found]

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Return the events of a kind."""
        return [event for event in self.events if event["kind"] == kind]


def run(settings: TrainSettings, job: Path) -> Run:
    """Train in this process, as the first of its life; ``job`` is made if it is not there."""
    job.mkdir(parents=True, exist_ok=True)
    # accelerate keeps the first number format of a process, and a test is one of many in it
    AcceleratorState._reset_state(True)
    finished = train(settings, job)
    return Run(finished, settings, read_events(job))


def same(one: Mapping[str, Tensor], other: Mapping[str, Tensor]) -> bool:
    """Tell whether two sets of tensors are equal bit for bit."""
    return one.keys() == other.keys() and all(torch.equal(tensor, other[name]) for name, tensor in one.items())


def unmoved(weights: Mapping[str, Tensor]) -> set[str]:
    """Return the modules that have learned nothing: their up weights are as zero as at the start."""
    ups = {name: tensor for name, tensor in weights.items() if name.endswith(".lora_up.weight")}
    return {name.partition(".")[0] for name, up in ups.items() if not bool(up.any())}


def prepared(settings: TrainSettings, job: Path) -> Loop:
    """Return the loop of a training that has not begun."""
    job.mkdir(parents=True, exist_ok=True)
    AcceleratorState._reset_state(True)
    machine = Machine(settings)
    loop, _ = prepare(read_task(settings, job), machine, Report(EventWriter(None)))
    return loop


def trained(loop: Loop) -> list[Tensor]:
    """Return copies of what a loop trains."""
    return [weight.detach().clone() for group in loop.learner.optimizer.param_groups for weight in group["params"]]


def on_one_batch(loop: Loop, steps: int) -> list[float]:
    """Train a loop's first batch again and again, noise and all; return its loss before every step and at the end."""
    (_, number, rows), *_ = [(0, place, rows) for place, rows in enumerate(epoch_batches(loop.plan, seed=7, epoch=0))]
    batch = loop.maker.make((0, number, rows))
    losses = []
    for step in range(steps):
        loop.learner.begin(step)
        loss = loop.loss(batch)
        losses.append(float(loss.detach()))
        loop.learner.backward(loss)
        loop.learner.finish()
    return [*losses, float(loop.loss(batch).detach())]
