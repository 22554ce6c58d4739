"""Text encoders in training: when they rest, that it is exact, and that norms stay where that is asked for."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName
from mikazuki.settings.load import parse
from mikazuki.settings.train import TrainSettings
from mikazuki.training.loop import Loop
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings

pytestmark = pytest.mark.tiny

DREAMBOOTH: dict[str, Any] = {"method": "dreambooth", "learning_rate": 1e-3}
SDXL: dict[str, Any] = {"method": "fine_tune", "learning_rate": 1e-3, "train_text_encoder": True}
METHODS: tuple[dict[str, Any], ...] = ({}, DREAMBOOTH)
STEPS = 2
"""Steps of an epoch of four pictures."""
SHORT: dict[str, Any] = {
    "max_train_epochs": 2,
    "text_encoder_ratio": 0.5,
    "train_batch_size": 2,
    "enable_bucket": False,
    "optimizer_args": "weight_decay=0.1",
}
"""Four steps, of which text encoders learn in the first two."""


def settings(**more: Any) -> TrainSettings:
    needed = {"pretrained_model_name_or_path": "m", "train_data_dir": "d"}
    return parse(TrainSettings, {**needed, **more}, "a.toml")


def elsewhere(tmp_path: Path) -> dict[str, Any]:
    return {"output_dir": str(tmp_path / "on"), "save_every_n_steps": None}


@pytest.mark.parametrize("method", ["lora", "dreambooth", "fine_tune"])
def test_a_share_of_nothing_is_a_rate_of_nothing(method: str) -> None:
    more = {"method": method, "model_type": "sd1"} | ({"train_text_encoder": True} if method == "fine_tune" else {})
    assert settings(**more, text_encoder_ratio=0).rates_of_text_encoders == (0, 0)
    assert settings(**more, text_encoder_ratio=0.1).rate_of_text_encoder > 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"method": "dreambooth", "stop_text_encoder_training": 5}, "stop_text_encoder_training exclude each other"),
        ({"network_train_text_encoder_only": True}, "lets the text encoders rest, and nothing else is trained"),
        ({"method": "textual_inversion", "token_string": "<cat>"}, "text_encoder_ratio is for method"),
    ],
)
def test_what_does_not_go_together(more: dict[str, Any], said: str) -> None:
    with pytest.raises(MikazukiError, match=said):
        settings(text_encoder_ratio=0.5, **more)


@pytest.mark.parametrize("more", [{"learning_rate": 0, "learning_rate_te": 1e-4}, {"block_lr": ",".join(["0"] * 23)}])
def test_text_encoders_that_rest_leave_something_that_learns(more: dict[str, Any]) -> None:
    both: dict[str, Any] = {"method": "dreambooth", "learning_rate": 1e-4, **more}
    with pytest.raises(MikazukiError, match="stop_text_encoder_training 5 lets the text encoders rest"):
        settings(stop_text_encoder_training=5, **both)


def text_groups(loop: Loop) -> Iterator[dict[str, Any]]:
    yield from (group for group in loop.learner.optimizer.param_groups if group["name"].startswith("text"))


def texts(loop: Loop) -> list[Tensor]:
    """Return what learns of text encoders, with its momentum where there is one."""
    found = []
    for group in text_groups(loop):
        for parameter in group["params"]:
            state = loop.learner.optimizer.state.get(parameter, {})
            found += [parameter, *(state[name] for name in ("exp_avg", "exp_avg_sq") if name in state)]
    return [tensor.detach().clone() for tensor in found]


@pytest.mark.parametrize("method", METHODS)
def test_text_encoders_learn_in_their_epochs_alone(
    make_settings: MakeSettings, tmp_path: Path, method: dict[str, Any]
) -> None:
    loop = making.prepared(make_settings(**SHORT, **method), tmp_path / "job")
    seen, graphs, others = [texts(loop)], [], []
    finish = loop.learner.finish
    text = {id(parameter) for group in text_groups(loop) for parameter in group["params"]}

    def finished() -> dict[str, float]:
        graphs.append(any(p.grad is not None for group in text_groups(loop) for p in group["params"]))
        values = finish()
        seen.append(texts(loop))
        others.append([p.detach().clone() for p in loop.learner.method.parameters() if id(p) not in text])
        return values

    loop.learner.finish = finished  # type: ignore[method-assign]
    assert loop.run()
    assert len(seen) == 2 * STEPS + 1
    same = [all(torch.equal(a, b) for a, b in zip(*pair, strict=True)) for pair in pairwise(seen[1:])]
    assert same == [False] * (STEPS - 1) + [True] * STEPS
    assert graphs == [True] * STEPS + [False] * STEPS
    assert not any(torch.equal(a, b) for a, b in zip(others[-2], others[-1], strict=True))


@pytest.mark.parametrize("method", METHODS)
def test_captions_of_resting_encoders_have_no_graph(
    make_settings: MakeSettings, tmp_path: Path, method: dict[str, Any]
) -> None:
    more = {**SHORT, "gradient_checkpointing": True, **method}
    loop = making.prepared(make_settings(**more), tmp_path / "job")
    condition = loop.loss.__self__._condition  # type: ignore[attr-defined]
    found = []
    for step in (STEPS - 1, STEPS, 2 * STEPS - 1):
        loop.learner.begin(step)
        found.append(condition(["a cat"]).context.requires_grad)
    assert found == [True, False, False]


@pytest.mark.parametrize(("method", "step"), [({}, 3), pytest.param(DREAMBOOTH, 1, marks=pytest.mark.slow)])
def test_a_stopped_run_rests_at_the_same_step(
    train_tiny: MakeRun, tmp_path: Path, method: dict[str, Any], step: int
) -> None:
    """It goes on bit for bit, before they rest and while they do; what is counted stays the same."""
    whole = train_tiny(**SHORT, **method, save_every_n_steps=step, save_state=True)
    state = Path(whole.settings.output_dir) / f"x-step{step:08d}-state"
    again = making.run(making.set_anew(whole.settings, resume=str(state), **elsewhere(tmp_path)), tmp_path / "job")
    assert again.losses() == whole.losses()[step:]
    assert making.same(again.weights(), whole.weights())
    counted = [[event["parameters"] for event in run.of("stage") if event["name"] == "train"] for run in (again, whole)]
    assert counted[0] == counted[1]


def test_a_network_for_no_epoch_leaves_text_encoders_out(train_tiny: MakeRun) -> None:
    names = train_tiny(text_encoder_ratio=0, max_train_steps=1).weights()
    assert names
    assert all(name.startswith("lora_unet_") for name in names)


def norms(weights: dict[str, Tensor]) -> set[str]:
    return {name for name in weights if "layer_norm" in name and name.startswith("text_encoder")}


@pytest.mark.parametrize(("family", "options"), [("sd1", DREAMBOOTH), ("sdxl", SDXL)])
def test_norms_stay_and_all_else_learns(
    tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path, family: FamilyName, options: dict[str, Any]
) -> None:
    more = {**options, "max_train_steps": 1, "optimizer_args": "weight_decay=0.1"}
    counts = []
    for frozen in (True, False):
        made = make_settings(tiny_model(family), at=str(frozen), freeze_clip_normalization=frozen, **more)
        loop = making.prepared(made, tmp_path / str(frozen))
        method = loop.learner.method
        before = {name: tensor.clone() for name, tensor in method.weights().items()}
        counts.append(method.counts()[1])
        loop.run()
        moved = {name for name, tensor in method.weights().items() if not torch.equal(tensor, before[name])}
        assert norms(before) != set()
        assert norms({name: before[name] for name in moved}) == (set() if frozen else norms(before) & moved)
        assert bool(norms(before) & moved) is not frozen
        assert {name.partition(".")[0] for name in moved} == {name.partition(".")[0] for name in before}
        assert any(".layer_norm" not in name and name.startswith("text_encoder.") for name in moved)
        assert method.counts()[1] == sum(p.numel() for p in method.parameters())
        with method.switched_off():
            assert making.same(dict(method.weights()), before)
    assert counts[0] < counts[1]


def test_a_run_with_kept_norms_goes_on(train_tiny: MakeRun, tmp_path: Path) -> None:
    more = {"freeze_clip_normalization": True, "save_every_n_steps": 1, "save_state": True, "max_train_steps": 2}
    whole = train_tiny(**DREAMBOOTH, **more)
    on = {"resume": str(Path(whole.settings.output_dir) / "x-step00000001-state"), **elsewhere(tmp_path)}
    again = making.run(making.set_anew(whole.settings, **on), tmp_path / "job")
    assert making.same(again.weights(), whole.weights())
    with pytest.raises(MikazukiError, match="freeze_clip_normalization was True, now False"):
        making.run(making.set_anew(whole.settings, **on, freeze_clip_normalization=False), tmp_path / "other")
