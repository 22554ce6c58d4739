"""Carries operations out on captions, as functions of text alone."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from mikazuki.data.workbench import operations as op
from mikazuki.data.workbench.tags import (
    FREE_TEXT,
    Tags,
    begins_with_phrase,
    has_phrase,
    join_tags,
    on_each_line,
    split_tags,
    without_phrases,
)

Transform = Callable[[str], str | None]
"""From a caption to what becomes of it; None takes its file away."""

_WORDS: Final = re.compile(r"[^\W\d_]{2}")
"""Two letters in a row: what has none is a face made of signs, or a number."""


def folded(tag: str) -> str:
    """Return a tag as it is compared: case and underscores ignored."""
    return tag.casefold().replace("_", " ")


def transform_of(operation: op.Operation, separator: str, frequencies: Mapping[str, int]) -> Transform:
    """Return what an operation does to a caption; patterns are carried out elsewhere (`patterns`).

    Args:
        operation: What to do.
        separator: What stands between tags; empty where captions are free text.
        frequencies: How often the data set has each tag.
    """
    if isinstance(operation, op.SetText):
        return lambda _text: operation.text
    if isinstance(operation, op.Delete):
        return lambda _text: None
    if isinstance(operation, op.Trim):
        return partial(trimmed, separator=separator)
    if isinstance(operation, op.Replace) and not operation.whole_tags:
        return partial(replaced, operation)
    if separator == FREE_TEXT and isinstance(operation, op.Add | op.Remove | op.Trigger):
        return partial(in_free_text, operation)
    change = _on_tags(operation, frequencies)
    return lambda text: on_each_line(text, separator, change)


def _on_tags(operation: op.Operation, frequencies: Mapping[str, int]) -> Callable[[Tags], Sequence[str]]:  # noqa: PLR0911 - one line an operation
    match operation:
        case op.Add():
            return partial(added, operation)
        case op.Remove():
            unwanted = {folded(tag) for tag in operation.tags}
            return lambda tags: [tag for tag in tags if folded(tag) not in unwanted]
        case op.Replace():
            return partial(swapped, operation)
        case op.MoveFirst():
            return lambda tags: moved_first(tags, operation.tags)
        case op.Trigger():
            return lambda tags: moved_first(tags, [operation.word], missing=True)
        case op.Sort():
            return partial(sorted_tags, operation, frequencies)
        case op.Deduplicate():
            return deduplicated
        case op.Underscores():
            return lambda tags: [underscored(tag, to=operation.to) for tag in tags]
        case op.Case():
            return lambda tags: [cased(tag, operation.to) for tag in tags]
        case _:
            raise AssertionError(operation.kind)


def in_free_text(operation: op.Add | op.Remove | op.Trigger, text: str) -> str:
    """Add or remove phrases of a sentence; one that it has is not added again, and a position counts its words."""
    if isinstance(operation, op.Remove):
        return without_phrases(text, operation.tags)
    if isinstance(operation, op.Trigger):
        return text if begins_with_phrase(text, operation.word) else f"{operation.word} {text}".strip()
    missing = [tag for tag in operation.tags if not has_phrase(text, tag)]
    if not missing:
        return text
    cuts = [0, *(word.end() for word in re.finditer(r"\S+", text))]
    cut = {"front": 0, "back": len(text), "at": cuts[min(operation.position, len(cuts) - 1)]}[operation.where]
    return " ".join(part for part in (text[:cut].rstrip(), *missing, text[cut:].lstrip()) if part)


def added(operation: op.Add, tags: Tags) -> list[str]:
    """Add the tags that are missing."""
    known = {folded(tag) for tag in tags}
    new = deduplicated([tag for tag in operation.tags if folded(tag) not in known])
    place = {"front": 0, "back": len(tags), "at": operation.position}[operation.where]
    return [*tags[:place], *new, *tags[place:]]


def replaced(operation: op.Replace, text: str) -> str:
    """Replace text wherever it stands."""
    if operation.match_case:
        return text.replace(operation.find, operation.by)
    return re.sub(re.escape(operation.find), lambda _found: operation.by, text, flags=re.IGNORECASE)


def swapped(operation: op.Replace, tags: Tags) -> list[str]:
    """Replace whole tags; by nothing takes them out."""
    same = str.strip if operation.match_case else folded
    wanted = same(operation.find.strip())
    changed = (operation.by if same(tag) == wanted else tag for tag in tags)
    return [tag for tag in changed if tag.strip()]


def moved_first(tags: Tags, wanted: Sequence[str], *, missing: bool = False) -> list[str]:
    """Move wanted tags to the front, each once and written as it was; with ``missing`` add those that are not there."""
    own: dict[str, str] = {}
    for tag in tags:
        own.setdefault(folded(tag), tag)
    first = [own.get(folded(tag), tag) for tag in deduplicated(wanted) if missing or folded(tag) in own]
    taken = set(map(folded, first))
    return [*first, *(tag for tag in tags if folded(tag) not in taken)]


def sorted_tags(operation: op.Sort, frequencies: Mapping[str, int], tags: Tags) -> list[str]:
    """Sort the tags behind those that keep their place."""
    kept, rest = tags[: operation.keep_first], tags[operation.keep_first :]
    if operation.by == "reverse":
        return [*kept, *reversed(rest)]
    if operation.by == "alphabet":
        return [*kept, *sorted(rest, key=str.casefold)]
    return [*kept, *sorted(rest, key=lambda tag: -frequencies.get(tag, 0))]


def deduplicated(tags: Sequence[str]) -> list[str]:
    """Keep the first of equal tags."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(folded(tag), tag)
    return list(found.values())


def trimmed(text: str, separator: str) -> str:
    """Write a caption tidily."""
    lines = (split_tags(line, separator) for line in text.split("\n"))
    tidy = (join_tags((" ".join(tag.split()) for tag in tags), separator) for tags in lines if tags)
    return "\n".join(tidy)


def underscored(tag: str, *, to: str) -> str:
    """Write a tag with blanks or with underscores."""
    if not _WORDS.search(tag):
        return tag
    return tag.replace("_", " ") if to == "spaces" else "_".join(tag.split())


def cased(tag: str, to: str) -> str:
    """Write a tag in another case."""
    return {"lower": str.lower, "upper": str.upper}.get(to, lambda text: text[:1].upper() + text[1:])(tag)
