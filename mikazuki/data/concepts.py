"""Finds what a concept is taught from: its pictures with what they are told, and pictures of its class."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mikazuki.data.captions import Captions, not_utf8_error, plain_caption, read_captions
from mikazuki.data.filewords import Tokens, caption_of, fill
from mikazuki.data.folders import Notice, Subset
from mikazuki.data.walk import find_files
from mikazuki.errors import MikazukiError
from mikazuki.settings.concepts import Concept
from mikazuki.settings.datasets import CaptionOptions


@dataclass(frozen=True, slots=True)
class Told:
    """Pictures, and what each one is told in a training.

    ``class_prompts`` are what a picture of the class is told that belongs to a picture; of class pictures themselves
    there are none.
    """

    pictures: tuple[Path, ...]
    captions: Mapping[Path, str]
    class_prompts: Mapping[Path, str]
    notices: tuple[Notice, ...] = ()


def instance_pictures(concept: Concept, options: CaptionOptions, others: Iterable[Path]) -> Told:
    """Find a concept's pictures in its folder and all folders inside, but for ``others``: folders of class pictures.

    Raises:
        MikazukiError: `dataset-empty`; `caption-not-utf8` and `caption-not-readable`; what `find_files` raises.
    """
    folder = Path(concept.instance_data_dir)
    pictures, notices = _pictures(folder, but=[path for path in others if path.resolve() != folder.resolve()])
    if not pictures:
        seen = " ".join(notice.text for notice in notices)
        raise MikazukiError(
            "dataset-empty",
            f"There are no pictures to train on in {folder} (instance_data_dir of a concept). {seen}".strip(),
            "Put pictures into it, or take the concept out of concepts_list.",
        )
    lines = _lines(folder, pictures, options)
    tokens = tokens_of(concept)
    plain = CaptionOptions(enable_wildcard=options.enable_wildcard)
    captions, class_prompts = {}, {}
    for path in pictures:
        told = [caption_of(path, line) for line in lines[path]]
        captions[path] = "\n".join(fill(concept.instance_prompt, text, tokens, is_class=False) for text in told)
        one = plain_caption("\n".join(told), plain)
        class_prompts[path] = class_prompt(concept, one)
    return Told(pictures, captions, class_prompts, notices)


def class_pictures(folder: Path, concept: Concept, options: CaptionOptions) -> Told:
    """Find the pictures of a concept's class that are there, each with its caption as it stands in its file.

    One without a caption file is told the class prompt of a picture that has no caption. Where there is no folder yet
    there are no pictures.

    Raises:
        MikazukiError: `caption-not-utf8` and `caption-not-readable`; what `find_files` raises.
    """
    if not folder.exists():
        return Told((), {}, {})
    pictures, notices = _pictures(folder, but=[Path(concept.instance_data_dir)])
    lines = _lines(folder, pictures, replace(options, enable_wildcard=False))
    bare = class_prompt(concept, "")
    captions = {path: bare if line is None else " ".join(line.split()) for path in pictures for line in lines[path]}
    return Told(pictures, captions, {}, notices)


def class_prompt(concept: Concept, caption: str) -> str:
    """Return what a picture of the class is told that belongs to a picture with this caption."""
    return fill(concept.class_prompt, caption, tokens_of(concept), is_class=True)


def tokens_of(concept: Concept) -> Tokens:
    """Return what a concept is called."""
    return Tokens(concept.instance_token, concept.class_token)


def _pictures(folder: Path, but: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Notice, ...]]:
    """Find the pictures in a folder and those inside, leaving whole folders out."""
    found = find_files(folder, recursive=True)
    left_out = [path.resolve() for path in but if path.is_dir()]
    inside = [path for path in left_out if path.is_relative_to(folder.resolve())]
    pictures = [path for path in found.pictures if not any(path.resolve().is_relative_to(other) for other in inside)]
    return tuple(pictures), tuple(found.notices)


def _lines(folder: Path, pictures: tuple[Path, ...], options: CaptionOptions) -> dict[Path, list[str | None]]:
    """Read the caption files: a text for each line with wildcards, else all lines as one; None where there is none."""
    subset = Subset(folder, 1, "", is_reg=False, pictures=pictures)
    found: Captions = read_captions(subset, replace(options, enable_wildcard=True))
    if found.not_utf8:
        raise not_utf8_error(found.not_utf8)
    missing = set(found.missing)
    lines: dict[Path, list[str | None]] = {}
    for path, text in zip(pictures, found.texts, strict=True):
        several = text.split("\n") if options.enable_wildcard else [text.replace("\n", " ")]
        lines[path] = [None] if path in missing else [*several]
    return lines
