"""The programs beside training: what each is called, which options its form shows, and how they are entered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from mikazuki.errors import MikazukiError
from mikazuki.settings.base import Settings, sections
from mikazuki.settings.build_checkpoint import BuildSettings
from mikazuki.settings.conditions import Rule, is_none_of, is_one_of, is_set, settled
from mikazuki.settings.convert import ConvertSettings
from mikazuki.settings.docs import CHINESE, ENGLISH, read_texts, section_text
from mikazuki.settings.fetch import FetchSettings
from mikazuki.settings.form import BUILTIN, Form, Section, Suggestions
from mikazuki.settings.form_fields import Field, field_of_settings
from mikazuki.settings.form_layout import PathKind
from mikazuki.settings.form_words import Words
from mikazuki.settings.masking import MaskSettings
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.settings.tagging import TagSettings

_NO_SUGGESTIONS: Final[Suggestions] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Program:
    """A program that is run as ``python -m MODULE --config_file FILE``; its catalogue has its own name."""

    name: str
    module: str
    settings: type[Settings]
    basic: frozenset[str]
    """Options that the short form shows."""
    paths: Mapping[str, PathKind]
    """Options that hold a path, and what kind of path."""
    chosen: frozenset[str] = frozenset()
    """Options that are set by whoever starts it, and stand in no form."""
    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    """Option -> what must hold, all of it, for the option to matter."""

    @property
    def title(self) -> Words:
        """What it is called."""
        return _told(self.name, "title")

    @property
    def does(self) -> Words:
        """What it does, in a sentence or two."""
        return _told(self.name, "does")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAG: Final = Program(
    "tag",
    "mikazuki.tagging",
    TagSettings,
    basic=_names("train_data_dir recursive on_conflict model thresh remove_underscore undesired_tags additional_tags"),
    paths={"train_data_dir": "folder", "models_dir": "new"},
    chosen=frozenset({"version", "dry_run", "resume", "logging_dir"}),
    rules={"download_from": (is_one_of("download", True),), "keep_underscore": (is_one_of("remove_underscore", True),)},
)
PREPARE: Final = Program(
    "prepare",
    "mikazuki.tools.prepare",
    PrepareSettings,
    basic=_names(
        "image_dir output_dir recursive skip_duplicates leave_out resize resolution crop alpha words by_folder"
    ),
    paths={
        "image_dir": "folder",
        "output_dir": "new",
        "conditioning_data_dir": "folder",
        "mask_output_dir": "new",
        "crop_boxes": "file",
        "upscale_model": "file",
        "matting_model": "file",
    },
    rules={
        "quality": (is_one_of("image_format", "webp", "jpg"),),
        "max_frames": (is_set("frames_every"),),
        "resolution": (is_none_of("resize", "none"),),
        "crop_boxes": (is_one_of("crop", "boxes"),),
        "min_bucket_reso": (is_one_of("crop", "bucket"),),
        "max_bucket_reso": (is_one_of("crop", "bucket"),),
        "background_color": (is_none_of("alpha", "keep"),),
    },
)
MASKS: Final = Program(
    "masks",
    "mikazuki.tools.masks",
    MaskSettings,
    basic=_names("image_dir recursive existing source model threshold grow soften invert"),
    paths={"image_dir": "folder", "mask_output_dir": "new", "models_dir": "new"},
    chosen=_names("only dry_run"),
    rules={"model": (is_one_of("source", "model"),), "models_dir": (is_one_of("source", "model"),)},
)
CONVERT: Final = Program(
    "convert",
    "mikazuki.tools.convert",
    ConvertSettings,
    basic=frozenset(ConvertSettings.model_fields),
    paths={"model_to_load": "model", "model_to_save": "new", "vae": "model"},
)
BUILD: Final = Program(
    "build",
    "mikazuki.tools.build_checkpoint",
    BuildSettings,
    basic=_names("state lora lora_weight ema output_dir output_name save_model_as save_precision"),
    paths={
        "state": "folder",
        "pretrained_model_name_or_path": "model",
        "lora": "model",
        "output_dir": "new",
        "vae": "model",
    },
)
FETCH: Final = Program(
    "fetch",
    "mikazuki.tools.fetch_model",
    FetchSettings,
    basic=_names("repository"),
    paths={"models_dir": "new"},
)

PROGRAMS: Final[Mapping[str, Program]] = MappingProxyType(
    {one.name: one for one in (TAG, PREPARE, MASKS, CONVERT, BUILD, FETCH)}
)
"""By name, in the order in which people use them."""


def program(name: str) -> Program:
    """Return a program; raises MikazukiError ``program-not-found``."""
    if name not in PROGRAMS:
        raise MikazukiError(
            "program-not-found", f"There is no program {name!r}.", f"The programs: {', '.join(PROGRAMS)}."
        )
    return PROGRAMS[name]


def form_of_program(name: str, suggestions: Suggestions = _NO_SUGGESTIONS) -> Form:
    """Return a program's form, of the same shape as a training's; its method is the program's name.

    Args:
        name: The program's.
        suggestions: Good values for options.

    Raises:
        MikazukiError: ``program-not-found``.
    """
    found = program(name)
    fields = {one.name: one for one in _fields(found, suggestions)}
    return Form(name, "", BUILTIN, tuple(_sections(found, {key: _ruled(fields[key], found, fields) for key in fields})))


def _fields(owner: Program, suggestions: Suggestions) -> Iterator[Field]:
    """Yield the options of the form as far as each is known by itself."""
    for name, info in owner.settings.model_fields.items():
        if name in owner.chosen:
            continue
        text = Words(info.description or "", catalogue(owner.name)["options"][name])
        yield replace(
            field_of_settings(owner.settings, name, text),
            path=owner.paths.get(name),
            basic=name in owner.basic,
            suggestions=tuple(suggestions.get(name, ())),
        )


def _ruled(one: Field, owner: Program, fields: Mapping[str, Field]) -> Field:
    """Add when a field is shown."""
    conditions = tuple(
        settled(rule, nullable=other.nullable, empty=other.empty, choices=other.choices)
        for rule in owner.rules.get(one.name, ())
        if (other := fields[rule.option])
    )
    return replace(one, when=conditions)


def _sections(owner: Program, fields: Mapping[str, Field]) -> Iterator[Section]:
    """Yield the sections that have fields, the basic ones of each first."""
    for name, options in sections(owner.settings).items():
        own = [fields[option] for option in options if option in fields]
        if own:
            title = Words(section_text(owner.settings, name, ENGLISH), catalogue(owner.name)["sections"][name])
            yield Section(name, title, tuple(sorted(own, key=lambda one: not one.basic)))


def catalogue(name: str) -> dict[str, dict[str, str]]:
    """Return a program's Chinese texts: titles of sections, sentences of options."""
    return read_texts(f"{name if name != TAG.name else 'tagging'}.{CHINESE}")


def _told(name: str, key: str) -> Words:
    return Words(*(read_texts(f"programs.{language}")[name][key] for language in (ENGLISH, CHINESE)))
