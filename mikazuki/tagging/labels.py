"""Reads which tags a tagger knows, in the order of its outputs."""

import csv
import json
from pathlib import Path
from typing import Any, Final, NamedTuple

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.tagging.known import LABELS, Kind

CATEGORY_NUMBERS: Final = {
    "0": "general",
    "1": "artist",
    "3": "copyright",
    "4": "character",
    "5": "meta",
    "9": "rating",
}
"""Kinds of tags by Danbooru's numbers, and 9 by the WD14 family."""
RATING_PREFIX: Final = "rating:"


class Label(NamedTuple):
    """A tag and its kind; a kind that is not known is `meta`."""

    name: str
    category: str


def read_labels(folder: Path, kind: Kind) -> list[Label]:
    """Read a tagger's tags.

    Raises:
        MikazukiError: ``tagger-labels`` where the file cannot be read or is none of its kind.
    """
    path = folder / LABELS[kind]
    read = {"wd": _from_csv, "cl": _from_mapping, "deepdanbooru": _from_lines}[kind]
    try:
        found = read(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise MikazukiError(
            "tagger-labels",
            f"{path} names no tags: {error}.",
            "Fetch the file again; it belongs to the model beside it.",
            exit_code=EXIT_FAILED,
        ) from error
    return found


def _from_csv(text: str) -> list[Label]:
    rows = csv.DictReader(text.splitlines())
    found = [Label(row["name"], CATEGORY_NUMBERS.get(row["category"].strip(), "meta")) for row in rows]
    if not found:
        raise ValueError("it is empty")
    return found


def _from_mapping(text: str) -> list[Label]:
    """Read `{"0": {"tag": ..., "category": ...}}`, or `idx_to_tag` and `tag_to_category` side by side."""
    document: dict[str, Any] = json.loads(text)
    if "idx_to_tag" in document:
        kinds: dict[str, str] = document["tag_to_category"]
        numbered = {int(key): Label(tag, kinds[tag].lower()) for key, tag in document["idx_to_tag"].items()}
    else:
        numbered = {int(key): Label(item["tag"], item["category"].lower()) for key, item in document.items()}
    if sorted(numbered) != list(range(len(numbered))) or not numbered:
        raise ValueError("its numbers do not run from 0 without a gap")
    return [numbered[number] for number in range(len(numbered))]


def _from_lines(text: str) -> list[Label]:
    names = [line.strip() for line in text.splitlines() if line.strip()]
    if not names:
        raise ValueError("it is empty")
    return [
        Label(name.removeprefix(RATING_PREFIX), "rating" if name.startswith(RATING_PREFIX) else "general")
        for name in names
    ]
