"""A tagger's numbers against a table worked out by hand, whatever form its input has."""

import math
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mikazuki.errors import MikazukiError
from mikazuki.tagging.known import Kind
from mikazuki.tagging.onnx_tagger import OnnxTagger, providers
from mikazuki.tagging.pictures import on_white
from tests.tagging import world
from tests.tagging.world import settings


def seen(folder: Path, kind: Kind, path: Path, **given: Any) -> dict[str, float]:
    tagger = OnnxTagger(folder, kind, settings(**given))
    reading = tagger.read([tagger.prepare(on_white(path))])[0]
    return {tag.name: tag.confidence for tag in reading.tags}


def test_wd_by_hand(tmp_path: Path) -> None:
    # 8 x 4 red, squared with white to 8 x 8: blue and green are 255 in half of it, red everywhere
    path = world.picture(tmp_path / "red.png")
    by_hand = {
        "general": 1.0,
        "explicit": 0.5,
        "red_thing": 1.0,
        "green_thing": 0.5,
        "blue_thing": 0.5,
        "hero_(story)": 0.6,
        "old_story": 0.3,
    }
    assert seen(world.wd(tmp_path / "wd"), "wd", path) == pytest.approx(by_hand, abs=1e-6)


def test_cl_by_hand(tmp_path: Path) -> None:
    # blue is half 0 and half 255, so 0 on the scale of -1 to 1, and so is green; red is 1
    path = world.picture(tmp_path / "red.png")
    by_hand = {"blue": 0.5, "best quality": 0.5, "painter": 1 / (1 + math.exp(-1))}
    assert seen(world.cl(tmp_path / "cl"), "cl", path) == pytest.approx(by_hand, abs=1e-6)
    # all red: blue and green are -1
    whole = world.picture(tmp_path / "whole.png", (255, 0, 0), (8, 8))
    assert seen(tmp_path / "cl", "cl", whole)["blue"] == pytest.approx(1 / (1 + math.e), abs=1e-6)


def test_deepdanbooru_by_hand(tmp_path: Path) -> None:
    # its edges go on to the square, so that nothing is white
    path = world.picture(tmp_path / "colour.png", (51, 102, 204))
    by_hand = {"red": 0.2, "green": 0.4, "safe": 0.8}
    assert seen(world.deepdanbooru(tmp_path / "dd"), "deepdanbooru", path) == pytest.approx(by_hand, abs=1e-6)


def test_transparency_is_white(tmp_path: Path) -> None:
    path = world.picture(tmp_path / "clear.png", (255, 0, 0, 51), (8, 8))
    # 0.2 of red on 0.8 of white: green and blue are 204
    found = seen(world.wd(tmp_path / "wd"), "wd", path)
    assert found["green_thing"] == pytest.approx(0.8, abs=1e-6)
    assert found["red_thing"] == pytest.approx(1.0, abs=1e-6)


def test_tags_far_below_every_threshold_are_left_out_but_for_ratings(tmp_path: Path) -> None:
    path = world.picture(tmp_path / "red.png", (255, 0, 0), (8, 8))
    assert set(seen(world.wd(tmp_path / "wd"), "wd", path)) == {
        "general",
        "explicit",
        "red_thing",
        "hero_(story)",
        "old_story",
    }
    assert "blue_thing" in seen(tmp_path / "wd", "wd", path, general_threshold=0)


def test_a_fixed_batch_is_filled_up(tmp_path: Path) -> None:
    tagger = OnnxTagger(world.wd(tmp_path / "wd", batch=4), "wd", settings())
    assert tagger.batch_size == 4
    row = np.full((8, 8, 3), 255, dtype=np.float32)
    confidences = tagger.confidences(np.stack([row, row * 0]))
    assert confidences.shape == (2, 7)
    assert confidences[:, 3].tolist() == [1.0, 0.0]


def test_large_raw_outputs_overflow_nowhere(tmp_path: Path) -> None:
    tagger = OnnxTagger(world.cl(tmp_path / "cl"), "cl", settings())
    batch = np.stack([np.full((3, 8, 8), value, dtype=np.float32) for value in (-1000, 1000)])
    assert tagger.confidences(batch)[:, 0].tolist() == [0.0, 1.0]


def test_what_does_not_belong_together_is_refused(tmp_path: Path) -> None:
    folder = world.wd(tmp_path / "wd", rows=world.WD_ROWS[:-1])
    with pytest.raises(MikazukiError, match=r"gives 7 numbers a picture, but 6 tags") as error:
        OnnxTagger(folder, "wd", settings())
    assert error.value.code == "tagger-mismatch"


def test_outputs_are_counted_when_they_come(tmp_path: Path) -> None:
    tagger = OnnxTagger(world.wd(tmp_path / "wd"), "wd", settings())
    # what a model of an open number of outputs would come to
    tagger._labels = tagger._labels[:-1]
    with pytest.raises(MikazukiError, match="gives 7 numbers"):
        tagger.confidences(np.zeros((1, 8, 8, 3), dtype=np.float32))


def test_a_broken_file_and_one_for_other_things_are_refused(tmp_path: Path) -> None:
    folder = world.wd(tmp_path / "wd")
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(MikazukiError, match="cannot load") as error:
        OnnxTagger(folder, "wd", settings())
    assert error.value.code == "tagger-broken"
    world.model(folder / "model.onnx", world.WD_WEIGHTS, (1, 8, 8, 4, 3))
    with pytest.raises(MikazukiError, match="takes no pictures"):
        OnnxTagger(folder, "wd", settings())


@pytest.mark.parametrize(
    ("device", "available", "expected"),
    [
        ("auto", ["CPUExecutionProvider"], ["CPUExecutionProvider"]),
        ("auto", ["CPUExecutionProvider", "DmlExecutionProvider"], ["DmlExecutionProvider", "CPUExecutionProvider"]),
        ("auto", ["CUDAExecutionProvider", "CPUExecutionProvider"], ["CUDAExecutionProvider", "CPUExecutionProvider"]),
        ("cpu", ["CUDAExecutionProvider", "CPUExecutionProvider"], ["CPUExecutionProvider"]),
    ],
)
def test_devices(device: str, available: list[str], expected: list[str]) -> None:
    assert providers(device, available) == expected


def test_a_device_that_is_not_there_is_refused() -> None:
    with pytest.raises(MikazukiError, match="computes on cpu alone"):
        providers("cuda", ["CPUExecutionProvider"])


class Watched:
    """A session that notes how many threads compute at once."""

    def __init__(self) -> None:
        self.now = 0
        self.most = 0
        self.lock = threading.Lock()

    def run(self, _names: list[str], given: dict[str, NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        self.now -= 1
        (batch,) = given.values()
        return [np.zeros((len(batch), len(world.WD_ROWS)), dtype=np.float32)]


def test_one_batch_is_computed_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tagger = OnnxTagger(world.wd(tmp_path), "wd", world.settings())
    session = Watched()
    monkeypatch.setattr(tagger, "_session", session)
    batch = [np.zeros((world.SIDE, world.SIDE, 3), dtype=np.float32)]
    with ThreadPoolExecutor(4) as pool:
        assert [len(found) for found in pool.map(tagger.read, [batch] * 6)] == [1] * 6
    assert session.most == 1
