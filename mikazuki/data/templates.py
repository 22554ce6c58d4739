"""Sentences that stand instead of captions while a word is taught: built-in ones, or those of a person's own file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mikazuki.data.captions import caption_paths, plain_caption
from mikazuki.data.entries import Entry
from mikazuki.data.filewords import caption_of
from mikazuki.data.folders import listed
from mikazuki.data.plan import Plan
from mikazuki.errors import MikazukiError
from mikazuki.settings.concepts import FILEWORDS
from mikazuki.settings.datasets import CaptionOptions
from mikazuki.settings.methods import WORDS
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.words import words_for, words_in

NAME: Final = "[name]"
"""Where the word comes in a sentence."""

_ARTICLES: Final = ("a", "the", "one", "my")
_PICTURES: Final = ("photo", "picture", "close-up", "bright photo", "dark photo", "cropped photo", "good picture")
_WORKS: Final = ("painting", "picture", "drawing", "bright painting", "dark painting", "detail of a painting")

OBJECTS: Final = tuple(f"a {picture} of {article} {NAME}" for picture, article in product(_PICTURES, _ARTICLES))
"""Sentences about a thing."""
STYLES: Final = tuple(f"{article} {work} in the style of {NAME}" for work, article in product(_WORKS, ("a", "the")))
"""Sentences about a style."""
BUILT_IN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "subject": OBJECTS,
        "subject_filewords": tuple(f"a {picture} of {NAME}, {FILEWORDS}" for picture in _PICTURES),
        "style": STYLES,
        "style_filewords": tuple(
            f"{article} {work} of {FILEWORDS} in the style of {NAME}" for work, article in product(_WORKS, ("a", "the"))
        ),
        "none": (NAME,),
    }
)
"""Names that template_file takes beside files -> their sentences."""


def sentences(settings: TrainSettings) -> tuple[str, ...]:
    """Return the sentences to train on instead of captions, with their places; none where captions are used.

    Raises:
        MikazukiError: What `read_templates` raises.
    """
    if settings.template_file:
        return BUILT_IN.get(settings.template_file) or read_templates(Path(settings.template_file))
    return OBJECTS if settings.use_object_template else STYLES if settings.use_style_template else ()


def read_templates(path: Path) -> tuple[str, ...]:
    """Return the sentences of a text file: every line that holds more than spaces, as it stands.

    Raises:
        MikazukiError: `template-not-found`, `template-not-readable`, `template-empty`, or `template-without-word`
            with every line that lacks `[name]`.
    """
    lines = [(number, line.strip()) for number, line in enumerate(_text(path).splitlines(), start=1) if line.strip()]
    if not lines:
        raise MikazukiError(
            "template-empty",
            f"The template {path} (template_file) holds no sentence.",
            f"Write sentences into it, one a line, each with {NAME} where the word comes.",
        )
    wrong = [f"line {number} ({line})" for number, line in lines if NAME not in line]
    if wrong:
        raise MikazukiError(
            "template-without-word",
            f"The template {path} (template_file) has sentences without {NAME}, which could teach the word nothing: "
            f"{listed(wrong)}.",
            f"Put {NAME} where the word comes, or remove the line.",
        )
    return tuple(line for _, line in lines)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MikazukiError(
            "template-not-found",
            f"There is no template {path} (template_file).",
            f"Name a text file, or one of {', '.join(BUILT_IN)}, which come with the program.",
        ) from None
    except UnicodeDecodeError as error:
        message = f"The template {path} (template_file) cannot be read as UTF-8."
        raise MikazukiError("template-not-readable", message, "Save it as UTF-8 in an editor.") from error
    except OSError as error:
        message = f"The template {path} (template_file) cannot be read: {error.strerror or error}."
        raise MikazukiError("template-not-readable", message, "Name a text file that may be read.") from error


def worded(plan: Plan, settings: TrainSettings) -> Plan:
    """Return the plan with its captions as methods that teach a word want them; other methods' plans as they are.

    With a template every picture has all its sentences, one of which is drawn at every showing, and captions are left
    out as often as the settings say; regularisation pictures keep their captions. Of several words those stand where
    `[name]` is that the picture's folder names, or all of them. Without a template the captions stay.

    Raises:
        MikazukiError: What `sentences` raises; ``token-not-used`` where no caption holds a word of token_string: it
            would learn nothing.
    """
    if settings.method not in WORDS:
        return plan
    words = words_in(settings.token_string)
    lines = sentences(settings)
    if not lines:
        _check_used(plan, words)
        return plan
    subsets = tuple(
        one if one.is_reg else replace(one, options=replace(one.options, captions=_drawn(one.options.captions)))
        for one in plan.subsets
    )

    def saying(entries: tuple[Entry, ...]) -> Iterator[Entry]:
        for entry in entries:
            name = words_for(words, plan.subsets[entry.subset].class_tokens)
            yield entry if entry.is_reg else replace(entry, caption=_told(lines, name, entry, plan))

    return replace(
        plan, subsets=subsets, entries=tuple(saying(plan.entries)), validation=tuple(saying(plan.validation))
    )


def _told(lines: tuple[str, ...], name: str, entry: Entry, plan: Plan) -> str:
    """Return a picture's sentences, one a line, with the name and its caption in them."""
    caption = _caption(entry, plan) if any(FILEWORDS in line for line in lines) else ""
    # not one after the other, so that a caption which says [name] keeps it
    parts = [caption.join(piece.replace(NAME, name) for piece in line.split(FILEWORDS)) for line in lines]
    # braces are written twice, since one sentence is chosen as one of several lines with wildcards are
    return "\n".join(" ".join(part.split()).replace("{", "{{").replace("}", "}}") for part in parts)


def _caption(entry: Entry, plan: Plan) -> str:
    """Return what `[filewords]` says of a picture: its caption in order, or without a caption file its name."""
    subset = plan.subsets[entry.subset]
    options = subset.options.captions
    if entry.caption == subset.class_tokens:
        paths = caption_paths(entry.picture, options.caption_extension)
        if not any(path.is_file() for path in paths):
            return caption_of(entry.picture, None)
    return plain_caption(entry.caption, options)


def _drawn(captions: CaptionOptions) -> CaptionOptions:
    return CaptionOptions(
        enable_wildcard=True,
        caption_dropout_rate=captions.caption_dropout_rate,
        caption_dropout_every_n_epochs=captions.caption_dropout_every_n_epochs,
    )


def _check_used(plan: Plan, words: Iterable[str]) -> None:
    texts = [
        plain_caption(entry.caption, plan.subsets[entry.subset].options.captions).lower() for entry in plan.entries
    ]
    unused = [word for word in words if not any(word.lower() in text for text in texts)]
    if unused:
        raise MikazukiError(
            "token-not-used",
            f"No caption holds {listed(unused)} (token_string), so nothing would learn what it means.",
            "Write it into the captions (or into the name of the folder, N_word), or set template_file.",
        )
