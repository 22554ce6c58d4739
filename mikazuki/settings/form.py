"""The form of a training: every option of one method on one family by one engine, in sections, ready to be drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.settings.conditions import Condition, rules_of, settled
from mikazuki.settings.form_fields import Field, field_of_option, field_of_settings
from mikazuki.settings.form_layout import ORDER, SECTION_OF, is_basic
from mikazuki.settings.form_words import LAUNCHERS, Words, words
from mikazuki.settings.methods import FORMATS, USUAL_RATES, options_beside
from mikazuki.settings.optimizers import NAMED
from mikazuki.settings.schedules import TORCH_CLASSES
from mikazuki.settings.target import AUTO, LAUNCHER, Target
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.options import COMMAND_LINE, options_of
from mikazuki.settings.upstream.rules.learning import COURSES, DOTTED
from mikazuki.settings.upstream.rules.parts import NETWORKS
from mikazuki.settings.upstream.scripts import Script
from mikazuki.settings.upstream.values import REFUSALS

BUILTIN: Final = "builtin"
UPSTREAM: Final = "sd-scripts"

CHOSEN: Final = frozenset({"version", "method", "model_type", "engine"})
"""Settings that stand above the form, since they choose it."""

Suggestions = Mapping[str, Sequence[str]]
"""Option -> good values, or for lists of `key=value` their keys, each with its `=`."""

_NONE: Final[Suggestions] = MappingProxyType({})

_OF_SDXL: Final = frozenset({"block_lr", "learning_rate_te1", "learning_rate_te2"})
_NOT_OF_FAMILY: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"sd1": _OF_SDXL | {"v2"}, "sd2": _OF_SDXL, AUTO: frozenset(), "sdxl": frozenset({"v2", "clip_skip"})}
)
_NOT_OF_NEWER: Final = frozenset(
    {"v2", "v_parameterization", "clip_skip", "max_token_length", "zero_terminal_snr", "v_pred_like_loss"}
    | {"scale_v_pred_loss_like_noise_pred"}
)
_NOT_OF_BUILTIN: Final = frozenset({"sd_scripts_dir", "sd_scripts_python", "no_half_vae", "skip_until_initial_step"})
_CACHED_TEXT: Final = frozenset({"cache_text_encoder_outputs", "cache_text_encoder_outputs_to_disk"})
_OPENS_WINDOWS: Final = frozenset({"debug_dataset"})

OPTIMIZER_ARGUMENTS: Final = tuple(
    f"{key}="
    for key in (
        "weight_decay", "betas", "eps", "d_coef", "decouple", "use_bias_correction", "safeguard_warmup",
        "relative_step",
        "scale_parameter", "warmup_init",
    )
)  # fmt: skip
"""Arguments that people give to optimizers, most usual first."""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    name: str
    title: Words
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form."""

    method: str
    family: str
    engine: str
    sections: tuple[Section, ...]

    @property
    def fields(self) -> dict[str, Field]:
        """Every field by its option, in order."""
        return {field.name: field for section in self.sections for field in section.fields}


def form_of(method: str, family: str, engine: str = AUTO, suggestions: Suggestions = _NONE) -> Form:
    """Return the form of a method on a family; `auto` for a family is read off the base model.

    Args:
        method: What is trained.
        family: What it is trained on; ``chroma`` is Flux's.
        engine: ``auto``, ``builtin`` or ``sd-scripts``: options that one cannot do are left out.
        suggestions: Good values for options, beside those that the settings know.

    Raises:
        MikazukiError: ``form-not-found`` for a method, family or engine that is not known; ``no-script``.
    """
    plain = _plain_form(method, family, engine)
    if not suggestions:
        return plain
    parts = tuple(
        replace(part, fields=tuple(_suggesting(field, suggestions) for field in part.fields)) for part in plain.sections
    )
    return replace(plain, sections=parts)


def _suggesting(field: Field, suggestions: Suggestions) -> Field:
    more = suggestions.get(field.name)
    return replace(field, suggestions=tuple(dict.fromkeys((*more, *field.suggestions)))) if more else field


@lru_cache(maxsize=64)
def _plain_form(method: str, family: str, engine: str) -> Form:
    target = Target(method, family, engine)
    if target.unknown() or engine not in {AUTO, BUILTIN, UPSTREAM}:
        raise MikazukiError(
            "form-not-found",
            f"There is no form for method {method} on {family} by {engine}.",
            "The methods, families and engines there are: docs/upstream, or the choices of the Train page.",
        )
    fields = {
        field.name: field for field in (_ours(target, engine) if target.ours else _scripts(target.script, family))
    }
    finished = [_finished(field, fields, target) for field in fields.values()]
    return Form(method, family, engine, tuple(_sections(finished)))


def _sections(fields: Sequence[Field]) -> Iterator[Section]:
    """Yield the sections that have fields, the basic ones of each first."""
    for name in ORDER:
        own = [field for field in fields if SECTION_OF[field.name] == name]
        if own:
            yield Section(name, words("sections", name), tuple(sorted(own, key=lambda field: not field.basic)))


def _ours(target: Target, engine: str) -> Iterator[Field]:
    """Yield the options of `TrainSettings`, and for upstream alone what only its script has."""
    script = target.script if engine == UPSTREAM else None
    left_out = CHOSEN | _NOT_OF_FAMILY[target.family] | options_beside(target.method)
    if engine == BUILTIN:
        left_out |= _NOT_OF_BUILTIN
    if script:
        left_out |= (REFUSALS.keys() - (_CACHED_TEXT if script.is_sdxl else set())) | _OPENS_WINDOWS
    for name in TrainSettings.model_fields:
        if name not in left_out:
            yield _of_target(field_of_settings(TrainSettings, name), target)
    if script:
        yield from _only_upstreams(script, CHOSEN | COMMAND_LINE | TrainSettings.model_fields.keys())
        yield from (field_of_settings(LaunchSettings, name) for name in LAUNCHERS)


def _of_target(field: Field, target: Target) -> Field:
    """Say of an option of ours what depends on method and family."""
    if field.name == "text_encoder_lr" and target.family in {"sd1", "sd2"}:
        return replace(field, kind="float", numeric=False)  # there is one text encoder
    if field.name == "learning_rate":
        return replace(field, default=USUAL_RATES.get(target.method, field.default))
    if field.name == "save_model_as":
        return replace(field, choices=FORMATS[target.method])
    return field


def _only_upstreams(script: Script, left_out: frozenset[str]) -> Iterator[Field]:
    for name, option in options_of(script.name).items():
        if name not in left_out:
            yield field_of_option(option)


def _scripts(script: Script, family: str) -> Iterator[Field]:
    """Yield the options of one of upstream's scripts and of its launcher."""
    newer = script.families[0] not in _NOT_OF_FAMILY
    left_out = _NOT_OF_NEWER if newer else _NOT_OF_FAMILY[family]
    yield from _only_upstreams(script, CHOSEN | COMMAND_LINE | left_out | _OPENS_WINDOWS)
    for name in sorted(LAUNCHER - CHOSEN - options_of(script.name).keys()):
        yield field_of_settings(TrainSettings, name)
    yield from (field_of_settings(LaunchSettings, name) for name in LAUNCHERS)


def _finished(field: Field, fields: Mapping[str, Field], target: Target) -> Field:
    """Add what depends on the other fields and on the target: conditions, suggestions, place in the short form."""
    conditions = tuple(_conditions(field, fields, target.method))
    network = target.family if target.family in NETWORKS else "sd1"
    known = field.suggestions or _suggestions(field, network)
    return replace(field, when=conditions, suggestions=known, basic=is_basic(field.name, target.method))


def _conditions(field: Field, fields: Mapping[str, Field], method: str) -> Iterator[Condition]:
    for rule in rules_of(field.name, method):
        other = fields.get(rule.option)
        if other is not None:
            yield settled(rule, nullable=other.nullable, empty=other.empty, choices=other.choices)


def _suggestions(field: Field, family: str) -> tuple[str, ...]:
    """Return good values for texts that may be another as well."""
    if field.kind not in {"text", "list"}:
        return ()
    known: dict[str, tuple[str, ...]] = {
        "optimizer_type": tuple(name for name in NAMED if name not in DOTTED or family in {"sd1", "sd2", "sdxl"}),
        "lr_scheduler": COURSES,
        "lr_scheduler_type": TORCH_CLASSES,
        "network_module": NETWORKS[family],
        "optimizer_args": OPTIMIZER_ARGUMENTS,
        "caption_extension": (".txt", ".caption"),
        "resume": ("last",),
        "template_file": ("style", "style_filewords", "subject", "subject_filewords", "none"),
        "t5xxl_dtype": ("fp16", "bf16", "float"),
        "t5xxl_device": ("cuda", "cpu"),
    }
    return known.get(field.name, ())


def differing(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return of the values those that differ from the form's defaults, in the form's order, unknown ones last."""
    fields = form.fields
    set_ = {name: value for name, value in values.items() if name not in fields or not is_default(fields[name], value)}
    places = {name: number for number, name in enumerate((*sorted(CHOSEN), *fields))}
    return {name: set_[name] for name in sorted(set_, key=lambda name: places.get(name, len(places)))}


def is_default(field: Field, value: Any) -> bool:
    """Tell whether a value means what leaving the option out means."""
    if value is None:
        return True
    if isinstance(value, str) and not value.strip():
        return field.default in (None, "", [])
    if field.kind == "size":
        return _size(value) == _size(field.default)
    if isinstance(value, tuple):
        value = list(value)
    return bool(value == field.default) and isinstance(value, bool) is isinstance(field.default, bool)


def _size(value: Any) -> list[str]:
    """Return width and height of a size as text, whichever way it is written."""
    parts = value if isinstance(value, (list, tuple)) else str(value).replace("x", ",").split(",")
    sides = [str(part).strip() for part in parts]
    return sides * 2 if len(sides) == 1 else sides
