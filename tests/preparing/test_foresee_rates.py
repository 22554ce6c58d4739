"""Rates at each step, by part: when it learns, how fast, and why that cannot always be told."""

from dataclasses import replace
from typing import Any

import pytest

from mikazuki.data.plan import Plan
from mikazuki.preparing.foresee_rates import POINTS, Part, Rates, curve, rates_of
from mikazuki.settings.train import TrainSettings

PLAN = Plan((), (), (), 10, 0, 10, 10, 100, 10, 0.0, (), ())


def settings_for(**more: Any) -> TrainSettings:
    values = {"pretrained_model_name_or_path": "m", "train_data_dir": "d", "learning_rate": 1e-3}
    return TrainSettings.model_validate({**values, **more})


def rates_for(family: str = "sd1", **more: Any) -> Rates:
    return rates_of(settings_for(**more), PLAN, family)


@pytest.mark.parametrize(
    ("family", "options", "parts"),
    [
        ("sd1", {}, [Part("unet", 1e-3), Part("text_encoder", 1e-3)]),
        ("sd1", {"network_train_unet_only": True}, [Part("unet", 1e-3)]),
        (
            "sdxl",
            {"unet_lr": 1e-4, "text_encoder_lr": [1e-5, 2e-5], "text_encoder_ratio": 0.25},
            [Part("unet", 1e-4), Part("text_encoder", 1e-5, until=20), Part("text_encoder_2", 2e-5, until=20)],
        ),
        ("sd1", {"method": "textual_inversion", "token_string": "x", "init_word": "y"}, [Part("words", 1e-3)]),
        (
            "sd1",
            {"method": "dreambooth", "stop_text_encoder_training": 30},
            [Part("unet", 1e-3), Part("text_encoder", 1e-3, until=30)],
        ),
        (
            "sd1",
            {"method": "imagic", "imagic_embedding_steps": 40, "imagic_embedding_lr": 0.1},
            [Part("unet", 1e-3, first=40), Part("sentence", 0.1, until=40)],
        ),
        (
            "sd1",
            {"method": "pivotal_tuning", "token_string": "x", "pivotal_ratio": 0.5, "network_train_unet_only": True},
            [Part("unet", 1e-3), Part("words", 5e-3, until=50)],
        ),
        ("sd1", {"method": "hypernetwork"}, [Part("unet", 1e-3)]),
    ],
)
def test_the_parts_of_each_method(family: str, options: dict[str, Any], parts: list[Part]) -> None:
    assert list(rates_for(family, **options).parts) == parts


def test_a_part_that_rests_has_no_rate() -> None:
    found = rates_for(lr_scheduler="linear", text_encoder_ratio=0.5)
    assert found.at(0) == {"unet": 1e-3, "text_encoder": 1e-3}
    assert found.at(50) == {"unet": pytest.approx(5e-4), "text_encoder": 0}


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"optimizer_type": "Prodigy", "learning_rate": 1.0}, ""),
        ({"optimizer_type": "Adafactor"}, "own"),
        ({"lr_scheduler": "reduce_lr_on_plateau"}, "loss"),
        ({"lr_scheduler_type": "CosineAnnealingLR", "lr_scheduler_args": ["T_max=9"]}, "class"),
        ({"optimizer_type": "AdamWScheduleFree", "lr_scheduler": "cosine"}, ""),
        ({"network_args": ["loraplus_lr_ratio=16"]}, "weights"),
        ({"method": "fine_tune", "model_type": "sdxl", "block_lr": ",".join(["1e-5"] * 23)}, "blocks"),
    ],
)
def test_why_there_is_no_curve(options: dict[str, Any], why: str) -> None:
    found = rates_for(**options)
    assert found.why == why
    assert bool(found.words) == bool(why)
    assert (found.share is None) == (why in {"own", "loss", "class"})
    assert bool(curve(found, 100)[0]) == (found.share is not None)


def test_a_curve_has_its_ends_and_not_too_many_points() -> None:
    found = rates_for(lr_scheduler="cosine")
    steps, values = curve(found, 100)
    assert steps == list(range(1, 101))
    assert values["unet"][0] == 1e-3
    longer = rates_of(settings_for(lr_scheduler="cosine"), replace(PLAN, max_train_steps=100_000), "sd1")
    steps, values = curve(longer, 100_000)
    assert (len(steps), steps[0], steps[-1]) == (POINTS, 1, 100_000)
    assert len(values["unet"]) == POINTS
    assert curve(found, 1) == ([1], {"unet": [1e-3], "text_encoder": [1e-3]})
