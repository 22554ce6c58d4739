"""Splits captions into tags by a separator and joins them again; without a separator a caption is free text."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

Tags = tuple[str, ...]
FREE_TEXT: Final = ""
"""The separator of captions that are sentences: each line is one whole."""
SENTENCE: Final = 6
"""Words of a caption without commas from which on it is a sentence."""


def guessed_separator(texts: Sequence[str]) -> str:
    """Guess what stands between tags: a comma, or nothing where most captions are sentences without any."""
    plain = [text for text in texts if text.strip() and "," not in text]
    sentences = [text for text in plain if len(text.split()) >= SENTENCE]
    return FREE_TEXT if len(sentences) * 2 > len(texts) else ","


@lru_cache(maxsize=100_000)
def split_tags(caption: str, separator: str) -> Tags:
    """Return a caption's tags, blanks around them cut and empty ones left out; lines are cut like separators."""
    lines = caption.split("\n")
    parts = lines if separator == FREE_TEXT else (part for line in lines for part in line.split(separator))
    return tuple(tag for part in parts if (tag := part.strip()))


def join_tags(tags: Iterable[str], separator: str) -> str:
    """Join the tags of one line; a blank follows each separator that is none itself."""
    if separator == FREE_TEXT:
        return " ".join(tags)
    return (separator if separator.isspace() else f"{separator} ").join(tags)


def on_each_line(caption: str, separator: str, change: Callable[[Tags], Sequence[str]]) -> str:
    """Change the tags of each line that has any, or of a caption that has none at all.

    A line whose tags stay the same is not touched, however it is written.
    """
    if not caption.strip():
        tags = tuple(change(()))
        return join_tags(tags, separator) if tags else caption
    return "\n".join(_on_line(line, separator, change) for line in caption.split("\n"))


def _on_line(line: str, separator: str, change: Callable[[Tags], Sequence[str]]) -> str:
    before = split_tags(line, separator)
    if not before:
        return line
    after = tuple(change(before))
    return line if after == before else join_tags(after, separator)


def has_phrase(text: str, phrase: str) -> bool:
    """Say whether whole words of a text are this phrase, case ignored."""
    return _phrase(phrase).search(text) is not None


def begins_with_phrase(text: str, phrase: str) -> bool:
    """Say whether a text begins with this phrase as whole words, case ignored."""
    return _phrase(phrase).match(text.lstrip()) is not None


def without_phrases(text: str, phrases: Iterable[str]) -> str:
    """Take phrases out of free text, where they stand as whole words, and the double blanks that are left."""
    found = text
    for phrase in phrases:
        found = _phrase(phrase).sub("", found)
    if found == text:
        return text
    return re.sub(r"\s+([,.;])", r"\1", re.sub(r"[^\S\n]{2,}", " ", found)).strip()


@lru_cache(maxsize=1000)
def _phrase(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
