"""Finds what the datasets are made of: folders of pictures, metadata files, or a class of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from mikazuki.data.concepts import Told, class_pictures, instance_pictures
from mikazuki.data.fine_tune import read_metadata_file
from mikazuki.data.folders import Notice, Subset, find_subsets, list_folder, listed, skipped_inside
from mikazuki.data.mask_files import find_masks
from mikazuki.data.source import SourcePicture, load_source
from mikazuki.errors import MikazukiError
from mikazuki.settings.concepts import Concept, class_folder, read_concepts
from mikazuki.settings.datasets import DatasetOptions, SubsetOptions
from mikazuki.settings.train import TrainSettings


@dataclass(frozen=True, slots=True)
class Source:
    """A subset as it was found, before a picture is opened.

    `dataset` is the place of its dataset. `captions` are those that were given with the pictures; None means that
    they stand in caption files. `masks` are the mask pictures of those that have one. `class_prompts` are of a
    concept's own pictures: what a picture of its class is told that belongs to one.
    """

    dataset: int
    subset: Subset
    captions: Mapping[Path, str] | None = None
    masks: dict[Path, Path] = field(default_factory=dict)
    class_prompts: Mapping[Path, str] = field(default_factory=dict)


Found = tuple[list[Source], list[Notice]]
"""Sources, and what was left out."""


def find_sources(datasets: Sequence[DatasetOptions], settings: TrainSettings) -> Found:
    """Find the subsets of all datasets, in order, and say what was left out.

    Raises:
        MikazukiError: `dataset-not-found`, `dataset-not-readable`, `dataset-empty`, `dataset-class-wrong`,
            `metadata-file-not-found`, `metadata-file-wrong`, `pictures-missing`, `masks-not-found`,
            `masks-missing`; what `read_concepts` and `instance_pictures` raise.
    """
    _check_folders(datasets, settings)
    sources: list[Source] = []
    notes: list[Notice] = []
    concepts = read_concepts(settings.concepts_list) if settings.concepts_list else ()
    for number, dataset in enumerate(datasets):
        found, own_notes = (
            _of_concept(number, dataset, concepts, settings) if concepts else _of_dataset(number, dataset, settings)
        )
        sources += found
        notes += own_notes
    masks, left = find_masks([source.subset for source in sources])
    # a mask that came with its picture goes before one of the same name in a folder
    sources = [replace(source, masks=own | source.masks) for source, own in zip(sources, masks, strict=True)]
    return sources, [*notes, *left]


def _check_folders(datasets: Sequence[DatasetOptions], settings: TrainSettings) -> None:
    """Name all folders of a dataset file that are not there at once."""
    if settings.dataset_config is None:
        return
    folders = [subset.image_dir for dataset in datasets for subset in dataset.subsets if subset.metadata_file is None]
    missing = [folder for folder in dict.fromkeys(folders) if folder is not None and not folder.is_dir()]
    if missing:
        raise MikazukiError(
            "dataset-not-found",
            f"{settings.dataset_config} (dataset_config) names folders that do not exist: {listed(missing)}.",
            "Correct image_dir; a relative path starts at the folder that the training is started in.",
        )


def _of_concept(number: int, dataset: DatasetOptions, concepts: Sequence[Concept], settings: TrainSettings) -> Found:
    """Find a concept's pictures, and those of its class: the pictures that are there, or its own ones once more."""
    concept, (own, *others) = concepts[number], dataset.subsets
    classes = [class_folder(one, place, settings) for place, one in enumerate(concepts)]
    told = instance_pictures(concept, own.captions, classes)
    sources = [_told_source(number, own, told)]
    notes = [*told.notices]
    for options in others:
        if settings.prior_preservation == "base_model":
            sources.append(_told_source(number, options, Told(told.pictures, told.class_prompts, {})))
            continue
        found = class_pictures(options.image_dir or Path(), concept, options.captions)
        sources += [_told_source(number, options, found)] if found.pictures else []
        notes += found.notices
    return sources, notes


def _told_source(number: int, options: SubsetOptions, told: Told) -> Source:
    folder = options.image_dir or Path()
    subset = Subset(folder, options.num_repeats, "", options.is_reg, told.pictures, options)
    return Source(number, subset, told.captions, class_prompts=told.class_prompts)


def _of_dataset(number: int, dataset: DatasetOptions, settings: TrainSettings) -> Found:
    if settings.dataset_class:
        return _from_class(number, dataset.subsets[0], settings.dataset_class, settings), []
    sources: list[Source] = []
    notes: list[Notice] = []
    seen: set[Path] = set()
    for options in dataset.subsets:
        place = (options.metadata_file or options.image_dir or Path()).resolve()
        if place in seen or options.num_repeats < 1:
            why = "the dataset has it already" if place in seen else f"it asks for {options.num_repeats} repeats"
            notes.append(Notice("folder-skipped", f"{options.metadata_file or options.image_dir} is left out: {why}."))
            continue
        seen.add(place)
        found_here, own_notes = _of_subset(number, options, settings)
        sources += found_here
        notes += own_notes
    if all(source.subset.is_reg for source in sources):
        raise _empty(number, settings, notes)
    return sources, notes


def _of_subset(number: int, options: SubsetOptions, settings: TrainSettings) -> Found:
    if options.metadata_file:
        return _from_metadata(number, options, options.metadata_file, settings)
    if settings.dataset_config:
        return _from_folder(number, options, options.image_dir or Path())
    root = options.image_dir or Path()
    subsets, notes = find_subsets(root, repeats_default=options.num_repeats, is_reg=options.is_reg)
    return [Source(number, _told(subset, options)) for subset in subsets], notes


def _told(subset: Subset, options: SubsetOptions) -> Subset:
    """Put the options of a data folder on one of the folders in it, which has repeats and class tokens of its own."""
    own = replace(options, image_dir=subset.folder, num_repeats=subset.repeats, class_tokens=subset.class_tokens)
    return replace(subset, options=own)


def _from_folder(number: int, options: SubsetOptions, folder: Path) -> Found:
    inside = list_folder(folder)
    notes = skipped_inside(inside)
    if not inside.pictures:
        return [], [*notes, Notice("folder-skipped", f"{folder} is left out: no pictures lie directly in it.")]
    tokens = options.class_tokens or ""
    return [
        Source(number, Subset(folder, options.num_repeats, tokens, options.is_reg, inside.pictures, options))
    ], notes


def _from_metadata(number: int, options: SubsetOptions, path: Path, settings: TrainSettings) -> Found:
    found = read_metadata_file(path, options)
    notes = []
    if found.missing:
        text = f"{path} names pictures that do not exist: {listed(found.missing)}."
        if not settings.skip_corrupt_images:
            hint = "Correct the names or image_dir, or set skip_corrupt_images to train without them."
            raise MikazukiError("pictures-missing", text, hint)
        notes.append(Notice("pictures-skipped", text))
    bare = [picture for picture, caption in found.captions.items() if not caption]
    if bare:
        notes.append(Notice("captions-empty", f"{path} has neither caption nor tags for: {listed(bare)}."))
    if not found.captions:
        return [], [*notes, Notice("folder-skipped", f"{path} is left out: it names no pictures that exist.")]
    folder = options.image_dir or path.parent
    subset = Subset(folder, options.num_repeats, "", options.is_reg, tuple(found.captions), options, found.tags)
    return [Source(number, subset, found.captions)], notes


def _from_class(number: int, options: SubsetOptions, name: str, settings: TrainSettings) -> list[Source]:
    """Group the pictures of a class that share a folder, repeats and kind into subsets."""
    found = list(load_source(name, settings).pictures())
    if any(picture.repeats < 1 for picture in found):
        raise MikazukiError("dataset-empty", f"dataset_class {name} gave pictures with less than 1 repeat.")
    if all(picture.is_reg for picture in found):
        raise MikazukiError("dataset-empty", f"dataset_class {name} gave no pictures to train on.")
    groups: dict[tuple[Path, int, bool, bool], list[SourcePicture]] = {}
    for picture in found:
        masked = settings.masked_loss and picture.mask is not None
        groups.setdefault((picture.path.parent, picture.repeats, picture.is_reg, masked), []).append(picture)
    sources = []
    for (folder, repeats, is_reg, masked), pictures in groups.items():
        own = replace(options, image_dir=folder, num_repeats=repeats, is_reg=is_reg, cache_info=False)
        if is_reg or masked:
            own = replace(own, conditioning_data_dir=None, alpha_mask=own.alpha_mask and not masked)
        sources.append(
            Source(
                number,
                Subset(folder, repeats, "", is_reg, tuple(picture.path for picture in pictures), own),
                {picture.path: picture.caption for picture in pictures},
                {picture.path: picture.mask for picture in pictures if masked and picture.mask},
            )
        )
    return sources


def _empty(number: int, settings: TrainSettings, notes: Sequence[Notice]) -> MikazukiError:
    seen = " ".join(note.text for note in notes)
    where = f"dataset {number + 1} of {settings.dataset_config}" if settings.dataset_config else str(settings.in_json)
    return MikazukiError(
        "dataset-empty",
        f"There are no pictures to train on in {where}. {seen}".strip(),
        "Name at least one folder or metadata file of pictures that are not regularisation pictures.",
    )
