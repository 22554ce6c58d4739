"""The datasets' part of a LoRA file's metadata."""

import json
from pathlib import Path

import pytest

from mikazuki.data.metadata import dataset_metadata
from mikazuki.data.plan import make_plan
from tests.data.conftest import MakePicture, MakeSettings

FLAT = {
    "ss_batch_size_per_device", "ss_total_batch_size", "ss_resolution", "ss_color_aug", "ss_flip_aug",
    "ss_random_crop", "ss_shuffle_caption", "ss_enable_bucket", "ss_bucket_no_upscale", "ss_min_bucket_reso",
    "ss_max_bucket_reso", "ss_keep_tokens", "ss_reg_dataset_dirs", "ss_bucket_info",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, make_picture: MakePicture) -> Path:
    """Two pictures of a dog and one of another dog, with a regularisation picture."""
    make_picture(tmp_path / "t" / "3_sks dog" / "a.png", (128, 128), "Red, dog")
    make_picture(tmp_path / "t" / "3_sks dog" / "b.png", (64, 192), "dog")
    make_picture(tmp_path / "r" / "1_dog" / "c.png", (128, 128))
    return tmp_path


def test_metadata(folder: Path, make_settings: MakeSettings) -> None:
    settings = make_settings(
        folder / "t",
        reg_data_dir=str(folder / "r"),
        max_train_epochs=2,
        num_processes=2,
        train_batch_size=2,
        gradient_accumulation_steps=3,
        max_bucket_reso=200,
        face_crop_aug_range="2.0,4",
    )
    plan = make_plan(settings)
    found = dataset_metadata(plan, settings)
    assert all(isinstance(value, str) for value in found.values())
    assert found.keys() >= FLAT
    assert json.loads(found["ss_bucket_info"]) == {
        "buckets": {"0": {"resolution": [64, 192], "count": 3}, "1": {"resolution": [128, 128], "count": 9}},
        "mean_img_ar_error": 0.0,
    }
    assert json.loads(found["ss_tag_frequency"]) == {"3_sks dog": {"red": 1, "dog": 2}, "1_dog": {"dog": 1}}
    assert json.loads(found["ss_dataset_dirs"]) == {"3_sks dog": {"n_repeats": 3, "img_count": 2}}
    assert json.loads(found["ss_reg_dataset_dirs"]) == {"1_dog": {"n_repeats": 1, "img_count": 1}}
    assert (found["ss_num_train_images"], found["ss_num_reg_images"]) == ("6", "1")
    assert (plan.batches_per_epoch, found["ss_num_batches_per_epoch"]) == (4, "4")
    assert (found["ss_num_epochs"], found["ss_max_train_steps"]) == ("2", "4")
    assert (found["ss_batch_size_per_device"], found["ss_total_batch_size"]) == ("2", "12")
    assert (found["ss_min_bucket_reso"], found["ss_max_bucket_reso"]) == ("64", "256")
    assert found["ss_face_crop_aug_range"] == "(2.0, 4.0)"
    assert found["ss_resolution"] == "(128, 128)"


def test_without_buckets(folder: Path, make_settings: MakeSettings) -> None:
    settings = make_settings(folder / "t", enable_bucket=False, bucket_no_upscale=True)
    found = dataset_metadata(make_plan(settings), settings)
    assert found["ss_bucket_info"] == "null"
    assert [found[f"ss_{key}"] for key in ("enable_bucket", "bucket_no_upscale", "min_bucket_reso")] == [
        "False",
        "False",
        "None",
    ]


def test_of_a_dataset_file(folder: Path, make_settings: MakeSettings) -> None:
    """Names and values of the keys as sd-scripts writes them with --dataset_config."""
    (folder / "m.json").write_text(json.dumps({"b": {"caption": "x", "tags": "Wet, dog"}}), encoding="utf-8")
    dog, reg = (folder / "t" / "3_sks dog").as_posix(), (folder / "r" / "1_dog").as_posix()
    file = folder / "d.toml"
    file.write_text(
        f"""
        [[datasets]]
        batch_size = 2
        validation_split = 0.5
        validation_seed = 1
        [[datasets.subsets]]
        image_dir = "{dog}"
        num_repeats = 4
        keep_tokens = 1
        [[datasets.subsets]]
        image_dir = "{reg}"
        is_reg = true
        class_tokens = "a dog"
        [[datasets]]
        resolution = 64
        enable_bucket = false
        [[datasets.subsets]]
        metadata_file = "{(folder / "m.json").as_posix()}"
        image_dir = "{dog}"
        """,
        encoding="utf-8",
    )
    settings = make_settings(folder, train_data_dir="", dataset_config=str(file))
    plan = make_plan(settings)
    found = dataset_metadata(plan, settings)
    assert not found.keys() & FLAT
    assert (found["ss_num_validation_images"], found["ss_num_train_images"]) == ("1", "5")
    first, second = json.loads(found["ss_datasets"])
    assert first["is_dreambooth"]
    assert not second["is_dreambooth"]
    assert (first["batch_size_per_device"], first["num_train_images"], first["num_reg_images"]) == (2, 4, 1)
    # one picture of the dog four times; the other picture is of a bucket of its own, so is not in it
    assert sum(bucket["count"] for bucket in first["bucket_info"]["buckets"].values()) == 4 + 4
    assert (second["resolution"], second["bucket_info"], second["max_bucket_reso"]) == ([64, 64], None, None)
    assert first["subsets"][0] == {
        "img_count": 1, "num_repeats": 4, "color_aug": False, "flip_aug": False, "random_crop": False,
        "resize_interpolation": None, "shuffle_caption": False, "keep_tokens": 1, "keep_tokens_separator": "",
        "secondary_separator": None, "enable_wildcard": False, "caption_prefix": None, "caption_suffix": None,
        "image_dir": "3_sks dog", "class_tokens": None, "is_reg": False,
    }  # fmt: skip
    assert first["subsets"][1]["class_tokens"] == "a dog"
    assert second["subsets"][0]["metadata_file"] == "m.json"
    assert second["tag_frequency"] == {"m.json": {"wet": 1, "dog": 1}}
    assert json.loads(found["ss_dataset_dirs"]) == {
        "3_sks dog": {"n_repeats": 4, "img_count": 1},
        "m.json": {"n_repeats": 1, "img_count": 1},
    }
    assert list(json.loads(found["ss_tag_frequency"])) == ["3_sks dog", "1_dog", "m.json"]
