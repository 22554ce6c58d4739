"""Which pictures of their class the concepts of a training use, and which of these are still to be drawn."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from mikazuki.data.balance import spread
from mikazuki.data.buckets import Crop, Size, placement
from mikazuki.data.captions import Captions
from mikazuki.data.folders import Notice, Subset
from mikazuki.data.pictures import Picture
from mikazuki.data.reading import Reading, read_sources
from mikazuki.data.sources import Source, find_sources
from mikazuki.settings.concepts import Concept, class_folder, read_concepts
from mikazuki.settings.dataset_lookup import datasets_of
from mikazuki.settings.datasets import DatasetOptions
from mikazuki.settings.train import TrainSettings
from mikazuki.text import count

Kind = tuple[str, Size]
"""What class pictures are counted by: their prompt and their bucket."""
Placement = Callable[[Size], tuple[Size, Crop]]

_PLANNED: Final = "to-be-drawn-{:04d}.png"


@dataclass(frozen=True, slots=True)
class ClassOrder:
    """Class pictures to draw into ``folder``: ``count`` of them, all with this prompt and size (width, height).

    ``concept`` is the place in the list, from 0. ``seed`` is the concept's own, None where the training's counts.
    """

    concept: int
    folder: Path
    prompt: str
    negative: str
    size: tuple[int, int]
    count: int
    steps: int
    guidance: float
    seed: int | None


@dataclass(frozen=True, slots=True)
class ClassMatch:
    """The class pictures of one concept: those that are there, those planned with what they will be, and the orders.

    There may be more planned than ordered, where an earlier concept with the same folder orders them too.
    """

    concept: int
    folder: Path
    used: tuple[Path, ...]
    planned: Mapping[Path, Kind]
    orders: tuple[ClassOrder, ...]
    unused: int = 0


def class_orders(settings: TrainSettings, family_step: int) -> tuple[ClassOrder, ...]:
    """Return what is missing, in a fixed order; nothing without concepts or where the base model stands for classes.

    Args:
        settings: What was asked for.
        family_step: The sides of training pictures must be multiples of this many pixels.

    Raises:
        MikazukiError: What `datasets_of`, `find_sources` and `read_sources` raise, and `bucket-reso-steps`.
    """
    if not settings.concepts_list:
        return ()
    datasets = datasets_of(settings)
    placements = [placement(dataset, family_step) for dataset in datasets]
    sources, _ = find_sources(datasets, settings)
    reading = read_sources(sources, settings, verify=False)
    return tuple(order for match in match_classes(settings, reading, placements) for order in match.orders)


def match_classes(settings: TrainSettings, reading: Reading, placements: Sequence[Placement]) -> tuple[ClassMatch, ...]:
    """Hold what the concepts want against what is there; a match for each concept that takes class pictures."""
    if not settings.concepts_list or settings.prior_preservation == "base_model":
        return ()
    book = _Book()
    matches = []
    for number, concept in enumerate(read_concepts(settings.concepts_list)):
        if concept.takes_class_pictures:
            kinds, there = _kinds(number, reading, placements[number])
            folder = class_folder(concept, number, settings)
            matching = concept.wants_class_pictures and not settings.disable_class_matching
            matched = _matched(wanted_kinds(concept, kinds), there, exact=matching)
            matches.append(book.match(number, concept, folder, matched))
    return tuple(matches)


def wanted_kinds(concept: Concept, kinds: Sequence[Kind]) -> dict[Kind, int]:
    """Say how many class pictures of each kind a concept wants; ``kinds`` holds one for each of its pictures.

    That is so many for each picture, or a total that is divided in proportion to the pictures of each kind.
    """
    pictures = Counter(kinds)
    if concept.num_class_images_per:
        return {kind: number * concept.num_class_images_per for kind, number in pictures.items()}
    return spread(concept.num_class_images, pictures)


def completed(reading: Reading, matches: Sequence[ClassMatch], datasets: Sequence[DatasetOptions]) -> Reading:
    """Return the reading with the class pictures of the matches and no others; those planned are as if they were there.

    A planned picture is as large as its bucket.
    """
    if not matches:
        return reading
    by_concept = {match.concept: match for match in matches}
    sources: list[Source] = []
    captions: list[Captions] = []
    pictures = dict(reading.pictures)
    known = {source.dataset: source for source in reading.sources if source.subset.is_reg}
    for source, own in zip(reading.sources, reading.captions, strict=True):
        match = by_concept.get(source.dataset)
        if match is None or not source.subset.is_reg:
            sources.append(source)
            captions.append(own)
        if match is not None and not source.subset.is_reg:
            pictures |= {path: Picture(path, size, transparent=False) for path, (_, size) in match.planned.items()}
            added = _class_source(match, known.get(source.dataset), datasets[source.dataset])
            if added.subset.pictures:
                sources.append(added)
                captions.append(Captions(tuple((added.captions or {}).values())))
    return replace(reading, sources=tuple(sources), captions=tuple(captions), pictures=pictures)


def class_notices(matches: Sequence[ClassMatch]) -> list[Notice]:
    """Say how many class pictures are drawn before the training, and how many of those there it has no use for."""
    notices = []
    drawn = sum(order.count for match in matches for order in match.orders)
    if drawn:
        notices.append(Notice("class-pictures-missing", f"{count(drawn, 'class picture')} will be drawn first."))
    notices += [
        Notice(
            "class-pictures-unused",
            f"{count(match.unused, 'class picture')} in {match.folder} not used: their captions and shapes are not "
            "those asked for, or there are more than that. With disable_class_matching all are.",
        )
        for match in matches
        if match.unused
    ]
    return notices


def _kinds(number: int, reading: Reading, place: Placement) -> tuple[list[Kind], dict[Path, Kind]]:
    """Return the kind of class picture that each picture of a concept asks for, and the kinds of those there are."""
    wanted: list[Kind] = []
    there: dict[Path, Kind] = {}
    for source in reading.sources:
        if source.dataset != number:
            continue
        texts = (source.captions or {}) if source.subset.is_reg else source.class_prompts
        kinds = {path: (texts[path], place(reading.pictures[path].size)[0]) for path in source.subset.pictures}
        if source.subset.is_reg:
            there = kinds
        else:
            wanted += kinds.values()
    return wanted, there


@dataclass(frozen=True, slots=True)
class _Matched:
    """Pictures that are used, how many of each kind are missing, and how many pictures have no use."""

    used: tuple[Path, ...]
    missing: Mapping[Kind, int]
    unused: int


def _matched(wanted: Mapping[Kind, int], there: Mapping[Path, Kind], *, exact: bool) -> _Matched:
    """Choose from the pictures that are there: of each kind as many as are wanted, or all of whatever kind."""
    if not exact:
        return _Matched(tuple(there), spread(max(0, sum(wanted.values()) - len(there)), wanted), 0)
    by_kind: dict[Kind, list[Path]] = {}
    for path, kind in there.items():
        by_kind.setdefault(kind, []).append(path)
    used: list[Path] = []
    missing = {}
    for kind, number in wanted.items():
        found = by_kind.get(kind, [])[:number]
        used += found
        missing[kind] = number - len(found)
    return _Matched(tuple(used), missing, len(there) - len(used))


@dataclass
class _Book:
    """Keeps what has been ordered, so that concepts with the same folder and prompts share what is drawn."""

    planned: dict[tuple[Path, Kind], list[Path]] = field(default_factory=dict)
    numbers: Counter[Path] = field(default_factory=Counter)

    def match(self, number: int, concept: Concept, folder: Path, matched: _Matched) -> ClassMatch:
        """Order what a concept misses, but for what an earlier one has ordered."""
        planned: dict[Path, Kind] = {}
        orders = []
        for kind, missing in matched.missing.items():
            paths, new = self.take(folder, kind, missing)
            planned |= dict.fromkeys(paths, kind)
            if new:
                orders.append(_order(number, concept, folder, kind, new))
        return ClassMatch(number, folder, matched.used, planned, tuple(orders), matched.unused)

    def take(self, folder: Path, kind: Kind, count: int) -> tuple[list[Path], int]:
        """Return the paths of ``count`` planned pictures of a kind, and how many of them are new."""
        place = folder.resolve()
        known = self.planned.setdefault((place, kind), [])
        new = max(0, count - len(known))
        for _ in range(new):
            self.numbers[place] += 1
            known.append(folder / _PLANNED.format(self.numbers[place]))
        return known[:count], new


def _order(number: int, concept: Concept, folder: Path, kind: Kind, count: int) -> ClassOrder:
    prompt, size = kind
    return ClassOrder(
        concept=number,
        folder=folder,
        prompt=prompt,
        negative=concept.class_negative_prompt,
        size=size,
        count=count,
        steps=concept.class_infer_steps,
        guidance=concept.class_guidance_scale,
        seed=None if concept.class_seed < 0 else concept.class_seed,
    )


def _class_source(match: ClassMatch, there: Source | None, dataset: DatasetOptions) -> Source:
    """Return the class pictures of a match as a source: what is there in its order, then what is planned."""
    _, options = dataset.subsets
    texts = (there.captions or {}) if there else {}
    captions = {path: texts[path] for path in match.used} | {path: text for path, (text, _) in match.planned.items()}
    subset = Subset(match.folder, 1, "", is_reg=True, pictures=tuple(captions), options=options)
    return Source(match.concept, subset, captions)
