"""One option as a form draws it, read off its definition: ours, the launcher's or one of upstream's parsers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from pydantic_core import PydanticUndefined

from mikazuki.settings.base import Settings, choices
from mikazuki.settings.conditions import Condition
from mikazuki.settings.form_layout import MULTILINE, PATHS, PathKind
from mikazuki.settings.form_words import Words, option_words
from mikazuki.settings.schema import option_schema
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.upstream.bounds import bounds_of
from mikazuki.settings.upstream.options import Option

FieldKind = Literal["bool", "int", "float", "text", "choice", "list", "size", "concepts"]

SIZES: Final = frozenset({"resolution"})
"""Options whose value is a width and a height."""

CONCEPTS: Final = frozenset({"concepts_list"})
"""Options that hold a list of concepts as JSON, or the file of one."""

STEPS: Final = frozenset({"lr_warmup_steps", "lr_decay_steps"})
"""Options that take whole steps, or below 1 a share of all steps."""

_KINDS: Final[Mapping[str, FieldKind]] = MappingProxyType(
    {"boolean": "bool", "integer": "int", "number": "float", "array": "list"}
)


@dataclass(frozen=True, slots=True)
class Field:
    """One option of a form; `nullable` says that it may be not set, `basic` that the short form shows it."""

    name: str
    kind: FieldKind
    nullable: bool
    default: Any
    text: Words
    choices: tuple[Any, ...] = ()
    bounds: Mapping[str, Any] = field(default_factory=dict)
    """By JSON Schema's names: minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf."""
    suggestions: tuple[str, ...] = ()
    path: PathKind | None = None
    secret: bool = False
    multiline: bool = False
    when: tuple[Condition, ...] = ()
    basic: bool = False
    numeric: bool = False
    """Whether the items of a list are numbers."""

    @property
    def empty(self) -> Any:
        """The value that says nothing, beside not set; None where every value says something."""
        return {"int": 0, "float": 0, "text": "", "concepts": "", "list": []}.get(self.kind)


def field_of_settings(settings: type[Settings], name: str, text: Words | None = None) -> Field:
    """Read an option off a settings class; `text` is what it does, where that stands in no training's catalogue."""
    info, schema = settings.model_fields[name], option_schema(settings, name)
    permitted = tuple(choices(info))
    default = None if info.default is PydanticUndefined else info.default
    return Field(
        name,
        _kind(name, schema, permitted),
        # a required text begins empty, which is no value
        nullable=info.default is None,
        default=_plain(name, default),
        text=text or option_words(name),
        choices=permitted,
        bounds=_bounds(schema.get("items", schema)),
        path=PATHS.get(name),
        secret=name in VARIABLES,
        multiline=name in MULTILINE,
        numeric=schema.get("items", {}).get("type") == "number",
    )


def _kind(name: str, schema: Mapping[str, Any], permitted: tuple[Any, ...]) -> FieldKind:
    if permitted:
        return "choice"
    if name in CONCEPTS:
        return "concepts"
    return "size" if name in SIZES else _KINDS.get(schema.get("type", ""), "text")


def _plain(name: str, value: Any) -> Any:
    """Return a default as JSON and a form have it."""
    if name in SIZES and isinstance(value, tuple):
        return ",".join(map(str, value))
    return list(value) if isinstance(value, tuple) else value


def _bounds(schema: Mapping[str, Any]) -> dict[str, Any]:
    known = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
    return {key: schema[key] for key in known if key in schema}


def field_of_option(option: Option) -> Field:
    """Read an option off one of upstream's parsers."""
    name = option.name
    number = option.is_number
    return Field(
        name,
        _kind_of_option(option),
        nullable=option.default is None and not option.required,
        default=list(option.default or ()) if option.is_list and option.default is not None else option.default,
        text=option_words(name),
        choices=tuple(option.choices),
        bounds=_bounds(bounds_of(name)) if number else {},
        path=PATHS.get(name),
        secret=name in VARIABLES,
        multiline=name in MULTILINE,
        numeric=option.is_list and number,
    )


def _kind_of_option(option: Option) -> FieldKind:
    if option.is_switch:
        return "bool"
    if option.is_list:
        return "list"
    if option.choices:
        return "choice"
    if option.name in SIZES:
        return "size"
    return {"int": "int", "float": "float", "int_or_float": "float"}.get(option.type, "text")  # type: ignore[return-value]
