import pytest

from mikazuki.errors import MikazukiError
from mikazuki.models.lora_spec import LoraSpec, lora_spec


def test_settings_become_a_spec() -> None:
    assert lora_spec(4, 1.0, None, ()) == LoraSpec(4, 1.0)
    given = ("conv_dim=8", "conv_alpha = 2", "dropout=0.3", "rank_dropout=0.1", "module_dropout=0")
    assert lora_spec(4, 1.0, 0.2, given) == LoraSpec(4, 1.0, 8, 2.0, 0.3, 0.1, None)


def test_zero_alpha_is_the_rank() -> None:
    assert lora_spec(16, 0.0, None, ()).alpha == 16
    assert lora_spec(16, 1.0, None, ("conv_dim=8", "conv_alpha=0")).conv_alpha == 8


@pytest.mark.parametrize(
    ("pair", "what"),
    [
        ("conv_dims=4", "unknown"),
        ("block_dims=1,2", "sd-scripts only"),
        ("conv_dim=x", "no number"),
        ("conv_dim=2.5", "whole number"),
        ("conv_dim=0", "whole number"),
        ("rank_dropout=1", "below 1"),
        ("conv_alpha=-1", "0 or more"),
        ("dropout=nan", "below 1"),
    ],
)
def test_what_does_not_fit_is_named(pair: str, what: str) -> None:
    with pytest.raises(MikazukiError, match=what) as caught:
        lora_spec(4, 1.0, None, (pair,))
    assert caught.value.code == "bad-network-args"
    assert pair.split("=", maxsplit=1)[0] in str(caught.value)
