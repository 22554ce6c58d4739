"""Full-size files give the published configurations to the letter."""

from typing import Any

import pytest
import torch

from mikazuki.models import configs, keys
from mikazuki.models.families import FAMILIES, UNET_PREFIX, VAE_PREFIX, FamilyName
from tests.models import contract, tiny


def published(part: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = contract.read("model_configs.json")[part][name]
    return found


@pytest.mark.parametrize(("checkpoint", "family"), [("sd15", "sd1"), ("sdxl", "sdxl")])
def test_full_size_checkpoints_give_the_published_configurations(checkpoint: str, family: FamilyName) -> None:
    shapes = contract.checkpoint_shapes(checkpoint)
    own = FAMILIES[family]
    unet = configs.part_shapes(shapes, UNET_PREFIX)
    pooled = 1280 if family == "sdxl" else None
    assert configs.unet_config(unet, own, pooled) == published("unet", checkpoint)
    assert configs.vae_config(configs.part_shapes(shapes, VAE_PREFIX), own) == published("vae", checkpoint)
    for spec, name in zip(own.text_encoders, contract.TEXTS[family], strict=True):
        config = configs.text_config(configs.part_shapes(shapes, spec.prefix), spec)
        assert config == published("text_encoder", name)


def test_full_size_sd2_gives_the_published_configurations() -> None:
    own = FAMILIES["sd2"]
    unet = contract.meta_unet("sd2").state_dict()
    table = keys.unet_table(keys.diffusers_unet_layout(unet))
    shapes = {name: tuple(unet[parts[0].name].shape) for name, parts in keys.originals(unet, table).items()}
    assert configs.unet_config(shapes, own) == published("unet", "sd21")
    text = contract.meta_texts("sd2")[0].state_dict()
    # the file has a 24th layer
    text |= {name.replace("layers.22.", "layers.23."): t for name, t in text.items() if "layers.22." in name}
    found = keys.originals(text, keys.open_clip_table(24))
    originals = {name: tuple(torch.cat([text[p.name] for p in ps]).shape) for name, ps in found.items()}
    assert configs.text_config(originals, own.text_encoders[0]) == published("text_encoder", "open_clip_h")


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_small_models_give_back_what_they_were_made_with(family: FamilyName) -> None:
    state = tiny.single_state(family, tiny.parts(family))
    shapes = {name: tuple(tensor.shape) for name, tensor in state.items()}
    own = FAMILIES[family]
    made = tiny.unet_config(family) | {"sample_size": own.sample_size}
    config = configs.unet_config(configs.part_shapes(shapes, UNET_PREFIX), own, tiny.POOLED)
    assert {key: config[key] for key in made} == made
    made = tiny.vae_config(family) | {"sample_size": own.vae_sample_size}
    config = configs.vae_config(configs.part_shapes(shapes, VAE_PREFIX), own)
    assert {key: config[key] for key in made} == made
    for spec in own.text_encoders:
        made = tiny.text_config(spec)
        config = configs.text_config(configs.part_shapes(shapes, spec.prefix), spec)
        if family == "sd2":
            del made["projection_dim"]
        assert {key: config[key] for key in made} == made
