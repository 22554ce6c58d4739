"""Every tensor of a full-size checkpoint has a place in diffusers' models, with its shape, and the way back."""

import math

import pytest
from torch import nn

from mikazuki.models import configs, keys
from mikazuki.models.families import FAMILIES, UNET_PREFIX, VAE_PREFIX, FamilyName
from tests.models import contract

CASES = [("sd15", "sd1"), ("sdxl", "sdxl")]
Shapes = dict[str, tuple[int, ...]]


def model_shapes(model: nn.Module) -> Shapes:
    return {name.removeprefix("text_model."): tuple(t.shape) for name, t in model.state_dict().items()}


def part_tables(shapes: Shapes, family: FamilyName) -> list[tuple[str, Shapes, keys.Table, nn.Module]]:
    """Return for each part its prefix, its original shapes, its table and diffusers' model."""
    unet, vae = configs.part_shapes(shapes, UNET_PREFIX), configs.part_shapes(shapes, VAE_PREFIX)
    found: list[tuple[str, Shapes, keys.Table, nn.Module]] = [
        (UNET_PREFIX, unet, keys.unet_table(keys.unet_layout(unet)), contract.meta_unet(family)),
        (VAE_PREFIX, vae, keys.vae_table(4, 2), contract.meta_vae(family)),
    ]
    for spec, model in zip(FAMILIES[family].text_encoders, contract.meta_texts(family), strict=True):
        text = configs.part_shapes(shapes, spec.prefix)
        table = keys.open_clip_table(configs.text_layers(text)) if spec.kind == "open_clip" else keys.clip_table()
        found.append((spec.prefix, text, table, model))
    return found


@pytest.mark.parametrize(("checkpoint", "family"), CASES)
def test_every_key_maps_and_shapes_agree(checkpoint: str, family: FamilyName) -> None:
    shapes = contract.checkpoint_shapes(checkpoint)
    used = 0
    for _, originals, table, model in part_tables(shapes, family):
        found, strangers = keys.pieces(originals, table)
        assert strangers == []
        wanted = model_shapes(model)
        assert found.keys() == wanted.keys()
        for name, piece in found.items():
            shape = originals[piece.name]
            if piece.form in {"query", "key", "value"}:
                shape = (shape[0] // 3, *shape[1:])
            elif piece.form == "matrix":
                shape = shape[:2]
            elif piece.form == "transpose":
                shape = shape[::-1]
            assert shape == wanted[name], name
        used += len(originals)
    assert used == len(shapes)


@pytest.mark.parametrize(("checkpoint", "family"), CASES)
def test_the_way_back_gives_the_checkpoint_again(checkpoint: str, family: FamilyName) -> None:
    shapes = contract.checkpoint_shapes(checkpoint)
    rebuilt: Shapes = {}
    for prefix, _, table, model in part_tables(shapes, family):
        own = model_shapes(model)
        for name, parts in keys.originals(own, table).items():
            shape = own[parts[0].name]
            if parts[0].form == "matrix":
                shape = (*shape, 1, 1)
            elif parts[0].form == "transpose":
                shape = shape[::-1]
            rebuilt[prefix + name] = (len(parts) * shape[0], *shape[1:])
    assert rebuilt == shapes
    assert sum(map(math.prod, rebuilt.values())) > 1e9


def test_stacked_inputs_are_ordered_query_key_value() -> None:
    names = [f"encoder.layers.0.self_attn.{part}_proj.weight" for part in "kvq"]
    (parts,) = keys.originals(names, keys.open_clip_table(1)).values()
    assert [piece.name.split(".")[4] for piece in parts] == ["q_proj", "k_proj", "v_proj"]


def test_clip_names_come_with_and_without_their_first_word() -> None:
    for first in ("", "text_model."):
        found, strangers = keys.pieces([f"{first}encoder.layers.0.mlp.fc1.weight", "logit_scale"], keys.clip_table())
        assert list(found) == ["encoder.layers.0.mlp.fc1.weight"]
        assert strangers == []


def test_strangers_are_told_and_buffers_passed_over() -> None:
    found, strangers = keys.pieces(["text_model.embeddings.position_ids", "model_ema.decay"], keys.clip_table())
    assert strangers == ["model_ema.decay"]
    assert found == {}


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_both_sides_tell_the_same_plan(family: FamilyName) -> None:
    names = contract.meta_unet(family).state_dict()
    layout = keys.diffusers_unet_layout(names)
    assert layout == keys.unet_layout(keys.originals(names, keys.unet_table(layout)))
    assert layout.layers == 2
    assert layout.attention == ((False, True, True) if family == "sdxl" else (True, True, True, False))


def test_unknown_names_have_no_way_back() -> None:
    with pytest.raises(KeyError):
        keys.originals(["other.weight"], keys.clip_table())
