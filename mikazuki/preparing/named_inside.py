"""Folders and files that a dataset_config or a concepts_list names inside: they are fenced like those of the form."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from mikazuki.settings.concepts import found_from, is_inline

CONCEPTS: Final = "concepts_list"
FILES: Final = ("dataset_config", CONCEPTS)
"""Options that hold a file of such names, or its text."""

PLACES: Final = frozenset(
    {
        "image_dir", "metadata_file", "conditioning_data_dir", "instance_data_dir", "class_data_dir",
        "save_sample_template",
    }
)  # fmt: skip
"""Keys in these files that hold paths."""


def named_inside(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (option and key, path) for every path that the files among the values name, and a concepts_list's file.

    A relative path is yielded as the training would find it. A file that cannot be read names nothing: checking the
    settings says what is wrong with it.
    """
    for option in FILES:
        text = values.get(option)
        if not isinstance(text, str) or not text.strip():
            continue
        home = None
        if option == CONCEPTS and not is_inline(text):
            yield option, text
            home = Path(text).parent
        for key, path in _paths(_read(option, text)):
            yield f"{option}, {key}", found_from(Path(path), home)


def _read(option: str, text: str) -> Any:
    """Return what a file, or a list of concepts that stands there itself, holds; None where it cannot be read."""
    try:
        if option == CONCEPTS and is_inline(text):
            return json.loads(text)
        raw = Path(text).read_bytes().decode("utf-8-sig")
        # a list of concepts is JSON whatever its file is called
        is_json = option == CONCEPTS or Path(text).suffix.lower() == ".json"
        return json.loads(raw) if is_json else tomllib.loads(raw)
    except (OSError, ValueError):
        return None


def _paths(found: Any) -> Iterator[tuple[str, str]]:
    """Yield every path in nested tables and lists."""
    if isinstance(found, list):
        for part in found:
            yield from _paths(part)
    if isinstance(found, Mapping):
        for key, value in found.items():
            if key in PLACES and isinstance(value, str) and value:
                yield key, value
            else:
                yield from _paths(value)
