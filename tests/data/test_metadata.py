"""The dataset's part of a LoRA file's metadata."""

import json
from pathlib import Path

from mikazuki.data.metadata import dataset_metadata
from mikazuki.data.plan import make_plan
from tests.data.conftest import MakePicture, MakeSettings


def test_metadata(tmp_path: Path, make_picture: MakePicture, make_settings: MakeSettings) -> None:
    make_picture(tmp_path / "t" / "3_sks dog" / "a.png", (128, 128), "Red, dog")
    make_picture(tmp_path / "t" / "3_sks dog" / "b.png", (64, 192), "dog")
    make_picture(tmp_path / "r" / "1_dog" / "c.png", (128, 128))
    plan = make_plan(make_settings(tmp_path / "t", reg_data_dir=str(tmp_path / "r"), max_train_epochs=2))
    found = dataset_metadata(plan, enable_bucket=True)
    assert all(isinstance(value, str) for value in found.values())
    assert json.loads(found["ss_bucket_info"]) == {
        "buckets": {"0": {"resolution": [64, 192], "count": 3}, "1": {"resolution": [128, 128], "count": 9}},
        "mean_img_ar_error": 0.0,
    }
    assert json.loads(found["ss_tag_frequency"]) == {"3_sks dog": {"red": 1, "dog": 2}, "1_dog": {"dog": 1}}
    assert json.loads(found["ss_dataset_dirs"]) == {"3_sks dog": {"n_repeats": 3, "img_count": 2}}
    assert json.loads(found["ss_reg_dataset_dirs"]) == {"1_dog": {"n_repeats": 1, "img_count": 1}}
    assert (found["ss_num_train_images"], found["ss_num_reg_images"]) == ("6", "1")
    assert (found["ss_num_epochs"], found["ss_max_train_steps"]) == ("2", "24")
    assert dataset_metadata(plan, enable_bucket=False)["ss_bucket_info"] == "null"
