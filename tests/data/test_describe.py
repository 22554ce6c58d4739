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
