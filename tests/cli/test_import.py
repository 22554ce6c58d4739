"""The command that imports settings files of other programs."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from mikazuki.cli import import_
from mikazuki.errors import MikazukiError
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.train import TrainSettings

OLD = """model_train_type = "sd-lora"
pretrained_model_name_or_path = "./sd-models/model.safetensors"
train_data_dir = "./train/aki"
lr_restart_cycles = 2
max_token_length = 255
frob = 1
positive_prompts = "a cat"
sample_every_n_epochs = 1
noise_offset = 0
vae = ""
"""


@pytest.fixture
def old(root: Path) -> Path:
    path = root / "old.toml"
    path.write_text(OLD, encoding="utf-8")
    return path


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    import_.add_arguments(parser)
    return import_.run(parser.parse_args(arguments))


def test_the_report_names_everything_that_is_not_as_it_was(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = old.with_name("new.toml")
    assert run(str(old), "-o", str(new)) == 0
    said = capsys.readouterr().out
    for words in (
        "From lora-scripts: ",
        "lr_restart_cycles is called lr_scheduler_num_cycles here",
        "max_token_length = 225: 255 was never possible",
        "enable_bucket = False: what sd-scripts does where the file says nothing",
        "frob (1): there is no option of that name for lora",
        f"{new} is written.",
    ):
        assert words in said
    settings = parse(TrainSettings, load_toml(new), "new")
    assert Path(str(settings.sample_prompts)).read_text(encoding="utf-8") == "a cat\n"


def test_nothing_is_written_over(old: Path) -> None:
    before = old.read_text(encoding="utf-8")
    with pytest.raises(MikazukiError, match="is there already"):
        run(str(old), "-o", str(old))
    assert old.read_text(encoding="utf-8") == before
    new = old.with_name("new.toml")
    new.with_name("new-prompts.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(MikazukiError, match=r"new-prompts\.txt is there already"):
        run(str(old), "-o", str(new))
    assert not new.exists()


def test_without_a_name_only_the_report_is_shown(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(old), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["origin"], told["method"], told["files"]) == ("lora-scripts", "lora", [])
    assert {change["kind"] for change in told["changes"]} == {"renamed", "changed", "added", "dropped"}
    assert list(old.parent.iterdir()) == [old]
    assert run(str(old)) == 0
    assert "Nothing was written" in capsys.readouterr().out
