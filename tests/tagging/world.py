"""Small taggers whose answers can be worked out by hand, and pictures for them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.rules import Tag

SIDE = 8
WD_ROWS = (
    ("general", 9),
    ("explicit", 9),
    ("red_thing", 0),
    ("green_thing", 0),
    ("blue_thing", 0),
    ("hero_(story)", 4),
    ("old_story", 3),
)
"""Tags and categories of the WD14-like tagger."""
WD_WEIGHTS = ((0, 0, 1.0), (1.0, 0, 0), (0, 0, 1.0), (0, 1.0, 0), (1.0, 0, 0), (0.4, 0, 0.4), (0, 0, 0.3))
"""Of each tag: shares of the mean blue, green and red (0 to 1) in its confidence."""


def model(
    path: Path,
    weights: Sequence[Sequence[float]],
    shape: Sequence[Any],
    *,
    scale: float = 1.0,
    outputs: int | None = None,
) -> Path:
    """Write a tagger: the mean of each channel, times `scale`, times the weights; its input has `shape`."""
    rows = [2, 3] if shape[1] == 3 else [1, 2]
    matrix = np.asarray(weights, dtype=np.float32).T * np.float32(scale)
    nodes = [
        helper.make_node("ReduceMean", ["input", "axes"], ["mean"], keepdims=0),
        helper.make_node("MatMul", ["mean", "matrix"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tagger",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, list(shape))],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [shape[0], outputs or len(weights)])],
        [numpy_helper.from_array(np.asarray(rows, dtype=np.int64), "axes"), numpy_helper.from_array(matrix, "matrix")],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(made, path)
    return path


def wd(folder: Path, batch: Any = "N", rows: Sequence[tuple[str, int]] = WD_ROWS) -> Path:
    """Make a tagger of the WD14 family's form: NHWC, BGR, 0 to 255."""
    model(folder / "model.onnx", WD_WEIGHTS, (batch, SIDE, SIDE, 3), scale=1 / 255)
    lines = ["tag_id,name,category,count", *(f"{place},{name},{kind},1" for place, (name, kind) in enumerate(rows))]
    (folder / "selected_tags.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def cl(folder: Path) -> Path:
    """Make a tagger of the CL tagger's form: NCHW, BGR, -1 to 1, raw outputs."""
    model(folder / "model.onnx", ((1.0, 0, 0), (0, 1.0, 0), (0, 0, 1.0)), ("N", 3, SIDE, SIDE))
    kinds = {"0": ("blue", "General"), "1": ("best quality", "Quality"), "2": ("painter", "Artist")}
    mapping = {key: {"tag": tag, "category": kind} for key, (tag, kind) in kinds.items()}
    (folder / "tag_mapping.json").write_text(json.dumps(mapping), encoding="utf-8")
    return folder


def deepdanbooru(folder: Path) -> Path:
    """Make a tagger of DeepDanbooru's form: NHWC, RGB, 0 to 1, edges continued."""
    model(folder / "model.onnx", ((1.0, 0, 0), (0, 1.0, 0), (0, 0, 1.0)), (1, SIDE, SIDE, 3))
    (folder / "tags.txt").write_text("red\ngreen\nrating:safe\n", encoding="utf-8")
    return folder


def picture(path: Path, colour: tuple[int, ...] = (255, 0, 0), size: tuple[int, int] = (8, 4)) -> Path:
    """Write a picture of one colour, RGB or RGBA; usually 8 x 4 pixels of red, so that half of its square is white."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGBA" if len(colour) == 4 else "RGB", size, colour).save(path)
    return path


def settings(**given: Any) -> TagSettings:
    """Return settings for a run on one thread, of a folder that need not be there."""
    return TagSettings(**{"train_data_dir": ".", "threads": 1, "max_data_loader_n_workers": 2, **given})


def tag(name: str, confidence: float = 0.9, category: str = "general") -> Tag:
    """Return a tag."""
    return Tag(name, category, confidence)
