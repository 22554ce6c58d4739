"""The dataset file: every key of the format, its kinds, and everything wrong with it told at once."""

import json
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.dataset_file import DatasetFile, read_dataset_file

CONTRACT = Path(__file__).parents[3] / "shared" / "contract" / "dataset_config.json"

VALUES: dict[str, Any] = {
    "int": 64, "bool": True, "float": 0.5, "float or int": 1, "str": "area", "int or [int, int]": [128, 256],
    "[float, float]": [1.0, 2.0], "dict": {"a": 1},
}  # fmt: skip
WRONG: dict[str, Any] = {
    "int": "64", "bool": 1, "float": "0.5", "float or int": "1", "str": 3, "int or [int, int]": "128",
    "[float, float]": 2.0, "dict": [],
}  # fmt: skip
OWN = {
    "dreambooth": {"image_dir": "a"},
    "finetuning": {"metadata_file": "a.json"},
    "controlnet": {"image_dir": "a", "conditioning_data_dir": "b"},
}


def written(folder: Path, document: object, name: str = "d.json") -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def read(folder: Path, document: object, name: str = "d.json") -> DatasetFile:
    return read_dataset_file(written(folder, document, name))


def problems(folder: Path, document: object, name: str = "d.json") -> list[str]:
    with pytest.raises(MikazukiError) as caught:
        read(folder, document, name)
    assert caught.value.code == "dataset-config-wrong"
    return caught.value.message.split("\n")[1:]


def contract() -> dict[str, Any]:
    if not CONTRACT.is_file():
        pytest.skip("the list of keys is not in this checkout")
    found: dict[str, Any] = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("kind", list(OWN))
def test_every_key_of_the_format_is_taken(tmp_path: Path, kind: str) -> None:
    keys = contract()
    tables = [keys["general"], keys[kind]["dataset"], keys[kind]["subset"]]
    general, dataset, subset = (
        {key: VALUES[item["type"]] for key, item in table.items() if item["type"] in VALUES} for table in tables
    )
    for table in (general, dataset):
        table["validation_seed"] = 3
    found = read(tmp_path, {"general": general, "datasets": [{**dataset, "subsets": [subset]}]})
    names = {"dreambooth": "folder", "finetuning": "metadata", "controlnet": "masked"}
    assert found.datasets[0].kind == names[kind]
    for table, read_table in ((general, found.general), (dataset, found.datasets[0].keys)):
        assert {key for key in table if getattr(read_table, key) is None} == set()
    assert {key for key in subset if getattr(found.datasets[0].subsets[0], key) is None} == set()


@pytest.mark.parametrize("kind", list(OWN))
def test_a_wrong_type_is_told_for_every_key_at_once(tmp_path: Path, kind: str) -> None:
    keys = contract()
    wrong = [
        {key: WRONG[item["type"]] for key, item in table.items() if item["type"] in WRONG and key not in OWN[kind]}
        for table in (keys["general"], keys[kind]["dataset"], keys[kind]["subset"])
    ]
    found = problems(
        tmp_path, {"general": wrong[0], "datasets": [{**wrong[1], "subsets": [{**wrong[2], **OWN[kind]}]}]}
    )
    assert len(found) == sum(map(len, wrong))
    for place, table in zip(("[general]", "dataset 1", "dataset 1, subset 1"), wrong, strict=True):
        assert all(any(f"- {place}: {key}" in line for line in found) for key in table)


@pytest.mark.parametrize("kind", list(OWN))
def test_keys_of_other_tables_are_refused(tmp_path: Path, kind: str) -> None:
    keys = contract()
    every = {key for table in OWN for level in ("dataset", "subset") for key in keys[table][level]} - {"subsets"}
    subset = set(keys[kind]["subset"])
    # a key that tells the kind cannot be foreign to it
    foreign = every - subset - {"metadata_file", "conditioning_data_dir"}
    found = problems(tmp_path, {"datasets": [{"subsets": [dict.fromkeys(foreign, 1) | OWN[kind]]}]})
    assert {line.split(": ")[1].split(" ")[0] for line in found} == foreign


def test_toml_with_several_datasets(tmp_path: Path) -> None:
    text = (
        "\ufeff[general]\r\nresolution = 512\r\nshuffle_caption = true\r\n[[datasets]]\r\n[[datasets.subsets]]\r\n"
        'image_dir = "a"\r\n[[datasets.subsets]]\r\nimage_dir = "b"\r\nis_reg = true\r\n[[datasets]]\r\n'
        'resolution = [768, 512]\r\n[[datasets.subsets]]\r\nmetadata_file = "c.json"\r\n'
    )
    found = read(tmp_path, text, "d.TOML")
    assert [(dataset.kind, len(dataset.subsets)) for dataset in found.datasets] == [("folder", 2), ("metadata", 1)]
    assert (found.general.resolution, found.datasets[1].keys.resolution) == ((512, 512), (768, 512))


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, "no [[datasets]]"),
        ([], "not a table"),
        ({"datasets": []}, "no [[datasets]]"),
        ({"datasets": [3]}, "dataset 1 is not a table"),
        ({"datasets": [{}]}, "dataset 1 has no [[datasets.subsets]]"),
        ({"datasets": [{"subsets": []}]}, "dataset 1 has no [[datasets.subsets]]"),
        ({"datasets": [{"subsets": [{"num_repeats": 2}]}]}, "image_dir is missing"),
        ({"general": 3, "datasets": [{"subsets": [OWN["dreambooth"]]}]}, "[general] is not a table"),
        ({"genral": {}, "datasets": [{"subsets": [OWN["dreambooth"]]}]}, "genral is no part"),
        ({"datasets": [{"subsets": [OWN["dreambooth"], OWN["finetuning"]]}]}, "mixes subsets"),
        ({"datasets": [{"subsets": [{"image_dir": "a", "num_repeat": 2}]}]}, "did you mean num_repeats?"),
        ({"datasets": [{"batchsize": 2, "subsets": [OWN["dreambooth"]]}]}, "did you mean batch_size?"),
        ({"datasets": [{"train_batch_size": 2, "subsets": [OWN["dreambooth"]]}]}, "is called batch_size"),
        ({"datasets": [{"image_dir": "a", "subsets": [OWN["dreambooth"]]}]}, "but in a subset"),
        ({"datasets": [{"subsets": [{"image_dir": "a", "resolution": 512}]}]}, "but in a dataset or [general]"),
        ({"datasets": [{"batch_size": 0, "subsets": [OWN["dreambooth"]]}]}, "batch_size = 0 is out of bounds"),
        ({"datasets": [{"resolution": 8, "subsets": [OWN["dreambooth"]]}]}, "between 64 and 8192"),
        ({"general": {"face_crop_aug_range": [3.0, 2.0]}, "datasets": [{"subsets": [{"image_dir": "a"}]}]}, "no range"),
        (
            {"general": {"resize_interpolation": "x"}, "datasets": [{"subsets": [{"image_dir": "a"}]}]},
            "none of lanczos",
        ),
    ],
)
def test_mistakes(tmp_path: Path, document: object, said: str) -> None:
    found = problems(tmp_path, document)
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("d.toml", "[general", "not valid TOML"),
        ("d.json", "{", "not valid JSON"),
        ("d.yaml", "", "ends neither in .toml nor in .json"),
    ],
)
def test_files_that_are_no_dataset_files(tmp_path: Path, name: str, content: str, said: str) -> None:
    assert said in problems(tmp_path, content, name)[0]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        read_dataset_file(tmp_path / "d.toml")
    assert caught.value.code == "dataset-config-not-found"
    (tmp_path / "e.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(MikazukiError, match="not UTF-8"):
        read_dataset_file(tmp_path / "e.toml")
