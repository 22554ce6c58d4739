"""Reads a dataset file (TOML or JSON) and says everything that is wrong with it at once."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mikazuki.errors import MikazukiError
from mikazuki.settings.base import choices
from mikazuki.settings.dataset_keys import KINDS, AnyDataset, AnySubset, General, Keys, Kind
from mikazuki.settings.load import WRONG_KINDS
from mikazuki.settings.schema import bounds_in_words, option_schema

OTHER_NAMES: Final = {"train_batch_size": "batch_size", "dataset_repeats": "num_repeats"}
"""Options of a training that have another name in a dataset file."""

GENERAL: Final = "[general]"

_OWN_WORDS: Final = {"float_type": "is not a number", "dict_type": "is not a table of keys and values"}
_KeysT = TypeVar("_KeysT", bound=Keys)


@dataclass(frozen=True, slots=True)
class FileDataset:
    """A dataset as the file says it, nothing looked up yet."""

    kind: Kind
    keys: AnyDataset
    subsets: tuple[AnySubset, ...]


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """What a dataset file says; there is at least one dataset, and each has at least one subset."""

    general: General
    datasets: tuple[FileDataset, ...]


def wrong(path: Path | str, problems: list[str]) -> MikazukiError:
    """Make the error that lists what is wrong with a dataset file, one problem a line."""
    count = "1 thing is wrong" if len(problems) == 1 else f"{len(problems)} things are wrong"
    return MikazukiError(
        "dataset-config-wrong",
        "\n".join([f"{path} (dataset_config): {count}:", *(f"- {problem}." for problem in problems)]),
        "It takes the keys of sd-scripts' dataset files: [general], [[datasets]] and [[datasets.subsets]].",
    )


def place(dataset: int, subset: int | None = None) -> str:
    """Name a table of the file for a message, counted from 1: `dataset 2, subset 1`."""
    return f"dataset {dataset + 1}" if subset is None else f"dataset {dataset + 1}, subset {subset + 1}"


def read_dataset_file(path: Path) -> DatasetFile:
    """Read and check a dataset file.

    Raises:
        MikazukiError: `dataset-config-not-found` when it cannot be read, `dataset-config-wrong` naming every wrong
            key, type and value with its place.
    """
    document = _parsed(path)
    problems = [
        f"{key} is no part of a dataset file: it has [general] and [[datasets]]"
        for key in document
        if key not in {"general", "datasets"}
    ]
    general = _checked(General, document.get("general", {}), GENERAL, problems)
    datasets = tuple(_datasets(document.get("datasets"), problems))
    if problems or general is None:
        raise wrong(path, problems)
    return DatasetFile(general, datasets)


def _parsed(path: Path) -> dict[str, Any]:
    if path.suffix.lower() not in {".toml", ".json"}:
        raise wrong(path, ["its name ends neither in .toml nor in .json"])
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MikazukiError(
            "dataset-config-not-found",
            f"The dataset file {path} (dataset_config) cannot be read: {error.strerror or error}.",
            "Set dataset_config to a .toml or .json file that describes the datasets.",
        ) from error
    except UnicodeDecodeError as error:
        raise wrong(path, ["it is not UTF-8 text: save it again with that encoding"]) from error
    try:
        document = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text.replace("\r\n", "\n"))
    except ValueError as error:  # of both parsers
        raise wrong(path, [f"it is not valid {path.suffix[1:].upper()}: {error}"]) from error
    if not isinstance(document, dict):
        raise wrong(path, ["it is not a table with general and datasets"])
    return document


def _datasets(found: Any, problems: list[str]) -> Iterator[FileDataset]:
    if not isinstance(found, list) or not found:
        problems.append("it has no [[datasets]]: each one lists its subsets")
        return
    for number, values in enumerate(found):
        if not isinstance(values, dict):
            problems.append(f"{place(number)} is not a table of keys and values")
            continue
        kind, subsets = _subsets(values.get("subsets"), number, problems)
        own = {key: value for key, value in values.items() if key != "subsets"}
        keys = _checked(KINDS[kind][0], own, place(number), problems)
        if keys is not None:
            yield FileDataset(kind, keys, subsets)


def _subsets(found: Any, dataset: int, problems: list[str]) -> tuple[Kind, tuple[AnySubset, ...]]:
    """Check a dataset's subsets, and tell its kind by what they have."""
    if not isinstance(found, list) or not found or not all(isinstance(values, dict) for values in found):
        problems.append(f"{place(dataset)} has no [[datasets.subsets]]: each one names a folder or a metadata file")
        return "folder", ()
    kind = _kind(found)
    if kind is None:
        problems.append(
            f"{place(dataset)} mixes subsets with and without metadata_file: put them into datasets of their own"
        )
        return "folder", ()
    checked = [
        _checked(KINDS[kind][1], values, place(dataset, number), problems) for number, values in enumerate(found)
    ]
    return kind, tuple(subset for subset in checked if subset is not None)


def _kind(subsets: list[dict[str, Any]]) -> Kind | None:
    if all("conditioning_data_dir" in subset for subset in subsets):
        return "masked"
    with_metadata = ["metadata_file" in subset for subset in subsets]
    if all(with_metadata):
        return "metadata"
    return None if any(with_metadata) else "folder"


def _checked(keys: type[_KeysT], values: Any, where: str, problems: list[str]) -> _KeysT | None:
    """Check one table; what is wrong with it goes into `problems`, one problem a key."""
    if not isinstance(values, dict):
        problems.append(f"{where} is not a table of keys and values")
        return None
    try:
        return keys.model_validate(values)
    except ValidationError as error:
        found: dict[str, str] = {}
        for detail in error.errors(include_url=False):
            key = str(detail["loc"][0])
            found.setdefault(key, f"{where}: {_problem(keys, key, detail, values)}")
        problems.extend(found.values())
        return None


def _problem(keys: type[Keys], key: str, detail: ErrorDetails, values: Mapping[str, Any]) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown(keys, key)
    if kind == "missing":
        return f"{key} is missing"
    if kind == "value_error" and "ctx" in detail:
        return f"{key}: {detail['ctx']['error']}"
    shown = f"{key} = {values[key]!r}"
    if kind == "literal_error":
        return f"{shown} is none of {', '.join(map(str, choices(keys.model_fields[key])))}"
    words = _OWN_WORDS | WRONG_KINDS
    said = next((text for begin, text in words.items() if kind.startswith(begin)), None)
    return f"{shown} {said or 'is out of bounds: it must be ' + bounds_in_words(option_schema(keys, key))}"


def _unknown(keys: type[Keys], key: str) -> str:
    """Say where a key belongs instead, or what was probably meant."""
    if key in OTHER_NAMES:
        return f"{key} is called {OTHER_NAMES[key]} in a dataset file"
    if key in General.model_fields:
        levels = (
            "a dataset or [general]" if any(key in dataset.model_fields for dataset, _ in KINDS.values()) else GENERAL
        )
        return f"{key} does not belong here, but in {levels} of datasets that take it"
    if any(key in subset.model_fields for _, subset in KINDS.values()):
        return f"{key} does not belong here, but in a subset that takes it"
    near = get_close_matches(key.lower().replace("-", "_"), keys.model_fields, n=1, cutoff=0.6)
    return f"{key} is no key here" + (f"; did you mean {near[0]}?" if near else "")
