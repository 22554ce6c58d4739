"""What the guided mode says of methods other than LoRA, and of class pictures, where they would serve better."""

from collections.abc import Iterator
from typing import Final

from mikazuki.preparing.guide_choices import GB, Warned
from mikazuki.preparing.guide_facts import Facts

FEW: Final = 4
"""Up to so many pictures a word teaches as much as a network, and breaks nothing."""
MANY: Final = 300
"""From so many pictures on a whole model learns what no LoRA holds."""
WHOLE_MEMORY: Final = {"sd1": 16 * GB, "sd2": 16 * GB, "sdxl": 24 * GB}
"""Memory in which a whole model is trained without haste."""
CLASS_PICTURES: Final = (100, 300)
"""Fewest and most class pictures that make sense."""


def advice(facts: Facts) -> Iterator[Warned]:
    """Say which other method suits what is there; the form is filled in for a LoRA all the same."""
    if facts.pictures == 1 and facts.goal != "style":
        yield Warned("method-imagic")
    elif facts.pictures <= FEW:
        yield Warned("method-words", {"pictures": facts.pictures})
    elif facts.pictures >= MANY and facts.memory is not None and facts.memory >= WHOLE_MEMORY[facts.family]:
        yield Warned("method-whole", {"pictures": facts.pictures})
    if facts.goal != "style" and facts.regularisation is None and facts.pictures > 1:
        least, most = CLASS_PICTURES
        yield Warned("class-pictures", {"wanted": min(most, max(least, 10 * facts.pictures))})
