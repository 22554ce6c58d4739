"""Killed at any moment, a training leaves whole files and goes on to the same end, bit for bit."""

import random
from pathlib import Path

import pytest
from safetensors.torch import load_file

from mikazuki.settings.train import TrainSettings
from tests.training import killing, making
from tests.training.conftest import MakeSettings

pytestmark = pytest.mark.tiny

STEPS = 9


def settings_to_kill(make: MakeSettings, folder: str, every: int) -> TrainSettings:
    return make(
        at=folder,
        max_train_steps=STEPS,
        save_state=True,
        save_every_n_steps=every,
        network_dropout=0.2,
        flip_aug=True,
        shuffle_caption=True,
        resume="last",
    )


def test_two_kills_and_the_same_end(make_settings: MakeSettings, tmp_path: Path) -> None:
    whole = making.run(settings_to_kill(make_settings, "whole", 2), tmp_path / "job")
    settings = settings_to_kill(make_settings, "killed", 2)
    generator = random.Random()
    for number in range(2):
        job = tmp_path / f"job{number}"
        running = killing.start(settings, job, killing.Program)
        assert killing.kill_after(running, job, 3, killing.delay(generator, 0.1))
        assert making.read_events(job)[-1]["kind"] != "done"
        killing.check_whole(settings)
    last = killing.start(settings, tmp_path / "last", killing.Program)
    killing.wait(last)
    events = making.read_events(tmp_path / "last")
    assert events[-1]["kind"] == "done"
    assert next(event["step"] for event in events if event["kind"] == "metric") > 3
    assert making.same(load_file(Path(settings.output_dir) / "x.safetensors"), whole.weights())


@pytest.mark.slow
def test_fifty_kills_and_the_same_end(make_settings: MakeSettings, tmp_path: Path) -> None:
    """Saves after every step, so that many a kill falls into a save."""
    whole = making.run(settings_to_kill(make_settings, "whole", 1), tmp_path / "job").weights()
    generator = random.Random()
    kills, finished, during_saves, starts = 0, 0, 0, 0
    while kills < 50:
        settings = settings_to_kill(make_settings, f"killed{finished}", 1)
        starts += 1
        job = tmp_path / f"job{starts}"
        running = killing.start(settings, job, killing.Fork)
        killed = killing.kill_after(running, job, generator.randint(1, 3), killing.delay(generator, 0.15))
        killing.check_whole(settings)
        during_saves += killing.cut_short(settings)
        kills += killed
        if making.read_events(job)[-1]["kind"] == "done":
            finished += 1
            assert making.same(load_file(Path(settings.output_dir) / "x.safetensors"), whole)
    assert finished > 0
    assert during_saves > 0
    record = f"{kills} kills, {during_saves} of them during a save, {finished} trainings finished\n"
    (tmp_path / "record.txt").write_text(record, encoding="utf-8")
