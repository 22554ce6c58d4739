"""A second subject, drawn: a coral fish with cream stripes, for trainings that teach two things at once."""

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from mikazuki.demo import world
from mikazuki.demo.subject import Pose, blob, caption

TRIGGER: Final = "ohwx fish"
"""What captions call it: a rare token and the class."""

_CORAL: Final = (240, 96, 84)
_FIN: Final = (168, 40, 92)
_CREAM: Final = (252, 240, 214)
_INK: Final = (28, 26, 36)

Shape = list[tuple[float, float]]
"""Corners in radii from the centre."""

_TAIL: Final[Shape] = [(0.75, 0.0), (1.3, -0.6), (1.15, 0.0), (1.3, 0.6)]
_BACK: Final[Shape] = [(-0.4, -0.6), (0.15, -1.05), (0.55, -0.5)]
_BELLY: Final[Shape] = [(-0.1, 0.6), (0.25, 0.98), (0.5, 0.5)]
_STRIPES: Final[tuple[Shape, ...]] = (
    [(-0.42, -0.6), (-0.2, -0.66), (-0.2, 0.66), (-0.42, 0.6)],
    [(0.24, -0.62), (0.46, -0.54), (0.46, 0.54), (0.24, 0.62)],
)


def draw_fish(picture: Image.Image, pose: Pose) -> None:
    """Draw the fish into ``picture``, its head to the left."""
    pen = ImageDraw.Draw(picture)

    def fill(corners: Shape, colour: world.Colour) -> None:
        pen.polygon([pose.at(x, y) for x, y in corners], fill=colour)

    for fin in (_TAIL, _BACK, _BELLY):
        fill(fin, _FIN)
    blob(pen, pose, (0.0, 0.0), (1.0, 0.68), _CORAL)
    for stripe in _STRIPES:
        fill(stripe, _CREAM)
    blob(pen, pose, (-0.64, -0.16), (0.14, 0.14), _CREAM)
    blob(pen, pose, (-0.66, -0.16), (0.08, 0.08), _INK)


def portrait(scene: world.Scene, rng: np.random.Generator, side: int = world.SIDE) -> Image.Image:
    """Draw the fish where and as large as ``scene`` says, ``side`` pixels wide and high."""
    large = 4 * side
    picture = world.background(scene.place, large)
    x, y = world.POSITIONS[scene.position]
    shift = rng.uniform(-0.02, 0.02, 2)
    pose = Pose(
        centre=(large * (x + shift[0] - 0.02), large * (y + shift[1])),
        radius=large * world.SIZES[scene.size] * rng.uniform(0.95, 1.05),
        tilt=rng.uniform(-0.15, 0.15),
        ears=1.0,
    )
    draw_fish(picture, pose)
    return picture.resize((side, side), Image.Resampling.BOX)


def portraits(count: int, seed: int, side: int = world.SIDE) -> list[Image.Image]:
    """Draw the fish ``count`` times, big and place by place: what samples are compared with."""
    rng = np.random.default_rng(seed)
    places = list(world.PLACES)
    return [portrait(world.Scene("", "", "big", place=places[i % len(places)]), rng, side) for i in range(count)]


def write_pictures(folder: Path, count: int = 14, seed: int = 5) -> None:
    """Write pictures and captions to train on into ``folder``."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    places, positions, sizes = list(world.PLACES), list(world.POSITIONS), ("big", "", "big")
    for number in range(count):
        scene = world.Scene(
            "",
            "",
            sizes[number % len(sizes)],
            positions[number % len(positions)],
            places[number % len(places)],
        )
        portrait(scene, rng, 256).save(folder / f"fish_{number + 1:02}.png", optimize=True)
        (folder / f"fish_{number + 1:02}.txt").write_text(
            caption(scene, TRIGGER) + "\n", encoding="utf-8", newline="\n"
        )
