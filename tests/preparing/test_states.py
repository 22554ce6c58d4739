import json
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.preparing.states import find_state, read_state
from mikazuki.settings.train import TrainSettings
from tests.cli.world import save_state


def settings(root: Path, **changes: object) -> TrainSettings:
    return TrainSettings.model_validate(
        {
            "pretrained_model_name_or_path": "m",
            "train_data_dir": "d",
            "output_dir": str(root),
            "output_name": "my [cat]",
            **changes,
        }
    )


OWN: dict[str, object] = {"output_name": "my [cat]", "network_dim": 4, "resolution": [512, 512]}


def test_without_resume_there_is_no_state(tmp_path: Path) -> None:
    save_state(tmp_path / "my [cat]-state", 5, OWN)
    assert find_state(settings(tmp_path)) is None


def test_last_is_the_state_of_this_name_with_the_most_steps(tmp_path: Path) -> None:
    save_state(tmp_path / "my [cat]-000002-state", 9, OWN)
    newest = save_state(tmp_path / "my [cat]-000010-state", 50, OWN)
    save_state(tmp_path / "my [cat] 2-state", 99, {**OWN, "output_name": "my [cat] 2"})
    (tmp_path / "my [cat]-step00000099-state").mkdir()
    found = find_state(settings(tmp_path, resume="last"))
    assert found is not None
    assert (found.folder, found.step, found.seed) == (newest, 50, 77)


def test_last_without_any_state_begins_anew(tmp_path: Path) -> None:
    assert find_state(settings(tmp_path / "none", resume="last")) is None


def test_a_state_that_a_kill_left_under_its_old_name_is_found_by_its_own(tmp_path: Path) -> None:
    save_state(tmp_path / "my [cat]-state.old", 5, OWN)
    for resume in ("last", str(tmp_path / "my [cat]-state")):
        found = find_state(settings(tmp_path, resume=resume))
        assert found is not None
        assert found.folder == tmp_path / "my [cat]-state"


def test_each_setting_that_differs_is_named(tmp_path: Path) -> None:
    state = save_state(tmp_path / "my [cat]-state", 5, {**OWN, "resolution": [512, 768], "network_dim": 8})
    with pytest.raises(MikazukiError) as caught:
        find_state(settings(tmp_path, resume=str(state)))
    assert caught.value.code == "other-run"
    assert "network_dim was 8, now 4" in caught.value.message
    assert "resolution was [512, 768], now [512, 512]" in caught.value.message
    assert "output_name" not in caught.value.message


def test_a_missing_state_names_those_there_are(tmp_path: Path) -> None:
    state = save_state(tmp_path / "my [cat]-state", 5, OWN)
    with pytest.raises(MikazukiError) as caught:
        find_state(settings(tmp_path, resume=str(tmp_path / "cat-state")))
    assert caught.value.code == "state-not-found"
    assert str(state) in caught.value.hint


@pytest.mark.parametrize(
    "facts", ["{", "[]", "{}", json.dumps({"current_step": "x", "identity": {}}), '{"identity": 3}']
)
def test_a_broken_facts_file_is_no_state(tmp_path: Path, facts: str) -> None:
    (tmp_path / "train_state.json").write_text(facts, encoding="utf-8")
    assert read_state(tmp_path) is None
