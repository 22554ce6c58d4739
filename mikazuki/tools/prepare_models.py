"""Local ONNX models for pictures: one that finds the subject, one that enlarges; both through onnxruntime."""

import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mikazuki.errors import MikazukiError

Floats = NDArray[np.float32]

Colours = tuple[tuple[float, float, float], tuple[float, float, float]]
"""Mean and deviation of red, green and blue as shares."""
_ONE: Final = (1.0, 1.0, 1.0)
_MEAN: Final = (0.485, 0.456, 0.406)
IMAGENET: Final[Colours] = (_MEAN, (0.229, 0.224, 0.225))
HALF: Final[Colours] = ((0.5, 0.5, 0.5), _ONE)
ANIME: Final[Colours] = (_MEAN, _ONE)
"""What colours are brought to for U2-Net and BiRefNet, for IS-Net and RMBG, and for IS-Net on anime."""
_BY_NAME: Final = (
    (re.compile("is[-_]?net.*anime|anime.*is[-_]?net", re.IGNORECASE), ANIME),
    (re.compile("is[-_]?net|rmbg", re.IGNORECASE), HALF),
)
_MATTING_SIDE: Final = 1024
"""Side of the picture that a matting model without a size of its own is given."""
_TILE: Final = 256
_OVERLAP: Final = 16
"""Pictures are enlarged in tiles of that many pixels, each with so many of its neighbours' around it."""
_PROVIDERS: Final = ("CUDAExecutionProvider", "DmlExecutionProvider", "CPUExecutionProvider")


def open_session(path: Path, option: str) -> Any:
    """Open an ONNX model on the fastest device there is.

    Raises:
        MikazukiError: `onnxruntime-missing`, `model-not-found`, `model-not-readable`, or `model-unfit` when it does not
            take one picture.
    """
    if not path.is_file():
        raise MikazukiError("model-not-found", f"The model {path} ({option}) does not exist.", "Name an .onnx file.")
    if find_spec("onnxruntime") is None:
        text = f"{option} needs onnxruntime, which is not installed."
        raise MikazukiError("onnxruntime-missing", text, "pip install onnxruntime, or leave the option out.")
    runtime = import_module("onnxruntime")
    there = set(runtime.get_available_providers())
    options = runtime.SessionOptions()
    options.log_severity_level = 3
    try:
        session = runtime.InferenceSession(str(path), options, [name for name in _PROVIDERS if name in there])
    except Exception as error:  # onnxruntime's own classes have no common base
        text = f"The model {path} ({option}) cannot be loaded: {str(error).splitlines()[0]}"
        raise MikazukiError("model-not-readable", text, "Download it again.") from error
    shape = session.get_inputs()[0].shape
    if len(shape) != 4 or (isinstance(shape[1], int) and shape[1] != 3):
        text = f"The model {path} ({option}) takes {shape}, not one RGB picture (1, 3, height, width)."
        raise MikazukiError("model-unfit", text, "Name a model for pictures.")
    return session


class Matting:
    """Tells subject from background by a model such as U2-Net, IS-Net or BiRefNet."""

    def __init__(self, session: Any, colours: Colours = IMAGENET) -> None:
        """Use an open session of a model that was trained on such colours."""
        self._session = session
        self._input = session.get_inputs()[0].name
        height, width = session.get_inputs()[0].shape[2:]
        self._size = tuple(side if isinstance(side, int) else _MATTING_SIDE for side in (width, height))
        self._mean, self._deviation = (np.array(part, np.float32) for part in colours)

    @classmethod
    def load(cls, path: Path, option: str = "matting_model") -> "Matting":
        """Load the model that an option names; its file's name tells what it wants. Raises as `open_session` does."""
        colours = next((wanted for name, wanted in _BY_NAME if name.search(path.stem)), IMAGENET)
        return cls(open_session(path, option), colours)

    def __call__(self, picture: Image.Image) -> Image.Image:
        """Return how much of each pixel is the subject: one channel of the picture's size, 0 to 255."""
        small = picture.resize((self._size[0], self._size[1]), Image.Resampling.LANCZOS)
        colours = (np.asarray(small, np.float32) / 255 - self._mean) / self._deviation
        answer = self._session.run(None, {self._input: colours.transpose(2, 0, 1)[None].astype(np.float32)})[0]
        mask = Image.fromarray(np.rint(_shares(np.asarray(answer)) * 255).astype(np.uint8))
        return mask.resize(picture.size, Image.Resampling.LANCZOS)


def _shares(answer: NDArray[Any]) -> Floats:
    """Return a model's answer as shares from 0 to 1: logits through a sigmoid, then stretched to the whole range."""
    plane = np.asarray(answer, np.float32).reshape(-1, *answer.shape[-2:])[0]
    if plane.min() < 0 or plane.max() > 1:
        plane = 1 / (1 + np.exp(-np.clip(plane, -30, 30)))
    span = float(plane.max() - plane.min())
    shares: Floats = plane if span < 1e-6 else (plane - plane.min()) / span
    return shares


class Upscaling:
    """Enlarges pictures by a model that takes RGB from 0 to 1 at any size and gives a multiple of it."""

    def __init__(self, session: Any) -> None:
        """Use an open session."""
        self._session = session
        self._input = session.get_inputs()[0].name

    @classmethod
    def load(cls, path: Path) -> "Upscaling":
        """Load a model; raises as `open_session` does, and `model-unfit` when it takes one size only."""
        session = open_session(path, "upscale_model")
        if any(isinstance(side, int) for side in session.get_inputs()[0].shape[2:]):
            text = f"The model {path} (upscale_model) takes pictures of one size only."
            raise MikazukiError("model-unfit", text, "Name a model exported with dynamic height and width.")
        return cls(session)

    def __call__(self, picture: Image.Image) -> Image.Image:
        """Return the picture enlarged by the model's factor."""
        pixels = np.asarray(picture, np.float32).transpose(2, 0, 1) / 255
        height, width = pixels.shape[1:]
        result: Floats | None = None
        factor = 1
        for top, left in _corners(height, width):
            rows, columns = _around(top, height), _around(left, width)
            part = self._session.run(None, {self._input: np.ascontiguousarray(pixels[None, :, rows, columns])})[0][0]
            if result is None:
                factor = part.shape[1] // (rows.stop - rows.start)
                result = np.zeros((3, height * factor, width * factor), np.float32)
            tall, wide = min(_TILE, height - top), min(_TILE, width - left)
            inner_top, inner_left = (top - rows.start) * factor, (left - columns.start) * factor
            inner = part[:, inner_top : inner_top + tall * factor, inner_left : inner_left + wide * factor]
            result[:, top * factor : (top + tall) * factor, left * factor : (left + wide) * factor] = inner
        assert result is not None  # noqa: S101 - a picture has one tile at least
        return Image.fromarray(np.rint(np.clip(result, 0, 1) * 255).astype(np.uint8).transpose(1, 2, 0).copy())


def _corners(height: int, width: int) -> Iterator[tuple[int, int]]:
    return ((top, left) for top in range(0, height, _TILE) for left in range(0, width, _TILE))


def _around(start: int, length: int) -> slice:
    return slice(max(0, start - _OVERLAP), min(length, start + _TILE + _OVERLAP))
