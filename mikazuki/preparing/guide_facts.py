"""What the guided mode looks at before it chooses anything: pictures, captions, base model, card."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from mikazuki.data.captions import CAPTION_SUFFIXES, caption_lines, caption_path
from mikazuki.data.folders import Notice, Subset, find_subsets, parse_name
from mikazuki.data.pictures import Picture, probe_all
from mikazuki.engines.estimate import unet_shapes
from mikazuki.engines.machine import gpus
from mikazuki.models.identify import MODEL_ENDINGS, ModelInfo, identify
from mikazuki.models.steps import bucket_step
from mikazuki.settings.methods import DREAMBOOTH, HYPERNETWORK, INVERSION, LORA, PIVOTAL, WHOLE

Goal = Literal["character", "style", "concept"]

KEEPING: Final = (LORA, DREAMBOOTH, PIVOTAL, HYPERNETWORK)
"""Methods that pictures of the class help: a word and one picture's sentence touch nothing else anyway."""


TINY_NUMBERS: Final = 100e6
"""A UNet of fewer numbers is tiny: the smallest real one has eight times as many."""

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_NAME: Final = re.compile(r"[\\/:*?\"<>|\x00-\x1f]+|\s+")
_BETWEEN: Final = re.compile(r"[\s_]+")
_PLAIN: Final = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
_NOT_IN_WORDS: Final = re.compile(r"[^a-z0-9]+")
LONGEST_WORD: Final = 40
"""Letters of a new word."""
MEANINGS: Final = {"character": "person", "style": "style", "concept": "object"}
"""What a new word means at first where no folder names the class."""
NAMELESS: Final = {"character": "my-character", "style": "my-style", "concept": "my-thing"}
"""New words where the folder's name has no letter that a new word may have."""


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
    method: str = LORA
    """What is made."""

    @property
    def kept_class(self) -> str | None:
        """Folder of class pictures, where they are of use to what is taught and how."""
        return self.regularisation if self.goal != "style" and self.method in KEEPING else None

    @property
    def frugal(self) -> bool:
        """Whether only the frugal way comes into question: SDXL's weights in fp32 fit into few cards."""
        return self.method in WHOLE and self.family == "sdxl" and not self.tiny

    @property
    def captioned(self) -> bool:
        """Whether every picture has a caption of its own; broken pictures may have one too."""
        return len(self.captions) >= self.pictures

    @property
    def tells_captions(self) -> bool:
        """Whether a new word stands in sentences with the captions; a tiny model's leave a word alone nothing."""
        return self.captioned and not (self.tiny and self.method == INVERSION)

    @property
    def class_words(self) -> str | None:
        """What the folder's name, as `10_sks cat`, says of the class, where these are ordinary words."""
        said = " ".join(_BETWEEN.split(self.trigger.strip())[1:]) if self.numbered else ""
        return said if _PLAIN.fullmatch(said) else None

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
        taken=frozenset(_names_in(output)),
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


def _names_in(output: Path) -> Iterator[str]:
    """Yield the names that models have in a folder, which a new one would be written over; lower case."""
    for path in output.iterdir() if output.is_dir() else ():
        if path.is_dir():
            yield path.name.lower()
        elif path.suffix.lower() in MODEL_ENDINGS:
            yield path.stem.lower()


def _folder_name(facts: Facts) -> str:
    """Return the name of the folder of pictures, without a number of repeats before it."""
    name = Path(facts.folder).resolve().name
    parsed = parse_name(name)
    return parsed[1] if parsed else name


def new_word(facts: Facts) -> str:
    """Return a word to teach, named after the folder and no ordinary one: `<my-cat>`."""
    plain = _NOT_IN_WORDS.sub("-", _folder_name(facts).lower())[:LONGEST_WORD].strip("-")
    return f"<{plain or NAMELESS[facts.goal]}>"


def first_meaning(facts: Facts) -> str:
    """Return what the new word means at first: the class that the folder names, or what the goal is about."""
    return facts.class_words or MEANINGS[facts.goal]


def output_name(facts: Facts) -> str:
    """Name the output after the folder of pictures, with a number where files of that name are there."""
    plain = _NAME.sub("_", _folder_name(facts)).strip("_. ") or "lora"
    names = (plain, *(f"{plain}-{number}" for number in range(2, 10_000)))
    return next(name for name in names if name.lower() not in facts.taken)
