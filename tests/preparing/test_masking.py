"""A model's mask of one picture: made by the program, given back, nothing left beside the picture."""

from pathlib import Path

import numpy as np
import pytest

from mikazuki.errors import MikazukiError
from mikazuki.preparing import masking
from mikazuki.preparing.masking import guess
from tests.tools.saliency import bright_model
from tests.tools.test_masks import by_hand, picture


def test_a_mask_comes_back_and_nothing_is_written(tmp_path: Path) -> None:
    one = picture(tmp_path / "set" / "a, b [c].png")
    picture(tmp_path / "set" / "other.png")
    bright_model(tmp_path / "models" / "bright.onnx")
    before = sorted(tmp_path.rglob("*"))
    assert np.array_equal(guess(one, tmp_path / "models", "bright", {"threshold": 0.5}), by_hand(0))
    assert sorted(tmp_path.rglob("*")) == before


def test_why_there_is_none_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = picture(tmp_path / "set" / "a.png")
    bright_model(tmp_path / "models" / "bright.onnx")
    with pytest.raises(MikazukiError, match="black all over"):
        guess(one, tmp_path / "models", "bright", {"threshold": 0.5, "grow": -5})
    with pytest.raises(MikazukiError, match="gone") as caught:
        guess(one, tmp_path / "models", "gone", {})
    assert caught.value.code == "model-not-found"
    with pytest.raises(MikazukiError, match=r"more than 0\.01 seconds"):
        guess(one, tmp_path / "models", "bright", {}, longest=0.01)
    monkeypatch.setattr(masking, "_run", lambda _command, _longest: "one\nSegmentation fault")
    with pytest.raises(MikazukiError, match="Segmentation fault"):
        guess(one, tmp_path / "models", "bright", {})
