"""Blocks: how lists become ranks and rates of each block, worked out by hand."""

import math
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName
from mikazuki.models.lora_blocks import BlockArgs, Blocks, Ranks, block_args, block_count, course, resolve

PLAIN = Ranks(8, 2.0, None, 1.0)


def resolved(family: FamilyName = "sd1", plain: Ranks = PLAIN, **given: Any) -> Blocks:
    return resolve(BlockArgs(plain, **given), family)


def test_families_have_their_number_of_blocks() -> None:
    assert [block_count(family) for family in ("sd1", "sd2", "sdxl")] == [25, 25, 23]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("linear", [0, 1 / 3, 2 / 3, 1]),
        ("reverse_linear+0.5", [1.5, 0.5 + 2 / 3, 0.5 + 1 / 3, 0.5]),
        ("sine", [0, 0.5, math.sqrt(3) / 2, 1]),
        ("cosine+.25", [1.25, 0.25 + math.sqrt(3) / 2, 0.75, 0.25]),
        ("zeros", [0, 0, 0, 0]),
        ("zeros+1", [1, 1, 1, 1]),
    ],
)
def test_courses(text: str, wanted: list[float]) -> None:
    """Four blocks stand at 0, 1/3, 2/3 and 1: their sines (of that share of 90 degrees) are 0, 1/2, sqrt(3)/2, 1."""
    assert course(text, 4) == pytest.approx(wanted)


def test_weights_stand_where_they_are_given() -> None:
    weights = resolved(down_lr_weight=(0.5, 2.0), mid_lr_weight=(3.0,)).weights
    assert weights == (0.5, 2.0, *[1.0] * 10, 3.0, *[1.0] * 12)
    weights = resolved("sdxl", mid_lr_weight=(0.5, 2.0), up_lr_weight=(4.0,) * 9).weights
    assert weights == (*[1.0] * 10, 0.5, 2.0, 1.0, *[4.0] * 9, 1.0)


def test_what_is_not_above_the_threshold_is_left_out() -> None:
    blocks = resolved(down_lr_weight=(0.5, 0.2, 0.1), block_lr_zero_threshold=0.2)
    assert blocks.weights is not None
    assert blocks.weights[:3] == (0.5, 0, 0)
    assert [ranks.dim for ranks in blocks.ranks[:4]] == [8, 0, 0, 8]
    assert [ranks.conv_dim for ranks in blocks.ranks[1:3]] == [None, None]


def test_what_lists_leave_open_is_as_everywhere() -> None:
    dims = tuple(range(25))
    blocks = resolved(plain=Ranks(8, 0.0, 4, 3.0), block_dims=dims)
    assert blocks.ranks == tuple(Ranks(dim, 0.0, 4, 3.0) for dim in dims)
    assert blocks.weights is None
    blocks = resolved(block_dims=dims, conv_block_dims=dims)
    assert blocks.ranks[5] == Ranks(5, 2.0, 5, 1.0)
    assert resolved(mid_lr_weight=(2.0,)).ranks == (PLAIN,) * 25


@pytest.mark.parametrize(
    ("family", "given", "what"),
    [
        ("sd1", {"block_dims": (4,) * 23}, "block_dims has 23 numbers, but Stable Diffusion 1.x has 25 blocks"),
        ("sdxl", {"block_dims": (4,) * 25}, "block_dims has 25 numbers, but SDXL has 23 blocks"),
        ("sdxl", {"down_lr_weight": (1.0,) * 12}, "down_lr_weight has 12 numbers, but SDXL has 9 such blocks"),
        ("sd1", {"mid_lr_weight": (1.0,) * 3}, "mid_lr_weight has 3 numbers"),
    ],
)
def test_lists_of_another_length_are_refused(family: FamilyName, given: dict[str, Any], what: str) -> None:
    with pytest.raises(MikazukiError, match=what):
        resolved(family, **given)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"block_alphas": (1.0,)}, "without block_dims"),
        ({"conv_block_dims": (1,)}, "without block_dims"),
        ({"block_dims": (1,), "conv_block_alphas": (1.0,)}, "without conv_block_dims"),
        ({"block_lr_zero_threshold": 0.1}, "without weights"),
    ],
)
def test_a_list_without_the_one_it_needs_is_refused(given: dict[str, Any], what: str) -> None:
    with pytest.raises(MikazukiError, match=what):
        block_args(given, PLAIN)


def test_weights_make_blocks_of_their_own() -> None:
    assert block_args({"conv_dim": 4}, PLAIN) is None
    args = block_args({"up_lr_weight": "sine", "block_alphas": (1.0,) * 25}, PLAIN)
    assert args is not None
    assert args.weighted
