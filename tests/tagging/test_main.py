"""The border of the program's process: exit codes, and last events."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mikazuki.settings.load import dump_toml
from mikazuki.tagging import __main__ as program
from tests.tagging import world
from tests.tagging.world import settings


def work(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str | None = None, **given: Any) -> tuple[int, Any]:
    config = folder / "config.toml"
    asked = settings(**{"train_data_dir": str(folder / "set"), "model": str(folder / "wd"), **given})
    config.write_text(dump_toml(asked) if text is None else text, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["mikazuki.tagging", "--config_file", str(config)])
    code = program.main()
    return code, json.loads((folder / "events.jsonl").read_text(encoding="utf-8").splitlines()[-1])


def test_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world.wd(tmp_path / "wd")
    for number in range(3):
        world.picture(tmp_path / "set" / f"{number}.png")
    (tmp_path / "stop").touch()
    code, last = work(tmp_path, monkeypatch, batch_size=1)
    assert (code, last["kind"], last["done"]) == (130, "stopped", 1)
    (tmp_path / "stop").unlink()
    code, last = work(tmp_path, monkeypatch)
    assert (code, last["kind"], last["written"]) == (0, "done", 2)
    code, last = work(tmp_path, monkeypatch, model="nothing")
    assert (code, last["kind"], last["code"]) == (2, "failed", "tagger-unknown")
    code, last = work(tmp_path, monkeypatch, "nonsense = 1\n")
    assert (code, last["code"]) == (2, "settings-wrong")


@pytest.mark.parametrize(
    ("error", "code"),
    [(RuntimeError("CUDA: Failed to allocate memory"), "out-of-memory"), (ValueError("?"), "internal")],
)
def test_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(program, "run", broken)
    exit_code, last = work(tmp_path, monkeypatch)
    assert (exit_code, last["kind"], last["code"]) == (1, "failed", code)
