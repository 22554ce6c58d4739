"""Killed at any moment, a training leaves whole files and goes on to the same end, bit for bit."""

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.settings.train import TrainSettings
from tests.training import killing, making
from tests.training.conftest import MakeSettings

pytestmark = pytest.mark.tiny

Record = Callable[[str, object], None]

STEPS = 9
KILLS = 50
CHANGING: Final = {"flip_aug": True, "shuffle_caption": True}
WORDS: Final = {"token_string": "<one> <two>", "init_word": "red", "use_object_template": True, "flip_aug": True}
METHODS: Final[dict[str, dict[str, Any]]] = {
    "lora": {"network_dropout": 0.2, **CHANGING},
    "dreambooth": {"method": "dreambooth", "learning_rate": 1e-4, **CHANGING},
    "dreambooth-folder": {
        "method": "dreambooth", "learning_rate": 1e-4, "save_model_as": "diffusers_safetensors", **CHANGING
    },
    "textual_inversion": {"method": "textual_inversion", "save_model_as": "safetensors", **WORDS},
    "hypernetwork": {
        "method": "hypernetwork", "save_model_as": "pt", "hypernetwork_dropout_structure": "0,0.3,0", **CHANGING
    },
    "pivotal_tuning": {"method": "pivotal_tuning", "network_dim": 2, "network_dropout": 0.2, **WORDS},
    "imagic": {"method": "imagic", "learning_rate": 1e-3, "sample_grid": False},
}  # fmt: skip


def settings_to_kill(make: MakeSettings, folder: str, every: int, method: str = "lora") -> TrainSettings:
    options: dict[str, Any] = {"max_train_steps": STEPS, "save_state": True, "save_every_n_steps": every}
    return make(at=folder, **options, resume="last", **METHODS[method])


def test_two_kills_and_the_same_end(make_settings: MakeSettings, tmp_path: Path) -> None:
    whole = making.run(settings_to_kill(make_settings, "whole", 2), tmp_path / "job")
    settings = settings_to_kill(make_settings, "killed", 2)
    generator = random.Random()
    for number in range(2):
        job = tmp_path / f"job{number}"
        running = killing.start(settings, job, killing.Program)
        assert killing.kill_after(running, partial(has_told, job, 3), killing.delay(generator, 0.1))
        assert making.read_events(job)[-1]["kind"] != "done"
        killing.check_whole(settings)
    last = killing.start(settings, tmp_path / "last", killing.Program)
    killing.wait(last)
    events = making.read_events(tmp_path / "last")
    assert events[-1]["kind"] == "done"
    assert next(event["step"] for event in events if event["kind"] == "metric") > 3
    assert making.same(load_file(Path(settings.output_dir) / "x.safetensors"), whole.weights())


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_fifty_kills_and_the_same_end(
    make_settings: MakeSettings, tmp_path: Path, method: str, record_property: Record
) -> None:
    """Saves after every step, so that many a kill falls into a save."""
    make = partial(settings_of_method, make_settings, tmp_path, method)
    whole = making.run(make("whole"), tmp_path / "job").settings
    expected = killing.final_files(whole)
    generator = random.Random()
    counts = Counter[str]()
    while counts["kills"] < KILLS:
        settings = make(f"killed{counts['finished']}")
        counts["starts"] += 1
        job = tmp_path / f"job{counts['starts']}"
        running = killing.start(settings, job, killing.Fork)
        ready = partial(has_told, job, generator.randint(1, 3))
        counts["kills"] += killing.kill_after(running, ready, killing.delay(generator, 0.15))
        killing.check_whole(settings)
        counts["during saves"] += killing.cut_short(settings)
        if making.read_events(job)[-1]["kind"] == "done":
            counts["finished"] += 1
            check_end(settings, expected)
    record_property("counts", dict(counts))
    assert counts["finished"] > 0
    assert counts["during saves"] > 0


def settings_of_method(make: MakeSettings, folder: Path, method: str, at: str) -> TrainSettings:
    """Return settings that save after every step; imagic's data are one picture."""
    settings = settings_to_kill(make, at, 1, method)
    if method != "imagic":
        return settings
    return making.set_anew(settings, train_data_dir=str(making.draw_dataset(folder / "one", shapes=((64, 64),))))


def check_end(settings: TrainSettings, expected: Mapping[str, Mapping[str, Tensor]]) -> None:
    found = killing.final_files(settings)
    assert found.keys() == expected.keys()
    assert all(making.same(found[name], held) for name, held in expected.items())


def has_told(job: Path, steps: int) -> bool:
    return killing.steps_told(job) >= steps


def drawn(settings: TrainSettings) -> int:
    return len(list(killing.classes(settings).glob("*.png")))


def has_drawn(settings: TrainSettings, count: int) -> bool:
    return drawn(settings) >= count


def concepts(make: MakeSettings, dataset: Path, at: str, tmp_path: Path) -> TrainSettings:
    concept = {
        "instance_data_dir": str(dataset), "class_data_dir": str(tmp_path / at / "class"), "instance_token": "sks",
        "class_token": "thing", "num_class_images_per": 3, "class_infer_steps": 2, "n_save_sample": 0,
    }  # fmt: skip
    more = {"concepts_list": json.dumps([concept]), "class_batch_size": 1, "max_train_steps": 1}
    return make(at=at, train_data_dir=None, sample_grid=False, **more)


@pytest.mark.slow
def test_fifty_kills_while_class_pictures_are_drawn(
    make_settings: MakeSettings, dataset: Path, tmp_path: Path, record_property: Record
) -> None:
    """Every picture is whole and has its caption; drawn one by one, they end as those of an unbroken drawing.

    Larger batches would not: what a kill leaves of one is drawn in another shape, which rounds otherwise.
    """
    whole = making.run(concepts(make_settings, dataset, "whole", tmp_path), tmp_path / "job").settings
    expected = {path.name: path.read_bytes() for path in killing.classes(whole).iterdir()}
    assert len(expected) == 2 * 12
    generator = random.Random()
    counts = Counter[str]()
    while counts["kills"] < KILLS:
        settings = concepts(make_settings, dataset, f"killed{counts['finished']}", tmp_path)
        counts["starts"] += 1
        job = tmp_path / f"job{counts['starts']}"
        running = killing.start(settings, job, killing.Fork)
        ready = partial(has_drawn, settings, generator.randint(1, 3) + drawn(settings))
        counts["kills"] += killing.kill_after(running, ready, killing.delay(generator, 0.05))
        killing.check_whole(settings)
        counts["during saves"] += killing.cut_short(settings)
        if making.read_events(job)[-1]["kind"] == "done":
            counts["finished"] += 1
            assert {path.name: path.read_bytes() for path in killing.classes(settings).iterdir()} == expected
    record_property("counts", dict(counts))
    assert counts["finished"] > 0
