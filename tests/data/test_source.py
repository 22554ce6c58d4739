"""A class of one's own that finds the pictures."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mikazuki.data.plan import make_plan
from mikazuki.errors import MikazukiError
from tests.data.conftest import MakePicture, MakeSettings

MODULE = """
from pathlib import Path
from mikazuki.data.source import PictureSource, SourcePicture

FOLDER = Path(__file__).parent

class Album(PictureSource):
    def pictures(self):
        yield SourcePicture(FOLDER / "x" / "a.png", "the first", repeats=3)
        yield SourcePicture(FOLDER / "x" / "b.png", "the second\\nof two lines", repeats=3)
        yield SourcePicture(FOLDER / "y" / "c.png", mask=FOLDER / "x" / "a.png")
        yield SourcePicture(FOLDER / "y" / "d.png", is_reg=True)

class Empty(PictureSource):
    def pictures(self):
        return []

class Never(PictureSource):
    def pictures(self):
        return [SourcePicture(FOLDER / "x" / "a.png", repeats=0)]

class Unfinished(PictureSource):
    pass

class Other:
    pass
"""


@pytest.fixture
def module(tmp_path: Path, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module with good and bad sources."""
    for name in ("x/a", "x/b", "y/c", "y/d"):
        make_picture(tmp_path / f"{name}.png", (128, 128), "not read")
    name = f"own_source_{abs(hash(tmp_path))}"
    (tmp_path / f"{name}.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield name
    sys.modules.pop(name, None)


def test_a_source(module: str, make_settings: MakeSettings, tmp_path: Path) -> None:
    plan = make_plan(
        make_settings(tmp_path, train_data_dir="", dataset_class=f"{module}.Album", masked_loss=True, alpha_mask=True)
    )
    assert [(entry.picture.name, entry.caption, entry.repeats, entry.is_reg) for entry in plan.entries] == [
        ("a.png", "the first", 3, False),
        ("b.png", "the second\nof two lines", 3, False),
        ("c.png", "", 1, False),
        ("d.png", "", 7, True),
    ]
    assert [entry.mask.name if entry.mask else None for entry in plan.entries] == [None, None, "a.png", None]
    # a mask of its own goes before transparency
    assert [(subset.name, subset.repeats, subset.options.alpha_mask) for subset in plan.subsets] == [
        ("x", 3, True),
        ("y", 1, False),
        ("y", 1, True),
    ]


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("Album", "dataset-class-wrong", "not written module.Class"),
        ("no_such_module.Album", "dataset-class-wrong", "cannot be imported"),
        ("{}.Albumm", "dataset-class-wrong", "has no Albumm"),
        ("{}.Other", "dataset-class-wrong", "does not derive"),
        ("{}.FOLDER", "dataset-class-wrong", "does not derive"),
        ("{}.Unfinished", "dataset-class-wrong", "lacks the method"),
        ("{}.Empty", "dataset-empty", "no pictures to train on"),
        ("{}.Never", "dataset-empty", "less than 1 repeat"),
    ],
)
def test_classes_that_are_wrong(
    module: str, make_settings: MakeSettings, tmp_path: Path, name: str, code: str, said: str
) -> None:
    with pytest.raises(MikazukiError) as caught:
        make_plan(make_settings(tmp_path, dataset_class=name.format(module)))
    assert caught.value.code == code
    assert said in caught.value.message
