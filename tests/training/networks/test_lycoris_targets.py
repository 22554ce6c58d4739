"""What a preset chooses: the modules that the library chooses of sd-scripts' own models, under the same names."""

from pathlib import Path

import pytest

from mikazuki.models.families import FAMILIES, SD1, SDXL, FamilyName, family_of
from mikazuki.models.lycoris_spec import PRESETS, lycoris_spec
from mikazuki.training.networks.lycoris_targets import Chosen, chosen_of_text, chosen_of_unet, text_places, unet_places
from tests.models import contract, tiny
from tests.training.networks.lycoris_cases import digest, lycoris_settings


def chosen(family: FamilyName, *args: str) -> dict[str, Chosen]:
    spec = lycoris_spec(lycoris_settings(*args))
    text = chosen_of_text(contract.meta_texts(family), family_of(family), spec)
    return {
        place.name: place for place in (*text, *chosen_of_unet(contract.meta_unet(family), family_of(family), spec))
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_names_and_shapes_are_those_of_the_librarys_files(family: FamilyName) -> None:
    """Alpha, down and up of every module, as the digest in the contract has them."""
    unet, texts, own = contract.meta_unet(family), contract.meta_texts(family), family_of(family)
    for preset, wanted in contract.read("lycoris_sd.json")["presets"][family].items():
        spec = lycoris_spec(lycoris_settings(f"preset={preset}", network_dim=8))
        shapes: dict[str, list[int]] = {}
        for place in (*chosen_of_text(texts, own, spec), *chosen_of_unet(unet, own, spec)):
            out, *inner = place.module.weight.shape
            shapes[f"{place.name}.alpha"] = []
            shapes[f"{place.name}.lora_down.weight"] = [8, *inner]
            shapes[f"{place.name}.lora_up.weight"] = [out, 8, *[1] * (len(inner) - 1)]
        assert [len(shapes), digest(shapes)] == wanted, preset


@pytest.mark.parametrize("family", FAMILIES)
def test_the_preset_ia3_finds_keys_values_and_the_end_of_each_mlp(family: FamilyName) -> None:
    """Two attentions and one MLP a transformer block, and one of each a layer of a text encoder."""
    found = chosen(family, "algo=ia3", "preset=ia3")
    inputs = {name for name, place in found.items() if place.spec.on_input}
    assert all(name.endswith(("_ff_net_2", "_mlp_fc2")) == (name in inputs) for name in found)
    assert all(name.endswith(("_to_k", "_to_v", "_k_proj", "_v_proj")) for name in found.keys() - inputs)
    blocks, layers = {"sd1": (16, 12), "sd2": (16, 23), "sdxl": (70, 12 + 32)}[family]
    assert len(inputs) == blocks + layers
    assert len(found) == 5 * blocks + 3 * layers


def test_convolutions_have_their_own_rank() -> None:
    found = chosen("sd1", "conv_dim=2", "conv_alpha=0.5")
    assert (found["lora_unet_conv_in"].spec.dim, found["lora_unet_conv_in"].spec.alpha) == (2, 0.5)
    shortcut = found["lora_unet_down_blocks_1_resnets_0_conv_shortcut"].spec
    assert (shortcut.dim, shortcut.alpha) == (4, 2.0)
    without = chosen("sd1", "conv_dim=0")
    assert "lora_unet_conv_in" not in without
    assert "lora_unet_down_blocks_1_resnets_0_conv_shortcut" in without


def test_norms_are_chosen_with_train_norm_only() -> None:
    plain, more = chosen("sdxl"), chosen("sdxl", "train_norm=true")
    norms = more.keys() - plain.keys()
    assert plain.keys() < more.keys()
    assert "lora_unet_input_blocks_4_1_norm" in norms
    assert "lora_unet_input_blocks_4_1_transformer_blocks_0_norm3" in norms
    assert "lora_unet_input_blocks_1_0_in_layers_0" in norms
    assert all(name.startswith("lora_unet_") for name in norms)


def test_a_preset_file_chooses_by_class_and_path(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(
        """
        enable_conv = false
        unet_target_module = ["CrossAttention"]
        unet_target_name = ["conv_in", "time_embed"]
        text_encoder_target_module = []
        exclude_name = ["up_blocks"]
        [module_algo_map.CrossAttention]
        algo = "lokr"
        factor = 8
        weight_decompose = true
        [name_algo_map.conv_in]
        dim = 3
        alpha = 1
        """,
        encoding="utf-8",
    )
    found = chosen("sd1", "algo=loha", f"preset={path}")
    attention = found["lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_k"].spec
    assert (attention.algo, attention.factor, attention.dora_wd, attention.dim) == ("lokr", 8, True, 4)
    assert (found["lora_unet_conv_in"].spec.algo, found["lora_unet_conv_in"].spec.dim) == ("loha", 3)
    assert found["lora_unet_time_embedding_linear_2"].spec.algo == "loha"
    assert not any("up_blocks" in name or "ff_net" in name or "lora_te" in name for name in found)


def test_shell_patterns(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text('use_fnmatch = true\nunet_target_module = []\nunet_target_name = ["*.to_k"]\n', encoding="utf-8")
    names = [name for name in chosen("sdxl", f"preset={path}") if name.startswith("lora_unet_")]
    assert names
    assert all(name.endswith("_to_k") for name in names)


def test_every_place_has_one_name() -> None:
    for family in (SD1, SDXL):
        made = tiny.parts(family.name)
        names = [place.name for place in unet_places(made["unet"], family)]
        names += [p.name for p in text_places([made[spec.folder] for spec in family.text_encoders], family)]
        assert len(names) == len(set(names))
    assert set(PRESETS) > {"full", "full-lin", "attn-mlp", "attn-only", "unet-transformer-only", "unet-convblock-only"}
