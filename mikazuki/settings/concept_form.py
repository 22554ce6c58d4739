"""The form of one concept of a concepts_list: its options in sections, with texts in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from mikazuki.settings.concepts import Concept
from mikazuki.settings.conditions import Condition
from mikazuki.settings.docs import CHINESE, ENGLISH, read_texts
from mikazuki.settings.form import BUILTIN, Form, Section
from mikazuki.settings.form_fields import Field, field_of_settings
from mikazuki.settings.form_layout import PathKind
from mikazuki.settings.form_words import Words

NAME: Final = "concept"
"""What stands for the method in this form."""

SECTIONS: Final[dict[str, str]] = {
    "subject": ("instance_data_dir instance_prompt instance_token class_token class_prompt num_repeats max_steps"),
    "class_pictures": (
        "num_class_images_per num_class_images class_data_dir class_negative_prompt class_guidance_scale "
        "class_infer_steps class_seed"
    ),
    "sample_pictures": (
        "save_sample_prompt save_sample_negative_prompt save_sample_template n_save_sample sample_seed "
        "save_guidance_scale save_infer_steps"
    ),
}
"""Section -> its options, in the order in which people fill them in."""

_BASIC: Final = (
    "instance_data_dir instance_prompt instance_token class_token class_prompt num_class_images_per save_sample_prompt"
)
BASIC: Final = frozenset(_BASIC.split())
"""What a concept shows at once."""

_PATHS: Final[dict[str, PathKind]] = {
    "instance_data_dir": "folder", "class_data_dir": "new", "save_sample_template": "file",
}  # fmt: skip
_COUNTS: Final = frozenset({"num_class_images_per", "num_class_images"})
"""Numbers that may be not set, which is not 0: then a folder of class pictures is taken as it is."""
_WHEN: Final = {"num_class_images": (Condition("num_class_images_per", (None, 0)),)}


@cache
def form_of_concept() -> Form:
    """Return the form of one concept, of the same shape as a training's."""
    return Form(NAME, "", BUILTIN, tuple(_sections()))


def _sections() -> Iterator[Section]:
    english, chinese = (read_texts(f"concepts.{language}") for language in (ENGLISH, CHINESE))
    for name, options in SECTIONS.items():
        own = tuple(_field(option, chinese["options"][option]) for option in options.split())
        yield Section(name, Words(english["sections"][name], chinese["sections"][name]), own)


def _field(name: str, chinese: str) -> Field:
    text = Words(Concept.model_fields[name].description or "", chinese)
    plain = field_of_settings(Concept, name, text)
    can_lack = name in _COUNTS
    return replace(
        plain,
        nullable=can_lack,
        # a required text begins empty
        default=None if can_lack else "" if plain.default is None else plain.default,
        path=_PATHS.get(name),
        basic=name in BASIC,
        when=_WHEN.get(name, ()),
    )
