"""The forms of programs: complete in both languages, true to their settings, and everything in them enterable."""

import re
from typing import Any

import pytest
from pydantic import ValidationError

from mikazuki.errors import MikazukiError
from mikazuki.settings.base import sections
from mikazuki.settings.program_forms import PROGRAMS, Program, catalogue, form_of_program, program

NAMES = list(PROGRAMS)


@pytest.fixture(params=NAMES)
def one(request: pytest.FixtureRequest) -> Program:
    return program(request.param)


def test_every_option_stands_in_the_form_or_is_chosen_by_whoever_starts_it(one: Program) -> None:
    fields = form_of_program(one.name).fields
    assert set(fields) | one.chosen == set(one.settings.model_fields)
    assert not set(fields) & one.chosen


def test_every_text_is_there_in_both_languages(one: Program) -> None:
    form = form_of_program(one.name)
    texts = [one.title, one.does, *(part.title for part in form.sections), *(f.text for f in form.fields.values())]
    assert [words for words in texts if not words.en or not re.search(r"[\u4e00-\u9fff]", words.zh)] == []
    own = catalogue(one.name)
    assert set(own["options"]) == set(one.settings.model_fields)
    assert set(own["sections"]) == set(sections(one.settings))


def test_what_is_said_of_options_names_options(one: Program) -> None:
    options = one.settings.model_fields.keys()
    others = {rule.option for rules in one.rules.values() for rule in rules}
    assert one.basic | one.paths.keys() | one.chosen | one.rules.keys() | others <= options


def test_a_default_is_a_value_that_the_settings_take(one: Program) -> None:
    fields = form_of_program(one.name).fields.values()
    required = {name for name, info in one.settings.model_fields.items() if info.is_required()}
    values = {field.name: field.default for field in fields if field.name not in required}
    assert wrong_by_themselves(one, {**values, **dict.fromkeys(required, "x")}) == []


def wrong_by_themselves(one: Program, values: dict[str, Any]) -> list[Any]:
    """Return the options whose values are refused; what options need of one another is for people to fill in."""
    try:
        one.settings.model_validate(values)
    except ValidationError as error:
        return [found["loc"] for found in error.errors() if found["loc"]]
    return []


def test_conditions_and_suggestions() -> None:
    fields = form_of_program("prepare").fields
    (condition,) = fields["crop_boxes"].when
    assert (condition.option, condition.values, condition.is_not) == ("crop", ("boxes",), False)
    (condition,) = fields["max_frames"].when
    assert (condition.option, condition.is_not) == ("frames_every", True)
    assert None in condition.values
    assert form_of_program("tag", {"model": ["a", "b"]}).fields["model"].suggestions == ("a", "b")


def test_one_that_is_not_known_names_those_that_are() -> None:
    with pytest.raises(MikazukiError, match="tag, prepare, masks, convert") as error:
        form_of_program("tags")
    assert error.value.code == "program-not-found"
