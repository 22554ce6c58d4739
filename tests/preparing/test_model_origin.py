"""Which job made which model, read once and then only what is new."""

import json
from pathlib import Path

from mikazuki.preparing.model_origin import Origins


def _job(root: Path, name: str, *events: dict[str, object]) -> Path:
    folder = root / "logs" / "jobs" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text("", encoding="utf-8")
    with (folder / "events.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(json.dumps({"time": 1.0, **event}) + "\n" for event in events)
    return folder


def test_models_and_samples_of_jobs(tmp_path: Path) -> None:
    model, sample = tmp_path / "output" / "a.safetensors", tmp_path / "output" / "sample" / "a.png"
    sample.parent.mkdir(parents=True)
    sample.write_bytes(b"")
    _job(
        tmp_path,
        "20260101-000000-a-0001",
        {"kind": "progress", "step": 1, "text": '"done"'},
        {"kind": "checkpoint", "what": "model", "path": "output/a-000001.safetensors"},
        {"kind": "checkpoint", "what": "state", "path": "output/a-state"},
        {"kind": "sample", "path": "output/sample/a.png"},
        {"kind": "sample", "path": "output/sample/gone.png", "step": 9},
        {"kind": "done", "path": str(model)},
    )
    origins = Origins(tmp_path, tmp_path / "logs" / "jobs")
    made = origins.now()
    job = made.job_of(model)
    assert job
    assert job.id == "20260101-000000-a-0001"
    assert made.job_of(tmp_path / "output" / "a-000001.safetensors") == job
    assert made.job_of(tmp_path / "output" / "a-state") is None
    assert (made.samples(job), made.newest_sample(job)) == ([sample], sample)

    # a later job of the same name is the one that wrote the file as it is now
    _job(tmp_path, "20260102-000000-a-0002", {"kind": "done", "path": "output/a.safetensors"})
    newer = origins.now().job_of(model)
    assert newer
    assert newer.id == "20260102-000000-a-0002"


def test_a_line_that_is_being_written_waits_for_its_end(tmp_path: Path) -> None:
    folder = _job(tmp_path, "20260101-000000-a-0001")
    origins = Origins(tmp_path, tmp_path / "logs" / "jobs")
    line = json.dumps({"time": 1.0, "kind": "done", "path": "a.pt"}) + "\n"
    (folder / "events.jsonl").write_text("torn\n" + line[:20], encoding="utf-8")
    assert origins.now().job_of(tmp_path / "a.pt") is None
    (folder / "events.jsonl").write_text("torn\n" + line, encoding="utf-8")
    assert origins.now().job_of(tmp_path / "a.pt")
