"""Pictures, masks and captions as they are read; what a plan makes of them is tested with it."""

from pathlib import Path

import pytest

from mikazuki.data.folders import Subset
from mikazuki.data.reading import read_sources
from mikazuki.data.sources import Source
from mikazuki.errors import MikazukiError
from tests.data.conftest import MakePicture, MakeSettings


@pytest.fixture
def source(tmp_path: Path, make_picture: MakePicture) -> Source:
    """Three pictures with caption files; the first has a mask."""
    pictures = tuple(make_picture(tmp_path / f"{name}.png", (70, 64), f"file {name}") for name in "abc")
    mask = make_picture(tmp_path / "masks" / "a.png", (70, 64))
    subset = Subset(tmp_path, 1, "", is_reg=False, pictures=pictures)
    return Source(0, subset, masks={pictures[0]: mask})


def test_sizes_and_captions(source: Source, make_settings: MakeSettings) -> None:
    given = Source(0, source.subset, {path: f"given {path.stem}" for path in source.subset.pictures})
    found = read_sources([source, given], make_settings(Path()), verify=True)
    assert [captions.texts for captions in found.captions] == [
        ("file a", "file b", "file c"),
        ("given a", "given b", "given c"),
    ]
    assert {picture.size for picture in found.pictures.values()} == {(70, 64)}
    assert len(found.pictures) == 3 + 1


@pytest.mark.parametrize(("broken", "kept"), [("b.png", "ac"), ("masks/a.png", "bc")])
def test_what_is_broken_goes_with_what_belongs_to_it(
    source: Source, make_settings: MakeSettings, broken: str, kept: str
) -> None:
    (source.subset.folder / broken).write_bytes(b"x")
    with pytest.raises(MikazukiError) as caught:
        read_sources([source], make_settings(Path()), verify=False)
    assert caught.value.code == "corrupt-pictures"
    found = read_sources([source], make_settings(Path(), skip_corrupt_images=True), verify=False)
    assert found.captions[0].texts == tuple(f"file {name}" for name in kept)
    assert [notice.code for notice in found.warnings] == ["corrupt-pictures-skipped"]


def test_only_decoding_finds_a_picture_that_ends_early(source: Source, make_settings: MakeSettings) -> None:
    path = source.subset.pictures[1]
    path.write_bytes(path.read_bytes()[:-500])
    assert read_sources([source], make_settings(Path()), verify=False).captions
    with pytest.raises(MikazukiError, match=r"b\.png"):
        read_sources([source], make_settings(Path()), verify=True)


def test_a_dataset_of_which_nothing_is_left(source: Source, make_settings: MakeSettings) -> None:
    for path in source.subset.pictures:
        path.write_bytes(b"x")
    other = Source(1, Subset(Path("x"), 1, "", is_reg=False, pictures=tuple(source.masks.values())))
    with pytest.raises(MikazukiError) as caught:
        read_sources([source, other], make_settings(Path(), skip_corrupt_images=True), verify=False)
    assert caught.value.code == "dataset-empty"
    assert str(source.subset.folder) in caught.value.message
