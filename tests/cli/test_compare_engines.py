"""The command that compares the engines: what it refuses, prints, returns and leaves behind."""

import json
import sys
import tempfile
from pathlib import Path

import pytest

from mikazuki.cli import compare_engines
from mikazuki.cli import main as cli
from mikazuki.engines.sd_scripts_place import Place
from mikazuki.errors import MikazukiError
from mikazuki.preparing.compare import Comparison
from mikazuki.preparing.compare_run import Outcome, Took, Watcher
from tests.cli import world
from tests.engines import stand_in_upstream

TOOK = Took(5.0, 0.5, 10.0, 6_000_000_000, None)


@pytest.fixture
def config(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings for both engines, with a checkout of upstream's that seems complete and a folder for what is passing."""
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(stand_in_upstream.checkout(root / "up")))
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS_PYTHON", sys.executable)
    monkeypatch.setattr(Place, "missing", lambda _self: [])
    (root / "passing").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(root / "passing"))
    return world.make(root, bucket_reso_steps=64)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[Comparison]:
    """Take the place of the runs: the loss of every comparison differs by the share that its seed is of a million."""
    seen: list[Comparison] = []

    def compare(task: Comparison, watcher: Watcher) -> Outcome:
        seen.append(task)
        task.folder.mkdir(exist_ok=True)
        (task.folder / "a file").write_text("x")
        watcher.begin("1 of 3: it begins")
        watcher.show({"kind": "checkpoint", "what": "model", "path": "x.safetensors", "step": 1, "bytes": 10})
        adapter = {"largest": 1e-5, "tensor": "a", "whole": 1e-5, "learned": 1e-5}
        losses = [1.0 + (task.builtin.settings.seed or 0) / 1e6]
        answer = {"recorded": [1.0], "losses": losses, "conditions": 0.0, "pooled": None, "text_trained": True}
        return Outcome(TOOK, TOOK, {**answer, "adapter": adapter}, "cpu", "no")

    monkeypatch.setattr(compare_engines, "compare", compare)
    return seen


def nothing_is_left(root: Path) -> bool:
    return not any((root / "passing").iterdir()) and not (root / "output").exists() and not (root / "logs").exists()


@pytest.mark.usefixtures("compared")
def test_it_shows_the_runs_and_the_report(root: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare-engines", str(config), "--steps", "4"]) == 0
    said = capsys.readouterr().out
    assert said.index("1 of 3: it begins") < said.index("saved at step 1") < said.index("The engines agree")
    assert nothing_is_left(root)


def test_engines_that_differ_are_a_failure(
    root: Path, config: Path, compared: list[Comparison], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["compare-engines", str(config), "--seed", "900", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["agree"], answer["took"]["builtin"]["step"]) == (False, 0.5)
    assert compared[0].steps == 10
    assert nothing_is_left(root)


def test_what_is_to_be_kept_is_kept(root: Path, config: Path, compared: list[Comparison]) -> None:
    keep = root / "kept here"
    assert cli.main(["compare-engines", str(config), "--keep", str(keep)]) == 0
    assert [path.name for path in keep.iterdir()] == ["a file"]
    assert compared[0].folder == keep
    assert cli.main(["compare-engines", str(config), "--keep", str(keep)]) == 2, "it is there already"
    assert len(compared) == 1


def test_refusals_name_everything_and_write_nothing(
    root: Path, config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(root / "nowhere"))
    before = world.everything_in(root)
    argv = ["compare-engines", str(config), "--steps", "1000", "--network_dropout", "0.1", "--keep", str(root / "kept")]
    assert cli.main(argv) == 2
    said = capsys.readouterr().err
    for words in ("--steps is 1000", "network_dropout 0.1", "there is no train_network.py"):
        assert words in said
    assert cli.main([*argv, "--json"]) == 2
    codes = [error["code"] for error in json.loads(capsys.readouterr().out)["errors"]]
    assert codes == ["steps-wrong", "not-comparable", "engine-not-available"]
    assert world.everything_in(root) == before


def test_what_is_no_network_is_not_compared(root: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare-engines", str(config), "--set", "method=dreambooth"]) == 2
    assert "only networks are recorded" in capsys.readouterr().err
    assert nothing_is_left(root)


@pytest.mark.parametrize("ending", [KeyboardInterrupt(), MikazukiError("comparison-failed", "It broke.", exit_code=1)])
def test_an_end_on_the_way_leaves_nothing(
    ending: BaseException,
    root: Path,
    config: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def compare(task: Comparison, _watcher: Watcher) -> Outcome:
        (task.folder / "a file").write_text("x")
        raise ending

    monkeypatch.setattr(compare_engines, "compare", compare)
    by_hand = isinstance(ending, KeyboardInterrupt)
    assert cli.main(["compare-engines", str(config)]) == (130 if by_hand else 1)
    captured = capsys.readouterr()
    assert ("Stopped" in captured.out) is by_hand
    assert ("It broke." in captured.err) is not by_hand
    assert nothing_is_left(root)
