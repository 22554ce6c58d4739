"""What the guided mode looks at before it chooses anything: pictures, captions, base model, card."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from mikazuki.data.captions import CAPTION_SUFFIXES, caption_lines, caption_path
from mikazuki.data.folders import Notice, Subset, find_subsets, parse_name
from mikazuki.data.pictures import Picture, probe_all
from mikazuki.engines.estimate import unet_shapes
from mikazuki.engines.machine import gpus
from mikazuki.models.identify import ModelInfo, identify
from mikazuki.models.steps import bucket_step

Goal = Literal["character", "style", "concept"]

TINY_NUMBERS: Final = 100e6
"""A UNet of fewer numbers is tiny: the smallest real one has eight times as many."""

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_NAME: Final = re.compile(r"[\\/:*?\"<>|\x00-\x1f]+|\s+")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the choices depend on; sides and memory in pixels and bytes."""

    goal: Goal
    folder: str
    model: str
    family: str
    native: int
    """Side that the base model was made for."""
    step: int
    """What the sides of its pictures must be multiples of."""
    tiny: bool
    sides: tuple[int, ...]
    """Of each picture the side of a square of its area, ascending; broken pictures are left out."""
    shown: int
    """Pictures an epoch by the numbers in the folders' names; a plain folder shows each once."""
    numbered: bool
    """Whether the folders say how often they repeat."""
    captions: tuple[str, ...]
    """Those that pictures have of their own."""
    caption_extension: str
    trigger: str
    """Caption of a picture without one."""
    regularisation: str | None = None
    memory: int | None = None
    """Of the card that is planned for; None: there is none."""
    eight_bit: bool = False
    """Whether the package for 8-bit optimizers is installed."""
    taken: frozenset[str] = frozenset()
    """Output names that are there already."""

    @property
    def pictures(self) -> int:
        """How many there are."""
        return len(self.sides)

    @property
    def median(self) -> int:
        """The side that half of the pictures do not exceed."""
        return self.sides[len(self.sides) // 2]

    @property
    def tags(self) -> bool:
        """Whether the captions are lists of tags rather than sentences."""
        listed = sum(text.count(",") >= 3 for text in self.captions)
        return listed * 2 > len(self.captions) > 0

    @property
    def longest(self) -> int:
        """Tokens of the longest caption, estimated from words and marks."""
        return max((len(_TOKEN.findall(text)) for text in self.captions), default=0)


@dataclass(frozen=True, slots=True)
class Looked:
    """The facts, the base model that they were read off, and what was remarkable about the folder."""

    facts: Facts
    info: ModelInfo
    notices: tuple[Notice, ...]


def look(goal: Goal, folder: Path, model: Path, *, memory: int | None, output: Path) -> Looked:
    """Read everything; pixels are not decoded.

    Args:
        goal: What is to be taught.
        folder: The pictures, or `N_name` folders of them.
        model: Base model.
        memory: Memory of the card to plan for, bytes; None: the first one of this machine, if there is one.
        output: Where output files lie.

    Raises:
        MikazukiError: ``dataset-not-found``, ``dataset-empty``, and what `identify` raises.
    """
    info = identify(model)
    subsets, notices = find_subsets(folder, repeats_default=1, is_reg=False)
    sizes = [
        found.size for found in probe_all([p for one in subsets for p in one.pictures]) if isinstance(found, Picture)
    ]
    ending = _ending(subsets)
    card = gpus()
    numbers = sum(math.prod(shape) for shape in unet_shapes(info).values())
    facts = Facts(
        goal=goal,
        folder=str(folder),
        model=str(model),
        family=info.family,
        native=info.resolution,
        step=bucket_step(info),
        tiny=numbers < TINY_NUMBERS,
        sides=tuple(sorted(math.isqrt(width * height) for width, height in sizes)) or (info.resolution,),
        shown=sum(len(one.pictures) * one.repeats for one in subsets),
        numbered=_numbered(subsets, folder),
        captions=tuple(_captions(subsets, ending)),
        caption_extension=ending,
        trigger=subsets[0].class_tokens,
        regularisation=_beside(folder),
        memory=memory or (card[0].total if card else None),
        eight_bit=find_spec("bitsandbytes") is not None,
        taken=frozenset(path.stem.lower() for path in output.glob("*.safetensors")),
    )
    return Looked(facts, info, tuple(notices))


def _numbered(subsets: Sequence[Subset], folder: Path) -> bool:
    return any(one.folder != folder for one in subsets) or parse_name(folder.resolve().name) is not None


def _ending(subsets: Sequence[Subset]) -> str:
    """Return the ending that most caption files have; `.txt` where there are none."""
    counts = Counter(
        ending
        for one in subsets
        for picture in one.pictures
        for ending in CAPTION_SUFFIXES
        if caption_path(picture, ending).is_file()
    )
    return counts.most_common(1)[0][0] if counts else CAPTION_SUFFIXES[0]


def _captions(subsets: Sequence[Subset], ending: str) -> list[str]:
    """Return the captions that pictures have of their own; a file that is not UTF-8 is the check's business."""
    found = []
    for one in subsets:
        for picture in one.pictures:
            try:
                lines = caption_lines(caption_path(picture, ending).read_bytes())
            except (OSError, UnicodeDecodeError):
                continue
            found += [lines[0]] if lines[0] else []
    return found


def _beside(folder: Path) -> str | None:
    """Return a folder of regularisation pictures that lies beside, named like it with `-reg` or `_reg` after it."""
    for ending in ("-reg", "_reg"):
        beside = folder.with_name(folder.name + ending)
        if beside.is_dir():
            return str(beside)
    return None


def output_name(facts: Facts) -> str:
    """Name the output after the folder of pictures, with a number where files of that name are there."""
    folder = Path(facts.folder).resolve()
    parsed = parse_name(folder.name)
    plain = _NAME.sub("_", parsed[1] if parsed else folder.name).strip("_. ") or "lora"
    names = (plain, *(f"{plain}-{number}" for number in range(2, 10_000)))
    return next(name for name in names if name.lower() not in facts.taken)
