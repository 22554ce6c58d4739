"""The command `masks`: in a process of its own, with flags and files, dry, into the queue, and refused in words."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mikazuki.cli import main as cli
from mikazuki.cli import tool
from mikazuki.jobs.queue import Queue
from mikazuki.paths import Paths
from tests.tools.saliency import bright_model
from tests.tools.test_masks import by_hand, picture


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    bright_model(tmp_path / "models" / "bright.onnx")
    monkeypatch.chdir(tmp_path)
    return picture(tmp_path / "in" / "a.png").parent


def test_masks_are_made_and_counted(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["masks", "in", "--model", "bright", "--models_dir", "models"]
    assert cli.main([*words, "--dry_run"]) == 0
    said = capsys.readouterr().out
    assert f"a.png -> {pictures.with_name('in-masks') / 'a.png'}" in said
    assert "1 mask would be written" in said
    assert not pictures.with_name("in-masks").exists()
    assert cli.main([*words, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["written"], facts["kept"], facts["failed"]) == (1, 0, 0)
    with Image.open(Path(facts["path"]) / "a.png") as image:
        assert np.array_equal(np.asarray(image), by_hand(102))
    assert cli.main(words) == 0
    assert "0 masks written, 1 stay as they are" in capsys.readouterr().out


@pytest.mark.usefixtures("pictures")
def test_a_file_and_flags_ask_together_and_wait_in_the_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "repository", lambda: Paths(tmp_path))
    text = 'image_dir = "in"\nmodel = "models/bright.onnx"\nthreshold = 0.5\n'
    Path("run.toml").write_text(text, encoding="utf-8")
    assert cli.main(["masks", "run.toml", "--queue", "--json", "--grow", "2"]) == 0
    job = Queue(tmp_path / "logs" / "jobs").find(json.loads(capsys.readouterr().out)["id"])
    frozen = job.config.read_text(encoding="utf-8")
    assert job.facts()["program"] == "masks"
    assert all(line in frozen for line in ("grow = 2", "threshold = 0.5", str(tmp_path / "models" / "bright.onnx")))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["in"], "needs model"),
        (["in", "--model", "gone"], "gone.onnx"),
        (["gone", "--source", "alpha"], "does not exist"),
        (["in", "--source", "alpha", "--mask_output_dir", "in/masks"], "one in the other"),
        (["in", "--thresholds", "1"], "did you mean threshold"),
        (["in", "--source", "alpha", "--threshold", "2"], "threshold"),
    ],
)
@pytest.mark.usefixtures("pictures")
def test_wrong_requests_are_refused_in_words(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["masks", *words]) == 2
    assert said in capsys.readouterr().err
