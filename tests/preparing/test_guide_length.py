"""How long the guided mode lets methods learn."""

from dataclasses import replace

import pytest

from mikazuki.preparing import guide_length as lengths
from mikazuki.preparing.guide_parts import Thrift
from mikazuki.settings.methods import USUAL_RATES
from tests.preparing.test_guide_choices import FACTS, by_name

METHODS = ("lora", *USUAL_RATES)


def test_every_method_has_its_length() -> None:
    assert lengths.STEPS.keys() == lengths.TINY_STEPS.keys() == set(METHODS)


@pytest.mark.parametrize("pictures", [1, 5, 20, 100, 3000])
@pytest.mark.parametrize("batch", [1, 2, 4])
@pytest.mark.parametrize("goal", ["character", "style", "concept"])
def test_the_length_comes_near_what_is_wanted(pictures: int, batch: int, goal: str) -> None:
    for method in set(METHODS) - {"imagic"}:
        facts = replace(FACTS, goal=goal, method=method, sides=(700,) * pictures, shown=pictures)  # type: ignore[arg-type]
        steps, wanted = lengths.total_steps(facts, batch), lengths.wanted_steps(facts, batch)
        assert wanted >= 400
        assert 0.5 * wanted <= steps <= 1.7 * wanted, method


@pytest.mark.parametrize(("pictures", "steps"), [(20, 1500), (100, 3000), (300, 3000), (1000, 10_000)])
def test_a_whole_model_sees_every_one_of_many_pictures_ten_times(pictures: int, steps: int) -> None:
    facts = replace(FACTS, method="fine_tune", sides=(700,) * pictures, shown=pictures)
    assert lengths.usual_steps(facts) == steps


def test_folders_that_say_their_repeats_are_heeded() -> None:
    numbered = replace(FACTS, numbered=True, shown=200)
    assert lengths.repeats(numbered, 1) == 1
    assert "dataset_repeats" not in by_name(*lengths.length(numbered, Thrift(1)))
    assert lengths.total_steps(numbered, 2) == 1100


def test_class_pictures_double_an_epoch() -> None:
    beside = replace(FACTS, regularisation="train/aki-reg")
    assert lengths.steps_of_epoch(beside, 1) == 2 * lengths.steps_of_epoch(FACTS, 1)


def test_without_a_card_it_is_short() -> None:
    bare = replace(FACTS, memory=None)
    assert lengths.wanted_steps(bare, 1) == lengths.CPU_STEPS
    assert next(one.text for one in lengths.length(bare, Thrift(1))) == "train_batch_size_cpu"


def test_one_picture_is_counted_in_steps() -> None:
    one = replace(FACTS, method="imagic", sides=(700,), shown=1)
    assert by_name(*lengths.length(one, Thrift(1))) == {"train_batch_size": 1, "max_train_steps": 1500}
    assert lengths.sentence_steps(one) == 500
    tiny = replace(one, tiny=True, memory=None)
    assert (lengths.wanted_steps(tiny, 1), lengths.sentence_steps(tiny)) == (250, 100)
    bare = replace(one, memory=None)
    assert lengths.sentence_steps(bare) < lengths.wanted_steps(bare, 1) == lengths.CPU_STEPS
