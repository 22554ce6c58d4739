"""What goes into the bin, what goes with it, and what never goes."""

from pathlib import Path

import pytest

from mikazuki.bin import Bin, Kind
from mikazuki.errors import MikazukiError
from mikazuki.preparing.tidying import bin_data_set, bin_model, bin_picture


def _fill(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(name, encoding="utf-8")


def test_a_picture_goes_with_its_caption_and_both_come_back(tmp_path: Path) -> None:
    _fill(tmp_path / "x", "a.png", "a.txt", "b.png")
    holder = Bin(tmp_path / ".bin")
    ids = bin_picture(holder, tmp_path / "x" / "a.png", [])
    assert {path.name for path in (tmp_path / "x").iterdir()} == {"b.png"}
    for one in ids:
        holder.restore(one)
    assert {path.name for path in (tmp_path / "x").iterdir()} == {"a.png", "a.txt", "b.png"}
    with pytest.raises(MikazukiError):
        bin_picture(holder, tmp_path / "x" / "a.txt", [])


def test_masks_go_with_their_picture_wherever_they_lie(tmp_path: Path) -> None:
    holder, train = Bin(tmp_path / ".bin"), tmp_path / "train"
    picture = train / "mine" / "1_cat" / "a.png"
    _fill(picture.parent, "a.png", "b.png", "b.jpg")
    _fill(train / "mine-masks" / "1_cat", "a.png", "b.png")
    _fill(train / "mine" / "1_cat-masks", "a.png")
    _fill(tmp_path / "train-masks" / "mine" / "1_cat", "a.png")
    ids = bin_picture(holder, picture, [train])
    assert len(ids) == 3
    assert not (train / "mine-masks" / "1_cat" / "a.png").exists()
    assert not (train / "mine" / "1_cat-masks" / "a.png").exists()
    assert (tmp_path / "train-masks" / "mine" / "1_cat" / "a.png").exists(), "train is no data set"
    for one in ids:
        holder.restore(one)
    assert (train / "mine-masks" / "1_cat" / "a.png").read_text() == "a.png"
    bin_picture(holder, picture.with_name("b.png"), [train])
    assert (train / "mine-masks" / "1_cat" / "b.png").exists(), "it is b.jpg's as well"


def test_masks_go_with_their_data_set(tmp_path: Path) -> None:
    holder, train = Bin(tmp_path / ".bin"), tmp_path / "train"
    _fill(train / "mine" / "1_cat", "a.png")
    _fill(train / "mine-masks" / "1_cat", "a.png")
    _fill(train / "other-masks", "a.png")
    folder = bin_data_set(holder, train / "mine" / "1_cat", [train])
    assert list((train / "mine-masks").iterdir()) == []
    for one in folder:
        holder.restore(one)
    assert len(bin_data_set(holder, train / "mine", [train])) == 2
    assert {path.name for path in train.iterdir()} == {"other-masks"}


def test_only_data_sets_and_their_folders_go(tmp_path: Path) -> None:
    _fill(tmp_path / "train" / "mine" / "1_cat" / "deep", "a.png")
    _fill(tmp_path / "elsewhere", "a.png")
    holder, train = Bin(tmp_path / ".bin"), tmp_path / "train"
    for wrong in (train, tmp_path / "elsewhere", train / "mine" / "1_cat" / "deep", train / "nowhere", tmp_path):
        with pytest.raises(MikazukiError) as refused:
            bin_data_set(holder, wrong, [train])
        assert refused.value.code == "dataset-not-found"
    bin_data_set(holder, train / "mine" / "1_cat", [train])
    bin_data_set(holder, train / "mine", [train])
    assert list(train.iterdir()) == []


def test_a_model_goes_with_its_picture(tmp_path: Path) -> None:
    _fill(tmp_path / "m", "a.safetensors", "a.png", "b.safetensors", "note.md")
    bin_model(Bin(tmp_path / ".bin"), tmp_path / "m" / "a.safetensors")
    assert {path.name for path in (tmp_path / "m").iterdir()} == {"b.safetensors", "note.md"}
    for wrong in (tmp_path / "m" / "note.md", tmp_path / "m"):
        with pytest.raises(MikazukiError):
            bin_model(Bin(tmp_path / ".bin"), wrong)


def test_a_failure_brings_the_first_ones_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(tmp_path / "x", "a.png", "a.txt")
    holder, put = Bin(tmp_path / ".bin"), Bin.put

    def failing(self: Bin, path: Path, kind: Kind, name: str) -> str:
        if path.suffix == ".txt":
            raise MikazukiError("not-writable", "no")
        return put(self, path, kind, name)

    monkeypatch.setattr(Bin, "put", failing)
    with pytest.raises(MikazukiError):
        bin_picture(holder, tmp_path / "x" / "a.png", [])
    assert {path.name for path in (tmp_path / "x").iterdir()} == {"a.png", "a.txt"}
