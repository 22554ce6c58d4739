"""`check --pictures`: what the training will see, in a folder of its own."""

import json
from pathlib import Path

import pytest

from mikazuki.cli import main as cli


def test_the_folder_is_named_after_the_training_and_never_overwritten(
    root: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", str(config), "--pictures"]) == 0
    said = capsys.readouterr().out
    folder = root / "output" / "preview-demo"
    assert f"What the training will see is in {folder}: 6 pictures on 1 sheet" in said
    assert "Nothing stops this training." in said
    assert {path.name for path in folder.iterdir()} == {"index.html", "prompts.json", "sheets"}
    assert len(json.loads((folder / "prompts.json").read_text(encoding="utf-8"))["epochs"]) == 2
    assert cli.main(["check", str(config), "--pictures", "--epochs", "1", "--limit", "0", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["preview"] == str(root / "output" / "preview-demo-2")
    assert len(json.loads(Path(told["preview"], "prompts.json").read_text(encoding="utf-8"))["epochs"]) == 1


def test_what_stops_the_training_is_told_all_the_same(
    root: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = root / "seen"
    stopped = ["--set", "logging_dir=" + str(config)]
    assert cli.main(["check", str(config), "--pictures", str(folder), *stopped]) == 2
    assert "cannot start" in capsys.readouterr().out
    assert (folder / "index.html").is_file()
    assert cli.main(["check", str(config), "--pictures", str(root / "x"), "--set", "train_data_dir=nowhere"]) == 2
    assert "stops it: " in capsys.readouterr().out
    assert not (root / "x").exists()


def test_what_only_sd_scripts_knows_is_refused(root: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--set", "method=full", "--pictures", str(root / "seen")]
    assert cli.main(["check", str(config), *words]) == 2
    assert "--debug_dataset" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--epochs", "0"), ("--epochs", "two"), ("--limit", "-1")])
def test_wrong_numbers_are_refused(config: Path, words: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["check", str(config), *words])
    assert words[0] in capsys.readouterr().err


def test_a_training_does_not_take_them(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", str(config), "--dry-run", "--pictures"]) == 2
    assert "--pictures" in capsys.readouterr().err
