"""A checkpoint built from a state is the one that the training saved there, bit for bit; means and LoRAs too."""

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from mikazuki.errors import MikazukiError
from mikazuki.events import EventWriter
from mikazuki.models.identify import identify
from mikazuki.settings.build_checkpoint import BuildSettings
from mikazuki.tools.build_checkpoint import build
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, dataset, make_settings, tiny_model, train_tiny

__all__ = ["dataset", "make_settings", "tiny_model", "train_tiny"]

pytestmark = pytest.mark.tiny

WHOLE: dict[str, Any] = {"method": "dreambooth", "learning_rate": 1e-3, "save_state": True, "save_every_n_steps": 2}


def built(folder: Path, **options: Any) -> Path:
    settings = BuildSettings.model_validate({"output_dir": str(folder), **options})
    done = build(settings, EventWriter(None))
    path: Path = done["path"]
    return path


def beside(run: making.Run, name: str) -> Path:
    return Path(run.settings.output_dir) / name


@pytest.mark.parametrize(
    ("family", "more"),
    [
        pytest.param("sd1", {}, marks=pytest.mark.slow),
        ("sd1", {"ema_decay": 0.5}),
        ("sd1", {"stop_text_encoder_training": -1, "save_precision": "fp16"}),
        ("sd2", {"v_parameterization": True}),
        pytest.param("sd1", {"optimizer_type": "AdamWScheduleFree"}, marks=pytest.mark.slow),
        pytest.param("sd1", {"full_bf16": True, "mixed_precision": "bf16"}, marks=pytest.mark.slow),
        pytest.param("sdxl", {"train_text_encoder": True, "ema_decay": 0.5}, marks=pytest.mark.slow),
        pytest.param("sdxl", {"block_lr": ",".join(["0"] * 11 + ["1e-3"] * 12)}, marks=pytest.mark.slow),
    ],
)
def test_it_is_the_file_that_the_training_saved(
    tiny_model: GetModel, train_tiny: MakeRun, tmp_path: Path, family: Any, more: dict[str, Any]
) -> None:
    run = train_tiny(tiny_model(family), **{**WHOLE, **more})
    half = {"save_precision": more["save_precision"]} if "save_precision" in more else {}
    path = built(
        tmp_path / "new", state=str(beside(run, "x-step00000002-state")), ema=bool(more.get("ema_decay")), **half
    )
    wanted = load_file(beside(run, "x-step00000002.safetensors"))
    assert making.same(load_file(path), wanted)
    assert not making.same(wanted, run.weights())
    assert path.name == ("x_2_ema.safetensors" if more.get("ema_decay") else "x_2.safetensors")
    assert path.with_suffix(".yaml").exists() == (family == "sd2")
    with safe_open(path, "pt") as file:
        said = file.metadata()
    assert (said["ss_steps"], said["ss_output_name"], said["modelspec.title"]) == ("2", "x", path.stem)


def test_the_weights_and_their_mean_are_two_models(train_tiny: MakeRun, tmp_path: Path) -> None:
    run = train_tiny(**{**WHOLE, "ema_decay": 0.5})
    state = str(beside(run, "x-state"))
    plain, mean = built(tmp_path, state=state), built(tmp_path, state=state, ema=True)
    assert making.same(load_file(mean), run.weights())
    assert not making.same(load_file(plain), load_file(mean))


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"network_train_unet_only": True, "network_args": "conv_dim=2 conv_alpha=1"},
        pytest.param({"network_module": "lycoris.kohya", "network_args": "algo=loha"}, marks=pytest.mark.slow),
        pytest.param({"ema_decay": 0.5}, marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_the_state_of_a_lora_becomes_what_the_training_merged(
    train_tiny: MakeRun, tmp_path: Path, more: dict[str, Any]
) -> None:
    run = train_tiny(save_merged_model=True, save_state=True, **more)
    path = built(tmp_path, state=str(beside(run, "x-state")), ema="ema_decay" in more)
    assert path.name.startswith("x_3_lora")
    assert making.same(load_file(path), load_file(beside(run, "x-merged.safetensors")))


def test_a_lora_is_merged_at_its_strength(tiny_model: GetModel, train_tiny: MakeRun, tmp_path: Path) -> None:
    run, base = train_tiny(), tiny_model()
    options = {"pretrained_model_name_or_path": str(base), "lora": str(run.file), "save_precision": "float"}
    whole = load_file(built(tmp_path / "whole", **options))
    half = load_file(built(tmp_path / "half", lora_weight=0.5, **options))
    none = load_file(built(tmp_path / "none", lora_weight=0, **options))
    changed = [name for name in whole if not torch.equal(whole[name], none[name])]
    assert changed
    for name in changed:
        assert torch.allclose(half[name] - none[name], (whole[name] - none[name]) / 2, atol=1e-6)
    assert making.same(none, {name: tensor.float() for name, tensor in load_file(base).items()})


def test_a_lora_on_top_of_a_trained_model_as_a_folder(train_tiny: MakeRun, tmp_path: Path) -> None:
    lora = train_tiny(at="lora")
    run = train_tiny(**WHOLE)
    state = str(beside(run, "x-state"))
    name = {"output_name": "cat", "save_in_subfolder": True}
    path = built(tmp_path, state=state, lora=str(lora.file), save_model_as="diffusers", **name)
    assert path == tmp_path / "cat" / "cat_3_lora"
    assert identify(path).layout == "diffusers"
    one = built(tmp_path, state=state, lora=str(lora.file), **name)
    with safe_open(one, "pt") as file:
        assert file.metadata()["modelspec.merged_from"] == "x-state, x.safetensors"
    assert not making.same(load_file(one), run.weights())
    assert making.same(load_file(built(tmp_path, state=state, output_name="plain")), run.weights())


def test_what_cannot_be_built_is_said(tiny_model: GetModel, train_tiny: MakeRun, tmp_path: Path) -> None:
    run = train_tiny(**{**WHOLE, "save_every_n_steps": None})
    state = str(beside(run, "x-state"))
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("nothing-to-build", {}),
        ("nothing-to-build", {"lora": str(run.file)}),
        ("state-not-found", {"state": str(tmp_path)}),
        ("no-ema", {"state": state, "ema": True}),
        ("not-a-lora", {"state": state, "lora": str(run.file)}),
        ("model-not-found", {"state": state, "lora": "none.safetensors"}),
        ("other-model", {"state": state, "pretrained_model_name_or_path": str(tiny_model("sdxl"))}),
        ("output-exists", {"state": state, "output_name": "taken"}),
    ]
    (tmp_path / "taken_3.safetensors").write_bytes(b"old")
    for code, options in wrong:
        with pytest.raises(MikazukiError) as caught:
            built(tmp_path, **options)
        assert caught.value.code == code, options
    assert (tmp_path / "taken_3.safetensors").read_bytes() == b"old"
