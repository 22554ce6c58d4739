"""Settles every option of every dataset: what a subset does not say its dataset says, then [general], then the run."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from mikazuki.settings.concepts import Concept, check_classes, class_folder, read_concepts
from mikazuki.settings.dataset_file import OTHER_NAMES, FileDataset, place, read_dataset_file, wrong
from mikazuki.settings.dataset_keys import (
    FolderDataset,
    FolderSubset,
    Keys,
    Kind,
    MetadataDataset,
    MetadataSubset,
)
from mikazuki.settings.datasets import CaptionOptions, DatasetOptions, SubsetOptions
from mikazuki.settings.train import TrainSettings

_PATHS: Final = ("image_dir", "metadata_file", "conditioning_data_dir")
_OF_FOLDERS: Final = ("class_tokens", "cache_info")
"""Options that mean nothing to a metadata file."""

PRESERVED: Final = "diff_output_preservation"
"""A subset's custom attribute: the target of its pictures is what the base model says (sd-scripts' name for it)."""

_RUN_NAMES: Final = {name: option for option, name in OTHER_NAMES.items()}
_CAPTION_KEYS: Final = tuple(field.name for field in fields(CaptionOptions))
_SUBSET_KEYS: Final = tuple(field.name for field in fields(SubsetOptions) if field.name != "captions")
_DATASET_KEYS: Final = tuple(field.name for field in fields(DatasetOptions) if field.name != "subsets")


def datasets_of(settings: TrainSettings) -> tuple[DatasetOptions, ...]:
    """Return the datasets of a run with every option settled.

    With dataset_config there is a dataset for each one in the file, with concepts_list one for each concept. Without,
    there is one: its subsets are train_data_dir and reg_data_dir as they stand (the folders in them are looked for
    later), the metadata file in_json, or for a dataset_class one subset without a folder.

    Raises:
        MikazukiError: `dataset-config-not-found`, `dataset-config-wrong` (everything that is wrong at once); what
            `concept_datasets` raises.
    """
    if settings.concepts_list:
        return concept_datasets(read_concepts(settings.concepts_list), settings)
    if settings.dataset_config is None:
        return (_dataset(_plain(settings), (), settings),)
    path = Path(settings.dataset_config)
    found = read_dataset_file(path)
    datasets = tuple(_dataset(dataset, (found.general,), settings) for dataset in found.datasets)
    problems = [text for number, dataset in enumerate(datasets) for text in _contradictions(number, dataset)]
    problems += [
        f"{place(number)}: conditioning_data_dir needs masked_loss: set it for the training"
        for number, dataset in enumerate(found.datasets)
        if dataset.kind == "masked" and not settings.masked_loss
    ]
    if problems:
        raise wrong(path, problems)
    return datasets


def concept_datasets(concepts: Sequence[Concept], settings: TrainSettings) -> tuple[DatasetOptions, ...]:
    """Return a dataset for each concept: a subset of its pictures and, where it has a class, one of that.

    The class is the folder of class pictures, or where the base model itself stands for it the same pictures again.
    Its captions are taken as they are: nothing is shuffled, put on or left out.

    Raises:
        MikazukiError: `class-missing` where the base model is to stand for a class that is not named.
    """
    if settings.prior_preservation == "base_model":
        check_classes(concepts)
    return tuple(_of_concept(number, concept, settings) for number, concept in enumerate(concepts))


def _of_concept(number: int, concept: Concept, settings: TrainSettings) -> DatasetOptions:
    own = FolderSubset(image_dir=concept.instance_data_dir, num_repeats=concept.num_repeats, cache_info=False)
    subsets = [own]
    if settings.prior_preservation == "base_model":
        subsets.append(own.model_copy(update={"is_reg": True, "custom_attributes": {PRESERVED: True}}))
    elif concept.takes_class_pictures:
        folder = class_folder(concept, number, settings)
        subsets.append(FolderSubset(image_dir=str(folder), is_reg=True, num_repeats=1, cache_info=False))
    dataset = _dataset(FileDataset("folder", FolderDataset(), tuple(subsets)), (), settings)
    plain = CaptionOptions(caption_extension=settings.caption_ending)
    return replace(dataset, subsets=tuple(replace(s, captions=plain) if s.is_reg else s for s in dataset.subsets))


def _plain(settings: TrainSettings) -> FileDataset:
    """Write a run without a dataset file as the file would say it."""
    if settings.in_json:
        metadata = MetadataSubset(metadata_file=settings.in_json, image_dir=settings.train_data_dir)
        return FileDataset("metadata", MetadataDataset(), (metadata,))
    subsets = [FolderSubset(image_dir=settings.train_data_dir or "")]
    if settings.reg_data_dir:
        subsets.append(FolderSubset(image_dir=settings.reg_data_dir, is_reg=True, num_repeats=1))
    return FileDataset("folder", FolderDataset(), tuple(subsets))


def _dataset(found: FileDataset, general: Sequence[Keys], settings: TrainSettings) -> DatasetOptions:
    tables = (found.keys, *general)
    subsets = tuple(_subset(found.kind, (subset, *tables), settings) for subset in found.subsets)
    return DatasetOptions(subsets=subsets, **_settled(_DATASET_KEYS, tables, settings))


def _subset(kind: Kind, tables: Sequence[Keys], settings: TrainSettings) -> SubsetOptions:
    values = _settled(_SUBSET_KEYS, tables, settings)
    values |= {key: _own_path(key, tables[0], settings) for key in _PATHS}
    if kind == "metadata":
        values |= dict.fromkeys(_OF_FOLDERS)
        values["cache_info"] = False
    if not settings.masked_loss or values.get("is_reg"):
        values["conditioning_data_dir"] = None
    if values["conditioning_data_dir"]:
        # a mask picture goes before transparency, as both would weigh the same loss
        values["alpha_mask"] = False
    values["custom_attributes"] = tuple((values.get("custom_attributes") or {}).items())
    captions = CaptionOptions(**_settled(_CAPTION_KEYS, tables, settings))
    return SubsetOptions(captions=captions, **values)


def _own_path(key: str, table: Keys, settings: TrainSettings) -> Path | None:
    """Return a path that a subset names itself; without a dataset file all take the run's one folder of masks."""
    value = getattr(table, key, None)
    if key == "conditioning_data_dir" and settings.dataset_config is None:
        value = settings.conditioning_data_dir
    return Path(value) if value else None


def _settled(keys: Sequence[str], tables: Sequence[Keys], settings: TrainSettings) -> dict[str, Any]:
    """Return what the first table says that says something, else the run; keys that nobody knows are left out."""
    found = {}
    for key in keys:
        said = (getattr(table, key, None) for table in tables)
        value = next((value for value in said if value is not None), None)
        if value is None and key not in _PATHS:
            value = _of_run(key, settings)
        if value is not None:
            found[key] = value
    return found


def _of_run(key: str, settings: TrainSettings) -> Any:
    if key == "caption_extension":
        return settings.caption_ending
    value = getattr(settings, _RUN_NAMES.get(key, key), None)
    return face_range(value) if key == "face_crop_aug_range" else value


def face_range(text: str | None) -> tuple[float, float] | None:
    """Read `2.0,4.0`, the form that settings keep this option in."""
    if text is None:
        return None
    low, high = text.split(",")
    return float(low), float(high)


def _contradictions(number: int, dataset: DatasetOptions) -> Iterator[str]:
    """Yield what settled options say against one another.

    Bucket bounds count as rounded to bucket_reso_steps: the lower one down, the upper one up.
    """
    step, (width, height) = dataset.bucket_reso_steps, dataset.resolution
    low, high = dataset.min_bucket_reso // step * step, -(-dataset.max_bucket_reso // step) * step
    size = f"resolution {width},{height}"
    if dataset.enable_bucket and min(width, height) < low:
        yield f"{place(number)}: min_bucket_reso {low} is larger than {size}: lower min_bucket_reso"
    if dataset.enable_bucket and max(width, height) > high:
        yield f"{place(number)}: max_bucket_reso {high} is smaller than {size}: raise max_bucket_reso"
    for index, subset in enumerate(dataset.subsets):
        captions = subset.captions
        if subset.random_crop and subset.face_crop_aug_range:
            yield f"{place(number, index)}: random_crop and face_crop_aug_range exclude each other: set one"
        if captions.secondary_separator == captions.caption_separator:
            yield f"{place(number, index)}: secondary_separator and caption_separator must differ"
