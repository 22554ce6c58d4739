"""Adapters of every kind are known by the names of their tensors."""

import pytest

from mikazuki.models.classify import is_lora, kind_of

UNET = "lora_unet_down_blocks_0_attentions_0_proj_in"
TEXT = "lora_te_text_model_encoder_layers_0_mlp_fc1"


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("lora_down.weight", "lora_up.weight", "alpha"), "lora"),
        (("lora_down.weight", "lora_up.weight", "lora_mid.weight", "alpha", "dora_scale"), "dora"),
        (("hada_w1_a", "hada_w1_b", "hada_w2_a", "hada_w2_b", "alpha", "dora_scale"), "loha"),
        (("lokr_w1", "lokr_w2_a", "lokr_w2_b", "lokr_t2", "alpha"), "lokr"),
        (("lokr_w1_a", "lokr_w1_b", "lokr_w2", "alpha", "dora_scale"), "lokr"),
        (("weight", "on_input"), "ia3"),
        (("a1.weight", "a2.weight", "b1.weight", "b2.weight", "alpha"), "glora"),
        (("diff", "diff_b"), "full"),
        (("w_norm", "b_norm"), "norm"),
        (("oft_diag",), "oft"),
        (("something",), "unknown"),
    ],
)
def test_kinds(names: tuple[str, ...], kind: str) -> None:
    for module in (UNET, TEXT):
        shapes = {f"{module}.{name}": (4, 4) for name in names}
        assert kind_of(shapes) == kind
        assert is_lora(shapes)


def test_oft_and_boft_differ_in_dimensions_only() -> None:
    assert kind_of({f"{UNET}.oft_blocks": (2, 4, 4), f"{UNET}.alpha": ()}) == "oft"
    assert kind_of({f"{UNET}.oft_blocks": (3, 2, 4, 4), f"{UNET}.alpha": ()}) == "boft"
    assert is_lora({"oft_unet_down_blocks_0_attentions_0_proj_in.oft_blocks": (2, 4, 4)})


def test_most_modules_say_what_it_is() -> None:
    names = [f"lora_unet_{i}.lokr_w1" for i in range(3)] + ["lora_unet_4.hada_w1_a", "lora_unet_5.w_norm"]
    assert kind_of(dict.fromkeys(names, (4, 4))) == "lokr"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("base_model.model.unet.mid_block.attentions.0.proj_in.lora_B.weight", "lora"),
        ("unet.mid_block.attentions.0.proj_in.lora_magnitude_vector.weight", "dora"),
        ("unet.mid_block.attentions.0.proj_in.hada_w1_a", "loha"),
        ("lycoris_mid_block_attentions_0_proj_in.lokr_w1_a", "lokr"),
    ],
)
def test_other_programs_names(name: str, kind: str) -> None:
    assert kind_of({name: (4, 4)}) == kind


def test_a_base_model_is_no_adapter() -> None:
    shapes = {"model.diffusion_model.out.2.weight": (4, 320, 3, 3), "first_stage_model.decoder.conv_in.weight": (4, 4)}
    assert not is_lora(shapes)
    assert kind_of(shapes) == "unknown"
