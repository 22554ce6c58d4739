"""The rows shown before a training."""

from pathlib import Path

from mikazuki.data.describe import BucketRow, SubsetRow, summarise
from mikazuki.data.plan import make_plan
from tests.data.conftest import MakePicture, MakeSettings


def test_summary(tmp_path: Path, make_picture: MakePicture, make_settings: MakeSettings) -> None:
    make_picture(tmp_path / "3_sks dog" / "a.png", (128, 128), "red")
    make_picture(tmp_path / "3_sks dog" / "b.png", (64, 192))
    make_picture(tmp_path / "2_cat" / "c.png", (130, 130))
    (tmp_path / "4_none").mkdir()
    summary = summarise(make_plan(make_settings(tmp_path, train_batch_size=2, max_train_epochs=4)))
    cat, dog = tmp_path / "2_cat", tmp_path / "3_sks dog"
    assert summary.subsets == (
        SubsetRow("2_cat", str(cat), is_reg=False, pictures=1, repeats=2, shown=2, example="cat"),
        SubsetRow("3_sks dog", str(dog), is_reg=False, pictures=2, repeats=3, shown=6, example="red"),
    )
    assert summary.buckets == (BucketRow((64, 192), 1, 3), BucketRow((128, 128), 2, 5))
    assert dict(summary.totals)["max_train_steps"] == 4 * (2 + 3)
    assert [note.code for note in summary.notes] == ["folder-skipped"]
    assert "pictures-few" in [warning.code for warning in summary.warnings]


def test_summary_of_several_datasets(tmp_path: Path, make_picture: MakePicture, make_settings: MakeSettings) -> None:
    for index in range(4):
        make_picture(tmp_path / "a" / f"{index}.png", (128, 128))
    folder = (tmp_path / "a").as_posix()
    subset = f'[[datasets.subsets]]\nimage_dir = "{folder}"\n'
    file = tmp_path / "d.toml"
    file.write_text(
        f"[[datasets]]\nvalidation_split = 0.5\n{subset}[[datasets]]\nresolution = 64\n{subset}num_repeats = 3\n",
        encoding="utf-8",
    )
    summary = summarise(make_plan(make_settings(tmp_path, train_data_dir="", dataset_config=str(file))))
    assert [(row.dataset, row.pictures, row.repeats, row.shown) for row in summary.subsets] == [
        (0, 2, 1, 2),
        (1, 4, 3, 12),
    ]
    assert summary.buckets == (BucketRow((128, 128), 2, 2, 0), BucketRow((64, 64), 4, 12, 1))
    assert dict(summary.totals)["num_validation_images"] == 2
