"""The form of one concept: complete, in both languages, and what it holds is what a concept takes."""

import re
from collections import Counter
from pathlib import Path

from mikazuki.settings.concept_form import BASIC, SECTIONS, form_of_concept
from mikazuki.settings.concepts import Concept

CHINESE = re.compile("[\u4e00-\u9fff]")


def test_each_option_of_a_concept_stands_in_the_form_once() -> None:
    names = Counter(name for options in SECTIONS.values() for name in options.split())
    assert names == Counter(list(Concept.model_fields))
    assert list(form_of_concept().fields) == list(names)
    assert names.keys() >= BASIC
    assert {name for name, field in form_of_concept().fields.items() if field.basic} == BASIC


def test_every_text_is_there_in_both_languages() -> None:
    form = form_of_concept()
    for section in form.sections:
        assert section.title.en.isascii()
        assert CHINESE.search(section.title.zh)
    for field in form.fields.values():
        assert len(field.text.en) > 5, field.name
        assert CHINESE.search(field.text.zh), field.name


def test_a_new_concept_says_where_its_pictures_are_and_nothing_else(tmp_path: Path) -> None:
    fields = form_of_concept().fields
    held = {name: field.default for name, field in fields.items() if field.default is not None}
    assert held["instance_data_dir"] == ""
    filled = Concept.model_validate(held | {"instance_data_dir": str(tmp_path)})
    assert filled.model_dump() == Concept(instance_data_dir=str(tmp_path)).model_dump()


def test_a_number_that_is_not_set_is_not_0() -> None:
    fields = form_of_concept().fields
    for name in ("num_class_images_per", "num_class_images"):
        assert fields[name].nullable
        assert fields[name].default is None
    named = {"instance_data_dir": "x", "class_data_dir": "y"}
    assert Concept.model_validate(named).takes_class_pictures
    assert not Concept.model_validate(named | {"num_class_images_per": 0}).takes_class_pictures


def test_paths_and_conditions_are_the_options_own() -> None:
    fields = form_of_concept().fields
    paths = {name: field.path for name, field in fields.items() if field.path}
    assert paths == {"instance_data_dir": "folder", "class_data_dir": "new", "save_sample_template": "file"}
    (condition,) = fields["num_class_images"].when
    assert (condition.option, condition.values) == ("num_class_images_per", (None, 0))
