"""What the settings say about a network, and what is refused before anything is loaded."""

from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName
from mikazuki.models.lora_spec import LoraSpec, OftSpec, Plus, check_network_args, lora_spec, oft_spec, spec_of
from mikazuki.settings.train import TrainSettings


def settings(module: str = "lora", args: str = "", **more: Any) -> TrainSettings:
    values = {"pretrained_model_name_or_path": "base", "train_data_dir": "pictures", "network_args": args}
    name = module if "." in module else f"networks.{module}"
    return TrainSettings.model_validate({**values, "network_module": name, **more})


def test_settings_become_a_spec() -> None:
    assert lora_spec(4, 1.0, None, ()) == LoraSpec(4, 1.0)
    given = ("conv_dim=8", "conv_alpha = 2", "dropout=0.3", "rank_dropout=0.1", "module_dropout=0")
    assert lora_spec(4, 1.0, 0.2, given) == LoraSpec(4, 1.0, 8, 2.0, 0.3, 0.1, None)
    assert spec_of(settings(network_dim=2, network_alpha=3, network_dropout=0.5)) == LoraSpec(2, 3.0, dropout=0.5)


def test_zero_alpha_is_the_rank() -> None:
    assert lora_spec(16, 0.0, None, ()).alpha == 16
    assert lora_spec(16, 1.0, None, ("conv_dim=8", "conv_alpha=0")).conv_alpha == 8


def test_lora_plus_ratios() -> None:
    assert lora_spec(4, 1.0, None, ("loraplus_lr_ratio=16",)).plus == Plus(16, 16)
    both = ("loraplus_lr_ratio=16", "loraplus_text_encoder_lr_ratio=4")
    assert lora_spec(4, 1.0, None, both).plus == Plus(unet=16, text=4)


def test_dylora_gives_convolutions_its_own_rank_and_alpha() -> None:
    spec = spec_of(settings("dylora", "conv_dim=4 unit=2", network_dim=4, network_alpha=3))
    assert (spec.conv_dim, spec.conv_alpha, spec.unit) == (4, 3.0, 2)


def test_oft_reads_true_and_false() -> None:
    given = settings("oft", "enable_all_linear=true enable_conv=False", network_dim=8, network_alpha=0.01)
    assert oft_spec(given) == OftSpec(8, 0.01, all_linear=True, conv=False)


@pytest.mark.parametrize(
    "given",
    [
        settings(args="conv_dim=4 block_lr_zero_threshold=0.1 up_lr_weight=cosine"),
        settings(args=f"block_dims={','.join('4' * 25)}"),
        settings(args=f"block_dims={','.join('4' * 23)}"),
        settings("lora_fa", "conv_dim=4 rank_dropout=0.1"),
        settings("dylora", "unit=2 loraplus_lr_ratio=8"),
        settings("oft", "enable_conv=1", network_alpha=0.001),
        settings("lycoris.kohya", "algo=lokr factor=8"),
    ],
)
def test_what_fits_passes(given: TrainSettings) -> None:
    check_network_args(given)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (settings("dylora", network_dropout=0.1), "network_dropout has no effect"),
        (settings("dylora", "unit=3", network_dim=8), "does not divide network_dim 8"),
        (settings("dylora", "conv_dim=2"), "conv_dim must be network_dim"),
        (settings("dylora", "conv_alpha=2"), "gives convolutions network_alpha"),
        (settings("oft", network_dropout=0.1), "network_dropout has no effect"),
        (settings("oft", scale_weight_norms=1), "scale_weight_norms has no effect"),
        (settings("oft", network_alpha=0), "nothing to learn"),
        (settings("oft", "conv_dim=4"), "networks.oft does not take conv_dim"),
        (settings("lora_fa", "loraplus_lr_ratio=4"), "networks.lora_fa does not take loraplus_lr_ratio"),
        (settings("lycoris.kohya", "algo=lokra"), "algo=lokra does not fit"),
        (settings(args=f"block_dims={','.join('4' * 24)}"), "has 24 numbers"),
        (settings(args="block_alphas=1,1"), "block_alphas has no effect without block_dims"),
    ],
)
def test_what_does_not_fit_is_refused(given: TrainSettings, what: str) -> None:
    with pytest.raises(MikazukiError, match=what) as caught:
        check_network_args(given)
    assert caught.value.code == "bad-network-args"
    assert caught.value.hint


@pytest.mark.parametrize(("family", "blocks"), [("sd1", 23), ("sd2", 23), ("sdxl", 25)])
def test_a_known_family_fixes_the_number_of_blocks(family: FamilyName, blocks: int) -> None:
    given = settings(args=f"block_dims={','.join('4' * blocks)}")
    check_network_args(given)
    with pytest.raises(MikazukiError, match=f"has {blocks} numbers"):
        check_network_args(given, family)
