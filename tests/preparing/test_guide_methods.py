"""What the guided mode says of other methods and of class pictures."""

from dataclasses import replace

import pytest

from mikazuki.preparing.guide_choices import GB
from mikazuki.preparing.guide_methods import advice
from tests.preparing.test_guide_choices import FACTS


@pytest.mark.parametrize(
    ("pictures", "changes", "codes"),
    [
        (1, {}, ["method-imagic"]),
        (1, {"goal": "style"}, ["method-words"]),
        (4, {}, ["method-words", "class-pictures"]),
        (20, {}, ["class-pictures"]),
        (20, {"goal": "style"}, []),
        (20, {"regularisation": "train/aki-reg"}, []),
        (400, {"goal": "style", "memory": 24 * GB}, ["method-whole"]),
        (400, {"goal": "style", "memory": 24 * GB, "family": "sdxl"}, ["method-whole"]),
        (400, {"goal": "style", "memory": 16 * GB, "family": "sdxl"}, []),
        (400, {"goal": "style", "memory": None}, []),
    ],
)
def test_which_method_suits(pictures: int, changes: dict[str, object], codes: list[str]) -> None:
    facts = replace(FACTS, sides=(700,) * pictures, **changes)  # type: ignore[arg-type]
    assert [one.code for one in advice(facts)] == codes


@pytest.mark.parametrize(("pictures", "wanted"), [(5, 100), (20, 200), (100, 300)])
def test_how_many_class_pictures(pictures: int, wanted: int) -> None:
    found = list(advice(replace(FACTS, sides=(700,) * pictures)))
    assert found[-1].told == {"wanted": wanted}
