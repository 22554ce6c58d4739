"""Times tagging against the bare ONNX session: pictures a second of a run, as a share of what the model alone does.

    python benchmarks/tagging.py --pictures 64 --rounds 5

The model is a small convolution net of random weights made here, in the form of the WD14 family (448 px, BGR), whose
depth is chosen by `--layers`; the pictures are JPEGs of 1 megapixel with noise in them. The bare session is fed arrays
that were prepared before. Rounds of both are taken by turns, since other work on the machine slows both alike; medians
are shown, and beside the time the processor seconds of each, which such work disturbs less.
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from mikazuki.events import EVENTS_FILE, EventWriter
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.onnx_tagger import OnnxTagger
from mikazuki.tagging.pictures import on_white, prepared
from mikazuki.tagging.pipeline import batches
from mikazuki.tagging.run import run

SIDE = 448
TAGS = 10_000
CHANNELS = 64


def make_model(folder: Path, layers: int) -> Path:
    """Write a tagger: a stem that makes 112 x 112 of the picture, convolutions on 56 x 56, one number a tag."""
    random = np.random.default_rng(0)
    nodes = [helper.make_node("Transpose", ["input"], ["x"], perm=[0, 3, 1, 2])]
    weights: list[onnx.TensorProto] = []

    def convolution(name: str, source: str, shape: tuple[int, int, int], stride: int) -> str:
        out, into, side = shape
        values = random.normal(0, (into * side * side) ** -0.5, (out, into, side, side)).astype(np.float32)
        weights.append(numpy_helper.from_array(values, f"{name}.weight"))
        pads = [side // 2] * 4
        nodes.append(
            helper.make_node("Conv", [source, f"{name}.weight"], [f"{name}.raw"], strides=[stride] * 2, pads=pads)
        )
        nodes.append(helper.make_node("Relu", [f"{name}.raw"], [name]))
        return name

    last = convolution("stem", "x", (CHANNELS, 3, 7), 4)
    last = convolution("down", last, (2 * CHANNELS, CHANNELS, 3), 2)
    for layer in range(layers):
        last = convolution(f"layer{layer}", last, (2 * CHANNELS, 2 * CHANNELS, 3), 1)
    matrix = random.normal(0, 1e-3, (2 * CHANNELS, TAGS)).astype(np.float32)
    # as of a real tagger: some 15 of the tags are likely, some hundreds not wholly unlikely
    bias = random.normal(-9, 2.8, TAGS).astype(np.float32)
    weights += [numpy_helper.from_array(matrix, "matrix"), numpy_helper.from_array(bias, "bias")]
    nodes += [
        helper.make_node("GlobalAveragePool", [last], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["flat"]),
        helper.make_node("MatMul", ["flat", "matrix"], ["seen"]),
        helper.make_node("Add", ["seen", "bias"], ["raw"]),
        helper.make_node("Sigmoid", ["raw"], ["output"]),
    ]
    given = helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", SIDE, SIDE, 3])
    told = helper.make_tensor_value_info("output", TensorProto.FLOAT, ["N", TAGS])
    graph = helper.make_graph(nodes, "tagger", [given], [told], weights)
    folder.mkdir(parents=True)
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10), folder / "model.onnx"
    )
    rows = ["tag_id,name,category,count", *(f"{number},tag_{number},0,1" for number in range(TAGS))]
    (folder / "selected_tags.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def make_pictures(folder: Path, count: int) -> list[Path]:
    """Write JPEGs of 1024 x 1024 pixels: soft shapes with noise over them, some 250 kB each."""
    folder.mkdir()
    random = np.random.default_rng(1)
    soft = np.asarray(Image.radial_gradient("L").resize((1024, 1024)), dtype=np.float32)
    paths = []
    for number in range(count):
        noise = random.normal(0, 12, (1024, 1024, 3))
        pixels = np.clip(np.roll(soft, 16 * number, axis=1)[:, :, None] + noise, 0, 255).astype(np.uint8)
        paths.append(folder / f"{number:04d}.jpg")
        Image.fromarray(pixels).save(paths[-1], quality=90)
    return paths


@dataclass
class Taken:
    """Rounds of one way: seconds and processor seconds of each."""

    pictures: int
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def round(self, work: Callable[[], None]) -> None:
        """Take one round."""
        began, spent = time.perf_counter(), time.process_time()
        work()
        self.seconds.append(time.perf_counter() - began)
        self.processor.append(time.process_time() - spent)

    @property
    def speed(self) -> float:
        """Pictures a second."""
        return self.pictures / statistics.median(self.seconds)

    @property
    def cost(self) -> float:
        """Processor milliseconds a picture."""
        return 1000 * statistics.median(self.processor) / self.pictures


def ways(tagger: OnnxTagger, paths: Sequence[Path], settings: TagSettings) -> dict[str, Callable[[], None]]:
    """Return what is compared, the bare session first."""
    arrays = [prepared(on_white(path), tagger.form) for path in paths]
    size = settings.batch_size

    def bare() -> None:
        for start in range(0, len(arrays), size):
            tagger.confidences(np.stack(arrays[start : start + size]))

    def preparing() -> None:
        made: list[NDArray[np.float32]] = [prepared(on_white(path), tagger.form) for path in paths]
        assert made

    def pipeline() -> None:
        for _ in batches(paths, tagger, batch_size=size, workers=settings.max_data_loader_n_workers):
            pass

    def whole() -> None:
        with tempfile.TemporaryDirectory() as job:
            run(settings, Path(job), EventWriter(Path(job) / EVENTS_FILE))

    return {"bare session": bare, "preparing alone": preparing, "read and tag": pipeline, "whole run": whole}


def main() -> None:
    """Make the model and the pictures, take rounds by turns, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--layers", type=int, default=36, help="convolutions on 56 x 56; more make the model slower")
    parser.add_argument("--batch_size", type=int, default=8)
    parser.add_argument("--threads", type=int, help="processor threads of the model")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_model(root / "models" / "net", given.layers)
        paths = make_pictures(root / "pictures", given.pictures)
        settings = TagSettings(
            train_data_dir=str(root / "pictures"),
            models_dir=str(root / "models"),
            model="net",
            batch_size=given.batch_size,
            threads=given.threads,
            on_conflict="overwrite",
            device="cpu",
        )
        tagger = OnnxTagger(root / "models" / "net", "wd", settings)
        compared = ways(tagger, paths, settings)
        found = {name: Taken(len(paths)) for name in compared}
        for _ in range(given.rounds + 1):
            for name, work in compared.items():
                found[name].round(work)
        for one in found.values():
            del one.seconds[0], one.processor[0]
    report(found)


def report(found: dict[str, Taken]) -> None:
    """Print speeds, their share of the bare session's, and processor time a picture."""
    bare = found["bare session"]
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, onnxruntime {onnxruntime.__version__}")
    for name, one in found.items():
        share = statistics.median(left / right for left, right in zip(bare.seconds, one.seconds, strict=True))
        print(f"{name:16} {one.speed:7.2f} pictures/s {share:6.1%}   {one.cost:7.1f} ms of processor a picture")


if __name__ == "__main__":
    main()
