"""Reads captions, makes the text of one training step out of a caption, and counts tags."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from mikazuki.data.chance import chosen, shuffled
from mikazuki.data.faces import name_without_face
from mikazuki.data.folders import Subset, listed
from mikazuki.errors import MikazukiError
from mikazuki.settings.datasets import CaptionOptions
from mikazuki.text import count

CAPTION_SUFFIXES: Final = (".txt", ".caption", ".tags", ".cap")
"""Endings that people use for caption files."""

_GUESSES: Final = ("gb18030", "cp932", "cp1252")
_BRACES: Final = {"{{": "{", "}}": "}"}
# a pair of closing braces within a choice is taken as a pair, and never given back to close it
_WILDCARD: Final = re.compile(r"\{\{|\}\}|\{((?:\}\}|[^}])++)\}")


@dataclass(frozen=True, slots=True)
class Captions:
    """The captions of a subset, in the order of its pictures, and what was remarkable about their files.

    `missing` are pictures without a caption file, `empty` and `longer` files with nothing in their first line or
    more after it, `not_utf8` files that could not be read as text.
    """

    texts: tuple[str, ...]
    missing: tuple[Path, ...] = ()
    empty: tuple[Path, ...] = ()
    longer: tuple[Path, ...] = ()
    not_utf8: tuple[Path, ...] = ()


def caption_path(picture: Path, extension: str) -> Path:
    """Name the caption file of a picture: `a.b.png` and `.txt` (or `txt`) give `a.b.txt`."""
    ending = extension if extension.startswith(".") else f".{extension}"
    return picture.with_name(picture.stem + ending)


def caption_lines(data: bytes) -> list[str]:
    """Decode a caption file (UTF-8, a byte order mark allowed) into stripped lines; raises UnicodeDecodeError."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return [line.strip() for line in text.split("\n")]


def in_one_line(caption: str) -> str:
    """Return a caption to be shown: of lines that take turns, as a template's do, the first and their number."""
    first, *others = caption.splitlines() or [""]
    return f"{first} … (1/{1 + len(others)})" if others else first


def caption_paths(picture: Path, extension: str) -> tuple[Path, ...]:
    """Name the files in which the caption of a picture is looked for, in this order.

    Beside its own caption file that is, for a name of five or more parts joined by `_`, the file without the last
    four: these may tell where a face is, and several such pictures share a caption.
    """
    own = caption_path(picture, extension)
    shared = name_without_face(picture.stem)
    return (own, caption_path(picture.with_name(shared + picture.suffix), extension)) if shared else (own,)


def read_captions(subset: Subset, options: CaptionOptions) -> Captions:
    """Read the caption of every picture: the first line of its file, or with `enable_wildcard` all that have text.

    Without a file the caption is the class tokens. A file that is not UTF-8 is collected, not guessed at: see
    `not_utf8_error`.

    Raises:
        MikazukiError: `caption-not-readable` when the system refuses to open a file.
    """
    texts: list[str] = []
    missing, empty, longer, not_utf8 = [], [], [], []
    for picture in subset.pictures:
        text = subset.class_tokens
        path, data = _caption_file(caption_paths(picture, options.caption_extension))
        if data is None:
            missing.append(picture)
        else:
            try:
                lines = caption_lines(data)
            except UnicodeDecodeError:
                not_utf8.append(path)
            else:
                text = _text_of(lines, options)
                if not text:
                    empty.append(path)
                if any(lines[1:]) and not options.enable_wildcard:
                    longer.append(path)
        texts.append(text)
    return Captions(tuple(texts), tuple(missing), tuple(empty), tuple(longer), tuple(not_utf8))


def _text_of(lines: list[str], options: CaptionOptions) -> str:
    """Take the first line of a file, or every line with text in it where one is chosen at every step."""
    return "\n".join(line for line in lines if line) if options.enable_wildcard else lines[0]


def _caption_file(paths: Sequence[Path]) -> tuple[Path, bytes | None]:
    """Read the first of the files that there is; (the first path, None) when there is none."""
    for path in paths:
        try:
            return path, path.read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            message = f"The caption {path} cannot be read: {error.strerror or error}."
            hint = "Make it a readable text file, or remove it."
            raise MikazukiError("caption-not-readable", message, hint) from error
    return paths[0], None


def guess_encoding(data: bytes) -> str | None:
    """Name an encoding in which the bytes would be text; a hint for a person, never used to read."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for name in _GUESSES:
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return None


def not_utf8_error(paths: Iterable[Path]) -> MikazukiError:
    """Say which caption files are not UTF-8 and how to convert them."""
    files = list(paths)
    guess = guess_encoding(files[0].read_bytes())
    maybe = f" The first one would be text in {guess}." if guess else ""
    source = guess or "the encoding it was written in"
    return MikazukiError(
        "caption-not-utf8",
        f"{count(len(files), 'caption file')} cannot be read as UTF-8: {listed(files)}.{maybe}",
        f"Open each in an editor as {source}, check the text, and save it as UTF-8.",
    )


def other_endings(pictures: Iterable[Path], extension: str) -> dict[str, int]:
    """Count caption files of other endings beside the pictures: ending -> number of pictures that have one."""
    counts: dict[str, int] = {}
    for picture in pictures:
        wanted = caption_path(picture, extension)
        for suffix in CAPTION_SUFFIXES:
            path = caption_path(picture, suffix)
            if path != wanted and path.is_file():
                counts[suffix] = counts.get(suffix, 0) + 1
    return counts


def final_caption(text: str, options: CaptionOptions, rng: Random, *, epoch: int, step: int, max_steps: int) -> str:
    """Make the text of one showing of a picture.

    In this order: the caption is dropped; of several lines one is chosen; prefix and suffix are put on; wildcards
    are chosen; of the tags that are not kept the first few are taken while warming up; they are shuffled; single
    ones are dropped; groups become tags. Each of these draws numbers only where its option is on.

    Args:
        text: The caption as read, lines joined by newlines.
        options: What is to be done with it.
        rng: Numbers of this showing's own: the same text, options and state of it give the same caption.
        epoch: Number of the epoch, from 1.
        step: Optimizer steps done so far.
        max_steps: Optimizer steps of the whole training.
    """
    if _dropped(options, rng, epoch):
        return ""
    sentence = _sentence(text, options, lambda items: chosen(items, rng))
    if _by_tags(sentence, options):
        begin, middle, end = split_tags(sentence, options)
        shown = middle[: _warm_tags(len(middle), options, step, max_steps)]
        sentence = ", ".join([*begin, *_varied(shown, options, rng), *end])
    return _ungrouped(sentence, options)


def plain_caption(text: str, options: CaptionOptions) -> str:
    """Make the text of a picture with nothing random: never dropped, in order, the first of every choice.

    Where no option is random this is the text of every showing, the dropped ones aside.
    """
    sentence = _sentence(text, options, lambda items: items[0])
    if _by_tags(sentence, options):
        sentence = ", ".join(tag for part in split_tags(sentence, options) for tag in part)
    return _ungrouped(sentence, options)


def split_tags(text: str, options: CaptionOptions) -> tuple[list[str], list[str], list[str]]:
    """Split a caption into the tags that stay at its beginning, those that may move, and those that stay at its end.

    With keep_tokens_separator in the text, that ends the beginning, a second one begins the end, and empty tags are
    left out; else the first keep_tokens tags stay.
    """
    separator, mark = options.caption_separator, options.keep_tokens_separator
    if mark and mark in text:
        begin, middle, *end = text.split(mark)
        return _tags(begin, separator), _tags(middle, separator), _tags(separator.join(end), separator)
    tags = [tag.strip() for tag in text.strip().split(separator)]
    return tags[: options.keep_tokens], tags[options.keep_tokens :], []


def expand_wildcards(text: str, choose: Callable[[Sequence[str]], str]) -> str:
    """Choose one of every `{a|b}`, from left to right; `{{` and `}}` mean single braces; source: enable_wildcard."""

    def replaced(found: re.Match[str]) -> str:
        if found[0] in _BRACES:
            return _BRACES[found[0]]
        choice = choose(found[1].split("|"))
        return choice.replace("{{", "{").replace("}}", "}")

    return _WILDCARD.sub(replaced, text)


def _dropped(options: CaptionOptions, rng: Random, epoch: int) -> bool:
    """Draw whether a caption is left out; epochs count from 1."""
    if options.caption_dropout_rate and rng.random() < options.caption_dropout_rate:
        return True
    return options.caption_dropout_every_n_epochs > 0 and epoch % options.caption_dropout_every_n_epochs == 0


def _sentence(text: str, options: CaptionOptions, choose: Callable[[Sequence[str]], str]) -> str:
    """Take one line, put prefix and suffix on it, and choose wildcards, those in prefix and suffix too."""
    lines = text.split("\n")
    line = choose(lines) if options.enable_wildcard and len(lines) > 1 else lines[0]
    sentence = " ".join(part for part in (options.caption_prefix, line, options.caption_suffix) if part)
    return expand_wildcards(sentence, choose) if options.enable_wildcard else sentence


def _tags(text: str, separator: str) -> list[str]:
    return [tag.strip() for tag in text.split(separator) if tag.strip()]


def _by_tags(text: str, options: CaptionOptions) -> bool:
    """Say whether a caption is put together anew from its tags; without such an option its text stays as it is."""
    marked = bool(options.keep_tokens_separator) and options.keep_tokens_separator in text
    return bool(marked or options.shuffle_caption or options.caption_tag_dropout_rate or options.token_warmup_step)


def _varied(tags: list[str], options: CaptionOptions, rng: Random) -> list[str]:
    """Shuffle tags and leave single ones out."""
    if options.shuffle_caption:
        tags = shuffled(tags, rng)
    if options.caption_tag_dropout_rate:
        tags = [tag for tag in tags if rng.random() >= options.caption_tag_dropout_rate]
    return tags


def _warm_tags(count: int, options: CaptionOptions, step: int, max_steps: int) -> int:
    """Say how many of `count` tags are shown at a step; source: token_warmup_min and token_warmup_step.

    From token_warmup_min at step 0 the number grows evenly, rounded down, to all of them.
    """
    least, steps = options.token_warmup_min, options.token_warmup_step
    if steps < 1:
        steps = int(steps * max_steps)
    if step >= steps:
        return count
    return least + int(step * (count - least) // steps)


def _ungrouped(text: str, options: CaptionOptions) -> str:
    """Turn the separators within groups of tags into those between tags."""
    group = options.secondary_separator
    return text.replace(group, options.caption_separator) if group else text


def tag_frequency(captions: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Count the lower-cased tags of (folder name, caption) pairs: folder name -> tag -> pictures, repeats aside."""
    frequency: dict[str, dict[str, int]] = {}
    for folder, caption in captions:
        counts = frequency.setdefault(folder, {})
        for tag in (part.strip().lower() for part in caption.split(",")):
            if tag:
                counts[tag] = counts.get(tag, 0) + 1
    return frequency
