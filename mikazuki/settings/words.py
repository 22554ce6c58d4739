"""The words that textual inversion teaches: which they are, what each means at first, how their files are named."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mikazuki.settings.train import TrainSettings

_BETWEEN: Final = re.compile(r"[\s,]+")
_NOT_IN_NAMES: Final = re.compile(r"[^\w-]+")


def words_in(token_string: str | None) -> tuple[str, ...]:
    """Return the words of token_string, which spaces or commas separate."""
    return tuple(word for word in _BETWEEN.split(token_string or "") if word)


def first_meanings(init_word: str | None, count: int) -> tuple[str | None, ...]:
    """Return what each of ``count`` words means at first: of several one part of init_word each, or all of it for all.

    The words of one part give a word's vectors their meanings in turn. Parts are separated by commas.
    """
    if not init_word or count == 1:
        return (init_word,) * count
    parts = _parts(init_word)
    return tuple(parts * count if len(parts) == 1 else parts)


def _parts(init_word: str) -> list[str]:
    return [part.strip() for part in init_word.split(",")]


def words_for(words: Sequence[str], class_tokens: str | None) -> str:
    """Return what stands for ``[name]`` in a picture's sentences: the words that its folder names, else all of them.

    ``class_tokens`` are the folder's name behind its number, as in ``10_mikacat``.
    """
    named = (class_tokens or "").lower().split()
    return " ".join([word for word in words if word.lower() in named] or words)


def token_names(word: str, vectors: int) -> list[str]:
    """Return the tokens that a word of so many vectors is written as: ``cat``, ``cat1``, ``cat2``."""
    return [word, *(f"{word}{number}" for number in range(1, vectors))]


def file_part(word: str) -> str:
    """Return a word as a part of a file's name: letters, digits, hyphens and underscores alone."""
    return _NOT_IN_NAMES.sub("", word) or "word"


def problems(s: "TrainSettings") -> Iterator[str]:
    """Yield what is wrong with the options of words, one sentence each."""
    words = words_in(s.token_string)
    if not words:
        yield "token_string is missing: name the word to teach, one that no caption would hold otherwise."
    yield from _alike(words, s.num_vectors_per_token)
    if s.init_word and len(words) > 1 and len(_parts(s.init_word)) not in {1, len(words)}:
        yield (
            f"init_word has {len(_parts(s.init_word))} parts between commas, and token_string has {len(words)} words: "
            "give one for each, or one for all."
        )
    elif s.init_word and len(words) > 1 and not all(_parts(s.init_word)):
        yield f"init_word {s.init_word!r} has an empty part between its commas: give one for each word."
    if sum(map(bool, (s.use_object_template, s.use_style_template, s.template_file))) > 1:
        yield "use_object_template, use_style_template and template_file exclude each other: set one."
    if s.weights and len(words) > 1:
        yield "weights is the file of one word, and token_string has several: leave it out."
    if s.weights and PurePath(s.weights).suffix.lower() not in {".safetensors", ".pt", ".ckpt", ".bin"}:
        yield f"weights {s.weights} is no embedding file: it ends in .safetensors, .pt, .ckpt or .bin."


def _alike(words: Sequence[str], vectors: int) -> Iterator[str]:
    """Yield what would make two words one: the same tokens, or the same file."""
    tokens = [token.lower() for word in words for token in token_names(word, vectors)]
    twice = sorted({token for token in tokens if tokens.count(token) > 1})
    files = [file_part(word).lower() for word in words]
    if twice:
        yield (
            f"token_string makes the token {twice[0]} twice: a word's further vectors are written with a number behind "
            "it. Give words that differ otherwise."
        )
    elif len(set(files)) < len(files):
        yield "token_string has words that differ in signs alone, which no file name can hold: give them other letters."
