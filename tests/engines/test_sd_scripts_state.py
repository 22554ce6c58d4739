import json
import os
from pathlib import Path

import pytest

from mikazuki.engines.sd_scripts_state import find_upstream_state, read_upstream_state
from mikazuki.errors import MikazukiError


def save(folder: Path, step: int, **more: object) -> Path:
    folder.mkdir(parents=True)
    (folder / "random_states_0.pkl").touch()
    facts = {"current_epoch": 1, "current_step": step, **more}
    (folder / "train_state.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


def test_of_a_script_that_notes_no_step_the_state_written_last_counts(tmp_path: Path) -> None:
    older, newer = tmp_path / "cat-000002-state", tmp_path / "cat-000001-state"
    for folder in (older, newer):
        folder.mkdir()
        (folder / "random_states_0.pkl").touch()
    os.utime(older / "random_states_0.pkl", (1, 1))
    (tmp_path / "cat-000003-state").mkdir()
    found = find_upstream_state("last", tmp_path, "cat", counted=False)
    assert found
    assert (found.folder, found.step) == (newer, 0)
    assert find_upstream_state(str(older), tmp_path, "cat", counted=False)
    with pytest.raises(MikazukiError, match="no complete state"):
        find_upstream_state(str(older), tmp_path, "cat")


def test_last_is_the_furthest_state_of_this_name(tmp_path: Path) -> None:
    assert find_upstream_state("last", tmp_path / "none", "cat") is None
    save(tmp_path / "cat-000001-state", 10)
    best = save(tmp_path / "cat-step00000015-state", 15)
    save(tmp_path / "cat 2-state", 99)
    save(tmp_path / "cat-2-state", 98)
    found = find_upstream_state("last", tmp_path, "cat")
    assert found
    assert (found.folder, found.step, found.epoch) == (best, 15, 1)
    assert find_upstream_state(None, tmp_path, "cat") is None


def test_a_state_half_written_is_none(tmp_path: Path) -> None:
    folder = save(tmp_path / "cat-state", 3)
    (folder / "random_states_0.pkl").unlink()
    assert read_upstream_state(folder) is None
    with pytest.raises(MikazukiError) as caught:
        find_upstream_state(str(folder), tmp_path, "cat")
    assert caught.value.code == "state-not-found"


def test_a_state_of_the_builtin_engine_is_named_as_such(tmp_path: Path) -> None:
    folder = save(tmp_path / "cat-state", 3, identity={"output_name": "cat"})
    with pytest.raises(MikazukiError) as caught:
        find_upstream_state(str(folder), tmp_path, "cat")
    assert caught.value.code == "other-engine"
    assert find_upstream_state("last", tmp_path, "cat") is None
