"""What is removed, by sd-scripts' rule, stated here a second time: which files are left after every save."""

from pathlib import Path
from typing import Any, cast

import pytest

from mikazuki.settings.train import TrainSettings
from mikazuki.training.retention import Kind, Retention, Written, epochs_between, outdated, remove


def settings(folder: Path, **more: object) -> TrainSettings:
    values = {"pretrained_model_name_or_path": "m", "train_data_dir": "d", "output_dir": str(folder)}
    return TrainSettings.model_validate({**values, **more})


def saved(retention: Retention, folder: Path, kind: Kind, number: int) -> None:
    """Write a file of this number as a training would, and remove what is to go."""
    path = folder / f"x-{kind}-{number}"
    retention.add(kind, number, path)
    path.write_bytes(b"x" * number)
    for old in retention.take_outdated(kind, number):
        remove(old)


def left(folder: Path) -> list[int]:
    return sorted(int(path.name.rsplit("-", 1)[1]) for path in folder.iterdir())


@pytest.mark.parametrize(("every", "last"), [(1, 1), (1, 2), (2, 2), (3, 1), (2, 50)])
def test_of_epochs_the_last_files_stay(tmp_path: Path, every: int, last: int) -> None:
    retention = Retention(settings(tmp_path, save_last_n_epochs=last), every)
    numbers = list(range(every, 14, every))
    for count, number in enumerate(numbers, start=1):
        saved(retention, tmp_path, "epoch", number)
        assert left(tmp_path) == numbers[:count][-last:]


@pytest.mark.parametrize(("every", "last"), [(10, 30), (10, 5), (10, 12), (1, 3), (7, 20), (10, 1)])
def test_of_steps_those_within_the_last_steps_stay(tmp_path: Path, every: int, last: int) -> None:
    retention = Retention(settings(tmp_path, save_every_n_steps=every, save_last_n_steps=last), None)
    for number in range(every, 12 * every, every):
        saved(retention, tmp_path, "step", number)
        # upstream removes one number a save: (number - last - 1) rounded down to a multiple of every
        gone = {(n - last - 1) // every * every for n in range(every, number + 1, every)}
        assert left(tmp_path) == [n for n in range(every, number + 1, every) if n not in gone]


def test_upstreams_own_example() -> None:
    assert outdated("step", 50, 10, 30) == 10
    assert outdated("epoch", 5, 1, 2) == 3
    assert outdated("epoch", 5, 1, None) is None


@pytest.mark.parametrize(
    ("options", "kind", "kept"),
    [
        ({"save_last_n_epochs": 2}, "epoch-state", [4, 5]),
        ({"save_last_n_epochs": 2, "save_last_n_epochs_state": 1}, "epoch-state", [5]),
        ({"save_last_n_epochs_state": 3}, "epoch-state", [3, 4, 5]),
        ({"save_last_n_epochs_state": 3}, "epoch", [1, 2, 3, 4, 5]),
        ({"save_every_n_steps": 1, "save_last_n_steps": 2}, "step-state", [3, 4, 5]),
        ({"save_every_n_steps": 1, "save_last_n_steps": 2, "save_last_n_steps_state": 1}, "step-state", [4, 5]),
    ],
    ids=str,
)
def test_states_have_a_number_of_their_own(tmp_path: Path, options: dict[str, Any], kind: str, kept: list[int]) -> None:
    retention = Retention(settings(tmp_path, **options), 1)
    for number in range(1, 6):
        saved(retention, tmp_path, cast("Kind", kind), number)
    assert left(tmp_path) == kept


def test_a_resumed_run_removes_what_it_wrote_before(tmp_path: Path) -> None:
    wanted = settings(tmp_path, save_last_n_epochs=1)
    first = Retention(wanted, 1)
    for number in (1, 2):
        saved(first, tmp_path, "epoch", number)
    second = Retention(wanted, 1, list(first.written))
    saved(second, tmp_path, "epoch", 3)
    assert left(tmp_path) == [3]


def test_files_of_others_stay(tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    for folder in (output, elsewhere):
        folder.mkdir()
        (folder / "x-epoch-1").write_bytes(b"mine")
    written: list[Written] = [("epoch", 1, str(elsewhere / "x-epoch-1"))]
    retention = Retention(settings(output, save_last_n_epochs=1), 1, written)
    for number in (2, 3, 4):
        saved(retention, output, "epoch", number)
    assert left(output) == [1, 4]
    assert left(elsewhere) == [1]


def test_a_change_of_the_options_on_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    first = Retention(settings(tmp_path), 1)
    for number in (1, 2, 3):
        saved(first, tmp_path, "epoch", number)
    second = Retention(settings(tmp_path, save_last_n_epochs=1), 2, list(first.written))
    saved(second, tmp_path, "epoch", 4)
    assert left(tmp_path) == [3, 4]
    saved(second, tmp_path, "epoch", 6)
    assert left(tmp_path) == [6]


def test_a_file_written_anew_is_known_once(tmp_path: Path) -> None:
    retention = Retention(settings(tmp_path), 1)
    for _ in range(2):
        retention.add("epoch", 1, tmp_path / "a")
    assert retention.written == [("epoch", 1, str(tmp_path / "a"))]


@pytest.mark.parametrize(("ratio", "epochs", "every"), [(5, 10, 2), (5, 12, 2), (5, 3, 1), (3, 100, 33), (1, 4, 4)])
def test_at_least_so_many_files(tmp_path: Path, ratio: int, epochs: int, every: int) -> None:
    assert epochs_between(settings(tmp_path, save_n_epoch_ratio=ratio, save_every_n_epochs=7), epochs) == every


def test_without_a_ratio(tmp_path: Path) -> None:
    assert epochs_between(settings(tmp_path, save_every_n_epochs=7), 10) == 7
    assert epochs_between(settings(tmp_path), 10) is None


def test_removing_tells_the_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    (folder / "inner").mkdir(parents=True)
    (folder / "a").write_bytes(b"12")
    (folder / "inner" / "b").write_bytes(b"345")
    assert remove(folder) == 5
    assert not folder.exists()
