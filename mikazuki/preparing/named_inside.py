"""Folders and files that a dataset_config or a concepts_list names inside: they are fenced like those of the form."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

FILES: Final = ("dataset_config", "concepts_list")
"""Options that hold a file of such names, or its text."""

PLACES: Final = frozenset(
    {
        "image_dir", "metadata_file", "conditioning_data_dir", "instance_data_dir", "class_data_dir",
        "save_sample_template",
    }
)  # fmt: skip
"""Keys in these files that hold paths."""


def named_inside(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (option and key, path) for every path that the files among the values name.

    A relative path of a concepts_list may begin at its file's folder, so it is yielded from there as well, and so is
    that file itself. One that cannot be read names nothing: checking the settings says what is wrong with it.
    """
    for option in FILES:
        text = values.get(option)
        if not isinstance(text, str) or not text.strip():
            continue
        is_file = option == "concepts_list" and not text.lstrip().startswith("[")
        if is_file:
            yield option, text
        for key, path in _paths(_read(text)):
            yield f"{option}, {key}", path
            if is_file:
                yield f"{option}, {key}", str(Path(text).parent / path)


def _read(text: str) -> Any:
    """Return what a file, or a text that is JSON itself, holds; None where it cannot be read."""
    try:
        if text.lstrip().startswith(("[", "{")):
            return json.loads(text)
        raw = Path(text).read_bytes().decode("utf-8-sig")
        return json.loads(raw) if Path(text).suffix.lower() == ".json" else tomllib.loads(raw)
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
