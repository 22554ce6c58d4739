"""The settings base class: a frozen pydantic model, one annotated field an option, its docstring under it."""

from inspect import get_annotations
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo


class Settings(BaseModel):
    """Frozen, unknown keys forbidden; the docstring under a field is its English description."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)


def sections(settings: type[Settings]) -> dict[str, dict[str, FieldInfo]]:
    """Return the options grouped by the class that defines them, in order: section name -> {option: field}."""
    grouped: dict[str, dict[str, FieldInfo]] = {}
    for part in reversed(settings.__mro__):
        own = [name for name in get_annotations(part) if name in settings.model_fields]
        if own:
            title = part.__name__.removesuffix("Settings").lower()
            grouped[title] = {name: settings.model_fields[name] for name in own}
    return grouped


def choices(field: FieldInfo) -> list[Any]:
    """Return the permitted values of a Literal field, else an empty list."""
    found: list[Any] = []
    for part in (field.annotation, *get_args(field.annotation)):
        if getattr(part, "__origin__", None) is not None and str(part).startswith("typing.Literal"):
            found = list(get_args(part))
    return found
