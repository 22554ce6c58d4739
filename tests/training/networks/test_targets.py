"""Blocks are counted as upstream counts them."""

import pytest

from mikazuki.models.families import FamilyName
from mikazuki.training.networks.targets import block_of
from tests.models import contract


@pytest.mark.parametrize(
    ("name", "family", "block"),
    [
        ("lora_unet_down_blocks_0_attentions_0_proj_in", "sd1", 1),
        ("lora_unet_down_blocks_0_resnets_1_conv1", "sd1", 2),
        ("lora_unet_down_blocks_0_downsamplers_0_conv", "sd1", 3),
        ("lora_unet_down_blocks_3_resnets_1_conv2", "sd2", 11),
        ("lora_unet_mid_block_attentions_0_proj_in", "sd1", 12),
        ("lora_unet_up_blocks_0_resnets_0_conv1", "sd1", 13),
        ("lora_unet_up_blocks_1_upsamplers_0_conv", "sd1", 18),
        ("lora_unet_up_blocks_3_attentions_2_proj_out", "sd2", 24),
        ("lora_unet_input_blocks_3_0_op", "sdxl", 4),
        ("lora_unet_input_blocks_8_1_proj_in", "sdxl", 9),
        ("lora_unet_middle_block_1_proj_in", "sdxl", 11),
        ("lora_unet_output_blocks_0_1_proj_in", "sdxl", 13),
        ("lora_unet_output_blocks_8_0_in_layers_2", "sdxl", 21),
    ],
)
def test_a_name_says_its_block(name: str, family: FamilyName, block: int) -> None:
    assert block_of(name, family) == block


@pytest.mark.parametrize(("file", "family", "first", "last"), [("sd15", "sd1", 1, 24), ("sdxl", "sdxl", 2, 21)])
def test_the_ends_hold_no_modules(file: str, family: FamilyName, first: int, last: int) -> None:
    names = [name for name in contract.read(f"lora_{file}_locon.json") if name.startswith("lora_unet")]
    assert sorted({block_of(name, family) for name in names}) == list(range(first, last + 1))
