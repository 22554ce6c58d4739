"""Replays of runs that the builtin engine itself recorded: the same to the last bit, and any change shows."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import torch
from accelerate.state import AcceleratorState
from safetensors.torch import load_file, save_file
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.events import EVENTS_FILE
from mikazuki.jobs.events import EventReader
from mikazuki.settings.train import TrainSettings
from mikazuki.training.batches import Batch
from mikazuki.training.recording import Recorded
from mikazuki.training.replay import ANSWER, Answer, adapter_difference, replay
from tests.training import making
from tests.training.conftest import GetModel, MakeSettings

pytestmark = pytest.mark.tiny
SIZES = ("original_sizes_hw", "crop_top_lefts", "target_sizes_hw")


def record(settings: TrainSettings, job: Path, folder: Path) -> Path:
    """Train in this process and write down what upstream's recorder writes."""
    loop = making.prepared(settings, job)
    denoising: Any = loop.loss.__self__  # type: ignore[attr-defined]
    tensors: dict[str, Tensor] = {}
    lines: list[str] = []

    def loss(batch: Batch) -> Tensor:
        found: Tensor = denoising.loss(batch)
        with torch.no_grad():
            condition = denoising._condition(batch.captions)
        sizes = torch.zeros(len(batch.captions), 6) if batch.time_ids is None else batch.time_ids
        parts = {"latents": batch.latents, "noise": batch.noise, "timesteps": batch.timesteps, "loss": found.detach()}
        parts |= dict(zip(SIZES, torch.chunk(sizes, 3, dim=1), strict=True)) | {"loss_weights": batch.weights}
        if condition.pooled is None:
            parts["cond"] = condition.context
        else:
            # the tiny encoders are 16 and 24 wide
            parts |= dict(zip(("cond1", "cond2"), torch.tensor_split(condition.context, [16], dim=-1), strict=True))
            parts["pool2"] = condition.pooled
        name = f"{len(lines):02d}"
        tensors.update({f"{name}.{key}": tensor.clone().contiguous() for key, tensor in parts.items()})
        lines.append(json.dumps({"captions": batch.captions}) + "\n")
        return found

    folder.mkdir(parents=True)
    loop.learner.method.save(folder / "lora_before.safetensors", {})
    loop.loss = loss
    assert loop.run()
    loop.learner.method.save(folder / "lora_after.safetensors", {})
    save_file(tensors, folder / "steps.safetensors")
    (folder / "steps.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def replayed(settings: TrainSettings, folder: Path, job: Path) -> Answer:
    """Replay a record in this process, from the adapter that it begins with and with another seed."""
    job.mkdir(parents=True)
    AcceleratorState._reset_state(True)
    changed = {"network_weights": str(folder / "lora_before.safetensors"), "seed": 1234}
    return replay(settings.model_copy(update=changed), job, folder)


@pytest.mark.parametrize(
    ("family", "more"),
    [
        ("sd1", {}),
        ("sd1", {"gradient_accumulation_steps": 3, "shuffle_caption": True, "max_train_steps": 4}),
        ("sdxl", {"network_train_unet_only": True}),
    ],
    ids=["text trained", "accumulated", "sdxl, text frozen"],
)
def test_its_own_run_comes_out_the_same(
    family: Any, more: dict[str, Any], tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path
) -> None:
    settings = make_settings(tiny_model(family), **more)
    folder = record(settings, tmp_path / "job", tmp_path / "record")
    answer = replayed(settings, folder, tmp_path / "replay")
    assert answer.losses == pytest.approx(answer.recorded, rel=1e-6)
    assert len(answer.losses) == settings.max_train_steps
    assert answer.adapter.largest < 1e-5
    assert answer.conditions < 1e-5
    assert answer.text_trained is (family == "sd1")
    assert (answer.pooled is None) is (family == "sd1")
    assert json.loads((tmp_path / "replay" / ANSWER).read_text(encoding="utf-8")) == asdict(answer)
    kinds = [event["kind"] for event in EventReader(tmp_path / "replay" / EVENTS_FILE).read()]
    assert (kinds[0], kinds[-1]) == ("started", "done")


def weaken(name: str) -> Callable[[Path], None]:
    """Return what changes the tensors of that name in a record by a hundredth."""

    def change(folder: Path) -> None:
        steps = load_file(folder / "steps.safetensors")
        save_file(
            {key: tensor * 0.99 if key.endswith(f".{name}") else tensor for key, tensor in steps.items()},
            folder / "steps.safetensors",
        )

    return change


def test_what_differs_shows_where_it_differs(make_settings: MakeSettings, tmp_path: Path) -> None:
    settings = make_settings(network_train_unet_only=True)
    record(settings, tmp_path / "job", tmp_path / "record")
    weaken("noise")(tmp_path / "record")
    noise = replayed(settings, tmp_path / "record", tmp_path / "noise")
    assert noise.losses != pytest.approx(noise.recorded, rel=1e-3)
    assert noise.adapter.largest > 1e-3
    assert noise.conditions < 1e-5
    weaken("cond")(tmp_path / "record")
    assert replayed(settings, tmp_path / "record", tmp_path / "cond").conditions == pytest.approx(0.01, rel=0.05)


def test_a_record_that_is_too_short_is_refused(make_settings: MakeSettings, tmp_path: Path) -> None:
    folder = record(make_settings(), tmp_path / "job", tmp_path / "record")
    with pytest.raises(MikazukiError) as caught:
        replayed(make_settings(max_train_steps=5), folder, tmp_path / "replay")
    assert caught.value.code == "record-too-short"


def test_the_strength_of_a_batch_is_kept(make_settings: MakeSettings, tmp_path: Path) -> None:
    folder = record(make_settings(), tmp_path / "job", tmp_path / "record")
    steps = load_file(folder / "steps.safetensors")
    save_file({**steps, "00.strength": torch.tensor([0.5])}, folder / "steps.safetensors")
    recorded = Recorded.read(folder)
    assert [recorded.batch(number).strength for number in range(2)] == [0.5, 1.0]


def test_adapters_are_compared_by_norms() -> None:
    before = {"a": torch.zeros(4), "b": torch.ones(1)}
    recorded = {"a": torch.tensor([3.0, 0, 0, 4.0]), "b": torch.ones(1)}
    own = {"a": torch.tensor([3.0, 0, 0, 4.5]), "b": torch.ones(1)}
    found = adapter_difference(own, recorded, before)
    assert found.tensor == "a"
    assert found.largest == pytest.approx(0.1)
    assert found.whole == pytest.approx(0.5 / 26**0.5)
    assert found.learned == pytest.approx(0.5 / 5)


@pytest.mark.parametrize("other", [{"a": torch.zeros(2)}, {"b": torch.zeros(3)}, {}])
def test_adapters_of_other_tensors_are_no_match(other: dict[str, Tensor]) -> None:
    with pytest.raises(MikazukiError) as caught:
        adapter_difference({"a": torch.zeros(3)}, other, other)
    assert caught.value.code == "adapter-differs"
