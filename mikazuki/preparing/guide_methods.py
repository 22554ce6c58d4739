"""Which method the guided mode takes, and what it says of others, and of class pictures, that would serve as well."""

from collections.abc import Iterator
from typing import Final, Literal

from mikazuki.preparing.guide_facts import KEEPING, Facts
from mikazuki.preparing.guide_parts import GB, Choice, Warned
from mikazuki.settings.methods import FINE_TUNE, HYPERNETWORK, IMAGIC, LORA, WHOLE, WORDS
from mikazuki.settings.options.network import Method

Asked = Method | Literal["auto"]

FEW: Final = 4
"""Up to so many pictures a word teaches as much as a network, and breaks nothing."""
MANY: Final = 300
"""From so many pictures on a whole model learns what no LoRA holds."""
WHOLE_MEMORY: Final = {"sd1": 16 * GB, "sd2": 16 * GB, "sdxl": 24 * GB}
"""Memory in which a whole model is trained without haste."""
CLASS_PICTURES: Final = (100, 300)
"""Fewest and most class pictures that make sense."""


def pick(asked: str, facts: Facts) -> Choice:
    """Return the method: the one that was asked for, or with `auto` the one that suits what is there."""
    if asked != "auto":
        return Choice("method", asked, "method_asked")
    if _one(facts) and facts.captioned:
        return Choice("method", IMAGIC, "method_imagic")
    if _many(facts) and facts.captioned:
        return Choice("method", FINE_TUNE, "method_fine_tune", {"pictures": facts.pictures})
    return Choice("method", LORA, "method_lora")


def _one(facts: Facts) -> bool:
    return facts.pictures == 1 and facts.goal != "style"


def _many(facts: Facts) -> bool:
    """Tell whether there is enough, of pictures and of memory, for a whole model."""
    return facts.pictures >= MANY and facts.memory is not None and facts.memory >= WHOLE_MEMORY[facts.family]


def advice(facts: Facts) -> Iterator[Warned]:
    """Say which other methods suit what is there, and what would help the one that is taken."""
    if _one(facts) and facts.method != IMAGIC:
        yield Warned("method-imagic")
    elif facts.pictures <= FEW and facts.method not in (*WORDS, IMAGIC):
        yield Warned("method-words", {"pictures": facts.pictures})
    elif _many(facts) and facts.method not in WHOLE:
        yield Warned("method-whole", {"pictures": facts.pictures})
    if facts.method == HYPERNETWORK and facts.goal != "style":
        yield Warned("method-hypernetwork")
    if facts.method in WORDS and facts.tells_captions and _named(facts):
        yield Warned("word-in-captions", {"word": _named(facts)})
    if facts.method in KEEPING and facts.goal != "style" and facts.regularisation is None and facts.pictures > 1:
        least, most = CLASS_PICTURES
        yield Warned("class-pictures", {"wanted": min(most, max(least, 10 * facts.pictures))})


def _named(facts: Facts) -> str:
    """Return the identifier of the folder's name, as `sks` of `10_sks cat`, where most captions say it; else nothing.

    Only before a class it is one: a folder's single word may be an ordinary one.
    """
    name = facts.trigger.split()[0].lower() if facts.class_words else ""
    saying = sum(name in text.lower().replace(",", " ").split() for text in facts.captions)
    return name if name and saying * 2 > len(facts.captions) else ""
