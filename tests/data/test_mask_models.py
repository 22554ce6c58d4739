"""Models for masks are found by path or name; what is missing is told with the place where it goes."""

from pathlib import Path

import pytest

from mikazuki.data.mask_models import find_model, models_in
from mikazuki.errors import MikazukiError


def test_models_are_found_by_name_and_by_path(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    assert models_in(folder) == []
    folder.mkdir()
    for name in ("u2net.onnx", "BiRefNet.onnx", ".hidden.onnx", "readme.txt"):
        (folder / name).touch()
    assert models_in(folder) == ["BiRefNet", "u2net"]
    for name in ("u2net", "u2net.onnx", str(folder / "u2net.onnx")):
        assert find_model(name, folder) == folder / "u2net.onnx"
    with pytest.raises(MikazukiError, match="BiRefNet, u2net") as caught:
        find_model("readme.txt", folder)
    assert caught.value.code == "model-not-found"
    assert str(folder) in caught.value.hint
