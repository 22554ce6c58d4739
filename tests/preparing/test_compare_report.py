"""The report of a comparison: tolerances, verdict, table and JSON."""

import json
from typing import Any

import pytest

from mikazuki.preparing.compare_report import POOLED_NOTE, as_json, lines, loss_differences, verdict
from mikazuki.preparing.compare_run import Outcome, Took

UPSTREAM = Took(10.0, 2.0, 20.0, 8_000_000_000, None)
BUILTIN = Took(5.0, 0.5, 10.0, 6_000_000_000, None)


def outcome(precision: str = "no", *, adapter: float = 1e-5, **changes: Any) -> Outcome:
    differences = {"largest": adapter, "tensor": "lora_unet_x.lora_up.weight", "whole": 1e-6, "learned": 2e-5}
    answer = {"recorded": [1.0, 2.0], "losses": [1.0, 2.0001], "conditions": 1e-7, "pooled": None}
    return Outcome(
        UPSTREAM, BUILTIN, {**answer, "text_trained": True, "adapter": differences, **changes}, "cpu", precision
    )


def test_the_same_within_rounding_agrees() -> None:
    found = verdict(outcome())
    assert found.agree is True
    assert "agree" in found.text


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"losses": [1.0, 2.0003]}, "losses"),
        ({"losses": [1.0, float("nan")]}, "losses"),
        ({"adapter": 1.1e-3}, "adapter"),
        ({"conditions": 2e-4}, "text conditions"),
    ],
)
def test_more_than_rounding_differs_and_is_named(changes: dict[str, Any], named: str) -> None:
    found = verdict(outcome(**changes))
    assert found.agree is False
    assert found.text.endswith(f": {named}.")


def test_half_precision_has_no_verdict() -> None:
    found = verdict(outcome("bf16", adapter=0.5))
    assert found.agree is None
    assert "mixed_precision no" in found.text


def test_a_loss_is_compared_relative_to_upstream_s() -> None:
    assert loss_differences({"losses": [1.5, 1.0], "recorded": [3.0, 0.0]}) == [0.5, float("inf")]


def test_the_table_says_everything() -> None:
    said = "\n".join(lines(outcome()))
    for words in (
        "(cpu, fp32)",
        "2     2.000000            2.000100         5.0e-05",
        "largest in lora_unet_x.lora_up.weight",
        "allowed 1e-03",
        "a step after it               2.0 s       0.500 s  0.25",
        "main memory                   8.0 GB      6.0 GB   0.75",
    ):
        assert words in said, said
    assert "GPU memory" not in said
    assert POOLED_NOTE not in said


def test_what_is_known_to_differ_in_sdxl_is_explained() -> None:
    assert POOLED_NOTE in lines(outcome(pooled=0.3))
    assert POOLED_NOTE not in lines(outcome(pooled=1e-6))


def test_a_gpu_and_unknown_speeds_are_shown() -> None:
    fast = Took(5.0, None, 10.0, 6_000_000_000, 2_000_000_000)
    found = outcome()
    said = "\n".join(lines(Outcome(fast, fast, found.answer, "cuda", "bf16")))
    assert "GPU memory                    2.0 GB      2.0 GB   1.00" in said
    assert "a step after it               -           -        -" in said


def test_programs_get_all_numbers() -> None:
    found = json.loads(json.dumps(as_json(outcome())))
    assert (found["steps"], found["agree"], found["device"]) == (2, True, "cpu")
    assert found["losses"]["differences"] == pytest.approx([0.0, 5e-5])
    assert found["took"]["sd-scripts"]["step"] == 2.0
    assert found["allowed"] == {"text conditions": 1e-4, "losses": 1e-4, "adapter": 1e-3}
