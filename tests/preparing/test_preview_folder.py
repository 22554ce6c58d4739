"""The folder that shows what a training will see: real crops, every prompt, and nothing of a person's overwritten."""

import base64
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mikazuki.preparing.preview_folder import new_folder, write_preview
from tests.preparing.test_foresee import foreseen, root

__all__ = ["root"]


def page_data(folder: Path) -> dict[str, Any]:
    text = (folder / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    wanted = tmp_path / "preview-x"
    assert new_folder(wanted) == wanted
    wanted.mkdir()
    assert new_folder(wanted) == wanted
    (wanted / "mine.txt").touch()
    assert new_folder(wanted) == tmp_path / "preview-x-2"
    (tmp_path / "preview-x-2").touch()
    assert new_folder(wanted) == tmp_path / "preview-x-3"


def test_every_prompt_is_written_and_pictures_up_to_the_limit(root: Path, tmp_path: Path) -> None:
    hostile = '</script><b>"cat" & <!-- 三日月'
    (root / "train" / "1_wide" / "0.txt").write_text(hostile, encoding="utf-8")
    foresight = foreseen(root, shuffle_caption=True, flip_aug=True)
    done = write_preview(foresight, tmp_path / "seen", epochs=9, limit=4)
    told = json.loads((done.folder / "prompts.json").read_text(encoding="utf-8"))
    assert [epoch["epoch"] for epoch in told["epochs"]] == [1, 2, 3]
    rows = [row for epoch in told["epochs"] for batch in epoch["batches"] for row in batch["pictures"]]
    assert len(rows) == 3 * 14
    assert hostile in {row["caption"] for row in rows}
    assert all(row["tokens"] > 0 and "tile" not in row for row in rows)
    assert told["rates"]["steps"][-1] == told["max_train_steps"] == 12
    data = page_data(done.folder)
    assert hostile in {row["caption"] for e in data["epochs"] for b in e["batches"] for row in b["pictures"]}
    drawn = [row["tile"] for e in data["epochs"] for b in e["batches"] for row in b["pictures"] if "tile" in row]
    assert len(drawn) == 3 * 4
    assert sorted(set(drawn)) == list(range(len(data["tiles"])))
    assert done.pictures == len(data["tiles"])
    assert len(list((done.folder / "sheets").glob("*.png"))) == done.sheets >= 1


def test_all_pictures_are_drawn_as_they_are_trained_on(root: Path, tmp_path: Path) -> None:
    foresight = foreseen(root)
    done = write_preview(foresight, tmp_path / "seen", epochs=1, limit=0)
    assert done.pictures == 8
    assert {path.name for path in (done.folder / "sheets").iterdir()} == {"48x80-1.png", "80x48-1.png"}
    data = page_data(done.folder)
    for batch in data["epochs"][0]["batches"]:
        for row in batch["pictures"]:
            uri = data["tiles"][row["tile"]]
            with Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))) as tile:
                shown = np.asarray(tile.convert("RGB"), dtype=int)
            with Image.open(row["picture"]) as picture:
                colour = np.asarray(picture)[0, 0]
            # one colour each, a little changed by the packing
            assert np.abs(shown - colour).max() <= 6
            assert shown.shape[1] / shown.shape[0] == pytest.approx(row["bucket"][0] / row["bucket"][1])


def test_what_a_picture_was_told_before(root: Path, tmp_path: Path) -> None:
    done = write_preview(foreseen(root, shuffle_caption=True), tmp_path / "seen", epochs=2, limit=1)
    first, second = json.loads((done.folder / "prompts.json").read_text(encoding="utf-8"))["epochs"]
    told: dict[str, str] = {}
    for batch in first["batches"]:
        for row in batch["pictures"]:
            told.setdefault(row["picture"], row["caption"])
            assert sorted(row["before"].split(", ")) == sorted(row["caption"].split(", "))
    for batch in second["batches"]:
        assert [row["before"] for row in batch["pictures"]] == [told[row["picture"]] for row in batch["pictures"]]
