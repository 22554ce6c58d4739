"""The table of optimizers: every name of upstream's, the package each needs, and what is refused before a training."""

from importlib import import_module
from inspect import isclass
from pathlib import Path
from typing import Any

import pytest

from mikazuki.settings import optimizers
from mikazuki.settings.train import TrainSettings

ROOT = Path(__file__).parents[2]

BITSANDBYTES = ("AdamW8bit", "PagedAdamW", "PagedAdamW8bit", "PagedAdamW32bit", "Lion8bit", "PagedLion8bit")
DADAPT = ("DAdaptation", *(f"DAdapt{x}" for x in ("AdamPreprint", "AdaGrad", "Adam", "Adan", "AdanIP", "Lion", "SGD")))
SCHEDULE_FREE = ("RAdamScheduleFree", "AdamWScheduleFree", "SGDScheduleFree", "ProdigyPlusScheduleFree")
OTHERS = ("AdamW", "Lion", "SGDNesterov", "SGDNesterov8bit", "Prodigy", "Adafactor", "CAME")


def settings_for(**more: Any) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **more})


def problems(**more: Any) -> str:
    return " ".join(optimizers.problems(settings_for(**more)))


def codes(**more: Any) -> list[str]:
    return [code for code, _ in optimizers.notices(settings_for(**more))]


def test_arguments_are_literals_or_text() -> None:
    parsed = optimizers.parse_arguments(["weight_decay=0.1", "betas=(0.9, 0.99)", "decouple=True", "mode=fast"])
    assert parsed == {"weight_decay": 0.1, "betas": (0.9, 0.99), "decouple": True, "mode": "fast"}


@pytest.mark.parametrize("name", [*BITSANDBYTES, *DADAPT, *SCHEDULE_FREE, *OTHERS])
def test_every_name_of_upstreams_is_known_in_any_case(name: str) -> None:
    for written in (name, name.lower(), name.upper()):
        assert optimizers.known(written) is None
        assert optimizers.find_target(written) == optimizers.find_target(name)


@pytest.mark.parametrize(
    ("name", "pip"),
    [
        ("AdamW", None),
        ("Adafactor", None),
        ("torch.optim.RAdam", None),
        ("adamw8bit", "bitsandbytes==0.50.2"),
        ("bitsandbytes.optim.AdEMAMix8bit", "bitsandbytes==0.50.2"),
        ("Lion", "lion-pytorch==0.2.3"),
        ("prodigy", "prodigyopt==1.1.2"),
        ("DAdaptAdanIP", "dadaptation==3.2"),
        ("AdamWScheduleFree", "schedulefree==1.4"),
        ("prodigyplus.prodigy_plus_schedulefree.ProdigyPlusScheduleFree", "prodigy-plus-schedule-free==1.9.2"),
        ("CAME", "pytorch-optimizer==3.9.0"),
        ("no such thing", None),
    ],
)
def test_what_a_name_needs(name: str, pip: str | None) -> None:
    needed = optimizers.requirement(name)
    assert (needed.pip if needed else None) == pip


def test_pins_are_those_of_the_requirements() -> None:
    lines = [
        line
        for name in ("optimizers", "cuda")
        for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert sorted(lines) == sorted(one.pip for one in optimizers.REQUIREMENTS.values())


def test_both_languages_name_every_optimizer() -> None:
    for page in ("docs/optimizers.md", "docs/zh-CN/optimizers.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert [name for name in optimizers.NAMED if f"`{name}`" not in text] == []
        assert [one.pip for one in optimizers.REQUIREMENTS.values() if one.pip not in text] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("AdamWW", r"optimizer_type AdamWW is not known\. Did you mean AdamW\? Known are: ASGD, "),
        ("prodgy", "Did you mean Prodigy"),
        ("os.system", r"a path may begin with torch\.optim, transformers, bitsandbytes"),
        ("torch.optimx.Adam", "a path may begin with"),
        ("AdamW.", "a path may begin with"),
    ],
)
def test_what_is_no_optimizer(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        raise ValueError(problems(optimizer_type=name))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (
            {"optimizer_type": "Prodigy", "unet_lr": 1.0, "text_encoder_lr": 0.5},
            "Prodigy finds one rate for everything",
        ),
        ({"optimizer_type": "DAdaptAdam", "learning_rate": 1.0, "text_encoder_lr": 0.5}, "one rate for everything"),
        (
            {"optimizer_type": "adafactor", "lr_scheduler": "constant_with_warmup", "lr_warmup_steps": 5},
            "relative_step=False",
        ),
        (
            {"optimizer_type": "DAdaptSGD", "lr_scheduler": "linear", "lr_warmup_steps": 5},
            "cannot begin at rate 0",
        ),
        ({"optimizer_type": "Adafactor", "fused_backward_pass": True, "mixed_precision": "fp16"}, "fp16"),
    ],
)
def test_what_does_not_go_together(options: dict[str, Any], text: str) -> None:
    assert text in problems(**options)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"optimizer_type": "Prodigy", "learning_rate": 1.0, "text_encoder_lr": 0},
        {"optimizer_type": "ProdigyPlusScheduleFree", "unet_lr": 1.0, "text_encoder_lr": 0.5},
        {
            "optimizer_type": "Adafactor",
            "optimizer_args": ["relative_step=False"],
            "lr_scheduler": "constant_with_warmup",
            "lr_warmup_steps": 5,
        },
        {"use_lion_optimizer": True},
    ],
)
def test_what_goes_together(options: dict[str, Any]) -> None:
    assert problems(**options) == ""


def test_what_is_probably_not_meant_is_told() -> None:
    assert codes() == []
    assert codes(optimizer_type="Prodigy") == ["rate-low"]
    assert codes(optimizer_type="ProdigyPlusScheduleFree") == ["rate-low"]
    assert codes(optimizer_type="DAdaptLion", learning_rate=1.0) == []
    assert codes(optimizer_type="Adafactor") == ["rate-not-used"]
    assert codes(optimizer_type="Adafactor", optimizer_args=["relative_step=False"]) == []
    assert codes(optimizer_type="AdamWScheduleFree", lr_scheduler="cosine") == ["scheduler-not-used"]


def test_torchs_names_are_torchs() -> None:
    module = import_module("torch.optim")
    there = {name for name, value in vars(module).items() if isclass(value) and issubclass(value, module.Optimizer)}
    # two need more than a plain step, and Adafactor means transformers' one
    assert there - {"Optimizer", "LBFGS", "SparseAdam", "Adafactor"} == set(optimizers.TORCH_CLASSES)
