"""What network_args of lycoris.kohya mean: defaults as upstream's, and refusals of what would have no effect."""

from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.models.lycoris_spec import PRESETS, ModuleSpec, Preset, lycoris_spec
from mikazuki.settings.train import TrainSettings


def settings(*args: str, dropout: float | None = None) -> TrainSettings:
    return TrainSettings.model_validate(
        {
            "pretrained_model_name_or_path": "model.safetensors",
            "train_data_dir": "train",
            "network_module": "lycoris.kohya",
            "network_dim": 8,
            "network_alpha": 4.0,
            "network_dropout": dropout,
            "network_args": args,
        }
    )


def test_without_arguments_it_is_a_lora_on_everything() -> None:
    spec = lycoris_spec(settings())
    assert spec.module == ModuleSpec("lora", 8, 4.0)
    assert (spec.conv_dim, spec.conv_alpha) == (8, 4.0)
    assert spec.preset == PRESETS["full"] == Preset()
    assert (spec.dropout, spec.rank_dropout, spec.module_dropout, spec.train_norm) == (0, 0, 0, False)


def test_arguments_are_read() -> None:
    args = ("algo=LoKr", "conv_dim=2", "conv_alpha=1", "factor=8", "use_cp=True", "dora_wd=true", "wd_on_output=false")
    spec = lycoris_spec(settings(*args, "rank_dropout=0.1", "module_dropout=0.2", "loraplus_lr_ratio=4"))
    wanted = ModuleSpec("lokr", 8, 4.0, use_tucker=True, dora_wd=True, wd_on_output=False, factor=8)
    assert spec.module == wanted
    assert (spec.conv_dim, spec.conv_alpha, spec.rank_dropout, spec.module_dropout) == (2, 1.0, 0.1, 0.2)
    assert (spec.plus_unet, spec.plus_text) == (4.0, 4.0)


def test_network_dropout_counts_unless_an_argument_says_otherwise() -> None:
    assert lycoris_spec(settings(dropout=0.3)).dropout == 0.3
    assert lycoris_spec(settings("dropout=0.1", dropout=0.3)).dropout == 0.1
    assert lycoris_spec(settings("dropout=0", dropout=0.3)).dropout == 0


def test_a_preset_without_convolutions_beats_conv_dim() -> None:
    assert lycoris_spec(settings("preset=attn-mlp", "conv_dim=4")).conv_dim == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("algo=ia3", "dora_wd=true"), "dora_wd has no effect with algo=ia3"),
        (("algo=boft", "use_scalar=true"), "use_scalar has no effect with algo=boft"),
        (("algo=loha", "full_matrix=true"), "full_matrix has no effect with algo=loha"),
        (("constraint=0.1",), "constraint has no effect with algo=lora"),
        (("algo=glora", "use_tucker=true"), "use_tucker has no effect with algo=glora"),
        (("algo=dylora", "block_size=3"), "block_size=3 does not divide network_dim 8"),
        (("algo=dylora", "conv_dim=6"), "does not divide conv_dim 6"),
        (("algo=dylora", "module_dropout=0.1"), "Dropout has no effect with algo=dylora"),
        (("algo=tlora",), "algo=tlora does not fit"),
        (("preset=attn",), "preset=attn is neither a preset nor a file"),
        (("algoo=lokr",), "algoo is unknown"),
    ],
)
def test_what_does_not_go_is_refused(args: tuple[str, ...], said: str) -> None:
    with pytest.raises(MikazukiError, match=said) as caught:
        lycoris_spec(settings(*args))
    assert caught.value.code == "bad-network-args"


def test_what_is_off_may_stand_with_any_algorithm() -> None:
    lycoris_spec(settings("algo=ia3", "dora_wd=false", "use_tucker=false", "constraint=0", "full_matrix=False"))


def test_an_algorithm_of_a_presets_map_counts(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text('[module_algo_map.CrossAttention]\nalgo = "lokr"\nfull_matrix = "True"\n', encoding="utf-8")
    spec = lycoris_spec(settings("algo=ia3", "dora_wd=true", f"preset={path}"))
    assert spec.preset.by_class == {"CrossAttention": {"algo": "lokr", "full_matrix": True}}
    assert spec.preset.unet_names == PRESETS["full"].unet_names


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("enable_conv = ", "is no TOML"),
        ("unet_target = ['x']", "unknown key unet_target"),
        ("[module_algo_map.X]\nrank = 3", "unknown option rank"),
        ("[name_algo_map.X]\nalgo = 'lokkr'", "unknown algo lokkr"),
    ],
)
def test_a_preset_file_that_does_not_fit_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "my.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MikazukiError, match=said):
        lycoris_spec(settings(f"preset={path}"))
