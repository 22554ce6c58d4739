import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.jobs import folder
from mikazuki.jobs.folder import all_jobs, create, job_id, read_json

NOON = datetime(2026, 11, 21, 12, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "middle"),
    [("demo", "demo"), ("my cat (v2)", "my-cat-v2"), ("\u732b", "\u732b"), ("..", "job"), ("a" * 99, "a" * 40)],
)
def test_ids_are_readable_and_safe_as_folder_names(name: str, middle: str) -> None:
    assert re.fullmatch(rf"20261121-120005-{re.escape(middle)}-[0-9a-f]{{4}}", job_id(name, NOON))


def test_a_job_keeps_what_it_was_given(tmp_path: Path) -> None:
    job = create(
        tmp_path / "logs" / "jobs", "\u732b demo", {"config.toml": "seed = 1\n", "x.txt": "y"}, {"engine": "e"}
    )
    assert job.config.read_text(encoding="utf-8") == "seed = 1\n"
    assert (job.folder / "x.txt").read_text(encoding="utf-8") == "y"
    assert job.facts()["engine"] == "e"
    assert job.facts()["id"] == job.id
    assert not job.stop.exists()


def test_jobs_are_listed_newest_first_and_other_folders_are_not(tmp_path: Path) -> None:
    assert all_jobs(tmp_path / "none") == []
    for name in ("20260101-000000-a-0000", "20270101-000000-b-0000"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.toml").touch()
    (tmp_path / "other").mkdir()
    assert [job.id[:8] for job in all_jobs(tmp_path)] == ["20270101", "20260101"]


def test_nothing_is_left_behind_when_the_disk_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, text: str) -> None:
        raise MikazukiError("disk-full", f"{path} {text}")

    monkeypatch.setattr(folder, "write_text", refuse)
    with pytest.raises(MikazukiError, match="config"):
        create(tmp_path, "demo", {"config.toml": ""}, {})
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "jobs").touch()
    with pytest.raises(MikazukiError, match="jobs"):
        create(tmp_path / "jobs", "demo", {}, {})


def test_broken_json_is_an_empty_answer(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    assert read_json(path) == {}
    for text in ("{", "[1]", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")):
        path.write_text(text, encoding="latin-1")
        assert read_json(path) == {}
