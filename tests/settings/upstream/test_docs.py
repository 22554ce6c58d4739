"""The reference table of a script."""

import pytest

from mikazuki.settings.upstream.docs import INDEX, pages, reference
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.options import COMMAND_LINE, options_of
from mikazuki.settings.upstream.scripts import SCRIPTS
from mikazuki.settings.upstream.texts import launch_text, page_words


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_it_has_a_row_for_every_option_that_a_file_may_hold(script: str, language: str) -> None:
    rows = [line for line in reference(SCRIPTS[script], language).splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [n for n in options_of(script) if n not in COMMAND_LINE]
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)


def test_a_row_says_what_an_option_takes_and_does() -> None:
    lines = reference(SCRIPTS["flux_train_network"], "en").splitlines()
    assert "| `network_dim` | whole number, > 0 | not set | Rank of the LoRA. |" in lines
    assert (
        '| `loss_type` | `l1`, `l2`, `huber`, `smooth_l1` | `"l2"` | How prediction and truth are compared. |' in lines
    )
    assert any(line.startswith("| `flip_aug` | true, false | `false` |") for line in lines)
    assert any(line.startswith("| `text_encoder_lr` | list, number, >= 0 | not set |") for line in lines)
    assert any(line.startswith("| `lr_warmup_steps` | steps, or a share of all | `0` |") for line in lines)
    assert "methods: lora; families: flux" in lines


def test_both_languages_have_the_same_words() -> None:
    assert page_words("en").keys() == page_words("zh-CN").keys()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_script_that_trains_has_a_page_and_the_first_page_leads_to_it(language: str) -> None:
    found = pages(language)
    trained = {f"{name}.md" for name, script in SCRIPTS.items() if script.trains}
    assert found.keys() == {INDEX, *trained}
    assert all(f"]({name})" in found[INDEX] for name in trained)
    assert all(f"({INDEX})" in found[name] for name in trained)
    assert '`model_type = "sd1"` / `model_type = "sd2"`' in found["train_db.md"]
    assert '`method = "full"` / `method = "dreambooth"`' in found["train_db.md"]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_first_page_tells_the_launchers_keys_and_variables(language: str) -> None:
    first = pages(language)[INDEX]
    for name in LaunchSettings.model_fields:
        assert f"| `{name}` |" in first
        assert launch_text(name, language) in first
        assert launch_text(name, language).isascii() == (language == "en"), name
    assert "| `MIKAZUKI_SD_SCRIPTS` |" in first
    assert "| `MIKAZUKI_SD_SCRIPTS_PYTHON` |" in first
    assert "| `main_process_port` |" in first
