"""What is saved when: at the end, when a person stops, merged, and in a folder of its own."""

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from mikazuki.events import STOP_FILE
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import identify
from mikazuki.settings.places import output_folder
from mikazuki.training.state import find_state
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings
from tests.training.test_checkpoints import names

pytestmark = pytest.mark.tiny

STATES = {"save_state": True, "save_every_n_steps": 1}


def test_without_a_file_at_the_end_those_on_the_way_are_all_there(train_tiny: MakeRun) -> None:
    done = train_tiny(max_train_steps=2, save_model_on_train_end=False, save_every_n_steps=1)
    assert names(done.settings.output_dir) == {"x-step00000001.safetensors", "x-step00000002.safetensors"}
    (end,) = done.of("done")
    assert end["path"] == str(done.file.with_name("x-step00000002.safetensors"))
    assert end["bytes"] == done.file.with_name("x-step00000002.safetensors").stat().st_size
    assert "save_model_on_train_end is off; the newest model of this run is" in end["text"]


def test_a_run_that_saves_nothing_says_so(train_tiny: MakeRun) -> None:
    done = train_tiny(max_train_steps=1, save_model_on_train_end=False, save_state_on_train_end=True)
    assert names(done.settings.output_dir) == {"x-state"}
    (end,) = done.of("done")
    assert (end["path"], end["bytes"]) == (None, None)
    assert "saved no model on the way" in end["text"]


@pytest.mark.parametrize(
    ("more", "model", "state"),
    [
        ({"save_model_on_cancel": True}, "x-step00000001.safetensors", "x-step00000001-state"),
        ({"save_state_on_cancel": False}, None, None),
    ],
)
def test_what_a_stopped_run_leaves(
    make_settings: MakeSettings, tmp_path: Path, more: dict[str, Any], model: str | None, state: str | None
) -> None:
    job = tmp_path / "job"
    job.mkdir()
    (job / STOP_FILE).touch()
    settings = make_settings(**more)
    stopped = making.run(settings, job)
    folder = Path(settings.output_dir)
    assert not stopped.finished
    assert (names(folder) if folder.exists() else set()) == {name for name in (model, state) if name}
    (end,) = stopped.of("stopped")
    assert [end["path"], end["state"]] == [str(folder / name) if name else None for name in (model, state)]


@pytest.mark.parametrize(
    ("family", "more"),
    [
        ("sd1", {}),
        pytest.param("sdxl", {"network_args": "conv_dim=2 conv_alpha=1"}, marks=pytest.mark.slow),
        pytest.param("sd2", {"network_train_unet_only": True}, marks=pytest.mark.slow),
        pytest.param("sd1", {"network_module": "lycoris.kohya", "network_args": "algo=loha"}, marks=pytest.mark.slow),
    ],
)
def test_a_merged_model_predicts_what_base_and_network_do(
    tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path, family: FamilyName, more: dict[str, Any]
) -> None:
    base = tiny_model(family)
    settings = make_settings(base, save_merged_model=True, max_train_steps=2, **more)
    done = making.run(settings, tmp_path / "job")
    merged = done.file.with_name("x-merged.safetensors")
    fresh = making.prepared(make_settings(merged, at="merged", **more), tmp_path / "merged")
    beside = making.prepared(make_settings(base, at="beside", network_weights=str(done.file), **more), tmp_path / "b")
    plain = making.prepared(make_settings(base, at="plain", **more), tmp_path / "plain")
    batch = beside.maker.make((0, 0, [0]))
    with torch.no_grad():
        merged_loss, beside_loss, base_loss = (float(loop.loss(batch)) for loop in (fresh, beside, plain))
    assert merged_loss == pytest.approx(beside_loss, rel=1e-4)
    assert merged_loss != pytest.approx(base_loss, rel=1e-3)


def test_merged_models_come_and_go_with_their_networks(train_tiny: MakeRun, tiny_model: GetModel) -> None:
    options = {"max_train_steps": 4, "save_every_n_steps": 1, "save_last_n_steps": 1, "save_precision": "fp16"}
    plain = train_tiny(at="plain", max_train_steps=4)
    done = train_tiny(at="merged", save_merged_model=True, **options)
    kept = ("-step00000002", "-step00000003", "")
    assert names(done.settings.output_dir) == {f"x{mark}{at}.safetensors" for mark in ("", "-merged") for at in kept}
    told = [Path(event["path"]).name for event in done.of("checkpoint") if event["what"] == "merged"]
    assert told[0] == "x-merged-step00000001.safetensors"
    assert told[-1] == "x-merged.safetensors"
    # the training itself is not touched by it
    assert done.losses() == plain.losses()
    merged, base = load_file(done.file.with_name("x-merged.safetensors")), load_file(tiny_model())
    assert {name: tensor.shape for name, tensor in merged.items()} == {name: t.shape for name, t in base.items()}
    assert {tensor.dtype for tensor in merged.values() if tensor.is_floating_point()} == {torch.float16}
    with safe_open(done.file.with_name("x-merged.safetensors"), "pt") as file:
        said = file.metadata()
    assert said["modelspec.architecture"] == "stable-diffusion-v1"
    assert said["modelspec.merged_from"] == f"{tiny_model().name}, x.safetensors"
    assert identify(done.file.with_name("x-merged.safetensors")).family == "sd1"


def test_everything_lies_in_the_runs_own_folder(make_settings: MakeSettings, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a cat --s 1\n", encoding="utf-8")
    more = {"save_in_subfolder": True, "sample_prompts": str(prompts), "save_last_n_steps": 1, **STATES}
    settings = make_settings(max_train_steps=4, **more)
    making.run(settings, tmp_path / "job")
    assert names(settings.output_dir) == {"x"}
    assert names(output_folder(settings)) == {
        "sample", "x-grid.png", "x.safetensors", "x-state",
        *(f"x-step0000000{step}{end}" for step in (2, 3) for end in (".safetensors", "-state")),
    }  # fmt: skip


def test_the_last_state_is_found_in_either_folder(make_settings: MakeSettings, tmp_path: Path) -> None:
    first = make_settings(max_train_steps=1, save_in_subfolder=True, save_state=True)
    making.run(first, tmp_path / "job")
    for inside in (True, False):
        found = find_state(making.set_anew(first, resume="last", save_in_subfolder=inside))
        assert found == output_folder(first) / "x-state"
