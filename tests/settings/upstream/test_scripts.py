"""Which script trains what."""

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.upstream.scripts import FAMILIES, METHODS, SCRIPTS, TABLE, script_for, script_named

KNOWN = [
    ("lora", "sd1", "train_network"),
    ("lora", "sd2", "train_network"),
    ("lora", "sdxl", "sdxl_train_network"),
    ("lora", "sd3", "sd3_train_network"),
    ("lora", "flux", "flux_train_network"),
    ("lora", "lumina", "lumina_train_network"),
    ("lora", "hunyuan_image", "hunyuan_image_train_network"),
    ("lora", "anima", "anima_train_network"),
    ("full", "sd1", "train_db"),
    ("dreambooth", "sd2", "train_db"),
    ("fine_tune", "sd1", "fine_tune"),
    ("full", "sdxl", "sdxl_train"),
    ("dreambooth", "sdxl", "sdxl_train"),
    ("fine_tune", "flux", "flux_train"),
    ("full", "sd3", "sd3_train"),
    ("full", "lumina", "lumina_train"),
    ("full", "anima", "anima_train"),
    ("textual_inversion", "sd1", "train_textual_inversion"),
    ("textual_inversion", "sdxl", "sdxl_train_textual_inversion"),
    ("controlnet", "sd1", "train_control_net"),
    ("controlnet", "sdxl", "sdxl_train_control_net"),
    ("controlnet", "flux", "flux_train_control_net"),
    ("lllite", "sdxl", "sdxl_train_control_net_lllite"),
    ("lllite_old", "sdxl", "sdxl_train_control_net_lllite_old"),
    ("generate", "sd1", "gen_img"),
    ("generate", "sdxl", "sdxl_gen_img"),
    ("generate", "lumina", "lumina_minimal_inference"),
]


@pytest.mark.parametrize(("method", "family", "name"), KNOWN)
def test_a_pair_has_its_script(method: str, family: str, name: str) -> None:
    assert script_for(method, family).name == name


def test_every_script_can_be_chosen_and_no_pair_is_made_up() -> None:
    assert {script.name for script in TABLE.values()} == SCRIPTS.keys() == {name for *_, name in KNOWN}
    assert {method for method, _ in TABLE} == set(METHODS)
    assert {family for _, family in TABLE} == set(FAMILIES)


def test_a_pair_without_a_script_is_refused_with_what_there_is() -> None:
    with pytest.raises(MikazukiError, match="no script for method lllite with models of family sd1") as refusal:
        script_for("lllite", "sd1")
    assert refusal.value.code == "no-script"
    assert "For sd1 it has lora, full" in refusal.value.hint
    assert "lllite it has for sdxl" in refusal.value.hint


def test_a_script_is_found_with_and_without_its_ending_and_a_misspelt_one_is_guessed() -> None:
    assert script_named("train_network.py") is script_named("train_network")
    assert script_named("train_db").file == "train_db.py"
    with pytest.raises(MikazukiError, match="Did you mean sdxl_train_network"):
        script_named("sdxl_train_netwrk")


def test_what_a_script_is() -> None:
    assert not SCRIPTS["gen_img"].trains
    assert SCRIPTS["train_db"].trains
    assert SCRIPTS["sdxl_train"].is_sdxl
    assert SCRIPTS["flux_train"].matches_flows
    assert not SCRIPTS["train_network"].matches_flows
