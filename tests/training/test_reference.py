"""Whole training runs of upstream, replayed: the loop fed its latents, noise, timesteps and texts learns the same."""

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.data.plan import Plan
from mikazuki.events import EventWriter
from mikazuki.models import load
from mikazuki.models.families import FAMILIES
from mikazuki.models.lora_spec import LoraSpec
from mikazuki.models.text import encode_sd, sdxl_time_ids
from mikazuki.settings.options.run import RunSettings
from mikazuki.settings.train import TrainSettings
from mikazuki.training.batches import Batch
from mikazuki.training.conditions import Condition, Conditioner
from mikazuki.training.denoising import Denoising
from mikazuki.training.learner import make_learner
from mikazuki.training.loop import Loop
from mikazuki.training.machine import Machine
from mikazuki.training.networks.lora import LoraNetwork, build_network
from mikazuki.training.report import Report
from mikazuki.training.state import Place
from tests.models.test_reference import CONTRACT, pytestmark, recorded_steps, reference_model

__all__ = ["pytestmark"]
RATE: Final = 1e-3


class Nothing:
    """A keeper that neither saves nor stops."""

    def looks_at(self, place: Place) -> bool:
        return place.current_step < 0

    def after_step(self, place: Place) -> None:
        """Do nothing."""

    def after_epoch(self, place: Place) -> None:
        """Do nothing."""

    def stop_asked(self) -> bool:
        return False


class Recorder(Report):
    """A report that only keeps the losses."""

    def __init__(self) -> None:
        super().__init__(EventWriter(None))
        self.seen: list[float] = []

    def step(self, step: int, total: int, epoch: tuple[int, int], loss: float, more: Mapping[str, float]) -> None:
        assert (total, epoch, more["lr/unet"]) == (100, (1, 1), RATE)
        assert step == len(self.seen) + 1
        self.seen.append(loss)


def recorded_batch(steps: dict[str, Tensor], number: int) -> Batch:
    """Return a step's batch; its captions are the step's number, which the conditioner looks up."""

    def part(name: str) -> Tensor:
        return steps[f"{number:02d}.{name}"]

    sizes = sdxl_time_ids(part("original_sizes_hw"), part("crop_top_lefts"), part("target_sizes_hw"))
    said = [f"{number:02d}"]
    return Batch(part("latents"), part("noise"), part("timesteps"), said, part("loss_weights"), sizes)


def replay(
    unet: Any, network: LoraNetwork, condition: Conditioner, steps: dict[str, Tensor], count: int
) -> list[float]:
    """Train on the recorded batches with upstream's settings; return the losses."""
    settings = TrainSettings(
        pretrained_model_name_or_path="m",
        train_data_dir="d",
        learning_rate=RATE,
        max_train_steps=100,
        max_grad_norm=1.0,
    )
    plan = Plan((), (), (), 0, 0, 100, 100, 100, 1, 0.0, (), ())
    machine = Machine(RunSettings(mixed_precision="no"))
    method: Any = SimpleNamespace(
        groups=lambda: [{**group, "base_lr": RATE} for group in network.parameter_groups(settings)],
        limit_norms=lambda: None,
        at_strength=lambda _strength: nullcontext(),
    )
    recorder = Recorder()
    denoising = Denoising(unet, condition, machine, settings, v_prediction=False)
    maker: Any = SimpleNamespace(seed=42)
    learner = make_learner(settings, machine, method, 100)
    loop = Loop(settings, plan, maker, denoising.loss, learner, machine, recorder, Nothing(), Place())
    for number in range(count):
        loop._step([recorded_batch(steps, number)])
    return recorder.seen


def assert_same(name: str, losses: list[float], steps: dict[str, Tensor], network: LoraNetwork) -> None:
    recorded = [float(steps[f"{number:02d}.loss"]) for number in range(len(losses))]
    assert losses == pytest.approx(recorded, rel=1e-4)
    after = load_file(CONTRACT / "reference" / name / "lora_after.safetensors")
    own = network.state_dict()
    assert own.keys() == after.keys()
    worst = max(float((own[key] - after[key]).norm() / after[key].norm().clamp(min=1e-12)) for key in after)
    assert worst < 1e-3, worst


def test_sd15_learns_what_upstream_learned(tmp_path: Path) -> None:
    info, steps = reference_model("sd15", tmp_path), recorded_steps("sd15")
    unet = load.load_unet(info, dtype=torch.float32)
    (encoder,) = load.load_text_encoders(info, dtype=torch.float32)
    network = build_network(unet, [encoder], FAMILIES["sd1"], LoraSpec(4, 2.0))
    network.load_weights(load_file(CONTRACT / "reference" / "sd15" / "lora_before.safetensors"))

    def condition(said: list[str]) -> Condition:
        return Condition(encode_sd(encoder, steps[f"{said[0]}.input_ids"]))

    assert_same("sd15", replay(unet, network, condition, steps, 10), steps, network)


def test_sdxl_learns_what_upstream_learned(tmp_path: Path) -> None:
    info, steps = reference_model("sdxl", tmp_path), recorded_steps("sdxl")
    unet = load.load_unet(info, dtype=torch.float32)
    network = build_network(unet, [], FAMILIES["sdxl"], LoraSpec(2, 1.0))
    network.load_weights(load_file(CONTRACT / "reference" / "sdxl" / "lora_before.safetensors"))

    def condition(said: list[str]) -> Condition:
        context = torch.cat((steps[f"{said[0]}.cond1"], steps[f"{said[0]}.cond2"]), dim=-1)
        return Condition(context, steps[f"{said[0]}.pool2"])

    assert_same("sdxl", replay(unet, network, condition, steps, 4), steps, network)
