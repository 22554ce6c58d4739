"""What datasets are made of: folders and metadata files of a dataset file, and what is left out of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from mikazuki.data.folders import Notice
from mikazuki.data.sources import Source, find_sources
from mikazuki.errors import MikazukiError
from mikazuki.settings.dataset_lookup import datasets_of
from mikazuki.settings.train import TrainSettings
from tests.data.conftest import MakeSettings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Empty files that count as pictures: two in `a`, one in `b`, none in `none`."""
    for name in ("a/1.png", "a/2.png", "b/3.png", "none/x.txt", "a/deep/4.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def run(folder: Path, make_settings: MakeSettings, *datasets: list[dict[str, Any]], **options: Any) -> TrainSettings:
    """Make a run with a dataset file; each dataset is its list of subsets."""
    path = folder / "d.json"
    path.write_text(json.dumps({"datasets": [{"subsets": subsets} for subsets in datasets]}), encoding="utf-8")
    return make_settings(folder, train_data_dir="", dataset_config=str(path), **options)


def found(settings: TrainSettings) -> tuple[list[Source], list[Notice]]:
    return find_sources(datasets_of(settings), settings)


def error(settings: TrainSettings) -> MikazukiError:
    with pytest.raises(MikazukiError) as caught:
        found(settings)
    return caught.value


def test_folders_are_taken_as_they_are(folder: Path, make_settings: MakeSettings) -> None:
    (folder / "5_numbered").mkdir()
    (folder / "5_numbered" / "6.png").touch()
    a, b, numbered = (str(folder / name) for name in ("a", "b", "5_numbered"))
    settings = run(
        folder,
        make_settings,
        [{"image_dir": a, "num_repeats": 3, "class_tokens": "dog"}, {"image_dir": b, "is_reg": True}],
        [{"image_dir": numbered, "flip_aug": True}, {"image_dir": a}],
    )
    sources, notes = found(settings)
    assert [(s.dataset, s.subset.name, s.subset.repeats, s.subset.class_tokens) for s in sources] == [
        (0, "a", 3, "dog"),
        (0, "b", 1, ""),
        (1, "5_numbered", 1, ""),
        (1, "a", 1, ""),
    ]
    assert [source.subset.is_reg for source in sources] == [False, True, False, False]
    assert sources[2].subset.options.flip_aug
    assert [path.name for path in sources[0].subset.pictures] == ["1.png", "2.png"]
    assert all("deep" in note.text for note in notes)


def test_what_is_left_out_is_told(folder: Path, make_settings: MakeSettings) -> None:
    b = str(folder / "b")
    subsets: list[dict[str, Any]] = [{"image_dir": b}, {"image_dir": b, "num_repeats": 2}, {"image_dir": f"{b}/../b"}]
    subsets += [{"image_dir": str(folder / "a"), "num_repeats": 0}, {"image_dir": str(folder / "none")}]
    sources, notes = found(run(folder, make_settings, subsets))
    assert [source.subset.repeats for source in sources] == [1]
    said = [note.text.split(" is left out: ")[1] for note in notes]
    assert said == [
        "the dataset has it already.", "the dataset has it already.", "it asks for 0 repeats.",
        "no pictures lie directly in it.",
    ]  # fmt: skip


def test_missing_folders_are_all_named(folder: Path, make_settings: MakeSettings) -> None:
    wrong = error(run(folder, make_settings, [{"image_dir": "x1"}, {"image_dir": str(folder)}], [{"image_dir": "x2"}]))
    assert wrong.code == "dataset-not-found"
    assert "x1, x2." in wrong.message


@pytest.mark.parametrize("subset", [{"image_dir": "none"}, {"image_dir": "a", "is_reg": True}])
def test_a_dataset_needs_pictures_to_train_on(
    folder: Path, make_settings: MakeSettings, subset: dict[str, Any]
) -> None:
    subset["image_dir"] = str(folder / subset["image_dir"])
    wrong = error(run(folder, make_settings, [{"image_dir": str(folder / "b")}], [subset]))
    assert wrong.code == "dataset-empty"
    assert "dataset 2" in wrong.message


def test_metadata_files(folder: Path, make_settings: MakeSettings) -> None:
    document = {"2": {"caption": "two", "tags": "t"}, "1": {}}
    (folder / "m.json").write_text(json.dumps(document), encoding="utf-8")
    file, images = str(folder / "m.json"), str(folder / "a")
    for settings in (
        run(folder, make_settings, [{"metadata_file": file, "image_dir": images, "num_repeats": 4}]),
        make_settings(images, in_json=file, dataset_repeats=4),
    ):
        (source,), (note,) = found(settings)
        assert source.captions == {folder / "a" / "1.png": "", folder / "a" / "2.png": "two,t"}
        assert (source.subset.name, source.subset.repeats, source.subset.tags) == ("m.json", 4, ("t",))
        assert note.code == "captions-empty"


def test_pictures_that_a_metadata_file_misses(folder: Path, make_settings: MakeSettings) -> None:
    (folder / "m.json").write_text('{"1": {}, "gone": {}, "away.png": {}}', encoding="utf-8")
    options = {"in_json": str(folder / "m.json")}
    wrong = error(make_settings(folder / "a", **options))
    assert wrong.code == "pictures-missing"
    assert "gone, away.png" in wrong.message
    (source,), notes = found(make_settings(folder / "a", skip_corrupt_images=True, **options))
    assert len(source.subset.pictures) == 1
    assert "gone, away.png" in notes[0].text
    (folder / "m.json").write_text("{}", encoding="utf-8")
    assert error(make_settings(folder / "a", **options)).code == "dataset-empty"


def test_masks(folder: Path, make_settings: MakeSettings) -> None:
    (folder / "masks").mkdir()
    for name in ("1.png", "2.jpg"):
        (folder / "masks" / name).touch()
    subset = {"image_dir": str(folder / "a"), "conditioning_data_dir": str(folder / "masks")}
    (source,), _ = found(run(folder, make_settings, [subset], masked_loss=True))
    assert [mask.name for mask in source.masks.values()] == ["1.png", "2.jpg"]
    plain = {"masked_loss": True, "conditioning_data_dir": str(folder / "masks"), "reg_data_dir": str(folder / "b")}
    (train, reg), _ = found(make_settings(folder / "a", **plain))
    assert (len(train.masks), len(reg.masks)) == (2, 0)
