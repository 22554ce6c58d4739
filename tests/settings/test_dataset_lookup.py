"""Where a dataset's options come from: subset, dataset, [general], the run; and a run without a dataset file."""

import json
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.dataset_lookup import datasets_of
from mikazuki.settings.datasets import CaptionOptions, DatasetOptions, SubsetOptions
from mikazuki.settings.train import TrainSettings


def settings(**options: Any) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", **options})


def looked_up(folder: Path, document: dict[str, Any], **options: Any) -> tuple[DatasetOptions, ...]:
    path = folder / "d.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return datasets_of(settings(dataset_config=str(path), **options))


# option of a subset, name of the run's option, and a value for subset, dataset, [general] and the run
SUBSET_OPTIONS: list[tuple[str, str, list[Any]]] = [
    ("num_repeats", "dataset_repeats", [2, 3, 4, 5]),
    ("flip_aug", "flip_aug", [False, True, False, True]),
    ("color_aug", "color_aug", [True, False, True, False]),
    ("random_crop", "random_crop", [False, True, False, True]),
    ("resize_interpolation", "resize_interpolation", ["area", "cubic", "linear", "nearest"]),
    ("cache_info", "cache_info", [True, False, True, False]),
]
CAPTION_OPTIONS: list[tuple[str, str, list[Any]]] = [
    ("caption_extension", "caption_extension", [".a", ".b", ".c", ".d"]),
    ("caption_separator", "caption_separator", ["a", "b", "c", "d"]),
    ("shuffle_caption", "shuffle_caption", [False, True, False, True]),
    ("keep_tokens", "keep_tokens", [0, 2, 3, 4]),
    ("keep_tokens_separator", "keep_tokens_separator", ["", "b", "c", "d"]),
    ("secondary_separator", "secondary_separator", ["1", "2", "3", "4"]),
    ("enable_wildcard", "enable_wildcard", [True, False, True, False]),
    ("caption_prefix", "caption_prefix", ["a", "b", "c", "d"]),
    ("caption_suffix", "caption_suffix", ["a", "b", "c", "d"]),
    ("caption_dropout_rate", "caption_dropout_rate", [0.0, 0.2, 0.3, 0.4]),
    ("caption_dropout_every_n_epochs", "caption_dropout_every_n_epochs", [0, 2, 3, 4]),
    ("caption_tag_dropout_rate", "caption_tag_dropout_rate", [0.1, 0.2, 0.3, 0.4]),
    ("token_warmup_min", "token_warmup_min", [1, 2, 3, 4]),
    ("token_warmup_step", "token_warmup_step", [0.1, 0.2, 3.0, 4.0]),
]


@pytest.mark.parametrize(
    ("key", "run_key", "values"),
    SUBSET_OPTIONS + CAPTION_OPTIONS,
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_the_nearest_table_that_says_something_wins(tmp_path: Path, key: str, run_key: str, values: list[Any]) -> None:
    for said in product([False, True], repeat=3):
        subset, dataset, general = ({key: value} if on else {} for value, on in zip(values[:3], said, strict=True))
        document = {"general": general, "datasets": [{**dataset, "subsets": [{"image_dir": "a", **subset}]}]}
        ((found,),) = (item.subsets for item in looked_up(tmp_path, document, **{run_key: values[3]}))
        wanted = next(value for value, on in zip(values, (*said, True), strict=True) if on)
        assert getattr(found, key, None) == wanted or getattr(found.captions, key) == wanted


DATASET_OPTIONS: list[tuple[str, str | None, list[Any]]] = [
    ("batch_size", "train_batch_size", [2, 3, 4]),
    ("enable_bucket", "enable_bucket", [False, True, False]),
    ("min_bucket_reso", "min_bucket_reso", [64, 128, 192]),
    ("max_bucket_reso", "max_bucket_reso", [768, 832, 896]),
    ("bucket_reso_steps", "bucket_reso_steps", [8, 16, 32]),
    ("bucket_no_upscale", "bucket_no_upscale", [True, False, True]),
    ("validation_split", "validation_split", [0.0, 0.2, 0.3]),
    ("validation_seed", "validation_seed", [0, 2, 3]),
    ("network_multiplier", None, [0.5, 2.0, 1.0]),
    ("resize_interpolation", "resize_interpolation", ["area", "cubic", "linear"]),
]


@pytest.mark.parametrize(("key", "run_key", "values"), DATASET_OPTIONS, ids=lambda item: str(item)[:20])
def test_options_of_a_dataset(tmp_path: Path, key: str, run_key: str | None, values: list[Any]) -> None:
    for said in product([False, True], repeat=2):
        dataset, general = ({key: value} if on else {} for value, on in zip(values[:2], said, strict=True))
        document = {"general": general, "datasets": [{**dataset, "subsets": [{"image_dir": "a"}]}]}
        (found,) = looked_up(tmp_path, document, **({run_key: values[2]} if run_key else {}))
        assert getattr(found, key) == next(v for v, on in zip(values, (*said, True), strict=True) if on)


def test_resolution_ranges_and_attributes(tmp_path: Path) -> None:
    document = {
        "general": {"custom_attributes": {"a": 1}, "face_crop_aug_range": [2.0, 3.0]},
        "datasets": [
            {"resolution": [640, 512], "subsets": [{"image_dir": "a"}, {"image_dir": "b", "custom_attributes": {}}]},
            {"subsets": [{"image_dir": "a", "is_reg": True, "alpha_mask": True, "class_tokens": "c"}]},
        ],
    }
    one, two = looked_up(tmp_path, document, resolution=384, caption_extention=".cap")
    assert (one.resolution, two.resolution) == ((640, 512), (384, 384))
    assert [subset.custom_attributes for subset in one.subsets] == [(("a", 1),), ()]
    assert one.subsets[0].face_crop_aug_range == (2.0, 3.0)
    assert one.subsets[0].captions.caption_extension == ".cap"
    reg = two.subsets[0]
    assert (reg.is_reg, reg.alpha_mask, reg.class_tokens) == (True, True, "c")


def test_masks_go_before_transparency(tmp_path: Path) -> None:
    document = {"datasets": [{"subsets": [{"image_dir": "a", "conditioning_data_dir": "b"}]}]}
    (found,) = looked_up(tmp_path, document, masked_loss=True, alpha_mask=True)
    assert (found.subsets[0].conditioning_data_dir, found.subsets[0].alpha_mask) == (Path("b"), False)
    with pytest.raises(MikazukiError, match="needs masked_loss"):
        looked_up(tmp_path, document)


def test_contradictions_are_told_at_once(tmp_path: Path) -> None:
    subset = {"image_dir": "a", "random_crop": True, "face_crop_aug_range": [1.0, 2.0]}
    document = {
        "general": {"secondary_separator": ","},
        "datasets": [
            {"resolution": 128, "subsets": [subset]},
            {"resolution": [512, 1088], "subsets": [{"metadata_file": "b.json", "caption_separator": ";"}]},
            # bounds count as rounded to the step: 300 means 256, and 500 means 512
            {"resolution": [256, 512], "min_bucket_reso": 300, "max_bucket_reso": 500, "subsets": [{"image_dir": "a",
             "caption_separator": ";"}]},
        ],
    }  # fmt: skip
    with pytest.raises(MikazukiError) as caught:
        looked_up(tmp_path, document)
    lines = caught.value.message.split("\n")[1:]
    assert [line.split(": ")[0] for line in lines] == [
        "- dataset 1", "- dataset 1, subset 1", "- dataset 1, subset 1", "- dataset 2",
    ]  # fmt: skip


def test_a_run_without_a_file_is_one_dataset() -> None:
    run = settings(train_data_dir="t", reg_data_dir="r", dataset_repeats=3, flip_aug=True, masked_loss=True,
                   conditioning_data_dir="c", train_batch_size=2, validation_split=0.1)  # fmt: skip
    (found,) = datasets_of(run)
    plain = SubsetOptions(Path("t"), num_repeats=3, flip_aug=True, conditioning_data_dir=Path("c"))
    # regularisation pictures have no masks, and repeats of their own
    reg = replace(plain, image_dir=Path("r"), num_repeats=1, is_reg=True, conditioning_data_dir=None)
    assert found.subsets == (plain, reg)
    assert (found.batch_size, found.validation_split) == (2, 0.1)


def test_a_run_with_defaults_has_the_defaults_of_the_classes() -> None:
    (found,) = datasets_of(settings(train_data_dir="t"))
    assert found == DatasetOptions((512, 512), 1, (SubsetOptions(Path("t"), captions=CaptionOptions()),))


def test_a_metadata_file_and_a_class_of_ones_own() -> None:
    ((subset,),) = (
        item.subsets for item in datasets_of(settings(in_json="m.json", train_data_dir="t", cache_info=True))
    )
    assert (subset.metadata_file, subset.image_dir, subset.cache_info) == (Path("m.json"), Path("t"), False)
    ((subset,),) = (item.subsets for item in datasets_of(settings(dataset_class="a.B")))
    assert subset.image_dir is None
