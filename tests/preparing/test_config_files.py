"""Settings written as TOML and read from files of every origin."""

import json
import tomllib
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.paths import repository
from mikazuki.preparing.config_files import apart, as_toml, changed, parse_text

PRESETS = sorted((repository().config / "presets").glob("*.toml"))

LORA_SCRIPTS = """model_train_type = "sdxl-lora"
pretrained_model_name_or_path = "./m.safetensors"
train_data_dir = "./train/aki"
network_dim = 64
frob = 1
positive_prompts = "a cat"
sample_every_n_epochs = 1
"""


def test_only_what_is_set_is_written_section_by_section() -> None:
    values = {"seed": 3, "vae": "", "network_dim": 8, "learning_rate": 1e-4, "method": "lora", "output_name": "\u732b"}
    assert as_toml(values).splitlines() == [
        "[network]",
        "network_dim = 8",
        "",
        "[length]",
        "seed = 3",
        "",
        "[save]",
        'output_name = "\u732b"',
    ]
    assert changed(values) == ["network_dim", "seed", "output_name"]


def test_numbers_stay_as_they_were_typed() -> None:
    text = as_toml({"learning_rate": "5e-5", "model_type": "sdxl", "text_encoder_lr": ["1e-5", "2e-5"], "seed": "x"})
    assert "learning_rate = 5e-5\n" in text
    assert "text_encoder_lr = [1e-5, 2e-5]\n" in text
    assert 'seed = "x"\n' in text


@pytest.mark.parametrize(
    "values",
    [
        {"foo": {"a": [1]}, "network_dim": "many", "resolution": [640, 448]},
        {"strange key": 1, "optimizer_args": ["weight_decay=0.1", "betas=0.9,0.99"], "seed": []},
        {"method": "dance", "model_type": "sd9", "engine": "mine", "learning_rate": "inf"},
        {"output_name": 'a "quoted"\nname\x7f'},
        {"method": "full", "model_type": "flux", "blocks_to_swap": 18, "num_machines": 2},
    ],
)
def test_whatever_the_form_holds_becomes_a_file_that_can_be_read(values: dict[str, object]) -> None:
    document = tomllib.loads(as_toml(values))
    flat = {key: item for _, part in document.items() if isinstance(part, dict) for key, item in part.items()}
    flat |= {key: item for key, item in document.items() if not isinstance(item, dict)}
    assert flat.keys() == values.keys()


def test_secrets_are_never_written() -> None:
    values = {"wandb_api_key": "hush", "huggingface_token": "hush", "seed": 1}
    assert "hush" not in as_toml(values)
    assert parse_text('wandb_api_key = "hush"\nseed = 1').values == {"seed": 1}


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_what_is_written_says_what_was_read(path: Path) -> None:
    first = parse_text(path.read_text(encoding="utf-8"))
    again = parse_text(as_toml(first.values))
    assert (again.values, again.method, again.family) == (first.values, first.method, first.family)
    assert first.problems == ()


def test_a_file_of_lora_scripts_is_told_from_ours() -> None:
    found = parse_text(LORA_SCRIPTS, "old.toml")
    assert (found.origin, found.method, found.family) == ("lora-scripts", "lora", "sdxl")
    assert found.values["network_dim"] == 64
    assert any(note.startswith("frob") for note in found.notes)
    assert any("a cat" in note for note in found.notes)
    ours = parse_text('engine = "builtin"\nmodel_type = "sdxl"\nseed = 1')
    assert (ours.origin, ours.engine, ours.family) == ("mikazuki", "builtin", "sdxl")
    assert parse_text("network_dim = 8").origin == "sd-scripts"


def test_kohya_s_json_is_read_with_and_without_a_name() -> None:
    text = json.dumps({"LoRA_type": "Standard", "pretrained_model_name_or_path": "m.safetensors", "network_dim": 24})
    for name in ("saved.json", ""):
        found = parse_text(text, name)
        assert (found.origin, found.values["network_dim"]) == ("kohya_ss", 24)


def test_unknown_names_are_left_out_and_told_wrong_values_are_kept_and_told() -> None:
    found = parse_text('engine = "auto"\nnetwork_dimm = 4\nnetwork_dim = 0\ntrain_data_dir = "x"')
    assert found.values == {"network_dim": 0, "train_data_dir": "x"}
    assert found.notes == ("network_dimm is not an option; did you mean network_dim?; left out",)
    assert any("network_dim = 0" in problem.message for problem in found.problems)


def test_what_nobody_trains_is_a_problem_not_a_failure() -> None:
    found = parse_text('engine = "auto"\nmodel_type = "sd9"\nseed = 1')
    assert found.values["model_type"] == "sd9"
    assert found.family == "auto"
    assert "model_type" in found.problems[0].message


@pytest.mark.parametrize("text", ["seed = ", "{", "[[a", "# nothing\nfoo = 'x'\nLoRA_type = 'y'"])
def test_a_text_that_is_no_settings_file_is_refused_under_its_own_name(text: str) -> None:
    with pytest.raises(MikazukiError) as found:
        parse_text(text, "../my.toml")
    assert found.value.code == "old-file-unreadable"
    assert "my.toml" in found.value.message
    assert "/tmp" not in str(found.value)


def test_a_list_of_faults_is_taken_apart() -> None:
    two = MikazukiError("settings-wrong", "x: 2 settings are wrong:\n- a is wrong\n- b is wrong", "See docs.")
    assert [error.message for error in apart(two)] == ["a is wrong", "b is wrong"]
    other = MikazukiError("no-script", "none\n- x")
    assert apart(MikazukiErrors([other, two]))[0] is other
    assert len(apart(MikazukiErrors([other, two]))) == 3
