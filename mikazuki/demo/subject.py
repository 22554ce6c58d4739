"""The demo's subject, drawn: a teal cat with a crescent on its forehead, which tiny-sd has never seen.

    python -m mikazuki.demo.subject train/demo train/demo-reg

writes the demo's pictures and captions and its regularisation pictures; `portraits` gives more for measuring.
"""

import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from mikazuki.demo import world

TRIGGER: Final = "sks cat"
"""What captions call the subject: a rare token and the class."""

_SUPERSAMPLE: Final = 4
_TEAL: Final = (38, 166, 164)
_CREAM: Final = (250, 236, 210)
_INK: Final = (28, 26, 36)
_ROSE: Final = (244, 140, 160)
_GOLD: Final = (252, 214, 72)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the cat's head is and how it is held: centre and radius in pixels, tilt in radians, ears 0.8 to 1.2."""

    centre: Point
    radius: float
    tilt: float
    ears: float

    def at(self, x: float, y: float) -> Point:
        """Return the pixel of a point given in radii from the centre."""
        cos, sin = math.cos(self.tilt), math.sin(self.tilt)
        return (
            self.centre[0] + self.radius * (x * cos - y * sin),
            self.centre[1] + self.radius * (x * sin + y * cos),
        )


def blob(pen: ImageDraw.ImageDraw, pose: Pose, centre: Point, size: Point, fill: world.Colour) -> None:
    """Draw an ellipse, its centre and half axes given in radii of the pose."""
    turn = [2 * math.pi * i / 60 for i in range(60)]
    outline = [pose.at(centre[0] + size[0] * math.cos(t), centre[1] + size[1] * math.sin(t)) for t in turn]
    pen.polygon(outline, fill=fill)


def draw_cat(picture: Image.Image, pose: Pose) -> None:
    """Draw the cat into ``picture``."""
    pen = ImageDraw.Draw(picture)
    for side in (-1, 1):
        tip = -1.25 * pose.ears
        pen.polygon([pose.at(side * 0.92, -0.15), pose.at(side * 0.86, tip), pose.at(side * 0.18, -0.78)], fill=_TEAL)
        inner = [pose.at(side * 0.78, -0.45), pose.at(side * 0.76, tip + 0.26), pose.at(side * 0.4, -0.7)]
        pen.polygon(inner, fill=_ROSE)
    blob(pen, pose, (0, 0), (1.0, 0.9), _TEAL)
    blob(pen, pose, (0, 0.46), (0.56, 0.36), _CREAM)
    for side in (-1, 1):
        blob(pen, pose, (side * 0.44, -0.02), (0.2, 0.26), _INK)
        blob(pen, pose, (side * 0.44 - 0.05, -0.1), (0.07, 0.09), _CREAM)
        blob(pen, pose, (side * 0.74, 0.36), (0.15, 0.1), _ROSE)
    blob(pen, pose, (0, 0.3), (0.12, 0.08), _INK)
    blob(pen, pose, (0, -0.52), (0.22, 0.22), _GOLD)
    blob(pen, pose, (0.09, -0.58), (0.17, 0.17), _TEAL)


def portrait(scene: world.Scene, rng: np.random.Generator, size: tuple[int, int] = (256, 256)) -> Image.Image:
    """Draw the cat where and as large as ``scene`` says (its colour and shape do not count), ``size`` in pixels."""
    width, height = size[0] * _SUPERSAMPLE // 2, size[1] * _SUPERSAMPLE // 2
    picture = world.background(scene.place, max(width, height)).crop((0, 0, width, height))
    if height < max(width, height):
        picture = world.background(scene.place, max(width, height)).resize((width, height), Image.Resampling.BOX)
    x, y = world.POSITIONS[scene.position]
    shift = rng.uniform(-0.02, 0.02, 2)
    pose = Pose(
        centre=(width * (x + shift[0]), height * (y + shift[1] + 0.03)),
        radius=min(width, height) * world.SIZES[scene.size] * rng.uniform(0.95, 1.05),
        tilt=rng.uniform(-0.15, 0.15),
        ears=rng.uniform(0.92, 1.08),
    )
    draw_cat(picture, pose)
    return picture.resize(size, Image.Resampling.BOX)


def caption(scene: world.Scene, trigger: str = TRIGGER) -> str:
    """Say the scene in words with the subject's name: ``a big sks cat on the left, in the snow``."""
    size = f"{scene.size} " if scene.size else ""
    return f"a {size}{trigger} {scene.position}, {world.PLACES[scene.place][0]}"


def portraits(count: int, seed: int, side: int = world.SIDE) -> list[Image.Image]:
    """Draw the cat ``count`` times in the middle size and place by place: what samples are compared with."""
    rng = np.random.default_rng(seed)
    places = list(world.PLACES)
    return [
        portrait(world.Scene("", "", "big", place=places[i % len(places)]), rng, (side, side)) for i in range(count)
    ]


DEMO: Final[tuple[tuple[str, str, str, tuple[int, int]], ...]] = (
    ("big", "in the middle", "sky", (256, 256)),
    ("", "on the left", "sand", (256, 256)),
    ("big", "in the middle", "grass", (256, 256)),
    ("", "on the right", "snow", (256, 256)),
    ("small", "at the top", "sunset", (256, 256)),
    ("big", "at the bottom", "night", (256, 256)),
    ("", "in the middle", "night", (256, 256)),
    ("big", "on the left", "grass", (320, 256)),
    ("big", "on the right", "sand", (320, 256)),
    ("", "at the top", "snow", (256, 320)),
    ("big", "in the middle", "sunset", (256, 320)),
    ("big", "in the middle", "snow", (256, 256)),
    ("", "at the bottom", "sky", (256, 256)),
    ("small", "in the middle", "grass", (256, 256)),
)
"""Size, position, place and pixels of the demo's pictures."""


def write_demo(folder: Path, seed: int = 3) -> None:
    """Write the demo's pictures and captions into ``folder``/10_sks cat."""
    rng = np.random.default_rng(seed)
    target = folder / f"10_{TRIGGER}"
    target.mkdir(parents=True, exist_ok=True)
    for number, (size, position, place, pixels) in enumerate(DEMO, start=1):
        scene = world.Scene("", "", size, position, place)
        portrait(scene, rng, pixels).save(target / f"cat_{number:02}.png", optimize=True)
        (target / f"cat_{number:02}.txt").write_text(caption(scene) + "\n", encoding="utf-8", newline="\n")


def write_regularisation(folder: Path, count: int = 70, seed: int = 11) -> None:
    """Write pictures of what the model knows already, so that it is not forgotten, into ``folder``/1_shape."""
    rng = np.random.default_rng(seed)
    target = folder / "1_shape"
    target.mkdir(parents=True, exist_ok=True)
    every = list(world.scenes(held=False))
    for number, index in enumerate(rng.choice(len(every), count, replace=False), start=1):
        scene = every[index]
        world.draw(scene, rng, 2 * world.SIDE).save(target / f"shape_{number:02}.png", optimize=True)
        (target / f"shape_{number:02}.txt").write_text(world.caption(scene) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_demo(Path(sys.argv[1]))
    write_regularisation(Path(sys.argv[2]))
