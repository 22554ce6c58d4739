"""Masks are written whole, never over a newer one, and each former version can be brought back."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mikazuki.data.folders import list_folder
from mikazuki.data.mask_reading import read_mask
from mikazuki.data.mask_store import (
    FORMER_KEPT,
    check_unchanged,
    former_mask,
    former_masks,
    modified,
    remove_mask,
    write_mask,
)
from mikazuki.data.masks import Mask
from mikazuki.errors import MikazukiError


def grey(value: int) -> Mask:
    return np.full((6, 8), value, np.uint8)


def former_values(place: Path) -> list[int]:
    return [int(read_mask(one.path)[0, 0]) for one in former_masks(place)]


def test_what_is_replaced_or_removed_can_be_brought_back(tmp_path: Path) -> None:
    place = tmp_path / "masks" / "10_sks cat" / "a.b.png"
    write_mask(place, grey(10))
    assert (former_masks(place), modified(place)) == ([], place.stat().st_mtime)
    write_mask(place, grey(20))
    remove_mask(place)
    assert not place.exists()
    assert modified(place) is None
    assert former_values(place) == [20, 10]
    back = former_mask(place, former_masks(place)[1].version)
    assert np.array_equal(read_mask(back), grey(10))
    with pytest.raises(MikazukiError, match="no version"):
        former_mask(place, "../a.b.png")
    assert list_folder(place.parent).folders == ()


def test_a_mask_of_another_ending_gives_way_and_stays_as_a_former_version(tmp_path: Path) -> None:
    Image.fromarray(grey(30)).save(tmp_path / "a.BMP")
    place = tmp_path / "a.png"
    write_mask(place, grey(40))
    assert list_folder(tmp_path).pictures == (place,)
    assert former_values(place) == [30]


def test_versions_are_numbered_apart_and_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mikazuki.data.mask_store.time.time_ns", lambda: 1_800_000_000_000_000_000)
    place = tmp_path / "a.png"
    for value in range(FORMER_KEPT + 3):
        write_mask(place, grey(value))
    assert former_values(place) == list(range(FORMER_KEPT + 1, 1, -1))


def test_a_write_that_breaks_off_leaves_the_mask_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a.png"
    write_mask(place, grey(1))
    before = place.read_bytes()

    def broken(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", broken)
    with pytest.raises(MikazukiError) as caught:
        write_mask(place, grey(2))
    assert caught.value.code == "disk-full"
    assert place.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.png"]


def test_nothing_is_written_over_what_somebody_else_wrote(tmp_path: Path) -> None:
    place = tmp_path / "a.png"
    check_unchanged(place, None)
    write_mask(place, grey(1))
    seen = modified(place)
    check_unchanged(place, seen)
    for wrong, what in ((None, "was made"), ((seen or 0) - 1, "somebody else")):
        with pytest.raises(MikazukiError, match=what):
            check_unchanged(place, wrong)
    remove_mask(place)
    with pytest.raises(MikazukiError, match="was removed"):
        check_unchanged(place, seen)
