"""Measuring a training: the batch that takes most memory, two real steps, and nothing written."""

import platform
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from accelerate.state import AcceleratorState

from mikazuki.data.batches import epoch_batches
from mikazuki.data.plan import Plan
from mikazuki.errors import MikazukiError
from mikazuki.settings.rates import rest_step, word_steps
from mikazuki.settings.train import TrainSettings
from mikazuki.training import probing
from mikazuki.training.batches import Batch
from mikazuki.training.denoising import Denoising
from mikazuki.training.run import read_task
from tests.training import making
from tests.training.conftest import MakeSettings

pytestmark = pytest.mark.tiny

SHAPES = ((64, 64), (64, 64), (64, 64), (96, 80), (64, 64))
"""Widths and heights: four squares, and one larger picture."""

WORDS = {"method": "pivotal_tuning", "token_string": "xyz", "pivotal_ratio": 0.1}

Measure = Callable[..., probing.Measure]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of pictures that are shown twice an epoch."""
    return making.draw_dataset(tmp_path_factory.mktemp("probed"), repeats=2, shapes=SHAPES)


@pytest.fixture
def make(make_settings: MakeSettings, pictures: Path) -> Callable[..., TrainSettings]:
    """Return settings for those pictures, whose sizes stay as they are."""

    def of(**more: object) -> TrainSettings:
        own = {"train_data_dir": str(pictures), "resolution": 96, "bucket_no_upscale": True}
        return make_settings(**{**own, **more})

    return of


@pytest.mark.parametrize(
    ("asked", "rests_at"),
    [
        ({"text_encoder_ratio": 0.2}, None),
        ({"stop_text_encoder_training": 1}, None),
        ({"stop_text_encoder_training": -1}, -1),
        ({"text_encoder_ratio": 0.0}, 0),
    ],
)
def test_what_rests_on_the_way_learns_in_a_measurement(
    make: Callable[..., TrainSettings], asked: dict[str, float], rests_at: int | None
) -> None:
    own = probing.as_measured(make(method="dreambooth", **asked))
    assert rest_step(own, 1, lambda epoch: 2 * epoch) == rests_at
    assert bool(own.rate_of_text_encoder) == (rests_at is None)
    words = make(**WORDS)
    assert word_steps(probing.as_measured(words), 2) == 2


def plan_of(settings: TrainSettings) -> Plan:
    return read_task(settings, Path()).plan


@pytest.mark.parametrize(
    ("batch", "size", "together", "captions"),
    [
        # one picture at a time: the largest bucket
        (1, (96, 80), 1, {"a blue square, left"}),
        # as its picture is shown twice, it fills a batch of two
        (2, (96, 80), 2, {"a blue square, left"}),
        # eight squares at once are more than two of the larger ones; those with the longest captions
        (8, (64, 64), 8, {"a green square, right", "a red square, left", "a wide thing, flat"}),
    ],
)
def test_the_heaviest_batch(
    make: Callable[..., TrainSettings], batch: int, size: tuple[int, int], together: int, captions: set[str]
) -> None:
    plan = probing.heaviest(plan_of(make(train_batch_size=batch)), 1)
    assert plan.buckets[0].resolution == size
    assert {entry.caption for entry in plan.entries} <= captions
    batches = epoch_batches(plan, seed=1, epoch=0)
    assert [len(rows) for rows in batches] == [together] * 2
    assert (plan.max_train_steps, plan.steps_per_epoch) == (2, 2)


def test_the_longest_captions_come_first(make: Callable[..., TrainSettings]) -> None:
    plan = plan_of(make(train_batch_size=1))
    squares = replace(plan, entries=tuple(one for one in plan.entries if one.bucket == (64, 64)))
    assert [entry.caption for entry in probing.heaviest(squares, 1).entries] == ["a green square, right"]


def test_every_process_has_its_part_and_accumulated_batches_are_there(make: Callable[..., TrainSettings]) -> None:
    plan = probing.heaviest(plan_of(make(train_batch_size=4, num_processes=2)), 2)
    assert plan.processes == 1
    assert [len(rows) for rows in epoch_batches(plan, seed=1, epoch=0)] == [4] * 4


def test_pictures_that_are_yet_to_be_drawn_are_not_asked_for(make: Callable[..., TrainSettings]) -> None:
    plan = plan_of(make())
    absent = tuple(replace(entry, picture=Path("nowhere") / entry.picture.name) for entry in plan.entries)
    with pytest.raises(MikazukiError) as found:
        probing.heaviest(replace(plan, entries=absent), 1)
    assert found.value.code == "no-pictures"


@pytest.fixture
def measure(make: Callable[..., TrainSettings], tmp_path: Path) -> Measure:
    """Measure in this process."""

    def of(memory: int | None = None, **more: object) -> probing.Measure:
        AcceleratorState._reset_state(True)
        return probing.measure(make(**more), tmp_path / "job", memory)

    return of


def test_two_steps_are_done_and_nothing_is_written(
    measure: Measure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    predict = Denoising.predict

    def counted(self: Denoising, batch: Batch) -> torch.Tensor:
        sizes.append(tuple(batch.latents.shape))
        return predict(self, batch)

    monkeypatch.setattr(Denoising, "predict", counted)
    options = {"gradient_accumulation_steps": 3, "save_every_n_steps": 1, "log_with": "tensorboard", "save_state": True}
    found = measure(train_batch_size=2, cache_latents_to_disk=True, cache_latents=True, **options)
    # two steps of as many batches as show what adding up takes
    assert len(sizes) == 4
    assert len(set(sizes)) == 1
    assert found.seconds is not None
    assert found.seconds > 0
    assert found.memory > 50 * 2**20
    assert found.free > found.memory
    assert (found.pictures, found.size, found.device, found.spills) == (2, (96, 80), "cpu", False)
    assert list(tmp_path.rglob("*")) == []


def test_memory_that_runs_out_is_an_answer(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    def short(_self: Denoising, _batch: Batch) -> torch.Tensor:
        raise MemoryError

    monkeypatch.setattr(Denoising, "predict", short)
    found = measure(10**9)
    assert (found.seconds, found.free) == (None, 10**9)
    monkeypatch.setattr(probing, "is_out_of_memory", lambda _error: False)
    with pytest.raises(MemoryError):
        measure()


def test_windows_and_wsl_move_memory_out() -> None:
    def named(system: str, release: str) -> platform.uname_result:
        return platform.uname_result(system, "node", release, "1", "x86_64")

    assert probing.spills(named("Windows", "11"))
    assert probing.spills(named("Linux", "5.15.153.1-microsoft-standard-WSL2"))
    assert not probing.spills(named("Linux", "6.8.0-45-generic"))


def test_the_high_water_mark_is_this_processs_own(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text("Name:\tpython\nVmHWM:\t  2048 kB\nVmRSS:\t 1024 kB\n", encoding="ascii")
    assert probing._high_water(status) == 2 * 2**20
    assert probing._high_water(tmp_path / "none") > 2**20
