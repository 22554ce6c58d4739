"""Whole runs in this process: what is written, skipped, told; stopping and going on; a dry run changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.events import EVENTS_FILE, STOP_FILE, EventWriter
from mikazuki.tagging import run as module
from mikazuki.tagging.history import DIFFERENCES, DIFFERENCES_JSON, undo
from mikazuki.tagging.run import run
from tests.tagging import world
from tests.tagging.world import settings

RED = "red thing, hero (story), green thing, blue thing"


@pytest.fixture
def job(tmp_path: Path) -> Path:
    """A job's folder beside a tagger `wd` and a folder `set` of five pictures, one of them broken."""
    world.wd(tmp_path / "wd")
    for number in range(4):
        world.picture(tmp_path / "set" / f"{number}.png")
    (tmp_path / "set" / "broken.png").write_bytes(b"broken")
    (tmp_path / "job").mkdir()
    return tmp_path / "job"


def work(job: Path, **given: Any) -> tuple[bool, dict[str, Any]]:
    root = job.parent
    asked = settings(**{"train_data_dir": str(root / "set"), "model": str(root / "wd"), "batch_size": 2, **given})
    return run(asked, job, EventWriter(job / EVENTS_FILE))


def events(job: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (job / EVENTS_FILE).read_text(encoding="utf-8").splitlines()]


def captions(job: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((job.parent / "set").glob("*.txt"))}


def numbers(found: dict[str, Any]) -> tuple[int, ...]:
    return tuple(found[key] for key in ("total", "written", "unchanged", "failed", "skipped"))


def test_a_run(job: Path) -> None:
    (job.parent / "set" / "0.txt").write_text("mine\n", encoding="utf-8")
    whole, found = work(job)
    assert whole
    assert numbers(found) == (4, 3, 0, 1, 1)
    assert captions(job) == {"0.txt": "mine\n", **{f"{number}.txt": RED + "\n" for number in (1, 2, 3)}}
    told = events(job)
    assert [event["name"] for event in told if event["kind"] == "stage"] == ["find", "load_model", "tag"]
    (warning,) = [event for event in told if event["kind"] == "warning"]
    assert "broken.png" in warning["text"]
    last = [event for event in told if event["kind"] == "progress"][-1]
    assert (last["step"], last["total"]) == (4, 4)


def test_appending_and_undo(job: Path) -> None:
    (job.parent / "set" / "0.txt").write_text("mine, red thing\n", encoding="utf-8")
    before = captions(job)
    work(job, on_conflict="append", categories=("general",))
    assert captions(job)["0.txt"] == "mine, red thing, green thing, blue thing\n"
    undo(job)
    assert captions(job) == before


def test_a_dry_run_changes_nothing_and_shows_all(job: Path) -> None:
    (job.parent / "set" / "0.txt").write_text("mine\n", encoding="utf-8")
    before = sorted((path, path.stat().st_mtime_ns) for path in (job.parent / "set").iterdir())
    _, found = work(job, on_conflict="overwrite", dry_run=True, json_sidecar=True)
    assert numbers(found) == (5, 4, 0, 1, 0)
    assert sorted((path, path.stat().st_mtime_ns) for path in (job.parent / "set").iterdir()) == before
    records = [json.loads(line) for line in (job / DIFFERENCES_JSON).read_text(encoding="utf-8").splitlines()]
    assert [(record["before"], record["after"]) for record in records] == [("mine", RED), *[(None, RED)] * 3]
    assert (job / DIFFERENCES).read_text(encoding="utf-8").count(f"+{RED}") == 4
    assert not list(job.glob(".*.jsonl"))


def test_stopping_after_a_batch_and_going_on(job: Path, tmp_path: Path) -> None:
    (job.parent / "set" / "broken.png").unlink()
    (job / STOP_FILE).touch()
    whole, found = work(job, on_conflict="append", model=str(tmp_path / "wd"))
    assert not whole
    assert (found["done"], found["written"], len(captions(job))) == (2, 2, 2)
    second = tmp_path / "second"
    second.mkdir()
    # a caption that was written by hand since is not touched, for its picture is done
    (job.parent / "set" / "0.txt").write_text("by hand\n", encoding="utf-8")
    whole, found = work(second, on_conflict="append", resume=str(job))
    assert whole
    assert numbers(found) == (2, 2, 0, 0, 2)
    assert captions(job)["0.txt"] == "by hand\n"
    third = tmp_path / "third"
    third.mkdir()
    assert numbers(work(third, on_conflict="append", resume=str(second))[1]) == (0, 0, 0, 0, 4)


def test_a_stop_after_the_last_batch_comes_too_late(job: Path) -> None:
    (job / STOP_FILE).touch()
    assert work(job, batch_size=5)[0]


def test_what_failed_is_tried_again(job: Path, tmp_path: Path) -> None:
    work(job)
    world.picture(job.parent / "set" / "broken.png")
    second = tmp_path / "second"
    second.mkdir()
    assert numbers(work(second, on_conflict="overwrite", resume=str(job))[1]) == (1, 1, 0, 0, 4)


def test_a_caption_that_cannot_be_written_is_told_and_the_rest_goes_on(job: Path) -> None:
    (job.parent / "set" / "1.txt").mkdir()
    assert numbers(work(job)[1]) == (5, 3, 0, 2, 0)
    assert len(captions_of_files(job)) == 3


def captions_of_files(job: Path) -> list[Path]:
    return [path for path in (job.parent / "set").glob("*.txt") if path.is_file()]


def test_nothing_to_do_loads_no_model(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "open_model", None)
    for path in (job.parent / "set").glob("*.png"):
        path.with_suffix(".txt").write_text("there\n", encoding="utf-8")
    assert numbers(work(job)[1]) == (0, 0, 0, 0, 5)


def test_a_device_that_did_not_start_is_told_of(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mikazuki.tagging import onnx_tagger

    monkeypatch.setattr(onnx_tagger, "providers", lambda _device, _there: ["CPUExecutionProvider"])
    work(job, device="cuda")
    assert "device-not-used" in [event.get("code") for event in events(job)]


def test_a_model_that_is_not_there_ends_the_run(job: Path) -> None:
    with pytest.raises(MikazukiError) as error:
        work(job, model="wd-vit-tagger-v3", models_dir=str(job), download=False)
    assert error.value.code == "tagger-incomplete"
