"""What parts of a base model are: the same weights have the same fingerprint, others another."""

import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from mikazuki.models import load
from mikazuki.models.families import VAE_PREFIX, FamilyName, Layout
from mikazuki.models.identify import identify
from mikazuki.training.sources import fingerprint, text_identity, vae_identity, vae_scale
from tests.training.conftest import GetModel, MakeSettings

pytestmark = pytest.mark.tiny


def changed(model: Path, target: Path, prefix: str) -> Path:
    """Copy a model with a little more in the weights whose names begin with ``prefix``."""
    weights = {
        name: tensor + 1e-3 if name.startswith(prefix) and tensor.is_floating_point() else tensor
        for name, tensor in load_file(model).items()
    }
    save_file(weights, target)
    return target


def test_parts_of_a_file_have_fingerprints_of_their_own(
    tiny_model: GetModel, tmp_path: Path, make_settings: MakeSettings
) -> None:
    model, settings = tiny_model(), make_settings()
    copy = Path(shutil.copy(model, tmp_path / "copy.safetensors"))
    vae = changed(model, tmp_path / "vae.safetensors", VAE_PREFIX)
    text = changed(model, tmp_path / "text.safetensors", "cond_stage_model.")
    infos = [identify(path) for path in (model, copy, vae, text)]
    vaes = [vae_identity(info) for info in infos]
    assert [one == vaes[0] for one in vaes] == [True, True, False, True]
    texts = [text_identity(info, settings, "float32") for info in infos]
    assert [one == texts[0] for one in texts] == [True, True, True, False]
    assert vae_identity(infos[0], vae) == vaes[2]


def test_options_of_the_text_are_part_of_what_it_is(tiny_model: GetModel, make_settings: MakeSettings) -> None:
    info = identify(tiny_model())
    merged: dict[str, object] = {"base_weights": [str(tiny_model())]}
    options: list[dict[str, object]] = [
        {},
        {"clip_skip": 2},
        {"max_token_length": 150},
        {"weighted_captions": True},
        {"strict_tokens": True},
        merged,
        {**merged, "base_weights_multiplier": [0.5]},
    ]
    found = [text_identity(info, make_settings(**one), "float32") for one in options]
    found.append(text_identity(info, make_settings(), "bfloat16"))
    assert len(set(found)) == 8


def test_checkpoints_count_as_a_whole(tmp_path: Path) -> None:
    weights = {name: torch.full((50, 50), float(number)) for number, name in enumerate("abcdefgh")}
    paths = [tmp_path / f"{number}.ckpt" for number in range(3)]
    torch.save(weights, paths[0])
    shutil.copy(paths[0], paths[1])
    torch.save({**weights, "d": weights["d"] + 1}, paths[2])
    found = [fingerprint([path]) for path in paths]
    assert found[0] == found[1] != found[2]


@pytest.mark.parametrize("layout", ["single", "diffusers"])
@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_the_scale_is_the_vaes_own(tiny_model: GetModel, family: FamilyName, layout: Layout) -> None:
    info = identify(tiny_model(family, layout))
    vae = load.load_vae(info, dtype=torch.float32)
    assert vae_scale(info) == float(vae.config.scaling_factor)
    assert len(vae_identity(info)) == 64
