import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from mikazuki.errors import EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.models.families import FamilyName, Layout
from mikazuki.models.identify import check_family, check_vae, identify
from tests.models import contract, tiny
from tests.models.conftest import Runs, Shapes, WriteHeader

FAMILIES: tuple[FamilyName, ...] = ("sd1", "sd2", "sdxl")
UNET = "model.diffusion_model."


def code_of(call: Callable[..., object], *args: object) -> str:
    """Return the code of the error that a call ends with."""
    with pytest.raises(MikazukiError) as caught:
        call(*args)
    return caught.value.code


def failure(path: Path) -> MikazukiError:
    """Identify what is no base model, and hold the form of the message."""
    with pytest.raises(MikazukiError) as caught:
        identify(path)
    assert caught.value.exit_code == EXIT_WRONG_REQUEST
    assert str(path) in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("layout", ["single", "diffusers"])
def test_family_and_parts_are_read_off_small_models(tmp_path: Path, family: FamilyName, layout: Layout) -> None:
    info = identify(tiny.make(family, tmp_path, layout))
    assert (info.family, info.layout, info.has_vae) == (family, layout, True)
    assert info.prediction_type == ("v_prediction" if family == "sd2" else "epsilon")
    assert info.bytes > 1_000_000
    if layout == "diffusers":
        assert info.resolution == 16


@pytest.mark.parametrize(("name", "family", "resolution"), [("sd15", "sd1", 512), ("sdxl", "sdxl", 1024)])
def test_full_size_names_are_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, family: str, resolution: int
) -> None:
    shapes = contract.checkpoint_shapes(name)
    path = tmp_path / "x.ckpt"
    path.write_bytes(b"\x80\x02")
    monkeypatch.setattr("mikazuki.models.identify.read_shapes", lambda _: shapes)
    info = identify(path)
    assert (info.family, info.resolution, info.prediction_type) == (family, resolution, "epsilon")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_checkpoint_with_state_dict_is_identified(tmp_path: Path, family: FamilyName) -> None:
    path = tmp_path / "model.ckpt"
    torch.save({"state_dict": tiny.single_state(family, tiny.parts(family)), "epoch": 3}, path)
    assert identify(path).family == family


def test_the_setting_overrides_the_prediction_type(tmp_path: Path) -> None:
    path = tiny.make("sd2", tmp_path)
    assert identify(path, v_parameterization=False).prediction_type == "epsilon"
    assert identify(tiny.make("sd1", tmp_path), v_parameterization=True).prediction_type == "v_prediction"


def test_identification_needs_no_torch() -> None:
    code = "import sys, mikazuki.models.identify, mikazuki.models.lora_spec; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_missing_model_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "anime-v3.safetensors").touch()
    (tmp_path / "notes.txt").touch()
    error = failure(tmp_path / "anime_v3.safetensor")
    assert error.code == "model-not-found"
    assert "anime-v3.safetensors" in error.hint
    assert "notes" not in error.hint
    assert "never downloaded" in failure(Path("nobody/stable-diffusion-v1-5")).hint


def test_a_truncated_file_is_named(tmp_path: Path) -> None:
    path = tiny.make("sd1", tmp_path)
    path.write_bytes(path.read_bytes()[:-1000])
    assert failure(path).code == "truncated"


def test_a_text_file_is_no_model(tmp_path: Path) -> None:
    for name in ("model.safetensors", "model.ckpt"):
        path = tmp_path / name
        path.write_text("a photo of a dog", encoding="utf-8")
        assert failure(path).code == "not-a-model"


def test_a_checkpoint_with_code_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.ckpt"
    torch.save({"state_dict": {}, "x": Runs(tmp_path / "trace")}, path)
    assert failure(path).code == "unsafe-pickle"
    assert not (tmp_path / "trace").exists()


@pytest.mark.parametrize(
    ("shapes", "code"),
    [
        ({"lora_unet_down_blocks_0_proj_in.lora_down.weight": (4, 8)}, "is-a-lora"),
        ({"unet.down_blocks.0.to_q.lora_A.weight": (4, 8)}, "is-a-lora"),
        ({"lora_unet_x.hada_w1_a": (4, 8)}, "is-a-lora"),
        ({"first_stage_model.decoder.conv_in.weight": (4, 4, 3, 3)}, "is-a-vae"),
        ({"encoder.conv_in.weight": (4, 4, 3, 3), "quant_conv.weight": (8, 8, 1, 1)}, "is-a-vae"),
        ({"emb_params": (4, 768)}, "is-an-embedding"),
        ({"clip_l": (4, 768), "clip_g": (4, 1280)}, "is-an-embedding"),
        ({"double_blocks.0.img_attn.proj.weight": (8, 8)}, "unknown-family"),
        ({f"{UNET}joint_blocks.0.x.weight": (8, 8)}, "unknown-family"),
        ({"down_blocks.0.resnets.0.conv1.weight": (8, 8, 3, 3)}, "incomplete-model"),
        ({"layer.weight": (8, 8, 8)}, "not-a-model"),
        ({}, "not-a-model"),
    ],
)
def test_other_files_are_called_by_name(safetensors_of: WriteHeader, shapes: Shapes, code: str) -> None:
    assert failure(safetensors_of(shapes)).code == code


def unet_shapes(channels: int = 4) -> Shapes:
    return {f"{UNET}input_blocks.0.0.weight": (8, channels, 3, 3), f"{UNET}out.2.weight": (4, 8, 3, 3)}


def test_inpainting_and_models_without_text_encoder_are_refused(safetensors_of: WriteHeader) -> None:
    text = {"cond_stage_model.transformer.text_model.final_layer_norm.bias": (8,)}
    assert failure(safetensors_of(unet_shapes(9) | text)).code == "inpainting"
    assert failure(safetensors_of(unet_shapes())).code == "incomplete-model"
    refiner = {"conditioner.embedders.0.model.ln_final.bias": (8,)}
    assert failure(safetensors_of(unet_shapes() | refiner)).code == "unknown-family"


def test_folders_that_are_no_models_say_why(tmp_path: Path) -> None:
    (tmp_path / "inner.safetensors").touch()
    error = failure(tmp_path)
    assert error.code == "not-a-model"
    assert "inner.safetensors" in error.hint
    folder = tiny.make("sd1", tmp_path, "diffusers")
    (folder / "text_encoder" / "model.safetensors").unlink()
    with pytest.raises(MikazukiError, match="text_encoder"):
        identify(folder)


def test_a_folder_split_into_shards_is_read(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = tiny.make("sdxl", tmp_path, "diffusers")
    whole = folder / "unet" / "diffusion_pytorch_model.safetensors"
    state = load_file(whole)
    names = sorted(state)
    halves = {"a.safetensors": names[::2], "b.safetensors": names[1::2]}
    for file, part in halves.items():
        save_file({name: state[name] for name in part}, folder / "unet" / file)
    index = {"weight_map": {name: file for file, part in halves.items() for name in part}}
    (folder / "unet" / "diffusion_pytorch_model.safetensors.index.json").write_text(json.dumps(index))
    whole.unlink()
    assert identify(folder).family == "sdxl"
    (folder / "unet" / "b.safetensors").unlink()
    assert code_of(identify, folder) == "incomplete-model"


def test_another_family_than_the_settings_is_refused(tmp_path: Path) -> None:
    info = identify(tiny.make("sdxl", tmp_path))
    check_family(info, "auto")
    check_family(info, "sdxl")
    with pytest.raises(MikazukiError, match=r"SDXL.*model_type says sd1") as caught:
        check_family(info, "sd1")
    assert caught.value.code == "wrong-family"
    assert "model_type" in caught.value.hint


def test_the_vae_is_checked_before_anything_heavy(tmp_path: Path) -> None:
    bare = identify(tiny.make("sd1", tmp_path, vae=False))
    assert not bare.has_vae
    assert code_of(check_vae, bare, None) == "incomplete-model"
    assert code_of(check_vae, bare, tmp_path / "no") == "model-not-found"
    assert code_of(check_vae, bare, bare.path) == "not-a-vae"
    whole = tiny.make("sd2", tmp_path, "diffusers")
    check_vae(bare, whole)
    check_vae(bare, whole / "vae" / "diffusion_pytorch_model.safetensors")
