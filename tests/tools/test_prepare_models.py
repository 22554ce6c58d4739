"""What models are given and what is made of their answers, by stand-ins for onnxruntime's sessions."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from mikazuki.errors import MikazukiError
from mikazuki.tools import prepare_models
from mikazuki.tools.prepare_models import ANIME, HALF, Matting, Upscaling, open_session

Floats = NDArray[np.float32]


@dataclass
class Session:
    """Answers as a function says and remembers what it was given."""

    shape: list[Any]
    answer: Callable[[Floats], Floats]
    given: Floats | None = None

    def get_inputs(self) -> list[Any]:
        return [SimpleNamespace(name="x", shape=self.shape)]

    def run(self, _outputs: None, inputs: dict[str, Floats]) -> list[Floats]:
        self.given = inputs["x"]
        return [self.answer(inputs["x"])]


def half_white() -> Image.Image:
    picture = Image.new("RGB", (200, 100), "black")
    picture.paste((255, 255, 255), (100, 0, 200, 100))
    return picture


def test_a_matting_model_is_given_normalised_colours_in_its_own_size() -> None:
    session = Session([1, 3, 32, 64], lambda given: given[:, :1])
    mask = Matting(session)(half_white())
    assert session.given is not None
    assert session.given.shape == (1, 3, 32, 64)
    assert session.given.dtype == np.float32
    assert session.given[0, :, 0, 0] == pytest.approx([-2.1179, -2.0357, -1.8044], abs=1e-4)
    assert session.given[0, :, 0, -1] == pytest.approx([2.2489, 2.4286, 2.64], abs=1e-4)
    assert mask.size == (200, 100)
    assert (mask.getpixel((5, 50)), mask.getpixel((195, 50))) == (0, 255)
    Matting(session, HALF)(half_white())
    assert session.given[0, :, 0, 0] == pytest.approx([-0.5] * 3)


@pytest.mark.parametrize("low_high", [(-8.0, 8.0), (0.2, 0.6), (0.0, 1.0)])
def test_answers_are_stretched_to_the_whole_range(low_high: tuple[float, float]) -> None:
    low, high = low_high
    session = Session([1, 3, None, "w"], lambda given: np.where(given[:, :1] > 0, high, low).astype(np.float32))
    mask = Matting(session)(half_white())
    assert session.given is not None
    assert session.given.shape[2:] == (1024, 1024)
    assert mask.getextrema() == (0, 255)


def test_an_even_answer_is_no_division_by_nothing() -> None:
    session = Session([1, 3, 8, 8], lambda given: np.ones_like(given[:, :1]))
    assert Matting(session)(half_white()).getextrema() == (255, 255)


def test_large_pictures_are_enlarged_in_tiles_without_seams() -> None:
    session = Session([1, 3, "h", "w"], lambda given: given.repeat(2, axis=2).repeat(2, axis=3))
    pixels = np.random.default_rng(0).integers(0, 256, (530, 300, 3), dtype=np.uint8)
    enlarged = Upscaling(session)(Image.fromarray(pixels))
    assert np.array_equal(np.asarray(enlarged), pixels.repeat(2, axis=0).repeat(2, axis=1))
    assert session.given is not None
    assert max(session.given.shape[2:]) <= 256 + 2 * 16


def test_what_is_missing_is_told_with_the_way_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MikazukiError, match="does not exist"):
        open_session(tmp_path / "gone.onnx", "matting_model")
    (tmp_path / "a.onnx").touch()
    monkeypatch.setattr(prepare_models, "find_spec", lambda _name: None)
    with pytest.raises(MikazukiError, match="pip install onnxruntime"):
        open_session(tmp_path / "a.onnx", "matting_model")


def runtime(monkeypatch: pytest.MonkeyPatch, session: Any) -> None:
    def start(*_arguments: Any) -> Any:
        if isinstance(session, Exception):
            raise session
        return session

    module = SimpleNamespace(
        get_available_providers=lambda: ["CPUExecutionProvider"],
        SessionOptions=SimpleNamespace,
        InferenceSession=start,
    )
    monkeypatch.setattr(prepare_models, "find_spec", lambda _name: True)
    monkeypatch.setattr(prepare_models, "import_module", lambda _name: module)


def test_models_that_do_not_fit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "isnet-general.onnx"
    path.touch()
    runtime(monkeypatch, Session([1, 3, 64, 64], np.copy))
    assert Matting.load(path)._mean == pytest.approx([0.5] * 3)
    anime = path.rename(tmp_path / "isnet-anime.onnx")
    assert Matting.load(anime)._deviation == pytest.approx(ANIME[1])
    anime.rename(path)
    with pytest.raises(MikazukiError, match="one size only"):
        Upscaling.load(path)
    runtime(monkeypatch, Session([1, 1, 64, 64], np.copy))
    with pytest.raises(MikazukiError, match="not one RGB picture"):
        Matting.load(path)
    runtime(monkeypatch, ValueError("broken file\nmore"))
    with pytest.raises(MikazukiError, match=r"cannot be loaded: broken file Download"):
        Matting.load(path)
