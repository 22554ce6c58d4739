"""Courses of the learning rate: what is refused before a training, in words that say what to do."""

from importlib import import_module
from typing import Any, get_args

import pytest

from mikazuki.settings import schedules
from mikazuki.settings.options.optimizer import OptimizerSettings
from mikazuki.settings.train import TrainSettings


def settings_for(**more: Any) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **more})


def problems(**more: Any) -> str:
    return " ".join(schedules.problems(settings_for(**more)))


def test_every_course_of_the_option_has_its_rules() -> None:
    assert set(schedules.ARGUMENTS) == set(get_args(OptimizerSettings.model_fields["lr_scheduler"].annotation))


def test_torchs_names_are_torchs() -> None:
    module = import_module("torch.optim.lr_scheduler")
    there = {name for name in vars(module) if name.endswith(("LR", "WarmRestarts", "Plateau"))}
    assert set(schedules.TORCH_CLASSES) == there - {"LambdaLR", "MultiplicativeLR", "SequentialLR"}


def test_step_rules_are_read_in_order_of_their_steps() -> None:
    assert schedules.parse_step_rules("0.1:20,1:10,0.01") == (((10, 1.0), (20, 0.1)), 0.01)
    assert schedules.parse_step_rules("0.5") == ((), 0.5)
    for text in ("", "1:10", "1:10,", "a:10,1", "10,1"):
        with pytest.raises(ValueError, match=r"could not convert|invalid literal"):
            schedules.parse_step_rules(text)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"lr_scheduler": "linear", "lr_scheduler_args": ["lr_end=0"]}, "does not know lr_scheduler_args lr_end"),
        ({"lr_scheduler": "polynomial", "lr_scheduler_args": ["end=0"]}, "it takes lr_end"),
        ({"lr_scheduler": "polynomial", "lr_scheduler_args": ["lr_end=0.1"]}, "learning_rate must be higher"),
        ({"lr_scheduler": "polynomial", "lr_scheduler_args": ["lr_end=low"]}, "it must be a number"),
        ({"lr_scheduler": "cosine_with_min_lr"}, "needs lr_scheduler_min_lr_ratio, such as 0.1"),
        (
            {
                "lr_scheduler": "cosine_with_min_lr",
                "lr_scheduler_min_lr_ratio": 0.1,
                "lr_scheduler_args": ["min_lr=1e-6"],
            },
            "say once where it ends",
        ),
        ({"lr_scheduler": "piecewise_constant"}, "step_rules=1:10"),
        ({"lr_scheduler": "warmup_stable_decay", "lr_scheduler_args": ["decay_type=steep"]}, "linear, cosine, 1-sqrt"),
        ({"lr_scheduler": "reduce_lr_on_plateau", "lr_warmup_steps": 3}, "has no effect"),
        ({"lr_scheduler_type": "StepLR", "lr_warmup_steps": 3}, "has no effect with lr_scheduler_type StepLR"),
        ({"lr_scheduler_type": "StepL"}, "Did you mean StepLR?"),
        ({"lr_scheduler_type": "os.path.join"}, "a path may begin with"),
    ],
)
def test_what_does_not_fit(options: dict[str, Any], text: str) -> None:
    assert text in problems(**options)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"lr_scheduler": "polynomial", "lr_warmup_steps": 0.1},
        {"lr_scheduler": "cosine_with_min_lr", "lr_scheduler_args": ["min_lr=1e-6"]},
        {"lr_scheduler": "piecewise_constant", "lr_scheduler_args": ["step_rules=1:10,0.1"]},
        {"lr_scheduler": "reduce_lr_on_plateau", "lr_scheduler_args": ["patience=3", "mode=min"]},
        {"lr_scheduler_type": "torch.optim.lr_scheduler.StepLR", "lr_scheduler_args": ["step_size=3"]},
    ],
)
def test_what_fits(options: dict[str, Any]) -> None:
    assert problems(**options) == ""


def test_which_courses_wait_for_losses() -> None:
    assert schedules.waits_for_losses(settings_for(lr_scheduler="reduce_lr_on_plateau"))
    assert schedules.waits_for_losses(settings_for(lr_scheduler_type="torch.optim.lr_scheduler.ReduceLROnPlateau"))
    assert not schedules.waits_for_losses(settings_for(lr_scheduler="reduce_lr_on_plateau", lr_scheduler_type="StepLR"))
