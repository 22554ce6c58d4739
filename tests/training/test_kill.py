"""Killed at any moment, a training leaves whole files and goes on to the same end, bit for bit."""

import json
import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from safetensors.torch import load_file

from mikazuki.settings.train import TrainSettings
from tests.training import killing, making
from tests.training.conftest import MakeSettings

pytestmark = pytest.mark.tiny

Record = Callable[[str, object], None]
Moment = Callable[[TrainSettings, Path, random.Random], Callable[[], bool]]
"""Settings, job folder and chance -> what tells that the moment to kill has come."""

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
    expected = killing.final_files(making.run(make("whole"), tmp_path / "job").settings)

    def moment(_settings: TrainSettings, job: Path, generator: random.Random) -> Callable[[], bool]:
        return partial(has_told, job, generator.randint(1, 3))

    def same(settings: TrainSettings) -> bool:
        found = killing.final_files(settings)
        return found.keys() == expected.keys() and all(making.same(found[name], expected[name]) for name in expected)

    counts = kill_again_and_again(make, tmp_path, moment, same, longest=0.15)
    record_property("counts", dict(counts))
    assert counts["during saves"] > 0


def kill_again_and_again(
    make: Callable[[str], TrainSettings],
    folder: Path,
    moment: Moment,
    same: Callable[[TrainSettings], bool],
    longest: float,
) -> Counter[str]:
    """Kill and resume 50 times, then let the last one end; each that ends is looked at, and another begun."""
    generator = random.Random()
    counts = Counter[str]()
    ended = True
    while counts["kills"] < KILLS or not ended:
        settings = make(f"killed{counts['finished']}")
        counts["starts"] += 1
        job = folder / f"job{counts['starts']}"
        running = killing.start(settings, job, killing.Fork)
        if counts["kills"] < KILLS:
            ready = moment(settings, job, generator)
            counts["kills"] += killing.kill_after(running, ready, killing.delay(generator, longest))
        else:
            killing.wait(running)
        killing.check_whole(settings)
        counts["during saves"] += killing.cut_short(settings)
        ended = making.read_events(job)[-1]["kind"] == "done"
        if ended:
            counts["finished"] += 1
            assert same(settings)
    assert counts["finished"] > 0
    return counts


def settings_of_method(make: MakeSettings, folder: Path, method: str, at: str) -> TrainSettings:
    """Return settings that save after every step; imagic's data are one picture."""
    settings = settings_to_kill(make, at, 1, method)
    if method != "imagic":
        return settings
    return making.set_anew(settings, train_data_dir=str(making.draw_dataset(folder / "one", shapes=((64, 64),))))


def has_told(job: Path, steps: int) -> bool:
    return killing.steps_told(job) >= steps


def drawn(settings: TrainSettings) -> int:
    return len(list(killing.classes(settings).glob("*.png")))


def has_drawn(settings: TrainSettings, count: int) -> bool:
    return drawn(settings) >= count


def drawn_files(settings: TrainSettings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in killing.classes(settings).iterdir()}


def concepts(make: MakeSettings, dataset: Path, folder: Path, at: str) -> TrainSettings:
    concept = {
        "instance_data_dir": str(dataset), "class_data_dir": str(folder / at / "class"), "instance_token": "sks",
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
    make = partial(concepts, make_settings, dataset, tmp_path)
    expected = drawn_files(making.run(make("whole"), tmp_path / "job").settings)
    assert len(expected) == 2 * 12

    def moment(settings: TrainSettings, _job: Path, generator: random.Random) -> Callable[[], bool]:
        return partial(has_drawn, settings, generator.randint(1, 3) + drawn(settings))

    counts = kill_again_and_again(
        make, tmp_path, moment, lambda settings: drawn_files(settings) == expected, longest=0.05
    )
    record_property("counts", dict(counts))
