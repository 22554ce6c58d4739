"""The stored options of upstream's scripts: their shape, and some that are known by heart."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from mikazuki.settings.upstream.options import encode, option_of, options_of
from mikazuki.settings.upstream.scripts import SCRIPTS

DATA = Path(str(files("mikazuki.settings.upstream"))) / "data"
LORA = Path(__file__).parents[2] / "contract" / "options_lora.json"


def test_there_is_one_file_for_each_of_the_24_scripts() -> None:
    assert {path.stem for path in DATA.glob("*.json")} == SCRIPTS.keys()
    assert len(SCRIPTS) == 24


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_option_is_of_a_kind_that_is_understood(script: str) -> None:
    for option in options_of(script).values():
        assert option.kind in {"store", "store_true"}
        assert option.type in {"str", "int", "float", "int_or_float", "Path"}
        assert option.nargs in {None, "*", 2}
        assert option.flag == f"--{option.name}"
        assert None not in option.choices


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_files_are_as_the_command_writes_them(script: str) -> None:
    text = (DATA / f"{script}.json").read_text(encoding="utf-8")
    assert encode(json.loads(text)) == text


def test_defaults_that_differ_from_script_to_script() -> None:
    shifts = {"flux_train_network": 3.0, "hunyuan_image_train_network": 5.0, "lumina_train": 6.0, "anima_train": 1.0}
    assert {script: options_of(script)["discrete_flow_shift"].default for script in shifts} == shifts
    assert options_of("train_textual_inversion")["save_model_as"].default == "pt"
    assert options_of("train_network")["save_model_as"].default == "safetensors"
    assert len(options_of("train_network")) == 193
    assert len(options_of("sdxl_train_network")) == 196


def test_every_option_of_the_lora_trainers_is_there_with_the_default_known_from_the_contract() -> None:
    known = json.loads(LORA.read_text(encoding="utf-8"))
    ours = {**options_of("train_network"), **options_of("sdxl_train_network")}
    assert known.keys() - {"help"} == ours.keys()
    assert {name: known[name]["default"] for name in ours} == {name: one.default for name, one in ours.items()}


def test_left_out_parts_have_their_usual_values() -> None:
    assert option_of("a", {}).default is None
    assert option_of("a", {"kind": "store_true"}).default is False
    assert option_of("a", {"flags": ["-a", "--other"]}).flag == "--other"


def test_an_unknown_script_has_no_options() -> None:
    with pytest.raises(KeyError):
        options_of("train_everything")
