"""The choices of the guided mode: each a function from what is known to a value and the name of its reason."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from mikazuki.models.families import FAMILY_TITLES
from mikazuki.preparing.guide_facts import Facts, Goal, new_word, output_name
from mikazuki.preparing.guide_length import epochs, steps_of_epoch, usual_steps
from mikazuki.preparing.guide_parts import GB, Choice, Thrift, Warned
from mikazuki.settings.methods import DREAMBOOTH, FINE_TUNE, HYPERNETWORK, IMAGIC, INVERSION, LORA, WHOLE, WORDS
from mikazuki.text import size

WANTED: Final[Mapping[Goal, int]] = MappingProxyType({"character": 10, "concept": 8, "style": 20})
"""Pictures from which on a goal is reached well."""
WANTED_BY: Final[Mapping[str, int]] = MappingProxyType({INVERSION: 5, FINE_TUNE: 300, IMAGIC: 1})
"""Methods that need other numbers."""

SHUFFLING: Final = (LORA, DREAMBOOTH, FINE_TUNE, HYPERNETWORK)
"""Methods that read captions of tags as they are: words stand in sentences, and imagic holds to one."""

SDXL_MEMORY: Final = 7 * GB
"""Below this SDXL's own resolution is too much."""

LEAST_SIDE: Final = 64
"""Pixels of the smallest bucket side."""

SPARE: Final = 0.9
"""Share of the card's memory to plan with: the screen and other programs take some."""


LADDER: Final = (
    Thrift(4),
    Thrift(2),
    Thrift(4, checkpointing=True),
    Thrift(1),
    Thrift(2, checkpointing=True),
    Thrift(1, checkpointing=True),
)
"""From the quickest to the most frugal."""
LAST_RESORT: Final = Thrift(1, checkpointing=True, frugal=True)
"""Of whole models."""


def ladder(facts: Facts) -> tuple[Thrift, ...]:
    """Return the ways to save memory that a method has, from the quickest to the most frugal."""
    if facts.frugal:
        return tuple(replace(one, frugal=True) for one in LADDER)
    return (*LADDER, LAST_RESORT) if facts.method in WHOLE else LADDER


def thrift(facts: Facts, needed: Callable[[Thrift], int]) -> Thrift:
    """Return the quickest way that fits into the card; ``needed`` estimates the bytes of one."""
    if facts.tiny:
        return Thrift(min(4, max(1, facts.pictures)))
    if facts.memory is None:
        return Thrift(1, frugal=facts.frugal)
    every = ladder(facts)
    small = [one for one in every if one.batch <= max(1, facts.pictures // 4)]
    return next((one for one in small if needed(one) <= facts.memory * SPARE), every[-1])


def places(facts: Facts) -> Iterator[Choice]:
    """Where model and pictures lie."""
    title = FAMILY_TITLES[facts.family]
    yield Choice("pretrained_model_name_or_path", facts.model, told={"family": title, "native": facts.native})
    told = {"pictures": facts.pictures, "captions": len(facts.captions)}
    yield Choice("train_data_dir", facts.folder, told=told)
    if facts.kept_class:
        yield Choice("reg_data_dir", facts.kept_class)


def side(facts: Facts) -> Choice:
    """The resolution: the model's own, or less for small pictures or a small card."""
    unit = facts.step * max(1, 64 // facts.step) if facts.native >= 512 else facts.step
    least = max(unit, facts.native // 2)
    if facts.family == "sdxl" and facts.memory is not None and facts.memory < SDXL_MEMORY:
        told = {"native": facts.native, "memory": size(facts.memory)}
        return Choice("resolution", _square(facts.native * 3 // 4 // unit * unit), "resolution_memory", told)
    if facts.median < facts.native * 0.75:
        smaller = max(least // unit * unit, min(facts.native, -(-facts.median // unit) * unit))
        if smaller < facts.native:
            told = {"native": facts.native, "median": facts.median}
            return Choice("resolution", _square(smaller), "resolution_pictures", told)
    return Choice("resolution", _square(facts.native))


def _square(pixels: int) -> str:
    return f"{pixels},{pixels}"


def buckets(facts: Facts, pixels: int) -> Iterator[Choice]:
    """Sizes of the buckets around the resolution."""
    step = max(facts.step, 64) if facts.native >= 512 else facts.step
    least = pixels // 2 // step * step
    yield Choice("min_bucket_reso", max(LEAST_SIDE, least), "min_bucket_reso_least" if least < LEAST_SIDE else "")
    yield Choice("max_bucket_reso", pixels * 2)
    yield Choice("bucket_reso_steps", step)


def captions(facts: Facts) -> Iterator[Choice]:
    """How captions are read."""
    yield Choice("caption_extension", facts.caption_extension)
    if facts.tags and facts.method in SHUFFLING and not facts.frugal:
        yield Choice("shuffle_caption", value=True)
        yield Choice("keep_tokens", 1)
    if facts.longest > 75:
        yield Choice("max_token_length", min(300, -(-facts.longest // 75) * 75))


def files(facts: Facts, batch: int) -> Iterator[Choice]:
    """What is kept, how often, and under which name."""
    whole = facts.method in WHOLE
    yield Choice("output_name", output_name(facts))
    if facts.method == HYPERNETWORK:
        yield Choice("save_model_as", "pt")
    if facts.method != INVERSION:
        yield Choice("save_precision", "fp16")
    if facts.method != IMAGIC:
        every = max(1, epochs(facts, batch) // (2 if facts.tiny or whole else 5))
        yield Choice("save_every_n_epochs", every, "save_every_n_epochs_whole" if whole else "")


def prompts(facts: Facts, pixels: int) -> list[str]:
    """Return the lines of a prompt file: two of what is taught, and a prompt that has nothing to do with it.

    None where drawing them takes longer than the training's own steps: a full-size model on a processor.
    """
    if facts.memory is None and not facts.tiny:
        return []
    strength = "2.5" if facts.tiny else "7"
    other = "a big red heart in the middle, in the sky" if facts.tiny else "a wooden house by a lake, in the morning"
    texts = _told_with_word(facts) if facts.method in WORDS else _told(facts)
    lines = [text.replace(" --", " ").strip() for text in dict.fromkeys((*texts, other))]
    tail = f"--w {pixels} --h {pixels} --s {20 if facts.tiny else 28} --l {strength}"
    return [f"{text} {tail} --d {number}" for number, text in enumerate(lines, start=1)]


def _told(facts: Facts) -> tuple[str, ...]:
    """Return two captions, or what pictures without one are trained as."""
    told = list(dict.fromkeys(facts.captions))
    return (told[0], told[len(told) // 2]) if told else (facts.trigger,)


def _told_with_word(facts: Facts) -> tuple[str, ...]:
    word = new_word(facts)
    if facts.goal == "style":
        return f"a painting in the style of {word}", f"a house by a lake in the style of {word}"
    other = f"a photo of {word}, {facts.captions[0]}" if facts.tells_captions else f"a drawing of {word}"
    return f"a photo of {word}", other


def wanted_pictures(facts: Facts) -> int:
    """Return the pictures from which on this is reached well."""
    return WANTED_BY.get(facts.method, WANTED[facts.goal])


def warnings(facts: Facts, pixels: int) -> Iterator[Warned]:
    """What a person should know beside the values."""
    count, own = facts.pictures, len(facts.captions)
    if count < wanted_pictures(facts):
        yield Warned("pictures-few", {"pictures": count, "wanted": wanted_pictures(facts)})
    if not own and facts.method == IMAGIC:
        yield Warned("caption-of-imagic", {"trigger": facts.trigger})
    elif not own and facts.method not in WORDS:
        yield Warned("captions-none", {"trigger": facts.trigger})
    elif 0 < own < count and facts.method not in WORDS:
        yield Warned("captions-some", {"missing": count - own, "pictures": count, "trigger": facts.trigger})
    small = sum(one < pixels * 0.6 for one in facts.sides)
    if small:
        yield Warned("pictures-small", {"count": small, "pictures": count, "side": pixels})
    if facts.memory is None and not facts.tiny:
        yield Warned("no-gpu")
    if steps_of_epoch(facts, 1) > 2 * usual_steps(facts) and facts.method != IMAGIC:
        yield Warned("long", {"shown": facts.shown})
