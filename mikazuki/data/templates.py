"""Sentences that stand instead of captions while a word is taught (textual inversion)."""

from dataclasses import replace
from itertools import product
from typing import Final

from mikazuki.data.captions import plain_caption
from mikazuki.data.plan import Entry, Plan
from mikazuki.errors import MikazukiError
from mikazuki.settings.datasets import CaptionOptions
from mikazuki.settings.methods import INVERSION
from mikazuki.settings.train import TrainSettings

_ARTICLES: Final = ("a", "the", "one", "my")
_PICTURES: Final = ("photo", "picture", "close-up", "bright photo", "dark photo", "cropped photo", "good picture")
_WORKS: Final = ("painting", "picture", "drawing", "bright painting", "dark painting", "detail of a painting")

OBJECTS: Final = tuple(f"a {picture} of {article} {{}}" for picture, article in product(_PICTURES, _ARTICLES))
"""Sentences about a thing; the word comes into the braces."""
STYLES: Final = tuple(f"{article} {work} in the style of {{}}" for work, article in product(_WORKS, ("a", "the")))
"""Sentences about a style."""


def sentences(settings: TrainSettings) -> tuple[str, ...]:
    """Return the sentences to train on instead of captions, the word in them; none where captions are used."""
    templates = OBJECTS if settings.use_object_template else STYLES if settings.use_style_template else ()
    # braces are written twice, since one sentence is chosen as one of several lines with wildcards are
    word = (settings.token_string or "").replace("{", "{{").replace("}", "}}")
    return tuple(template.format(word) for template in templates)


def worded(plan: Plan, settings: TrainSettings) -> Plan:
    """Return the plan with its captions as textual inversion wants them; other methods' plans as they are.

    With a template every picture has all its sentences, one of which is drawn at every showing, and captions are left
    out as often as the settings say; regularisation pictures keep their captions. Without one the captions stay.

    Raises:
        MikazukiError: ``token-not-used`` where no caption holds token_string: nothing would be learned.
    """
    if settings.method != INVERSION:
        return plan
    lines = sentences(settings)
    if not lines:
        _check_used(plan, settings.token_string or "")
        return plan
    told = "\n".join(lines)
    subsets = tuple(
        one if one.is_reg else replace(one, options=replace(one.options, captions=_drawn(one.options.captions)))
        for one in plan.subsets
    )

    def saying(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(entry if entry.is_reg else replace(entry, caption=told) for entry in entries)

    return replace(plan, subsets=subsets, entries=saying(plan.entries), validation=saying(plan.validation))


def _drawn(captions: CaptionOptions) -> CaptionOptions:
    return CaptionOptions(
        enable_wildcard=True,
        caption_dropout_rate=captions.caption_dropout_rate,
        caption_dropout_every_n_epochs=captions.caption_dropout_every_n_epochs,
    )


def _check_used(plan: Plan, word: str) -> None:
    texts = (plain_caption(entry.caption, plan.subsets[entry.subset].options.captions) for entry in plan.entries)
    if not any(word.lower() in text.lower() for text in texts):
        raise MikazukiError(
            "token-not-used",
            f"No caption holds token_string {word}, so nothing would learn what it means.",
            "Write it into the captions (or into the name of the folder, N_word), or set use_object_template.",
        )
