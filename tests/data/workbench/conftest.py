"""A folder of captions and its workbench."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mikazuki.data.workbench.bench import Workbench

CAPTIONS = {
    "a": "1girl, long hair, red dress",
    "b": "1girl, short_hair, Red Dress, 1girl",
    "c": "landscape, tree",
    "d": "",
    "e": None,
    "sub/f": "1boy,  long hair ,",
}
Open = Callable[[], Workbench]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six pictures, one without a caption, one in a folder inside."""
    root = tmp_path / "set"
    for name, text in CAPTIONS.items():
        picture = root / f"{name}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(b"")
        if text is not None:
            picture.with_suffix(".txt").write_text(text + "\n", encoding="utf-8", newline="\n")
    return root


@pytest.fixture
def opened(folder: Path, tmp_path: Path) -> Open:
    """Opens the workbench anew, as after a restart."""
    return lambda: Workbench(folder, tmp_path / "drafts")


@pytest.fixture
def bench(opened: Open) -> Workbench:
    return opened()
