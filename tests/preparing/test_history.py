import json
from pathlib import Path

from mikazuki.jobs.folder import create
from mikazuki.preparing.history import expected_seconds
from mikazuki.settings.load import dump_toml
from mikazuki.settings.train import TrainSettings


def settings(**changes: object) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **changes})


def add_run(jobs: Path, wanted: TrainSettings, *, model_bytes: int = 5, finished: bool = True) -> None:
    job = create(jobs, "demo", {"config.toml": dump_toml(wanted)}, {"model_bytes": model_bytes})
    events = [
        {"time": 110.0, "kind": "progress", "step": 1},
        {"time": 130.0, "kind": "progress", "step": 11},
        *([{"time": 135.0, "kind": "done", "seconds": 35.0}] if finished else []),
    ]
    job.events.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")


def test_steps_take_what_they_took_and_the_rest_counts_once(tmp_path: Path) -> None:
    add_run(tmp_path, settings())
    assert expected_seconds(tmp_path, settings(network_dim=64), 5, steps=100) == 2.0 * 100 + 15.0


def test_other_kinds_of_runs_say_nothing(tmp_path: Path) -> None:
    assert expected_seconds(tmp_path / "none", settings(), 5, 100) is None
    add_run(tmp_path, settings(resolution=768))
    add_run(tmp_path, settings(), model_bytes=6)
    add_run(tmp_path, settings(), finished=False)
    assert expected_seconds(tmp_path, settings(), 5, 100) is None


def test_a_broken_job_is_passed_over(tmp_path: Path) -> None:
    job = create(tmp_path, "demo", {"config.toml": "= broken"}, {"model_bytes": 5})
    job.events.write_text("", encoding="utf-8")
    assert expected_seconds(tmp_path, settings(), 5, 100) is None
