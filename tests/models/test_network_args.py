"""network_args: which keys each kind of network takes, and how their values are read."""

from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.models.network_args import ARGS, read_network_args

LORA = "networks.lora"


@pytest.mark.parametrize(
    ("module", "pair", "value"),
    [
        (LORA, "conv_dim=8", 8),
        (LORA, " conv_alpha = 2 ", 2.0),
        (LORA, "module_dropout=0", 0.0),
        (LORA, "block_dims=0,4, 8", (0, 4, 8)),
        (LORA, "block_alphas=0.5,1", (0.5, 1.0)),
        (LORA, "down_lr_weight=1,,0.5", (1.0, 0.0, 0.5)),
        (LORA, "down_lr_weight=cosine+.25", "cosine+.25"),
        (LORA, "mid_lr_weight=0.5", (0.5,)),
        (LORA, "loraplus_lr_ratio=16", 16.0),
        ("networks.dylora", "unit=4", 4),
        ("networks.oft", "enable_conv=True", True),
        ("networks.oft", "enable_conv=0", False),
        ("lycoris.kohya", "algo=LoKr", "lokr"),
        ("lycoris.kohya", "factor=-1", -1),
        ("lycoris.kohya", "dora_wd=False", False),
        ("lycoris.kohya", "preset=attn-mlp", "attn-mlp"),
    ],
)
def test_values_are_read(module: str, pair: str, value: Any) -> None:
    assert read_network_args(module, [pair]) == {pair.partition("=")[0].strip(): value}


@pytest.mark.parametrize(
    ("pair", "what"),
    [
        ("conv_dims=4", "Did you mean conv_dim"),
        ("flavour=4", "networks.lora takes conv_dim, "),
        ("unit=4", "taken by networks.dylora"),
        ("algo=lokr", "taken by lycoris.kohya"),
        ("conv_dim=x", "whole number"),
        ("conv_dim=2.5", "whole number"),
        ("conv_dim=0", "whole number"),
        ("rank_dropout=1", "below 1"),
        ("conv_alpha=-1", "0 or more"),
        ("conv_alpha=inf", "0 or more"),
        ("dropout=nan", "below 1"),
        ("loraplus_lr_ratio=0", "above 0"),
        ("block_dims=4;4", "with commas"),
        ("block_dims=4,-1", "with commas"),
        ("down_lr_weight=0.5", "one of cosine"),
        ("up_lr_weight=cosines", "one of cosine"),
        ("up_lr_weight=cosine+x", "one of cosine"),
        ("mid_lr_weight=linear", "numbers of at least 0"),
    ],
)
def test_what_does_not_fit_is_named(pair: str, what: str) -> None:
    with pytest.raises(MikazukiError, match=what) as caught:
        read_network_args(LORA, [pair])
    assert caught.value.code == "bad-network-args"
    assert pair.split("=", maxsplit=1)[0] in caught.value.message


def test_every_kinds_example_is_one() -> None:
    for module, kinds in ARGS.items():
        for key, kind in kinds.items():
            assert key in read_network_args(module, [f"{key}={kind.example}"])
