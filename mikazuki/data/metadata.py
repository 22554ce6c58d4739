"""What a LoRA file's metadata says about its dataset: sd-scripts' `ss_` keys, every value text."""

import json

from mikazuki.data.captions import tag_frequency
from mikazuki.data.plan import Plan


def bucket_info(plan: Plan) -> dict[str, object]:
    """Return the buckets in order with their counts, and the mean aspect ratio error of the pictures."""
    return {
        "buckets": {
            str(index): {"resolution": list(bucket.resolution), "count": bucket.count}
            for index, bucket in enumerate(plan.buckets)
        },
        "mean_img_ar_error": plan.mean_img_ar_error,
    }


def dataset_dirs(plan: Plan, *, is_reg: bool) -> dict[str, dict[str, int]]:
    """Return each folder's repeats and number of pictures: name -> {n_repeats, img_count}."""
    return {
        subset.name: {"n_repeats": subset.repeats, "img_count": len(subset.pictures)}
        for subset in plan.subsets
        if subset.is_reg == is_reg
    }


def dataset_metadata(plan: Plan, *, enable_bucket: bool) -> dict[str, str]:
    """Return the `ss_` keys that describe the dataset.

    `ss_num_reg_images` counts what the folders hold times their repeats, before balancing, as sd-scripts does.
    """
    names = [subset.name for subset in plan.subsets]
    tags = tag_frequency((names[entry.subset], entry.caption) for entry in plan.entries)
    reg = sum(subset.repeats * len(subset.pictures) for subset in plan.subsets if subset.is_reg)
    return {
        "ss_num_train_images": str(plan.num_train_images),
        "ss_num_reg_images": str(reg),
        "ss_num_batches_per_epoch": str(plan.batches_per_epoch),
        "ss_num_epochs": str(plan.max_train_epochs),
        "ss_max_train_steps": str(plan.max_train_steps),
        "ss_dataset_dirs": json.dumps(dataset_dirs(plan, is_reg=False)),
        "ss_reg_dataset_dirs": json.dumps(dataset_dirs(plan, is_reg=True)),
        "ss_tag_frequency": json.dumps(tags),
        "ss_bucket_info": json.dumps(bucket_info(plan) if enable_bucket else None),
    }
