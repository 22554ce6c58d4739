"""The kept facts of a folder: used while they hold, read anew when not, and readable for sd-scripts."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from mikazuki.data import reading
from mikazuki.data.info_cache import CACHE_NAME, read_records
from mikazuki.data.pictures import BadPicture, Picture, probe_all
from mikazuki.data.plan import Plan, make_plan
from tests.data.conftest import MakePicture, MakeSettings


@pytest.fixture
def folder(tmp_path: Path, make_picture: MakePicture) -> Path:
    """Three pictures."""
    for index in range(3):
        make_picture(tmp_path / "1_a" / f"{index}.png", (64 + index, 64), f"caption {index}")
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Every picture that is opened, and whether it is decoded."""
    found: list[tuple[str, bool]] = []

    def probe(paths: Iterable[Path], *, decode: bool = False) -> list[Picture | BadPicture]:
        listed = list(paths)
        found.extend((path.name, decode) for path in listed)
        return probe_all(listed, decode=decode)

    monkeypatch.setattr(reading, "probe_all", probe)
    return found


def planned(folder: Path, make_settings: MakeSettings, **options: Any) -> Plan:
    verify = options.pop("verify", True)
    return make_plan(make_settings(folder, cache_info=True, **options), verify=verify)


def test_a_second_start_opens_nothing(folder: Path, make_settings: MakeSettings, opened: list[Any]) -> None:
    first = planned(folder, make_settings)
    assert len(opened) == 3
    opened.clear()
    time = (folder / "1_a" / CACHE_NAME).stat().st_mtime_ns
    assert planned(folder, make_settings) == first
    assert planned(folder, make_settings, verify=False) == first
    assert opened == []
    assert (folder / "1_a" / CACHE_NAME).stat().st_mtime_ns == time


def test_it_reads_as_sd_scripts_writes_it(folder: Path, make_settings: MakeSettings) -> None:
    planned(folder, make_settings)
    document = json.loads((folder / "1_a" / CACHE_NAME).read_text(encoding="utf-8"))
    assert [(name, record["caption"], record["resolution"]) for name, record in document.items()] == [
        (str(folder / "1_a" / f"{index}.png"), f"caption {index}", [64 + index, 64]) for index in range(3)
    ]


def test_changed_pictures_and_captions(
    folder: Path, make_picture: MakePicture, make_settings: MakeSettings, opened: list[Any]
) -> None:
    planned(folder, make_settings)
    opened.clear()
    make_picture(folder / "1_a" / "1.png", (128, 64), "new")
    make_picture(folder / "1_a" / "3.png", (64, 64), "more")
    (folder / "1_a" / "0.png").unlink()
    plan = planned(folder, make_settings)
    assert opened == [("1.png", True), ("3.png", True)]
    assert [(entry.size, entry.caption) for entry in plan.entries] == [
        ((128, 64), "new"),
        ((66, 64), "caption 2"),
        ((64, 64), "more"),
    ]
    assert len(read_records(folder / "1_a")) == 3


def test_the_same_length_at_another_time_is_read_anew(
    folder: Path, make_settings: MakeSettings, opened: list[Any]
) -> None:
    planned(folder, make_settings)
    opened.clear()
    os.utime(folder / "1_a" / "2.png", ns=(1, 1))
    planned(folder, make_settings)
    assert opened == [("2.png", True)]


def test_what_only_a_header_said_is_decoded_when_asked(
    folder: Path, make_settings: MakeSettings, opened: list[Any]
) -> None:
    planned(folder, make_settings, verify=False)
    opened.clear()
    planned(folder, make_settings)
    assert len(opened) == 3
    opened.clear()
    # and a later quick look does not forget that
    os.utime(folder / "1_a" / "2.png", ns=(1, 1))
    planned(folder, make_settings, verify=False)
    planned(folder, make_settings)
    assert opened == [("2.png", False), ("2.png", True)]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"x": 1}', '{"PATH": {"caption": "c", "resolution": [9, 9]}}', '{"PATH": {"file": [0, 0]}}'],
)
def test_caches_of_others_count_as_none(
    folder: Path, make_settings: MakeSettings, opened: list[Any], content: str
) -> None:
    picture = json.dumps(str(folder / "1_a" / "0.png"))
    (folder / "1_a" / CACHE_NAME).write_text(content.replace('"PATH"', picture), encoding="utf-8")
    assert planned(folder, make_settings).entries[0].size == (64, 64)
    assert len(opened) == 3
    assert len(read_records(folder / "1_a")) == 3


def test_a_folder_that_cannot_be_written(
    folder: Path, make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_text", refuse)
    plan = planned(folder, make_settings)
    assert "cache-info-not-written" in [notice.code for notice in plan.warnings]
    assert len(plan.entries) == 3


def test_nothing_is_written_unless_asked_for(folder: Path, make_settings: MakeSettings) -> None:
    make_plan(make_settings(folder))
    assert not (folder / "1_a" / CACHE_NAME).exists()
