"""Optimizers: names in any case, arguments as Python literals, and clear words for what is wrong."""

import pytest
import torch

from mikazuki.errors import MikazukiError
from mikazuki.training.optimizers import build_optimizer, optimizer_class, parse_arguments


def groups() -> list[dict[str, object]]:
    return [{"params": [torch.nn.Parameter(torch.zeros(2))], "lr": 0.1}]


def test_arguments_are_literals_or_text() -> None:
    parsed = parse_arguments(["weight_decay=0.1", "betas=(0.9, 0.99)", "decouple=True", "mode=fast"])
    assert parsed == {"weight_decay": 0.1, "betas": (0.9, 0.99), "decouple": True, "mode": "fast"}


@pytest.mark.parametrize(
    ("name", "kind"), [("AdamW", torch.optim.AdamW), ("adamw", torch.optim.AdamW), ("SGDNesterov", torch.optim.SGD)]
)
def test_names_in_any_case(name: str, kind: type) -> None:
    assert type(build_optimizer(name, [], groups())) is kind


def test_groups_keep_their_rate_and_take_the_arguments() -> None:
    built = build_optimizer("AdamW", ["weight_decay=0.25"], groups())
    assert built.param_groups[0]["lr"] == 0.1
    assert built.param_groups[0]["weight_decay"] == 0.25


def test_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(MikazukiError, match=r"AdamW8bit.*AdamW") as caught:
        optimizer_class("AdamWW")
    assert caught.value.code == "optimizer-unknown"


def test_wrong_argument_names_those_there_are() -> None:
    with pytest.raises(MikazukiError, match="weight_decay") as caught:
        build_optimizer("AdamW", ["wieght_decay=0.1"], groups())
    assert caught.value.code == "optimizer-arguments"
