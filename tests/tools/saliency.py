"""A real ONNX model of a few hundred bytes that marks bright pixels, so that masks can be worked out by hand."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def bright_model(path: Path, side: int = 8) -> Path:
    """Write a model of U2-Net's form: one picture in, one map of the same size out.

    It takes back ImageNet's normalisation by a convolution and gives the mean of red, green and blue, 0 to 1.
    """
    deviation = np.array([0.229, 0.224, 0.225], np.float32)
    mean = np.array([0.485, 0.456, 0.406], np.float32)
    parts = [
        numpy_helper.from_array((deviation / 3).reshape(1, 3, 1, 1), "weight"),
        numpy_helper.from_array(np.array([mean.mean()], np.float32), "bias"),
    ]
    graph = helper.make_graph(
        [helper.make_node("Conv", ["picture", "weight", "bias"], ["map"])],
        "bright",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 3, side, side])],
        [helper.make_tensor_value_info("map", TensorProto.FLOAT, [1, 1, side, side])],
        parts,
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(made, path)
    return path
