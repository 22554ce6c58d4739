"""Suggests tags while one is typed: the data set's own first, then those of a list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mikazuki.data.workbench.tag_lists import TagList
from mikazuki.data.workbench.transforms import folded, underscored


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag, in how many captions of the set it stands, and how often the list has it; 0: not at all."""

    tag: str
    own: int
    listed: int


def suggested(typed: str, own: Mapping[str, int], listed: TagList, limit: int) -> list[Suggestion]:
    """Return tags that hold what was typed: at their beginning, at that of a word, then anywhere.

    Among equals the set's own come first, then the more frequent. A list's underscores become blanks unless most tags
    of several words in the set have them.
    """
    wanted = folded(typed.strip())
    if not wanted:
        most = sorted(own, key=lambda tag: -own[tag])[:limit]
        return [Suggestion(tag, own[tag], 0) for tag in most]
    found: dict[str, Suggestion] = {}
    to = "underscores" if has_underscores(own) else "spaces"
    for key, tag, count in _holding(wanted, listed):
        found[key] = Suggestion(underscored(tag, to=to), 0, count)
    for tag, count in own.items():
        key = folded(tag)
        if wanted in key:
            known = found.get(key)
            # of two spellings in the set the more frequent one is suggested
            if known is None or count > known.own:
                found[key] = Suggestion(tag, count, known.listed if known else 0)
    ranked = sorted(found, key=lambda key: (_group(key, wanted), -found[key].own, -found[key].listed, key))
    return [found[key] for key in ranked[:limit]]


def has_underscores(own: Mapping[str, int]) -> bool:
    """Say whether tags of several words are written with underscores rather than with blanks in a set."""
    joined = sum(count for tag, count in own.items() if "_" in tag)
    spaced = sum(count for tag, count in own.items() if " " in tag)
    return joined > spaced


def _holding(wanted: str, listed: TagList) -> Iterator[tuple[str, str, int]]:
    for key, (tag, count) in zip(listed.folded, listed.tags, strict=True):
        if wanted in key:
            yield key, tag, count


def _group(key: str, wanted: str) -> int:
    if key.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in key else 2
