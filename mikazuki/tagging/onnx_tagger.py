"""Taggers in the ONNX format, computed by onnxruntime on the processor, a CUDA card or through DirectML."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as states

from mikazuki.data.load import Bytes
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.settings.tagging import BEST_OF, TagSettings
from mikazuki.tagging.known import Kind, onnx_file
from mikazuki.tagging.labels import Label, read_labels
from mikazuki.tagging.pictures import Form, prepared
from mikazuki.tagging.reader import Reading
from mikazuki.tagging.rules import Tag

PROVIDERS: Final = {"cuda": "CUDAExecutionProvider", "directml": "DmlExecutionProvider", "cpu": "CPUExecutionProvider"}
"""onnxruntime's names of our devices, the fastest first."""
USUAL_SIDES: Final[dict[Kind, int]] = {"wd": 448, "cl": 448, "deepdanbooru": 512}
"""Sides of the input in pixels where a model takes any."""
REFUSALS: Final = (
    states.Fail,
    states.InvalidArgument,
    states.InvalidGraph,
    states.InvalidProtobuf,
    states.NoSuchFile,
    states.NotImplemented,
    states.RuntimeException,
)
"""What onnxruntime raises on files that it cannot load."""
LEAST_CONFIDENCE: Final = 0.01
"""Tags below are not passed on: no rule asks for them, and a model has ten thousand."""


class OnnxTagger:
    """A tagger and the names of its outputs."""

    def __init__(self, folder: Path, kind: Kind, settings: TagSettings) -> None:
        """Load the model of a folder.

        Raises:
            MikazukiError: ``tagger-broken`` where onnxruntime refuses it, ``tagger-labels``, ``tagger-mismatch`` where
                model and names do not belong together, ``device-missing`` where the device is not there.
        """
        self._labels = read_labels(folder, kind)
        self._path = path = onnx_file(folder) or folder
        self._session = _session(path, settings)
        self._input = self._session.get_inputs()[0]
        self.form = _form(self._input.shape, kind, path)
        self._output = _output(self._session.get_outputs(), self._labels, path)
        own = self._input.shape[0]
        self._fixed = own if isinstance(own, int) and own > 0 else None
        self._least = min(LEAST_CONFIDENCE, *(settings.threshold(category) for category in settings.categories))
        self._computing = Lock()
        self._best = np.array([label.category in BEST_OF for label in self._labels])

    @property
    def batch_size(self) -> int:
        """Pictures at once: the model's own number where that is fixed, else no bound."""
        return self._fixed or 1 << 30

    @property
    def least_side(self) -> int:
        """Twice the model's: what is halved on decoding is not to be told from the whole picture then."""
        return 2 * self.form.side

    @property
    def where(self) -> str:
        """The device that the session really computes on."""
        first = self._session.get_providers()[0]
        return next((device for device, provider in PROVIDERS.items() if provider == first), first)

    def prepare(self, pixels: Bytes) -> NDArray[np.float32]:
        """Square, resize and lay out a picture."""
        return prepared(pixels, self.form)

    def read(self, prepared: Sequence[Any]) -> list[Reading]:
        """Return the tags of each picture, in the model's own order."""
        return [self._reading(row) for row in self.confidences(np.stack(prepared))]

    def confidences(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how sure the model is of each tag, pictures x tags, 0 to 1."""
        count = len(batch)
        if self._fixed is not None and count < self._fixed:
            batch = np.concatenate([batch, np.zeros((self._fixed - count, *batch.shape[1:]), dtype=np.float32)])
        with self._computing:
            values: NDArray[np.float32] = self._session.run([self._output], {self._input.name: batch})[0][:count]
        if values.shape != (count, len(self._labels)):
            raise _mismatch(self._path, str(values.shape[-1]), self._labels)
        values = values.astype(np.float32)
        return _sigmoid(values) if self.form.kind == "cl" else values

    def _reading(self, row: NDArray[np.float32]) -> Reading:
        sure = np.flatnonzero((row >= self._least) | self._best)
        return Reading(tuple(Tag(*self._labels[place], float(row[place])) for place in sure))


def _sigmoid(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn a model's raw outputs into confidences; large negative ones overflow nowhere."""
    small = np.exp(-np.abs(values))
    return np.where(values >= 0, 1 / (1 + small), small / (1 + small)).astype(np.float32)


def providers(device: str, available: Sequence[str]) -> list[str]:
    """Return onnxruntime's providers for a device, the processor behind every other.

    Raises:
        MikazukiError: ``device-missing``.
    """
    there = [name for name, provider in PROVIDERS.items() if provider in available]
    if device != "auto" and device not in there:
        raise MikazukiError(
            "device-missing",
            f"device = {device!r}: the installed onnxruntime computes on {', '.join(there)} alone.",
            "Set device to auto, or install onnxruntime-gpu (CUDA) or onnxruntime-directml in its place.",
        )
    first = there[0] if device == "auto" else device
    return [PROVIDERS[first], *([PROVIDERS["cpu"]] if first != "cpu" else [])]


def _session(path: Path, settings: TagSettings) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # waiting threads would take the processor from those that decode pictures
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if settings.threads is not None:
        options.intra_op_num_threads = settings.threads
    wanted = providers(settings.device, onnxruntime.get_available_providers())
    if PROVIDERS["directml"] in wanted:
        # both are what DirectML asks for
        options.enable_mem_pattern = False
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    try:
        return onnxruntime.InferenceSession(str(path), sess_options=options, providers=wanted)
    except REFUSALS as error:
        raise MikazukiError(
            "tagger-broken",
            f"onnxruntime cannot load {path}: {str(error).splitlines()[0]}",
            "Fetch the file again: remove it and run once more.",
            exit_code=EXIT_FAILED,
        ) from error


def _form(shape: Sequence[Any], kind: Kind, path: Path) -> Form:
    """Read off the input's shape where its colours are and how large it is."""
    if len(shape) != 4 or 3 not in {shape[1], shape[3]}:
        raise MikazukiError(
            "tagger-mismatch",
            f"{path} takes no pictures: its input is {list(shape)}, not pictures x rows x columns x 3 colours.",
            "Choose another model.",
        )
    colours_first = shape[1] == 3
    side = shape[2 if colours_first else 1]
    return Form(kind, side if isinstance(side, int) and side > 0 else USUAL_SIDES[kind], colours_first)


def _output(outputs: Sequence[Any], labels: Sequence[Label], path: Path) -> str:
    """Return the name of the output that has one number a tag."""
    fitting = [one for one in outputs if one.shape and one.shape[-1] == len(labels)]
    open_ended = [one for one in outputs if one.shape and not isinstance(one.shape[-1], int)]
    if not fitting and not open_ended:
        widths = ", ".join(str(one.shape[-1] if one.shape else 1) for one in outputs)
        raise _mismatch(path, widths, labels)
    return str((fitting or open_ended)[0].name)


def _mismatch(path: Path, widths: str, labels: Sequence[Label]) -> MikazukiError:
    return MikazukiError(
        "tagger-mismatch",
        f"{path} gives {widths} numbers a picture, but {len(labels):,} tags are named beside it.",
        "Fetch model and list of tags together, of the same version.",
        exit_code=EXIT_FAILED,
    )
