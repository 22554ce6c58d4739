"""The world that every option is tried in: tiny models, pictures with everything in them, and runs that are shared."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image

from tests.models import tiny
from tests.training import making

Options = dict[str, Any]

STEPS: Final = 3
"""Steps of a run: one epoch of the pictures, so that each is seen once."""
SHAPES: Final = {"a_48_40_24_24": (96, 80), "b": (40, 40), "c": (96, 48)}
"""Names, widths and heights: one picture tells of a face, one is smaller than its bucket, one is wide."""
CAPTION: Final = (
    "{name}, red ||| green, warm blue;;;dark blue, {{grey|pink}}, (black:1.5) ||| last\nanother line of it, with more"
)
"""Tags that stay, that move, that belong together, a choice, a weight, and a second line."""
OTHER_CAPTION: Final = "quite another text"
PROMPTS: Final = "a cat --w 64 --h 64 --s 2 --d 1 --l 3\na dog --w 64 --h 64 --s 2 --d 2 --l 3\n"
DATASETS: Final = """
[general]
shuffle_caption = true

[[datasets]]
resolution = 64
min_bucket_reso = 32
[[datasets.subsets]]
image_dir = '{root}/pictures/1_sks thing'
num_repeats = 2

[[datasets]]
resolution = 96
min_bucket_reso = 32
batch_size = 2
[[datasets.subsets]]
image_dir = '{root}/other/1_sks thing'
caption_prefix = "sks"
[[datasets.subsets]]
image_dir = '{root}/class/1_thing'
is_reg = true
"""


def draw_picture(path: Path, number: int, size: tuple[int, int]) -> None:
    """Write a picture whose transparency grows from left to right."""
    making.draw_picture(path, number, size)
    with Image.open(path) as picture:
        pixels = np.asarray(picture.convert("RGBA")).copy()
    pixels[..., 3] = np.linspace(40, 255, size[0]).astype(np.uint8)[None, :]
    Image.fromarray(pixels).save(path)


def draw_folder(folder: Path, caption: str = CAPTION, first: int = 0) -> Path:
    """Write the pictures with captions of two endings."""
    for number, (name, size) in enumerate(SHAPES.items(), start=first):
        draw_picture(folder / f"{name}.png", number, size)
        (folder / f"{name}.txt").write_text(caption.format(name=name), encoding="utf-8")
        (folder / f"{name}.caption").write_text(OTHER_CAPTION, encoding="utf-8")
    return folder


def draw_masks(folder: Path) -> None:
    """Write masks of the pictures: dark above, light below."""
    folder.mkdir()
    for name, (width, height) in SHAPES.items():
        rows = np.linspace(0, 255, height).astype(np.uint8)[:, None, None]
        Image.fromarray(np.broadcast_to(rows, (height, width, 3)).copy()).save(folder / f"{name}.png")


def make_files(root: Path) -> None:
    """Write everything that options name, but for what is trained."""
    pictures = draw_folder(root / "pictures" / "1_sks thing")
    draw_folder(root / "other" / "1_sks thing", OTHER_CAPTION, first=5)
    draw_folder(root / "plain", OTHER_CAPTION)
    draw_folder(root / "class" / "1_thing", "a thing", first=8)
    shutil.copytree(pictures, root / "damaged" / "1_sks thing")
    (root / "damaged" / "1_sks thing" / "b.png").write_bytes(b"no picture")
    draw_masks(root / "masks")
    records = {name: {"caption": f"{name} in words", "tags": "one, two"} for name in SHAPES}
    (root / "captions.json").write_text(json.dumps(records), encoding="utf-8")
    (root / "datasets.toml").write_text(DATASETS.format(root=root.as_posix()), encoding="utf-8")
    (root / "prompts.txt").write_text(PROMPTS, encoding="utf-8")
    (root / "tracker.toml").write_text('[tensorboard]\nfilename_suffix = ".mine"\n', encoding="utf-8")
    Image.new("RGB", (8, 8), (200, 30, 30)).save(root / "thumbnail.png")


@dataclass
class World:
    """A folder with everything in it, and the runs done so far."""

    root: Path
    runs: dict[str, making.Run] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Write models and files."""
        for family in ("sd1", "sdxl"):
            tiny.make(family, self.root / "models")
        make_files(self.root)

    @property
    def lora(self) -> Path:
        """What the plain run has learned."""
        return self.plain().file

    def value(self, value: Any) -> Any:
        """Return a value with the places of this world in it."""
        if not isinstance(value, str):
            return value
        if "{lora}" in value:
            value = value.replace("{lora}", self.lora.as_posix())
        return value.replace("{root}", self.root.as_posix())

    def plain(self, **options: Any) -> making.Run:
        """Return the run with these options alone, done once."""
        name = json.dumps(options, sort_keys=True, default=str)
        if name not in self.runs:
            self.runs[name] = self.run(f"plain{len(self.runs)}", **options)
        return self.runs[name]

    def run(self, at: str, **options: Any) -> making.Run:
        """Train with these options in a folder of its own."""
        settings = self.settings(at, **options)
        return making.run(settings, self.root / "runs" / at / "job")

    def settings(self, at: str, **options: Any) -> Any:
        """Return small settings for the world's own pictures and model."""
        given = {name: self.value(value) for name, value in options.items()}
        model = Path(given.pop("pretrained_model_name_or_path", self.root / "models" / "tiny-sd1.safetensors"))
        plain = {"max_train_steps": STEPS, "sample_grid": False} | given
        return making.settings_for(model, self.root / "pictures", self.root / "runs" / at, **plain)


@dataclass(frozen=True)
class Seen:
    """A run with an option, and beside it the one without."""

    world: World
    run: making.Run
    plain: Callable[[], making.Run]

    @property
    def output(self) -> Path:
        """Where the run wrote its files."""
        return Path(self.run.settings.output_dir)

    @property
    def job(self) -> Path:
        """The job's folder."""
        return self.output.parent / "job"

    def names(self) -> set[str]:
        """Return the names of what lies in output_dir."""
        return {path.name for path in self.output.iterdir()}

    def rates(self, group: str = "unet") -> list[float]:
        """Return a group's learning rate at every step."""
        metrics = [event["values"] for event in self.run.of("metric")]
        return [values[f"lr/{group}"] for values in metrics if f"lr/{group}" in values]

    def validations(self, by: str) -> list[int]:
        """Return the steps after which held-back pictures were measured."""
        tag = f"loss/validation/{by}_average"
        return [event["step"] for event in self.run.of("metric") if tag in event["values"]]
