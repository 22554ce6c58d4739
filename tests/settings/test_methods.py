"""What each method has: its options, rates, formats, and what is refused."""

from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.base import choices
from mikazuki.settings.identity import identity
from mikazuki.settings.load import dump_toml, parse
from mikazuki.settings.methods import (
    FORMATS,
    NETWORK_ONLY,
    OF_METHODS,
    OURS_ALONE,
    USUAL_RATES,
    WORD_ONLY,
    options_beside,
)
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import METHODS, script_for

NEEDED = {method: {"token_string": "<cat>"} for method in ("textual_inversion", "pivotal_tuning")}
RATES = ",".join(["1e-6"] * 23)


def settings(method: str = "dreambooth", **more: Any) -> TrainSettings:
    """Return settings of a method with what it needs."""
    values = {"pretrained_model_name_or_path": "base", "train_data_dir": "pictures", "method": method}
    return parse(TrainSettings, {**values, **NEEDED.get(method, {}), **more}, "here")


def refusal(method: str, **more: Any) -> str:
    with pytest.raises(MikazukiError) as caught:
        settings(method, **more)
    assert caught.value.code == "settings-wrong"
    return str(caught.value)


def test_methods_are_upstreams() -> None:
    ours = set(choices(TrainSettings.model_fields["method"]))
    assert ours - set(METHODS) == set(OURS_ALONE)
    assert set(FORMATS) == ours
    assert {method for methods in OF_METHODS.values() for method in methods} == ours


@pytest.mark.parametrize(
    ("method", "family"),
    [("dreambooth", "sd1"), ("fine_tune", "sd1"), ("dreambooth", "sdxl"), ("textual_inversion", "sd1")],
)
def test_options_of_upstreams_script_are_there(method: str, family: str) -> None:
    """But for DeepSpeed and the command line, every option of upstream's own script for the method is one here."""
    known = TrainSettings.model_fields.keys()
    missing = options_of(script_for(method, family).name).keys() - known
    away = ("deepspeed", "zero", "offload_", "config_file", "output_config", "fp16_master", "help")
    assert [name for name in missing if not name.startswith(away)] == []
    own = options_of(script_for(method, family).name).keys()
    assert own & options_beside(method) - {"fp8_base"} == set()


def test_every_option_named_is_one() -> None:
    assert OF_METHODS.keys() <= TrainSettings.model_fields.keys()


@pytest.mark.parametrize(("method", "rate"), [("lora", 1e-4), *USUAL_RATES.items()])
def test_each_method_has_its_usual_rate(method: str, rate: float) -> None:
    assert settings(method).learning_rate == rate
    assert settings(method, learning_rate=None).learning_rate == rate
    assert settings(method, learning_rate=0.5).learning_rate == 0.5


@pytest.mark.parametrize(
    ("method", "family", "more", "rates"),
    [
        ("dreambooth", "sd1", {}, (1.0, 1.0, 1.0)),
        ("dreambooth", "auto", {}, (1.0, 1.0, 1.0)),
        ("dreambooth", "sdxl", {}, (1.0, 0.0, 0.0)),
        ("dreambooth", "sdxl", {"train_text_encoder": True, "learning_rate_te2": 0}, (1.0, 1.0, 0.0)),
        ("dreambooth", "sd1", {"learning_rate_te": 0.5}, (1.0, 0.5, 0.5)),
        ("dreambooth", "sd1", {"stop_text_encoder_training": 0}, (1.0, 0.0, 0.0)),
        ("dreambooth", "sd1", {"stop_text_encoder_training": 9}, (1.0, 1.0, 1.0)),
        ("fine_tune", "sd1", {"learning_rate_te": 0.5}, (1.0, 0.0, 0.0)),
        ("fine_tune", "sd1", {"train_text_encoder": True, "learning_rate_te1": 0.5}, (1.0, 0.5, 1.0)),
        ("fine_tune", "sdxl", {"block_lr": RATES}, (1e-6, 0.0, 0.0)),
        ("textual_inversion", "sd1", {}, (0.0, 1.0, 1.0)),
        ("pivotal_tuning", "sd1", {"text_encoder_lr": 0.5}, (1.0, 0.5, 0.5)),
        ("hypernetwork", "sd1", {}, (1.0, 0.0, 0.0)),
        ("imagic", "sd1", {}, (1.0, 0.0, 0.0)),
    ],
)
def test_rates(method: str, family: str, more: dict[str, Any], rates: tuple[float, float, float]) -> None:
    found = settings(method, model_type=family, learning_rate=1.0, **more)
    assert (found.rate_of_unet, *found.rates_of_text_encoders) == rates


def test_the_family_may_be_said_later() -> None:
    auto = settings()
    assert auto.on_family("sdxl").rates_of_text_encoders == (0.0, 0.0)
    assert auto.on_family("sd1").rates_of_text_encoders == auto.rates_of_text_encoders
    assert settings("lora").on_family("sdxl").model_type == "auto"
    assert settings(v2=True).on_family("sdxl").wanted_family == "sd2"


@pytest.mark.parametrize(
    ("method", "more", "said"),
    [
        ("dreambooth", {"network_dim": 8}, "network_dim is for method lora and pivotal_tuning, and"),
        ("lora", {"token_string": "x"}, "token_string is for method textual_inversion"),
        ("lora", {"train_text_encoder": True}, "train_text_encoder is for method dreambooth and fine_tune"),
        ("fine_tune", {"fp8_base": True, "mixed_precision": "bf16"}, "fp8_base is for method lora"),
        ("lora", {"save_model_as": "diffusers"}, "save_model_as diffusers is not for method lora: use safetensors"),
        ("dreambooth", {"save_model_as": "pt"}, "save_model_as pt is not for method dreambooth"),
        ("dreambooth", {"block_lr": "1,2"}, "block_lr has 2 numbers: give 23"),
        ("dreambooth", {"block_lr": "1,x"}, "is no list of rates"),
        ("dreambooth", {"block_lr": RATES, "model_type": "sd1"}, "block_lr is for SDXL"),
        ("dreambooth", {"fused_optimizer_groups": 4, "gradient_accumulation_steps": 2}, "exclude each other"),
        ("dreambooth", {"fused_optimizer_groups": 4, "mixed_precision": "fp16"}, "cannot scale gradients"),
        ("dreambooth", {"fused_optimizer_groups": 4, "optimizer_type": "Prodigy"}, "looks at all weights"),
        (
            "dreambooth",
            {"fused_optimizer_groups": 4, "fused_backward_pass": True, "optimizer_type": "Adafactor"},
            "fused_optimizer_groups and fused_backward_pass",
        ),
        ("dreambooth", {"no_token_padding": True, "max_token_length": 150}, "up to 75 tokens"),
        ("lora", {"no_token_padding": True, "max_token_length": 150}, "up to 75 tokens"),
        ("dreambooth", {"cache_text_encoder_outputs": True}, "set stop_text_encoder_training to -1"),
        ("dreambooth", {"learning_rate": 0}, "nothing would be trained"),
        ("textual_inversion", {"token_string": None}, "token_string is missing"),
        ("textual_inversion", {"token_string": "<a> <A>"}, "the token <a> twice"),
        ("textual_inversion", {"use_object_template": True, "use_style_template": True}, "exclude each other"),
        ("textual_inversion", {"template_file": "style", "use_style_template": True}, "exclude each other"),
        ("imagic", {"train_text_encoder": True}, "is for method dreambooth and fine_tune"),
        ("hypernetwork", {"hypernetwork_layer_structure": "1,2"}, "the first and the last 1"),
        ("hypernetwork", {"hypernetwork_layer_structure": "wide"}, "is no list of layers"),
        ("hypernetwork", {"hypernetwork_dropout_structure": "0,0.1"}, "has 2 shares"),
        ("hypernetwork", {"hypernetwork_dropout_structure": "0,1,0"}, "from 0 to below 1"),
        ("hypernetwork", {"hypernetwork_weights": "x.png"}, "is no hypernetwork file"),
        ("dreambooth", {"concepts_list": "[]"}, "concepts_list excludes train_data_dir"),
        ("textual_inversion", {"weights": "x.png"}, "is no embedding file"),
    ],
)
def test_what_does_not_go_together(method: str, more: dict[str, Any], said: str) -> None:
    assert said in refusal(method, **more)


@pytest.mark.parametrize("method", FORMATS)
def test_settings_written_down_are_the_same_again(method: str) -> None:
    import tomllib

    first = settings(method)
    text = tomllib.loads(dump_toml(first))
    again = parse(TrainSettings, {key: value for part in text.values() for key, value in part.items()}, "again")
    assert again == first


def test_what_a_state_must_share() -> None:
    word = identity(settings("textual_inversion", num_vectors_per_token=2))
    assert (word["token_string"], word["num_vectors_per_token"], word["method"]) == ("<cat>", 2, "textual_inversion")
    for name in ("hypernetwork_layer_norm", "hypernetwork_activate_output"):
        assert identity(settings("hypernetwork", **{name: True})) != identity(settings("hypernetwork"))
    rates = RATES.split(",")
    rates[3] = "0"
    assert identity(settings(model_type="sdxl", block_lr=",".join(rates)))["trained parts"] == ["UNet without blocks 3"]


def test_the_lists_do_not_overlap() -> None:
    assert not NETWORK_ONLY & WORD_ONLY
