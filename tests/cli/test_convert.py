"""The command `convert`: refusals before anything starts, a process of its own, its progress and its end."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch

from mikazuki.cli import convert, tool
from mikazuki.cli import main as cli
from mikazuki.cli.follow import Interrupts
from mikazuki.jobs.queue import Queue
from mikazuki.models.identify import identify
from mikazuki.paths import Paths
from mikazuki.settings.convert import ConvertSettings
from mikazuki.settings.load import load_toml
from tests.cli import world
from tests.models import tiny

pytestmark = pytest.mark.tiny


def test_a_settings_file_and_flags_ask_together(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output, config = root / "new.ckpt", root / "again.toml"
    config.write_text(f"model_to_load = '{tiny.make('sd2', root)}'\nmodel_to_save = '{output}'\n", encoding="utf-8")
    assert cli.main(["convert", str(config), "--half", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["files"] == [str(output), str(output.with_suffix(".yaml"))]
    assert facts["bytes"] == sum(Path(file).stat().st_size for file in facts["files"])
    assert (facts["family"], facts["prediction_type"]) == ("sd2", "v_prediction")
    assert {tensor.dtype for tensor in torch.load(output, weights_only=True)["state_dict"].values()} == {torch.half}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["base.safetensors"], "Name OUT behind IN"),
        (["base.safetensors", "base.safetensors"], "base.safetensors is there already"),
        (["base.safetensors", "a.pt"], "in which no whole model is written"),
        (["base.safetensor", "a.ckpt"], "base.safetensors"),
        (["base.safetensors", "a.ckpt", "--ema"], "keeps no mean"),
    ],
)
def test_a_wrong_request_starts_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    world.safetensors(root / "base.safetensors", world.SD1)
    monkeypatch.chdir(root)
    monkeypatch.setattr(convert, "run_tool", None)
    assert cli.main(["convert", *words]) == 2
    assert said in capsys.readouterr().err


def test_what_the_process_could_not_do_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "file").write_text("", encoding="utf-8")
    output = root / "file" / "new.safetensors"
    assert cli.main(["convert", str(tiny.make("sd1", root)), str(output)]) == 1
    assert f"{output} could not be written" in capsys.readouterr().err


def test_a_process_that_breaks_is_told_of(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "PROGRAM", "mikazuki.tools.nothing")
    source = world.safetensors(root / "base.safetensors", world.SD1)
    assert cli.main(["convert", str(source), str(root / "new.ckpt"), "--json"]) == 1
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert error["code"] == "tool-failed"
    assert "No module named" in error["message"]


def test_it_can_be_queued(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "repository", lambda: Paths(root))
    source, output = world.safetensors(root / "base.safetensors", world.SD1), root / "new.ckpt"
    assert cli.main(["convert", str(source), str(output), "--half", "--queue", "--json"]) == 0
    job = Queue(root / "logs" / "jobs").find(json.loads(capsys.readouterr().out)["id"])
    assert job.facts()["program"] == "convert"
    assert load_toml(job.config)["save_precision"] == "fp16"
    assert cli.main(["convert", str(source), str(output), "--queue"]) == 2
    assert "writes" in capsys.readouterr().err


def test_ctrl_c_ends_it_and_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def interrupted() -> Iterator[Interrupts]:
        interrupts = Interrupts()
        interrupts.count = 1
        yield interrupts

    monkeypatch.setattr(tool, "counted_interrupts", interrupted)
    source = tiny.make("sd1", root)
    assert cli.main(["convert", str(source), str(root / "new.ckpt")]) == 130
    assert list(root.iterdir()) == [source]


def test_what_was_left_out_is_said(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    info = identify(world.safetensors(root / "base.safetensors", world.SD1))
    settings = ConvertSettings(model_to_load="", model_to_save=str(info.path))
    last = {"kind": "done", "bytes": 3, "means_left_out": 686, "others_left_out": 1}
    convert._say(settings, info, last, as_json=False)
    said = capsys.readouterr().out
    assert f"{info.path} is written: Stable Diffusion 1.x" in said
    assert "Left out: 686 tensors, means of weights (EMA)." in said
    assert "Left out: 1 tensor, of no part of the model." in said
