import json
from pathlib import Path

import pytest

from mikazuki.cli import main as cli
from tests.cli import world


def test_it_tells_what_a_training_would_do_and_changes_nothing(
    root: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = world.everything_in(root)
    assert cli.main(["check", str(config)]) == 0
    said = capsys.readouterr().out
    for words in ("Stable Diffusion 1.x", "6 pictures x 2", "24 steps", "0.png  sks cat, on grass", "unknown: no run"):
        assert words in said, said
    assert said.endswith("Nothing stops this training.\n")
    assert world.everything_in(root) == before


def test_the_settings_can_all_come_from_the_command_line(root: Path, config: Path) -> None:
    changes = [line.replace(" = ", "=", 1) for line in config.read_text(encoding="utf-8").splitlines()]
    config.unlink()
    assert cli.main(["check", *(part for change in changes for part in ("--set", change))]) == 0
    assert not (root / "output").exists()


def test_programs_get_the_same_as_json(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(config), "--json", "--set", "network_dim=0"]) == 2
    assert json.loads(capsys.readouterr().out)["errors"][0]["code"] == "settings-wrong"
    assert cli.main(["check", str(config), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["problems"] == []
    assert found["model"]["family"] == "sd1"
    assert found["totals"]["max_train_steps"] == 24
    assert found["captions"][0]["caption"] == "sks cat, on grass"
    assert found["buckets"][0]["shown"] == 12
    assert found["estimate"]["checkpoints"] == 1
    assert found["engine"] == "builtin"


def test_what_is_drawn_is_counted(root: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prompts = root / "two.txt"
    prompts.write_text("a cat\na dog --g 3\n", encoding="utf-8")
    words = ["check", str(config), "--set", f"sample_prompts={prompts}", "--set", "sanity_prompt=a house"]
    assert cli.main(words) == 0
    said = capsys.readouterr().out
    assert "2 sample prompts and the sanity prompt" in said
    assert "--g has no effect" in said
    assert cli.main([*words, "--json"]) == 0
    *_, sanity = json.loads(capsys.readouterr().out)["prompts"]
    assert (sanity["text"], sanity["seed"], sanity["sanity"]) == ("a house", 420420, True)
    # a sanity prompt alone is enough to draw on the way
    assert cli.main(["check", str(config), "--set", "sanity_prompt=a house", "--set", "sample_every_n_epochs=1"]) == 0
    assert "the sanity prompt" in capsys.readouterr().out


def test_warnings_are_told_and_stop_nothing(root: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "output").mkdir()
    (root / "output" / "demo.safetensors").touch()
    assert cli.main(["check", str(config), "--set", "resume=last"]) == 0
    said = capsys.readouterr().out
    assert "warning: " in said
    assert "will be replaced" in said
    assert "begins anew" in said


def test_the_engine_can_be_named(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(config), "--engine", "sd-scripts"]) == 2
    assert "sd-scripts" in capsys.readouterr().out


@pytest.mark.parametrize("command", [("check",), ("train", "--dry-run")])
def test_a_wrong_template_is_told_before_anything_is_written(
    root: Path, config: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    template = root / "own.txt"
    template.write_text("[name] here\na photo\n", encoding="utf-8")
    before = world.everything_in(root)
    changes = ("method=textual_inversion", "token_string=<cat>", f"template_file={template}")
    assert cli.main([*command, str(config), *(part for change in changes for part in ("--set", change))]) == 2
    told = capsys.readouterr()
    assert "line 2 (a photo)" in told.out + told.err
    assert world.everything_in(root) == before
