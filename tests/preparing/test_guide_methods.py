"""Which method the guided mode takes, and what it says of others and of class pictures."""

from dataclasses import replace
from typing import get_args

import pytest

from mikazuki.preparing.guide_facts import Facts
from mikazuki.preparing.guide_methods import advice, pick
from mikazuki.preparing.guide_parts import GB
from mikazuki.settings.methods import USUAL_RATES
from mikazuki.settings.options.network import Method
from tests.preparing.test_guide_choices import FACTS


def facts_of(pictures: int, changes: dict[str, object]) -> Facts:
    return replace(FACTS, sides=(700,) * pictures, **{"captions": ("x",) * pictures, **changes})  # type: ignore[arg-type]


def test_every_method_can_be_asked_for() -> None:
    assert set(get_args(Method)) == {"lora", *USUAL_RATES}
    for method in get_args(Method):
        assert pick(method, FACTS).value == method


@pytest.mark.parametrize(
    ("pictures", "changes", "method"),
    [
        (20, {}, "lora"),
        (4, {}, "lora"),
        (1, {}, "imagic"),
        (1, {"captions": ()}, "lora"),
        (1, {"goal": "style"}, "lora"),
        (299, {"memory": 80 * GB}, "lora"),
        (300, {"memory": 16 * GB}, "fine_tune"),
        (300, {"memory": 15 * GB}, "lora"),
        (300, {"memory": None}, "lora"),
        (300, {"memory": 16 * GB, "captions": ("x",) * 299}, "lora"),
        (300, {"memory": 16 * GB, "family": "sdxl"}, "lora"),
        (300, {"memory": 24 * GB, "family": "sdxl"}, "fine_tune"),
    ],
)
def test_the_method_goes_by_what_is_there(pictures: int, changes: dict[str, object], method: str) -> None:
    found = pick("auto", facts_of(pictures, changes))
    assert (found.value, found.text) == (method, f"method_{method}")


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
        (1, {"method": "imagic"}, []),
        (1, {"method": "lora", "regularisation": "x"}, ["method-imagic"]),
        (4, {"method": "textual_inversion"}, []),
        (4, {"method": "dreambooth", "regularisation": "x"}, ["method-words"]),
        (400, {"method": "fine_tune", "memory": 24 * GB}, []),
        (20, {"method": "hypernetwork", "goal": "style"}, []),
        (20, {"method": "hypernetwork", "regularisation": "x"}, ["method-hypernetwork"]),
    ],
)
def test_which_method_suits(pictures: int, changes: dict[str, object], codes: list[str]) -> None:
    assert [one.code for one in advice(facts_of(pictures, changes))] == codes


@pytest.mark.parametrize(("pictures", "wanted"), [(5, 100), (20, 200), (100, 300)])
def test_how_many_class_pictures(pictures: int, wanted: int) -> None:
    found = list(advice(replace(FACTS, sides=(700,) * pictures)))
    assert found[-1].told == {"wanted": wanted}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"trigger": "sks cat", "captions": ("sks cat, grass",) * 20}, ["word-in-captions"]),
        ({"trigger": "sks cat", "captions": ("a tusks cat, grass",) * 20}, []),
        ({"trigger": "sks cat", "captions": ("sks cat",) * 19}, []),
        ({"trigger": "cat", "captions": ("cat, grass",) * 20}, []),
    ],
)
def test_captions_that_name_what_the_new_word_is_to_mean(changes: dict[str, object], told: list[str]) -> None:
    facts = facts_of(20, {"method": "textual_inversion", "numbered": True, **changes})
    assert [one.code for one in advice(facts)] == told
