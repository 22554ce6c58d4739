"""Tells from a single file whether its UNet predicts the noise (epsilon) or v, as far as a file tells."""

import statistics
import struct
from collections.abc import Collection
from pathlib import Path
from typing import Final, Literal

from mikazuki.models.families import UNET_PREFIX, FamilyName
from mikazuki.models.headers import Header, Tensor

PredictionType = Literal["epsilon", "v_prediction"]

_PROBE: Final = ".1.transformer_blocks.0.norm1.bias"
V_SPREAD: Final = 0.09
"""Standard deviation of the last attention's norm bias above which SD2 predicts v: the field's rule of thumb."""


def prediction_of_file(
    path: Path, family: FamilyName, header: Header | None, names: Collection[str] = ()
) -> PredictionType:
    """Return what the file's UNet predicts.

    In this order: ``modelspec.prediction_type`` of the metadata; a tensor named ``v_pred``; for sd2, whose two kinds
    have the same names, the spread of one bias (v for a .ckpt, whose tensors are not read here); else epsilon.
    ``names`` are the tensors' names of a file without a header.
    The setting ``v_parameterization`` is for the cases in which this errs.
    """
    if header is None:
        return "v_prediction" if family == "sd2" or "v_pred" in names else "epsilon"
    told = header.metadata.get("modelspec.prediction_type", "")
    if told:
        return "v_prediction" if told.startswith("v") else "epsilon"
    if "v_pred" in header.tensors:
        return "v_prediction"
    return _by_spread(path, header) if family == "sd2" else "epsilon"


def _by_spread(path: Path, header: Header) -> PredictionType:
    start = f"{UNET_PREFIX}output_blocks."
    probes = [name for name in header.tensors if name.startswith(start) and name.endswith(_PROBE)]
    if not probes:
        return "epsilon"
    last = max(probes, key=lambda name: int(name.removeprefix(start).partition(".")[0]))
    values = _floats(path, header.tensors[last])
    return "v_prediction" if len(values) > 1 and statistics.stdev(values) > V_SPREAD else "epsilon"


def _floats(path: Path, tensor: Tensor) -> list[float]:
    """Read the numbers of a small tensor; other types than F16, BF16 and F32 give none."""
    with path.open("rb") as file:
        file.seek(tensor.start)
        data = file.read(tensor.end - tensor.start)
    if tensor.dtype == "BF16":
        # bf16 is the upper half of a float32
        data = b"".join(b"\0\0" + data[i : i + 2] for i in range(0, len(data), 2))
    letter = {"F16": "e", "F32": "f", "BF16": "f"}.get(tensor.dtype)
    return list(struct.unpack(f"<{len(data) // struct.calcsize(letter)}{letter}", data)) if letter else []
