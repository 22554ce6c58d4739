"""The arithmetic of the rate's courses: a few numbers by hand, and why some courses have none.

Every shape is held against the library that upstream uses in tests/training/test_schedulers.py.
"""

from typing import Any

import pytest

from mikazuki.settings.courses import share_of, unforeseen
from mikazuki.settings.train import TrainSettings


def settings_for(**more: Any) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **more})


@pytest.mark.parametrize(
    ("options", "shares"),
    [
        ({"lr_scheduler": "constant"}, {0: 1, 9: 1}),
        ({"lr_scheduler": "linear"}, {0: 1, 5: 0.5, 10: 0}),
        ({"lr_scheduler": "linear", "lr_warmup_steps": 2}, {0: 0, 1: 0.5, 2: 1, 6: 0.5}),
        ({"lr_scheduler": "cosine"}, {0: 1, 5: 0.5, 10: 0}),
        ({"lr_scheduler": "cosine", "optimizer_type": "AdamWScheduleFree"}, {0: 1, 10: 1}),
    ],
)
def test_shares_by_hand(options: dict[str, Any], shares: dict[int, float]) -> None:
    share = share_of(settings_for(**options), 10)
    assert {step: share(step) for step in shares} == pytest.approx(shares)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({}, None),
        ({"optimizer_type": "Adafactor"}, "own"),
        ({"lr_scheduler": "reduce_lr_on_plateau"}, "loss"),
        ({"lr_scheduler_type": "ReduceLROnPlateau"}, "loss"),
        ({"lr_scheduler_type": "CosineAnnealingLR"}, "class"),
        ({"lr_scheduler_type": "CosineAnnealingLR", "optimizer_type": "AdamWScheduleFree"}, None),
    ],
)
def test_why_a_course_cannot_be_told(options: dict[str, Any], why: str | None) -> None:
    assert unforeseen(settings_for(**options)) == why
