"""Every form there is: complete, each option once, conditions that can hold, texts in both languages."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.form import CHOSEN, Form, differing, form_of, is_default
from mikazuki.settings.form_fields import Field
from mikazuki.settings.form_layout import BASIC, MULTILINE, NOT_BASIC_OF, PATH_LISTS, PATHS
from mikazuki.settings.form_words import named
from mikazuki.settings.load import parse
from mikazuki.settings.methods import OURS_ALONE, USUAL_RATES, options_beside
from mikazuki.settings.target import EVERY_METHOD, METHODS
from mikazuki.settings.target import FAMILIES as OUR_FAMILIES
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.options import COMMAND_LINE, options_of
from mikazuki.settings.upstream.scripts import FAMILIES as UPSTREAM_FAMILIES
from mikazuki.settings.upstream.scripts import SCRIPTS, TABLE, VARIETIES

PAIRS = [pair for pair in TABLE if pair[0] != "generate"]
FORMS = [
    *((method, family, "auto") for method, family in PAIRS),
    *(("lora", family, engine) for family in sorted(OUR_FAMILIES) for engine in ("auto", "builtin", "sd-scripts")),
    *((method, family, "auto") for method in OURS_ALONE for family in sorted(OUR_FAMILIES)),
    ("lora", "chroma", "sd-scripts"),
]
CHINESE = re.compile("[\u4e00-\u9fff]")

every = pytest.mark.parametrize("which", FORMS, ids="-".join)


@every
def test_each_option_stands_in_its_form_once(which: tuple[str, str, str]) -> None:
    form = form_of(*which)
    names = Counter(field.name for section in form.sections for field in section.fields)
    assert max(names.values()) == 1
    assert set(names) == set(form.fields)
    assert not CHOSEN & names.keys()
    assert len({section.name for section in form.sections}) == len(form.sections)


@every
def test_every_condition_can_hold_and_names_an_option_of_the_form(which: tuple[str, str, str]) -> None:
    fields = form_of(*which).fields
    for field in fields.values():
        for condition in field.when:
            assert condition.option != field.name
            other = fields[condition.option]
            assert condition.values, (field.name, condition)
            for value in condition.values:
                assert _can_be(other, value), (field.name, condition, other.kind)


def _can_be(field: Field, value: Any) -> bool:
    if value is None:
        return field.nullable
    if field.choices:
        return value in field.choices
    kinds: dict[str, tuple[type, ...]] = {
        "bool": (bool,), "int": (int,), "float": (int, float), "text": (str,), "list": (list,),
        "concepts": (str,),
    }  # fmt: skip
    return isinstance(value, kinds[field.kind])


@every
def test_every_text_is_there_in_both_languages(which: tuple[str, str, str]) -> None:
    form = form_of(*which)
    for section in form.sections:
        assert CHINESE.search(section.title.zh) or section.title.zh.isascii()
        assert section.title.en
        for field in section.fields:
            assert len(field.text.en) > 5, field.name
            assert CHINESE.search(field.text.zh), field.name


@every
def test_defaults_are_values_of_their_kind(which: tuple[str, str, str]) -> None:
    for field in form_of(*which).fields.values():
        if field.default is None:
            continue
        if field.choices:
            assert field.default in field.choices, field.name
        elif field.kind in {"int", "float"}:
            assert isinstance(field.default, (int, float)), field.name
        else:
            expected = {"bool": bool, "list": list, "text": str, "size": str}[field.kind]
            assert isinstance(field.default, expected), field.name
        json.dumps(field.default)


@every
def test_a_form_of_defaults_says_nothing(which: tuple[str, str, str]) -> None:
    form = form_of(*which)
    assert differing(form, {name: field.default for name, field in form.fields.items()}) == {}


@every
def test_the_short_form_is_short_and_has_what_is_needed(which: tuple[str, str, str]) -> None:
    short = [field.name for field in form_of(*which).fields.values() if field.basic]
    assert 14 <= len(short) <= 36, short
    assert {"pretrained_model_name_or_path", "output_name", "learning_rate"} <= set(short)


def test_the_short_form_of_a_method_shows_what_is_its_own() -> None:
    own = {
        "dreambooth": {"concepts_list", "prior_preservation", "train_text_encoder", "max_train_epochs"},
        "textual_inversion": {"token_string", "init_word", "template_file"},
        "pivotal_tuning": {"token_string", "embedding_lr", "pivotal_ratio", "network_dim", "unet_lr"},
        "hypernetwork": {"hypernetwork_layer_structure", "max_train_steps", "save_every_n_steps"},
        "imagic": {"imagic_embedding_lr", "imagic_embedding_steps", "max_train_steps", "sample_every_n_steps"},
    }
    beside = {
        "lora": {"concepts_list", "max_train_steps", "sample_every_n_steps"},
        "hypernetwork": {"max_train_epochs"},
        "imagic": {"shuffle_caption", "keep_tokens", "train_batch_size", "reg_data_dir", "sample_every_n_epochs"},
    }
    for method in own.keys() | beside.keys():
        short = {name for name, field in form_of(method, "sd1").fields.items() if field.basic}
        assert own.get(method, set()) <= short
        assert not beside.get(method, set()) & short
    for names in NOT_BASIC_OF.values():
        assert names <= BASIC


def test_nothing_of_ours_is_left_out_without_a_reason() -> None:
    for method in METHODS:
        ours = TrainSettings.model_fields.keys() - CHOSEN - options_beside(method)
        assert form_of(method, "auto").fields.keys() == ours
        assert ours - form_of(method, "sdxl").fields.keys() == {"v2", "clip_skip"}
    assert "sd_scripts_dir" not in form_of("lora", "sd1", "builtin").fields
    assert "ema_decay" not in form_of("lora", "sd1", "sd-scripts").fields
    assert "deepspeed" in form_of("lora", "sd1", "sd-scripts").fields


@pytest.mark.parametrize("script", [script for script in SCRIPTS.values() if script.trains], ids=lambda one: one.name)
def test_upstreams_options_are_all_there(script: Any) -> None:
    for family in script.families:
        form = form_of(script.methods[0], family, "sd-scripts")
        missing = options_of(script.name).keys() - form.fields.keys() - COMMAND_LINE - CHOSEN
        assert missing - options_beside(script.methods[0]) <= {
            "v2", "clip_skip", "max_token_length", "v_parameterization", "zero_terminal_snr", "v_pred_like_loss",
            "scale_v_pred_loss_like_noise_pred", "debug_dataset", "dataset_class",
        }  # fmt: skip


def test_tables_name_options_that_there_are() -> None:
    known = {name for which in FORMS for name in form_of(*which).fields}
    for names in (BASIC, MULTILINE, PATH_LISTS, PATHS.keys()):
        assert set(names) <= known


def test_bounds_choices_and_kinds_are_read_off_the_definition() -> None:
    fields = form_of("lora", "sd1").fields
    assert fields["network_dropout"].bounds == {"minimum": 0, "exclusiveMaximum": 1}
    assert fields["bucket_reso_steps"].bounds["multipleOf"] == 8
    assert fields["resolution"].kind == "size"
    assert fields["resolution"].default == "512,512"
    assert fields["mixed_precision"].choices == ("auto", "no", "fp16", "bf16")
    assert fields["text_encoder_lr"].kind == "float"
    assert fields["concepts_list"].kind == "concepts"
    assert fields["network_args"].kind == "list"
    assert fields["v_parameterization"].nullable
    assert fields["wandb_api_key"].secret
    assert fields["pretrained_model_name_or_path"].path == "model"
    assert not fields["pretrained_model_name_or_path"].nullable
    assert form_of("lora", "sdxl").fields["text_encoder_lr"].numeric
    flux = form_of("lora", "flux").fields
    assert flux["blocks_to_swap"].bounds == {"minimum": 0}
    assert flux["network_module"].suggestions[0] == "networks.lora_flux"
    assert "Prodigy" in flux["optimizer_type"].suggestions


def test_defaults_and_choices_are_the_methods_own() -> None:
    assert form_of("lora", "sd1").fields["learning_rate"].default == 1e-4
    for method, rate in USUAL_RATES.items():
        assert form_of(method, "sd1").fields["learning_rate"].default == rate
    assert "diffusers" not in form_of("lora", "sd1").fields["save_model_as"].choices
    assert "diffusers" in form_of("dreambooth", "sd1").fields["save_model_as"].choices


def test_suggestions_from_elsewhere_come_first() -> None:
    form = form_of("lora", "sd1", suggestions={"network_args": ("conv_dim=",)})
    assert form.fields["network_args"].suggestions == ("conv_dim=",)
    assert form_of("lora", "sd1").fields["network_args"].suggestions == ()


def test_the_titles_cover_every_method_and_family() -> None:
    assert set(named("methods")) == set(EVERY_METHOD)
    assert set(named("families")) == {"auto", *UPSTREAM_FAMILIES, *VARIETIES}


@pytest.mark.parametrize(
    "which", [("lora", "sd9", "auto"), ("dance", "sd1", "auto"), ("lora", "sd1", "other"), ("lllite", "flux", "auto")]
)
def test_what_there_is_no_form_for_is_said(which: tuple[str, str, str]) -> None:
    with pytest.raises(MikazukiError) as found:
        form_of(*which)
    assert found.value.code in {"form-not-found", "no-script"}


def test_values_that_say_what_is_the_default_anyway_are_left_out() -> None:
    form: Form = form_of("lora", "sd1")
    given = {
        "unknown": 1,
        "resolution": "512",
        "network_dim": 8,
        "vae": "",
        "train_batch_size": 1,
        "optimizer_args": [],
    }
    assert differing(form, given) == {"network_dim": 8, "unknown": 1}
    assert list(differing(form, {"seed": 1, "vae": "x", "method": "lora"})) == ["method", "vae", "seed"]
    assert not is_default(form.fields["flip_aug"], 0) or form.fields["flip_aug"].default == 0
    assert not is_default(form.fields["noise_offset"], value=False)


def test_what_the_form_holds_is_what_the_settings_take() -> None:
    form = form_of("lora", "auto")
    values = {name: field.default for name, field in form.fields.items()}
    values |= {"pretrained_model_name_or_path": "x", "train_data_dir": "y"}
    expected = TrainSettings(pretrained_model_name_or_path="x", train_data_dir="y")
    assert parse(TrainSettings, values, "the form") == expected
