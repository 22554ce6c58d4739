"""Reads a list of concepts, in the DreamBooth extension's form or diffusers', and says all that is wrong at once."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BeforeValidator, Field, NonNegativeFloat, NonNegativeInt, PositiveInt, ValidationError
from pydantic_core import ErrorDetails

from mikazuki.errors import MikazukiError
from mikazuki.settings.base import Settings
from mikazuki.settings.load import WRONG_KINDS
from mikazuki.settings.schema import bounds_in_words, option_schema
from mikazuki.settings.values import no_empty

if TYPE_CHECKING:
    from mikazuki.settings.train import TrainSettings

FILEWORDS: Final = "[filewords]"
"""Stands in a prompt for the caption of each picture."""

OLD_KEYS: Final = frozenset({"is_valid", "file_prompt_contents"})
"""Keys of older lists that need not be said any more: both are seen from the folder and its captions."""

_COUNTS: Final = frozenset({"num_class_images", "num_class_images_per"})
_PATHS: Final = ("instance_data_dir", "class_data_dir", "save_sample_template")
_NO_OBJECT: Final = "is not an object of keys and values"
_Prompt = Annotated[str, BeforeValidator(lambda text: text if no_empty(text) else FILEWORDS)]


class Concept(Settings):
    """One thing to teach: its pictures, how they are called, and pictures of its class."""

    instance_data_dir: Annotated[str, Field(min_length=1)]
    """Folder of its pictures; those in folders inside it are taken too."""
    class_data_dir: str = ""
    """Folder of pictures of its class; empty means one beside what is trained."""
    instance_prompt: _Prompt = FILEWORDS
    """Text of its pictures; [filewords] stands for a picture's caption."""
    class_prompt: _Prompt = FILEWORDS
    """Text of pictures of its class; [filewords] stands for the caption of the picture it belongs to."""
    instance_token: str = ""
    """The word it is called by."""
    class_token: str = ""
    """The word for its class."""
    num_repeats: PositiveInt = 1
    """How often an epoch shows each picture."""
    max_steps: Annotated[int, Field(ge=-1)] = -1
    """Pictures of it that are shown in the whole training; -1 or 0 for no limit."""
    num_class_images_per: NonNegativeInt = 0
    """Pictures of its class for each of its pictures."""
    num_class_images: NonNegativeInt = 0
    """Pictures of its class in all, where there is no number for each picture."""
    class_negative_prompt: str = ""
    """What pictures of its class must not show."""
    class_guidance_scale: NonNegativeFloat = 7.5
    """How closely they follow their prompt."""
    class_infer_steps: PositiveInt = 60
    """Steps each of them is drawn in."""
    class_seed: Annotated[int, Field(ge=-1, lt=2**32)] = -1
    """Seed of those that are drawn; -1 takes that of the training."""
    save_sample_prompt: str = ""
    """Prompt of its sample pictures; [filewords] stands for the captions of its pictures."""
    save_sample_template: str = ""
    """Text file with one sample prompt a line."""
    save_sample_negative_prompt: str = ""
    """What its sample pictures must not show."""
    n_save_sample: NonNegativeInt = 1
    """Number of its sample pictures."""
    sample_seed: Annotated[int, Field(ge=-1, lt=2**32)] = -1
    """Their seed; -1 draws one."""
    save_guidance_scale: NonNegativeFloat = 7.5
    """How closely they follow their prompt."""
    save_infer_steps: PositiveInt = 20
    """Steps each of them is drawn in."""

    @property
    def names_class(self) -> bool:
        """Whether it says what its class is, by a word or by a prompt of its own."""
        return bool(self.class_token) or self.class_prompt != FILEWORDS

    @property
    def wants_class_pictures(self) -> bool:
        """Whether it asks for a number of pictures of its class, which are drawn where they lack."""
        return self.num_class_images_per > 0 or self.num_class_images > 0

    @property
    def takes_class_pictures(self) -> bool:
        """Whether pictures of its class are trained on: a number is asked for, or a folder is named and no number."""
        return self.wants_class_pictures or bool(self.class_data_dir and not _COUNTS & self.model_fields_set)

    @property
    def limit(self) -> int | None:
        """How many of its pictures the training shows; None without a limit."""
        return self.max_steps if self.max_steps > 0 else None


def class_folder(concept: Concept, number: int, settings: "TrainSettings") -> Path:
    """Return the folder of a concept's class pictures; ``number`` is its place in the list, from 0."""
    if concept.class_data_dir:
        return Path(concept.class_data_dir)
    return Path(settings.output_dir) / f"{settings.output_name}-class" / str(number + 1)


def is_inline(text: str) -> bool:
    """Say whether a concepts_list is the list itself, and not the name of a file."""
    return text.lstrip().startswith("[")


def read_concepts(text: str) -> tuple[Concept, ...]:
    """Read a list of concepts, from a file or as it stands; at least one, with folders that can be opened as named.

    A relative path starts at the folder of the file, or where it is not there, at the one that the training is
    started in. The file may be a whole ``db_config.json`` too: its ``concepts_list`` is taken.

    Raises:
        MikazukiError: ``concepts-not-found`` when the file cannot be read; ``concepts-wrong`` naming everything that
            is wrong with its place.
    """
    inline = is_inline(text)
    name = "concepts_list" if inline else f"{text} (concepts_list)"
    home = None if inline else Path(text).parent
    found = _listed(text if inline else _text_of(Path(text)), name)
    problems: list[str] = []
    concepts = [_concept(_place(number, values), values, home, problems) for number, values in enumerate(found)]
    if problems:
        raise _wrong(name, problems)
    return tuple(concept for concept in concepts if concept)


def listed_concepts(file: Path, said: Callable[[Path], str] = str) -> list[dict[str, Any]]:
    """Return the concepts of a file as they stand there, for somebody to go on with; their values are not checked.

    Args:
        file: A list of concepts, or a whole ``db_config.json``.
        said: How a path is written that can be opened from where the training is started.

    Raises:
        MikazukiError: ``concepts-not-found`` when the file cannot be read; ``concepts-wrong`` when there is no list of
            concepts in it.
    """
    name = f"{file} (concepts_list)"
    found = _listed(_text_of(file), name)
    strange = [f"{_place(number, one)} {_NO_OBJECT}" for number, one in enumerate(found) if not isinstance(one, dict)]
    if strange:
        raise _wrong(name, strange)
    return [_taken(values, file.parent, said) for values in found]


def _taken(values: Mapping[str, Any], home: Path, said: Callable[[Path], str]) -> dict[str, Any]:
    kept = {key: value for key, value in values.items() if key not in OLD_KEYS and value is not None}
    paths = {key: kept[key] for key in _PATHS if isinstance(kept.get(key), str) and kept[key]}
    return kept | {key: said(Path(found_from(Path(path), home))) for key, path in paths.items()}


def check_classes(concepts: Iterable[Concept]) -> None:
    """Refuse concepts without a class where the base model is asked about it.

    Raises:
        MikazukiError: ``class-missing``, naming each one.
    """
    bare = [
        f"{number} ({concept.instance_data_dir})"
        for number, concept in enumerate(concepts, 1)
        if not concept.names_class
    ]
    if bare:
        raise MikazukiError(
            "class-missing",
            f'prior_preservation "base_model" asks the base model for the class of a concept, and none is named for '
            f"concept {', '.join(bare)}.",
            "Give each of them a class_prompt or a class_token.",
        )


def _wrong(name: str, problems: list[str]) -> MikazukiError:
    count = "1 thing is wrong" if len(problems) == 1 else f"{len(problems)} things are wrong"
    return MikazukiError(
        "concepts-wrong",
        "\n".join([f"{name}: {count}:", *(f"- {problem}." for problem in problems)]),
        "It is a JSON list of concepts, each with instance_data_dir and what else docs/datasets.md names.",
    )


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MikazukiError(
            "concepts-not-found",
            f"The list of concepts {path} (concepts_list) cannot be read: {error.strerror or error}.",
            "Set concepts_list to a JSON file, or to the list itself, which begins with [.",
        ) from error
    except UnicodeDecodeError as error:
        raise _wrong(f"{path} (concepts_list)", ["it is not UTF-8 text: save it again with that encoding"]) from error


def _listed(text: str, name: str) -> list[Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise _wrong(name, [f"it is not valid JSON: {error}"]) from error
    if isinstance(found, dict):
        found = found.get("concepts_list")
    if not isinstance(found, list) or not found:
        raise _wrong(name, ["there is no concept in it"])
    return found


def _place(number: int, values: Any) -> str:
    """Name a concept for a message, counted from 1, with its folder."""
    folder = values.get("instance_data_dir") if isinstance(values, dict) else None
    return f"concept {number + 1}" + (f" ({folder})" if folder else "")


def _concept(where: str, values: Any, home: Path | None, problems: list[str]) -> Concept | None:
    """Check one concept; what is wrong with it goes into ``problems``, one problem a key."""
    if not isinstance(values, dict):
        problems.append(f"{where} {_NO_OBJECT}")
        return None
    said = {key: value for key, value in values.items() if key not in OLD_KEYS and value is not None}
    try:
        concept = Concept.model_validate(said)
    except ValidationError as error:
        details = {str(detail["loc"][0]): detail for detail in reversed(error.errors(include_url=False))}
        problems += [f"{where}: {_problem(key, detail, said)}" for key, detail in sorted(details.items())]
        return None
    concept = _at_home(concept, home)
    problems += [f"{where}: {problem}" for problem in _folder_problems(concept)]
    return concept


def _problem(key: str, detail: ErrorDetails, values: Mapping[str, Any]) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        near = get_close_matches(key.lower().replace("-", "_"), Concept.model_fields, n=1, cutoff=0.6)
        return f"{key} is no key of a concept" + (f"; the nearest is {near[0]}" if near else "")
    if key == "instance_data_dir" and kind in {"missing", "string_too_short"}:
        return "instance_data_dir is missing: name the folder of its pictures, or take the concept out"
    said = next((text for begin, text in WRONG_KINDS.items() if kind.startswith(begin)), None)
    bounds = said or f"is out of bounds: it must be {bounds_in_words(option_schema(Concept, key))}"
    return f"{key} = {values[key]!r} {bounds}"


def _at_home(concept: Concept, home: Path | None) -> Concept:
    """Return the concept with its paths as they can be opened from where the training is started."""
    named = {key: getattr(concept, key) for key in _PATHS if getattr(concept, key)}
    return concept.model_copy(update={key: found_from(Path(path), home) for key, path in named.items()})


def found_from(path: Path, home: Path | None) -> str:
    """Find a path beside the file in ``home``, else here; one that is nowhere yet belongs beside the file."""
    if home is None:
        return str(path)
    beside = home / path
    here, there = (os.path.exists(place) for place in (path, beside))  # noqa: PTH110 - of any text, which Path refuses
    return str(path if here and not there else beside)


def _folder_problems(concept: Concept) -> Iterator[str]:
    folder = Path(concept.instance_data_dir)
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "does not exist"
        yield f"the folder {folder} (instance_data_dir) {what}: correct it, or take the concept out"
    if concept.class_data_dir:
        others = Path(concept.class_data_dir)
        if others.exists() and not others.is_dir():
            yield f"{others} (class_data_dir) is a file: name a folder"
        elif others.resolve() == folder.resolve():
            yield "class_data_dir is the folder of its own pictures: name another one, or leave it empty"
