"""How many Saves are kept, and what a broken history does."""

import sys
from pathlib import Path

import pytest

from mikazuki.data.workbench import saving
from mikazuki.data.workbench.asked import Selection
from mikazuki.data.workbench.bench import Workbench
from mikazuki.data.workbench.index import OnDisk
from mikazuki.data.workbench.operations import SetText


def test_the_oldest_save_goes_when_there_are_too_many(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "KEPT", 3)
    ids = []
    for number in range(5):
        bench.apply(Selection(names=["a.png"]), SetText(kind="set", text=str(number)), ",")
        ids.append(bench.save().id)
    assert [one.id for one in bench.history()] == ids[:1:-1]


def test_saving_nothing_makes_no_history(bench: Workbench) -> None:
    assert bench.save().id == ""
    assert bench.history() == []


def test_a_broken_history_is_passed_over(bench: Workbench, tmp_path: Path) -> None:
    bench.apply(Selection(), SetText(kind="set", text="x"), ",")
    kept = bench.save().id
    (folder,) = (tmp_path / "drafts").glob("*/saves")
    (folder / "19990101-000000-000000.jsonl").write_text("{", encoding="utf-8")
    assert [one.id for one in bench.history()] == [kept]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_whose_name_is_no_utf8_is_given_back(tmp_path: Path) -> None:
    path = tmp_path / "\udcff.txt"
    saved = saving.save(tmp_path, [saving.Wanted("a", path, "x", OnDisk())])
    assert saving.restore(tmp_path, saved.id).files == 1
    assert not path.exists()
