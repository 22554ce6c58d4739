"""What a LoRA file's metadata says about its datasets: sd-scripts' `ss_` keys, every value text."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

from mikazuki.data.buckets import floored, mean_aspect_error
from mikazuki.data.captions import tag_frequency
from mikazuki.data.folders import Subset
from mikazuki.data.plan import Plan
from mikazuki.settings.dataset_lookup import face_range
from mikazuki.settings.datasets import DatasetOptions
from mikazuki.settings.train import TrainSettings

SETTINGS_KEYS: Final = (
    "caption_dropout_rate", "caption_dropout_every_n_epochs", "caption_tag_dropout_rate", "prior_loss_weight",
    "resize_interpolation", "validation_seed", "validation_split", "max_validation_steps", "validate_every_n_epochs",
    "validate_every_n_steps",
)  # fmt: skip
"""Options of the run whose value stands under `ss_` and its name as it is, whatever a dataset file says."""

PLAIN_KEYS: Final = (
    "resolution", "color_aug", "flip_aug", "random_crop", "shuffle_caption", "keep_tokens",
)  # fmt: skip
"""The same, of a run without a dataset file."""

SUBSET_KEYS: Final = ("num_repeats", "color_aug", "flip_aug", "random_crop", "resize_interpolation")
CAPTION_KEYS: Final = (
    "shuffle_caption", "keep_tokens", "keep_tokens_separator", "secondary_separator", "enable_wildcard",
    "caption_prefix", "caption_suffix",
)  # fmt: skip
"""Options of a subset that stand under their names in `ss_datasets`."""

Counts = dict[str, dict[str, int]]


def dataset_metadata(plan: Plan, settings: TrainSettings) -> dict[str, str]:
    """Return all `ss_` keys about data: counts and options of pictures, captions and validation.

    With a dataset file `ss_datasets` takes the place of the keys that describe a single dataset, as in sd-scripts.
    `ss_num_reg_images` counts what the folders hold times their repeats, before balancing, and
    `ss_num_batches_per_epoch` the batches of one process.
    """
    values: dict[str, object] = {key: getattr(settings, key) for key in SETTINGS_KEYS}
    values |= {
        "num_train_images": plan.num_train_images,
        "num_validation_images": len(plan.validation),
        "num_reg_images": _shown(subset for subset in plan.subsets if subset.is_reg),
        "num_batches_per_epoch": plan.batches_per_epoch,
        "num_epochs": plan.max_train_epochs,
        "max_train_steps": plan.max_train_steps,
        "face_crop_aug_range": face_range(settings.face_crop_aug_range),
    }
    values |= _of_file(plan) if settings.dataset_config or settings.concepts_list else _of_run(plan, settings)
    return {f"ss_{key}": str(value) for key, value in values.items()}


def bucket_info(plan: Plan, dataset: int = 0) -> dict[str, object] | None:
    """Return a dataset's buckets in order with their counts, and the mean aspect ratio error of its pictures.

    None for a dataset without buckets.
    """
    if not plan.datasets[dataset].enable_bucket:
        return None
    buckets = [bucket for bucket in plan.buckets if bucket.dataset == dataset]
    pairs = ((entry.size, entry.bucket) for entry in plan.entries if entry.dataset == dataset)
    return {
        "buckets": {
            str(index): {"resolution": list(bucket.resolution), "count": bucket.count}
            for index, bucket in enumerate(buckets)
        },
        "mean_img_ar_error": mean_aspect_error(pairs),
    }


def dataset_dirs(subsets: Iterable[Subset]) -> Counts:
    """Return each subset's repeats and number of pictures: name -> {n_repeats, img_count}.

    A second subset of the same name, from another dataset, is called `name (2)`.
    """
    dirs: Counts = {}
    for subset in subsets:
        name, number = subset.name, 2
        while name in dirs:
            name, number = f"{subset.name} ({number})", number + 1
        dirs[name] = {"n_repeats": subset.repeats, "img_count": len(subset.pictures)}
    return dirs


def tag_counts(plan: Plan, dataset: int = 0) -> Counts:
    """Count the tags of a dataset: name of the subset -> tag -> pictures. Of a metadata file only its tags count."""
    pairs = [
        (subset.name, entry.caption)
        for entry in plan.entries
        if entry.dataset == dataset and not (subset := plan.subsets[entry.subset]).options.metadata_file
    ]
    files = [subset for subset in _subsets(plan)[dataset] if subset.options.metadata_file]
    pairs += [(subset.name, tags) for subset in files for tags in subset.tags]
    return {subset.name: {} for subset in files} | tag_frequency(pairs)


def _subsets(plan: Plan) -> list[list[Subset]]:
    """Return the plan's subsets by dataset."""
    rest = iter(plan.subsets)
    return [[next(rest) for _ in dataset.subsets] for dataset in plan.datasets]


def _shown(subsets: Iterable[Subset]) -> int:
    return sum(subset.repeats * len(subset.pictures) for subset in subsets)


def _bounds(dataset: DatasetOptions) -> dict[str, int | None]:
    """Return the bounds of bucket sides as they are used: the lower rounded down to the step, the upper one up."""
    step = dataset.bucket_reso_steps
    low, high = max(step, floored(dataset.min_bucket_reso, step)), -floored(-dataset.max_bucket_reso, step)
    return {
        "min_bucket_reso": low if dataset.enable_bucket else None,
        "max_bucket_reso": high if dataset.enable_bucket else None,
    }


def _of_run(plan: Plan, settings: TrainSettings) -> dict[str, object]:
    """Describe the one dataset of a run without a dataset file."""
    dataset, subsets = plan.datasets[0], plan.subsets
    values: dict[str, object] = {key: getattr(settings, key) for key in PLAIN_KEYS}
    together = settings.num_processes * settings.gradient_accumulation_steps
    return (
        values
        | {
            "batch_size_per_device": settings.train_batch_size,
            "total_batch_size": settings.train_batch_size * together,
            "enable_bucket": dataset.enable_bucket,
            "bucket_no_upscale": dataset.enable_bucket and dataset.bucket_no_upscale,
            "dataset_dirs": json.dumps(dataset_dirs(subset for subset in subsets if not subset.is_reg)),
            "reg_dataset_dirs": json.dumps(dataset_dirs(subset for subset in subsets if subset.is_reg)),
            "tag_frequency": json.dumps(tag_counts(plan)),
            "bucket_info": json.dumps(bucket_info(plan)),
        }
        | _bounds(dataset)
    )


def _of_file(plan: Plan) -> dict[str, object]:
    """Describe the datasets of a file; a folder in several of them has its tags counted once."""
    tags: Counts = {}
    for number in range(len(plan.datasets)):
        tags |= {name: counts for name, counts in tag_counts(plan, number).items() if name not in tags}
    described = [_described(plan, number, subsets) for number, subsets in enumerate(_subsets(plan))]
    return {
        "datasets": json.dumps(described),
        "tag_frequency": json.dumps(tags),
        "dataset_dirs": json.dumps(dataset_dirs(subset for subset in plan.subsets if not subset.is_reg)),
    }


def _described(plan: Plan, number: int, subsets: Sequence[Subset]) -> dict[str, object]:
    dataset = plan.datasets[number]
    return {
        "is_dreambooth": not any(subset.options.metadata_file for subset in subsets),
        "batch_size_per_device": dataset.batch_size,
        "num_train_images": _shown(subset for subset in subsets if not subset.is_reg),
        "num_reg_images": _shown(subset for subset in subsets if subset.is_reg),
        "resolution": dataset.resolution,
        "enable_bucket": dataset.enable_bucket,
        **_bounds(dataset),
        "tag_frequency": tag_counts(plan, number),
        "bucket_info": bucket_info(plan, number),
        "resize_interpolation": dataset.resize_interpolation,
        "subsets": [_subset(subset) for subset in subsets],
    }


def _subset(subset: Subset) -> dict[str, Any]:
    options, captions = subset.options, asdict(subset.options.captions)
    found: dict[str, Any] = {"img_count": len(subset.pictures)}
    found |= {key: getattr(options, key) for key in SUBSET_KEYS}
    found |= {key: captions[key] for key in CAPTION_KEYS}
    if options.image_dir:
        found["image_dir"] = options.image_dir.resolve().name
    if options.metadata_file:
        return found | {"metadata_file": options.metadata_file.name}
    if options.conditioning_data_dir:
        found["conditioning_data_dir"] = options.conditioning_data_dir.resolve().name
    return found | {"class_tokens": options.class_tokens, "is_reg": options.is_reg}
