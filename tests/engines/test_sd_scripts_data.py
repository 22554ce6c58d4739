import tomllib
from pathlib import Path
from typing import Any

import pytest

from mikazuki.engines.sd_scripts_data import dataset_files, takes_folders
from mikazuki.errors import MikazukiError
from mikazuki.settings.upstream.scripts import SCRIPTS
from tests.cli import world

LORA = SCRIPTS["train_network"]


def subsets(files: dict[str, str]) -> list[dict[str, Any]]:
    (dataset,) = tomllib.loads(files["dataset.toml"])["datasets"]
    assert dataset.keys() == {"subsets"}, "sizes and captions stay upstream's options"
    return list(dataset["subsets"])


def test_a_plain_folder_is_trained_on_as_it_lies_there(tmp_path: Path) -> None:
    folder = world.pictures(tmp_path / "my \u732b")
    found = subsets(dataset_files({"train_data_dir": str(folder), "dataset_repeats": 3}, LORA))
    assert found == [{"image_dir": str(folder), "num_repeats": 3, "class_tokens": "my \u732b"}]
    assert [path.name for path in tmp_path.iterdir()] == ["my \u732b"], "nothing was moved"


def test_numbered_folders_keep_repeats_and_class_and_regularisation_is_marked(tmp_path: Path) -> None:
    world.pictures(tmp_path / "train" / "10_sks cat")
    world.pictures(tmp_path / "train" / "2_sks dog")
    world.pictures(tmp_path / "train" / "rest")
    world.pictures(tmp_path / "reg" / "1_cat")
    values = {"train_data_dir": str(tmp_path / "train"), "reg_data_dir": str(tmp_path / "reg")}
    found = [(Path(s["image_dir"]).name, s["num_repeats"], s["class_tokens"], s.get("is_reg", False))
             for s in subsets(dataset_files(values, LORA))]  # fmt: skip
    assert found == [
        ("10_sks cat", 10, "sks cat", False),
        ("2_sks dog", 2, "sks dog", False),
        ("1_cat", 1, "cat", True),
    ]


def test_masks_stand_with_every_folder_and_exclude_regularisation(tmp_path: Path) -> None:
    folder, masks = world.pictures(tmp_path / "train"), world.pictures(tmp_path / "masks")
    values = {"train_data_dir": str(folder), "masked_loss": True, "conditioning_data_dir": str(masks)}
    assert subsets(dataset_files(values, LORA)) == [
        {"image_dir": str(folder), "num_repeats": 1, "conditioning_data_dir": str(masks)}
    ]
    with pytest.raises(MikazukiError) as caught:
        dataset_files({**values, "reg_data_dir": str(folder)}, LORA)
    assert caught.value.code == "masks-with-regularisation"


def test_a_dataset_file_of_ones_own_is_copied(tmp_path: Path) -> None:
    path = tmp_path / "d.JSON"
    path.write_text("\ufeff{}", encoding="utf-8")
    assert dataset_files({"dataset_config": str(path)}, LORA) == {"dataset.json": "{}"}
    with pytest.raises(MikazukiError, match="no file"):
        dataset_files({"dataset_config": str(tmp_path / "none.toml")}, LORA)


def test_where_upstream_needs_no_file_there_is_none(tmp_path: Path) -> None:
    folder = str(world.pictures(tmp_path / "train"))
    assert dataset_files({"train_data_dir": folder, "in_json": "m.json"}, LORA) == {}
    assert dataset_files({"train_data_dir": folder}, SCRIPTS["fine_tune"]) == {}
    assert dataset_files({}, LORA) == {}


def test_scripts_that_pair_pictures_with_conditions_take_no_folders() -> None:
    without = {name for name, script in SCRIPTS.items() if script.trains and not takes_folders(script)}
    assert without == {
        "fine_tune", "train_control_net", "sdxl_train_control_net", "flux_train_control_net",
        "sdxl_train_control_net_lllite", "sdxl_train_control_net_lllite_old",
    }  # fmt: skip
