"""A conversion keeps the model, drops what is no part of it, tells how far it is, and says what it cannot do."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from mikazuki.errors import MikazukiError
from mikazuki.events import EVENTS_FILE, EventWriter
from mikazuki.models.conversion import EMA_PREFIX
from mikazuki.models.families import UNET_PREFIX
from mikazuki.models.headers import read_header
from mikazuki.models.identify import identify
from mikazuki.settings.convert import ConvertSettings
from mikazuki.settings.load import dump_toml
from mikazuki.tools.convert import convert
from mikazuki.tools.program import run_program, stop_file
from tests.models import tiny

pytestmark = pytest.mark.tiny


def run(source: Path, output: Path, **options: Any) -> dict[str, Any]:
    settings = ConvertSettings(model_to_load=str(source), model_to_save=str(output), **options)
    return convert(settings, EventWriter(None))


def test_a_file_comes_back_from_a_folder_bit_for_bit(tmp_path: Path) -> None:
    source = tiny.make("sdxl", tmp_path)
    run(source, tmp_path / "folder")
    run(tmp_path / "folder", tmp_path / "back.safetensors")
    found, wanted = load_file(tmp_path / "back.safetensors"), load_file(source)
    assert found.keys() == wanted.keys()
    assert all(torch.equal(found[name], tensor) for name, tensor in wanted.items())


def test_what_is_no_part_is_left_out_and_metadata_stays(tmp_path: Path) -> None:
    source = tiny.make("sd2", tmp_path)
    state = load_file(source)
    extra = {"model_ema.decay": torch.ones(1), "betas": torch.ones(3)}
    save_file(state | extra, source, {"modelspec.title": "cat", "modelspec.hash_sha256": "0x1"})
    done = run(source, tmp_path / "new.safetensors", save_precision="fp16", v_parameterization=False)
    assert (done["means_left_out"], done["others_left_out"]) == (1, 1)
    header = read_header(tmp_path / "new.safetensors")
    assert not extra.keys() & header.tensors.keys()
    assert {tensor.dtype for tensor in header.tensors.values()} == {"F16"}
    assert header.metadata == {
        "modelspec.title": "cat",
        "modelspec.prediction_type": "epsilon",
        "modelspec.resolution": "512x512",
    }
    assert "parameterization: eps" in (tmp_path / "new.yaml").read_text(encoding="utf-8")


def test_the_mean_of_the_weights_can_be_taken(tmp_path: Path) -> None:
    source = tiny.make("sd1", tmp_path)
    state = load_file(source)
    unet = {name: tensor for name, tensor in state.items() if name.startswith(UNET_PREFIX)}
    means = {EMA_PREFIX + name.removeprefix("model.").replace(".", ""): tensor + 1 for name, tensor in unet.items()}
    save_file(state | means, source)
    assert run(source, tmp_path / "plain.safetensors")["means_left_out"] == len(means)
    assert run(source, tmp_path / "mean.safetensors", ema=True)["means_left_out"] == 0
    found = load_file(tmp_path / "mean.safetensors")
    assert found.keys() == state.keys()
    assert all(torch.equal(found[name], tensor + (name in unet)) for name, tensor in state.items())


def test_another_vae_is_put_in(tmp_path: Path) -> None:
    source = tiny.make("sd1", tmp_path, vae=False)
    (tmp_path / "other").mkdir()
    whole = tiny.make("sd1", tmp_path / "other")
    run(source, tmp_path / "new.safetensors", vae=str(whole))
    assert identify(tmp_path / "new.safetensors").has_vae
    found, wanted = load_file(tmp_path / "new.safetensors"), load_file(whole)
    assert all(torch.equal(found[name], tensor) for name, tensor in wanted.items())


def test_pure_noise_is_remembered_in_both_directions(tmp_path: Path) -> None:
    source = tiny.make("sdxl", tmp_path)
    save_file(load_file(source) | {"v_pred": torch.zeros(0), "ztsnr": torch.zeros(0)}, source)
    run(source, tmp_path / "folder")
    scheduler = json.loads((tmp_path / "folder" / "scheduler" / "scheduler_config.json").read_text(encoding="utf-8"))
    assert (scheduler["rescale_betas_zero_snr"], scheduler["prediction_type"]) == (True, "v_prediction")
    run(tmp_path / "folder", tmp_path / "back.safetensors")
    assert {"v_pred", "ztsnr"} <= read_header(tmp_path / "back.safetensors").shapes.keys()


def test_what_is_there_stays(tmp_path: Path) -> None:
    source = tiny.make("sd2", tmp_path)
    (tmp_path / "new.yaml").write_text("mine", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for output in (source, tmp_path / "new.safetensors", tmp_path / "folder"):
        with pytest.raises(MikazukiError) as caught:
            run(source, output)
        assert caught.value.code == "output-exists"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "new.yaml", source.name]


@pytest.mark.parametrize(
    ("output", "options", "code"),
    [
        ("a.bin", {}, "output-ending"),
        ("a.safetensors", {"ema": True}, "no-ema"),
        ("folder", {}, "incomplete-model"),
        ("a.ckpt", {"vae": "nowhere"}, "model-not-found"),
    ],
)
def test_what_cannot_be_done_is_said_first(tmp_path: Path, output: str, options: dict[str, Any], code: str) -> None:
    source = tiny.make("sd1", tmp_path, vae=False)
    with pytest.raises(MikazukiError) as caught:
        run(source, tmp_path / output, **options)
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == [source]


def program(
    folder: Path, monkeypatch: pytest.MonkeyPatch, settings: ConvertSettings
) -> tuple[int, list[dict[str, Any]]]:
    """Run the program as its process does; return the exit code and its events."""
    (folder / "config.toml").write_text(dump_toml(settings), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["convert", "--config_file", str(folder / "config.toml")])
    monkeypatch.setattr("mikazuki.tools.program.set_up_training_log", lambda: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    code = run_program(ConvertSettings, convert, None)
    lines = (folder / EVENTS_FILE).read_text(encoding="utf-8").splitlines()
    return code, [json.loads(line) for line in lines]


def test_the_program_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "new.ckpt"
    settings = ConvertSettings(model_to_load=str(tiny.make("sd1", tmp_path)), model_to_save=str(output))
    code, events = program(tmp_path, monkeypatch, settings)
    assert code == 0
    kinds = [event["kind"] for event in events]
    assert (kinds[0], kinds[-1]) == ("stage", "done")
    done = [event["done"] for event in events if event["kind"] == "stage_progress"]
    assert done == sorted(set(done))
    assert done[-1] == 100
    assert events[-1]["path"] == str(output)


def test_the_program_tells_what_stopped_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = ConvertSettings(model_to_load=str(tmp_path / "none.ckpt"), model_to_save=str(tmp_path / "new"))
    code, events = program(tmp_path, monkeypatch, settings)
    assert (code, events[-1]["kind"], events[-1]["code"]) == (2, "failed", "model-not-found")


@pytest.mark.parametrize(("error", "code", "said"), [(KeyboardInterrupt(), 130, None), (KeyError("x"), 1, "internal")])
def test_the_border_knows_every_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str | None
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("mikazuki.tools.convert.save_checkpoint", broken)
    source = tiny.make("sd1", tmp_path)
    settings = ConvertSettings(model_to_load=str(source), model_to_save=str(tmp_path / "new.ckpt"))
    found, events = program(tmp_path, monkeypatch, settings)
    assert (found, events[-1]["kind"], events[-1].get("code")) == (code, "stopped" if said is None else "failed", said)


def test_a_stop_file_ends_it_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = tiny.make("sd1", tmp_path), tmp_path / "out" / "new.safetensors"
    settings = ConvertSettings(model_to_load=str(source), model_to_save=str(output))
    (tmp_path / "stop").touch()
    monkeypatch.setattr("sys.argv", ["convert", "--config_file", str(tmp_path / "config.toml")])
    stop = stop_file()
    assert stop == tmp_path / "stop"
    with pytest.raises(KeyboardInterrupt):
        convert(settings, EventWriter(tmp_path / EVENTS_FILE), stop)
    assert list(output.parent.iterdir()) == []
    assert len((tmp_path / EVENTS_FILE).read_text(encoding="utf-8").splitlines()) == 2, "one stage, one hundredth"
