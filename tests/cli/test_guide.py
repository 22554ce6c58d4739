"""The command that fills in a settings file."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from mikazuki.cli import guide
from mikazuki.errors import MikazukiError
from mikazuki.paths import repository
from mikazuki.preparing.training import examine, read_settings

DEMO, MODEL = str(repository().train / "demo"), str(repository().models / "tiny-sd")


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    guide.add_arguments(parser)
    return guide.run(parser.parse_args([DEMO, "--model", MODEL, *arguments]))


def test_the_file_it_writes_can_be_trained(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "my cat.toml"
    assert run("--goal", "character", "-o", str(path)) == 0
    assert examine(read_settings(path, {})).problems == []
    assert (root / "my cat-prompts.txt").is_file()
    assert f"{path} is written" in capsys.readouterr().out
    with pytest.raises(MikazukiError) as found:
        run("--goal", "character", "-o", str(path))
    assert found.value.code == "config-exists"


def test_it_can_only_tell_and_in_chinese(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--goal", "style", "--language", "zh-CN") == 0
    text = capsys.readouterr().out
    assert "network_dim = 16\n" in text
    assert "\u6f14\u793a" in text
    assert "Nothing was written" in text
    assert list(root.iterdir()) == []


def test_programs_get_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--goal", "concept", "--memory", "8", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["family"] == "sd1"
    assert {"option", "value", "why"} == told["values"][0].keys()
    assert told["file"] is None


def test_another_method_can_be_asked_for(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "word.toml"
    assert run("--goal", "concept", "--method", "textual_inversion", "-o", str(path)) == 0
    told = capsys.readouterr().out
    assert told.startswith("14 pictures, 14 captions; textual_inversion on sd1.")
    settings = read_settings(path, {})
    assert (settings.method, settings.token_string) == ("textual_inversion", "<demo>")
    assert examine(settings).problems == []
    with pytest.raises(MikazukiError) as found:
        run("--goal", "concept", "--method", "imagic")
    assert found.value.code == "imagic-pictures"


def test_a_card_without_memory_is_refused() -> None:
    with pytest.raises(MikazukiError) as found:
        run("--goal", "concept", "--memory", "-1")
    assert found.value.code == "memory-wrong"
