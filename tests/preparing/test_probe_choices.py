"""The measuring of memory without measuring: which ways come in which order, and what a figure decides."""

from collections.abc import Callable
from typing import Any

import pytest

from mikazuki.preparing.probe import settled, why
from mikazuki.preparing.probe_choices import ADAFACTOR_ARGS, Decision, Facts, Measured, Way, decide, room, ways
from mikazuki.settings.train import TrainSettings

GB = 10**9
CPU = Facts(gpu=False)
GPU = Facts(gpu=True, eight_bit=True)


def asked(**more: Any) -> TrainSettings:
    values = {"pretrained_model_name_or_path": "model", "train_data_dir": "pictures", "cache_latents": True}
    return TrainSettings.model_validate({**values, **more})


def tried(settings: TrainSettings, facts: Facts) -> list[tuple[str, int]]:
    return [(way.saving, way.batch) for way in ways(settings, facts)]


CK = "checkpointing"
ORDERS: list[tuple[dict[str, Any], Facts, list[tuple[str, int]]]] = [
    ({}, CPU, [("asked", 1), (CK, 1), ("offload", 1)]),
    (
        {"train_batch_size": 4},
        CPU,
        [("asked", 4), ("batch", 2), (CK, 4), ("batch", 1), (CK, 2), (CK, 1), ("offload", 1)],
    ),
    (
        {"train_batch_size": 2, "mixed_precision": "no", "cache_latents": False},
        GPU,
        [
            *[("asked", 2), ("precision", 2), ("latents", 2), ("batch", 1), (CK, 2), (CK, 1)],
            *[("eight_bit", 1), ("offload", 1)],
        ],
    ),
    (
        {"method": "fine_tune", "mixed_precision": "bf16"},
        GPU,
        [("asked", 1), ("eight_bit", 1), (CK, 1), ("fused", 1), ("offload", 1)],
    ),
    ({"mixed_precision": "bf16"}, GPU, [("asked", 1), (CK, 1), ("eight_bit", 1), ("offload", 1), ("fp8", 1)]),
    (
        {"train_batch_size": 3, "gradient_checkpointing": True, "optimizer_type": "Lion"},
        GPU,
        [("asked", 3), ("batch", 1), ("offload", 1)],
    ),
    ({"train_batch_size": 8}, Facts(gpu=False, own_batches=True), [("asked", 8), (CK, 8), ("offload", 8)]),
]


@pytest.mark.parametrize(("options", "facts", "order"), ORDERS)
def test_the_order_goes_from_fast_to_frugal(
    options: dict[str, Any], facts: Facts, order: list[tuple[str, int]]
) -> None:
    settings = asked(**options)
    assert tried(settings, facts) == order
    for way in ways(settings, facts):
        found = settled(settings, way)
        assert found is not None, way
        if way.saving != "asked":
            assert found != settings
        if way.saving not in {"fused", "offload"} and not facts.own_batches:
            # the same pictures a step, or a few more
            a_step = found.train_batch_size * found.gradient_accumulation_steps
            assert 0 <= a_step - settings.train_batch_size * settings.gradient_accumulation_steps < way.batch


def test_halves_are_added_up_to_the_same_step() -> None:
    settings = asked(train_batch_size=4, gradient_accumulation_steps=3)
    smallest = next(way for way in ways(settings, CPU) if way.batch == 1)
    assert smallest.changes == {"train_batch_size": 1, "gradient_accumulation_steps": 12}
    # where weights change within the backward pass nothing can be added up
    fused = {"fused_backward_pass": True, "optimizer_type": "Adafactor", "method": "fine_tune"}
    halved = next(way for way in ways(asked(train_batch_size=2, **fused), CPU) if way.batch == 1)
    assert halved.changes == {"train_batch_size": 1}


def test_the_fused_pass_brings_its_optimizer() -> None:
    fused = next(way for way in ways(asked(method="dreambooth"), GPU) if way.saving == "fused")
    assert fused.changes["optimizer_type"] == "Adafactor"
    assert fused.changes["optimizer_args"] == list(ADAFACTOR_ARGS)
    own = next(
        way for way in ways(asked(method="dreambooth", optimizer_type="Adafactor"), GPU) if way.saving == "fused"
    )
    assert "optimizer_args" not in own.changes


def measuring(needs: Callable[[TrainSettings], int], free: int, *, gpu: bool = False) -> Callable[..., Measured]:
    """Return what measures like a machine of so much memory; a GPU runs out instead of telling."""

    def measure(settings: TrainSettings) -> Measured:
        memory = needs(settings)
        return Measured(memory, free, None if gpu and memory > free else 2.0)

    return measure


def by_batch(settings: TrainSettings) -> int:
    return 2 * GB + settings.train_batch_size * (GB // 3 if settings.gradient_checkpointing else GB)


def outcome(settings: TrainSettings, free: int, *, gpu: bool = False) -> list[Decision]:
    told: list[Decision] = []
    facts = Facts(gpu=gpu)
    found = decide(settings, facts, lambda way: settled(settings, way), measuring(by_batch, free, gpu=gpu), told.append)
    assert told == found
    return found


@pytest.mark.parametrize("gpu", [False, True])
@pytest.mark.parametrize(
    ("free", "saving", "batch"),
    [(6.6, "asked", 4), (6.4, "batch", 2), (4.0, CK, 4), (3.0, CK, 2), (2.6, CK, 1)],
)
def test_the_first_way_that_fits_is_taken(free: float, saving: str, batch: int, *, gpu: bool) -> None:
    """With 8 % to spare: 6 GB fit into 6.6, not into 6.4."""
    last = outcome(asked(train_batch_size=4), int(free * GB), gpu=gpu)[-1]
    assert (last.verdict, last.way.saving, last.way.batch) == ("fits", saving, batch)


def test_what_cannot_fit_is_not_measured() -> None:
    """Half of what was far too much is too much as well."""
    found = outcome(asked(train_batch_size=4), int(2.6 * GB))
    verdicts = {(one.way.saving, one.way.batch): one.verdict for one in found}
    assert verdicts["asked", 4] == "too-large"
    assert verdicts["batch", 2] == "skipped"
    assert verdicts["batch", 1] == "too-large"
    skipped = next(one for one in found if one.verdict == "skipped")
    assert (
        why(skipped).en == "Batch 2, more batches added up to a step: not tried, it takes 3.0 GB at least by what "
        "was measured."
    )
    # another way's figure says nothing of it
    assert verdicts[CK, 4] == "too-large"


def test_nothing_fits() -> None:
    found = outcome(asked(train_batch_size=2), GB, gpu=True)
    assert {one.verdict for one in found} == {"out-of-memory"}
    assert found[-1].way.saving == "offload"
    assert why(found[0]).en == "As asked, batch 2: memory ran out (1.0 GB are free)."


def test_ways_that_settings_exclude_are_left_out() -> None:
    settings = asked(cache_latents=False, random_crop=True)
    found = decide(
        settings, CPU, lambda way: None if way.changes else settings, measuring(by_batch, GB), list[Any]().append
    )
    assert {one.verdict for one in found[1:]} == {"not-possible"}


def test_reasons_name_the_figures() -> None:
    decision = Decision(Way({}, "asked", 4), "too-large", told={"memory": "9.8 GB", "free": "8.0 GB", "room": "7.4 GB"})
    assert why(decision).en == "As asked, batch 4: 9.8 GB of 8.0 GB, where 7.4 GB may be taken: too much."
    assert "9.8 GB" in why(decision).zh
    assert room(100) == 92
