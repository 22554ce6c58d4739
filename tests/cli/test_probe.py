"""The command that measures a training, and the guided mode that asks it."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mikazuki.cli import guide
from mikazuki.cli.main import main
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, EXIT_WRONG_REQUEST
from mikazuki.paths import repository
from mikazuki.preparing import probe as probing
from mikazuki.preparing.probe_choices import Measured
from mikazuki.preparing.training import read_settings
from mikazuki.settings.train import TrainSettings

DEMO, MODEL = repository().train / "demo", repository().models / "tiny-sd"
GIB = 2**30


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a picture at once take a GiB, a third of it with checkpointing, beside one for the rest."""

    def measure(settings: TrainSettings, memory: int | None, _stop: Callable[[], bool]) -> Measured:
        each = GIB // 3 if settings.gradient_checkpointing else GIB
        return Measured(GIB + each * settings.train_batch_size, memory or 100 * GIB, 2.5)

    monkeypatch.setattr(probing, "measure", measure)


@pytest.fixture
def config(root: Path) -> Path:
    """Return a settings file that asks for batches of four."""
    path = root / "mine.toml"
    values = {"pretrained_model_name_or_path": MODEL, "train_data_dir": DEMO, "output_dir": root, "logging_dir": root}
    lines = [f'{name} = "{value}"' for name, value in values.items()]
    lines += ["resolution = 64", "min_bucket_reso = 64", "max_bucket_reso = 128", "bucket_reso_steps = 16"]
    path.write_text("\n".join([*lines, "cache_latents = true", "train_batch_size = 4"]), encoding="utf-8")
    return path


@pytest.mark.usefixtures("card")
def test_every_decision_has_its_line_and_the_changes_are_toml(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", str(config), "--memory", "3.3"]) == EXIT_DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "  As asked, batch 4: 5.4 GB of 3.5 GB, where 3.3 GB may be taken: too much."
    assert lines[2].startswith("  Batch 2, more batches added up to a step: 3.2 GB of 3.5 GB, 2.5 s a step: it fits")
    assert lines[-2:] == ["train_batch_size = 2", "gradient_accumulation_steps = 2"]
    # what it names can be trained so
    settings = read_settings(config, {"train_batch_size": 2, "gradient_accumulation_steps": 2})
    assert settings.train_batch_size * settings.gradient_accumulation_steps == 4


@pytest.mark.usefixtures("card")
def test_flags_count_and_what_fits_stays(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", str(config), "--train_batch_size", "1", "--language", "zh-CN"]) == EXIT_DONE
    out = capsys.readouterr().out
    assert "\u653e\u5f97\u4e0b" in out
    assert out.endswith("Nothing needs to change.\n")


@pytest.mark.usefixtures("card")
def test_programs_get_json_and_where_nothing_fits_a_failure(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", str(config), "--memory", "2", "--json"]) == EXIT_DONE
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["changes"] == {
        "train_batch_size": 2, "gradient_accumulation_steps": 2, "gradient_checkpointing": True,
    }  # fmt: skip
    assert told["decisions"][-1]["measured"] == told["measured"]
    assert main(["probe", str(config), "--memory", "1", "--json"]) == EXIT_FAILED
    told = json.loads(capsys.readouterr().out)
    assert (told["fits"], told["changes"], told["measured"]) == (False, {}, None)
    assert [one["code"] for one in told["warnings"]] == ["nothing-fits"]


def test_what_stops_the_training_stops_the_measuring(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", str(config), "--train_data_dir", "nowhere", "--json"]) == EXIT_WRONG_REQUEST
    told = json.loads(capsys.readouterr().out)
    assert told["errors"][0]["code"] == "dataset-not-found"
    assert main(["probe", str(config), "--memory", "0"]) == EXIT_WRONG_REQUEST
    assert "no card's memory" in capsys.readouterr().err
    assert main(["probe", str(config), "--pictures"]) == EXIT_WRONG_REQUEST
    assert "--pictures" in capsys.readouterr().err


def test_a_person_can_end_it(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(*_: object) -> Measured:
        raise KeyboardInterrupt

    monkeypatch.setattr(probing, "measure", measure)
    assert main(["probe", str(config)]) == EXIT_STOPPED


@pytest.mark.usefixtures("card")
def test_the_guide_takes_what_was_measured(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    guide.add_arguments(parser)
    path = root / "guided.toml"
    arguments = [str(DEMO), "--model", str(MODEL), "--goal", "character", "--probe", "--memory", "3.6"]
    assert guide.run(parser.parse_args([*arguments, "-o", str(path)])) == EXIT_DONE
    settings = read_settings(path, {})
    assert (settings.train_batch_size, settings.gradient_accumulation_steps) == (2, 2)
    out = capsys.readouterr().out
    assert out.count("Batch 2, more batches added up to a step: 3.2 GB of 3.6 GB, 2.5 s a step: it fits.") == 3
