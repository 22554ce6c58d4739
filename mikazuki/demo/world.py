"""The small world tiny-sd is trained on: one coloured shape in a place, drawn with Pillow, and its caption.

Everything is drawn at four times its size and shrunk, so edges are smooth. A *scene* is a plain record; drawing
it is a pure function of the scene and a random generator that adds jitter (colour, size, place, angle).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

SIDE: Final = 64
"""Side of a picture in pixels."""

_SUPERSAMPLE: Final = 4

Colour = tuple[int, int, int]
Polygon = list[tuple[float, float]]

COLOURS: Final[dict[str, Colour]] = {
    "red": (214, 34, 40),
    "orange": (246, 134, 24),
    "yellow": (248, 220, 40),
    "green": (36, 140, 52),
    "blue": (36, 74, 206),
    "purple": (128, 40, 160),
    "pink": (246, 132, 188),
    "brown": (112, 66, 34),
    "white": (246, 246, 246),
    "black": (22, 22, 24),
}
"""sRGB of every colour word, 0 to 255; pictures jitter around it."""

PLACES: Final[dict[str, tuple[str, Colour, Colour]]] = {
    "sky": ("in the sky", (120, 184, 236), (186, 222, 248)),
    "sand": ("on the sand", (226, 202, 150), (204, 172, 116)),
    "grass": ("on the grass", (150, 196, 92), (116, 168, 66)),
    "night": ("at night", (20, 22, 62), (48, 52, 104)),
    "snow": ("in the snow", (232, 238, 246), (208, 218, 232)),
    "sunset": ("at sunset", (250, 176, 120), (214, 116, 134)),
}
"""Place word -> its phrase in a caption, colour at the top and at the bottom of the picture."""

SIZES: Final[dict[str, float]] = {"small": 0.17, "": 0.23, "big": 0.30}
"""Size word -> half the shape's side, as a share of the picture's side; the middle size has no word."""

POSITIONS: Final[dict[str, tuple[float, float]]] = {
    "in the middle": (0.5, 0.5),
    "on the left": (0.36, 0.5),
    "on the right": (0.64, 0.5),
    "at the top": (0.5, 0.36),
    "at the bottom": (0.5, 0.64),
}
"""Position phrase -> the shape's centre (x, y) as a share of the picture's side."""


def _regular(count: int, start: float) -> Polygon:
    step = 2 * math.pi / count
    return [(math.cos(start + i * step), math.sin(start + i * step)) for i in range(count)]


def _star() -> Polygon:
    outer, inner = _regular(5, -math.pi / 2), _regular(5, -math.pi / 2 + math.pi / 5)
    points = [point for o, i in zip(outer, inner, strict=True) for point in (o, (i[0] * 0.42, i[1] * 0.42))]
    return [(x * 1.08, y * 1.08 + 0.08) for x, y in points]


def _heart() -> Polygon:
    turn = [2 * math.pi * i / 60 for i in range(60)]
    return [
        (
            math.sin(t) ** 3,
            -(13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)) / 16 - 0.1,
        )
        for t in turn
    ]


def _cross() -> Polygon:
    a, b = 0.33, 0.98
    return [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a), (a, b), (-a, b), (-a, a), (-b, a), (-b, -a), (-a, -a)]


def _moon() -> Polygon:
    outer = [(math.cos(t), math.sin(t)) for t in np.linspace(0.62, 2 * math.pi - 0.62, 40)]
    tip_x, tip_y = outer[0]
    centre = tip_x + 0.06
    radius = math.hypot(tip_x - centre, tip_y)
    edge = math.atan2(tip_y, tip_x - centre)
    inner = [(centre + radius * math.cos(t), radius * math.sin(t)) for t in np.linspace(2 * math.pi - edge, edge, 30)]
    return [(x + 0.18, y) for x, y in outer + inner]


def _house() -> Polygon:
    return [(-0.98, -0.1), (0, -1), (0.98, -0.1), (0.72, -0.1), (0.72, 0.95), (-0.72, 0.95), (-0.72, -0.1)]


def _fish() -> Polygon:
    body = [(-0.25 + 0.75 * math.cos(t), 0.58 * math.sin(t)) for t in np.linspace(0.32, 2 * math.pi - 0.32, 40)]
    return [*body, (1.0, -0.62), (0.86, 0.0), (1.0, 0.62)]


_OUTLINES: Final[dict[str, Callable[[], Polygon]]] = {
    "circle": lambda: _regular(60, 0.0),
    "square": lambda: [(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)],
    "triangle": lambda: [(0.0, -1.0), (1.04, 0.82), (-1.04, 0.82)],
    "star": _star,
    "heart": _heart,
    "cross": _cross,
    "ring": lambda: _regular(60, 0.0),
    "moon": _moon,
    "house": _house,
    "fish": _fish,
}
SHAPES: Final = tuple(_OUTLINES)
"""Shape words."""

_RING_HOLE: Final = 0.55


@dataclass(frozen=True, slots=True)
class Scene:
    """What a picture shows, in words: keys of COLOURS, SHAPES, SIZES, POSITIONS and PLACES."""

    colour: str
    shape: str
    size: str = ""
    position: str = "in the middle"
    place: str = "sky"


def held_out(colour: str, shape: str) -> bool:
    """Tell whether this pair was kept out of tiny-sd's training: two colours of each shape."""
    shift = (list(COLOURS).index(colour) - list(SHAPES).index(shape)) % len(COLOURS)
    return shift in {2, 7}


def visible(colour: str, place: str) -> bool:
    """Tell whether a colour stands out from a place: at least 90 apart (Euclidean, sRGB) from its top and bottom."""
    _, top, bottom = PLACES[place]
    rgb = np.array(COLOURS[colour], float)
    return all(float(np.linalg.norm(rgb - np.array(end))) >= 90 for end in (top, bottom))


def scenes(*, held: bool) -> Iterator[Scene]:
    """Yield every scene whose colour stands out from its place, of the held-out pairs or of all the others."""
    for colour in COLOURS:
        for shape in SHAPES:
            if held_out(colour, shape) is not held:
                continue
            for place in PLACES:
                if visible(colour, place):
                    for size in SIZES:
                        for position in POSITIONS:
                            yield Scene(colour, shape, size, position, place)


def caption(scene: Scene, *, with_position: bool = True, with_place: bool = True) -> str:
    """Say the scene in words: ``a big red star on the left, in the snow``."""
    size = f"{scene.size} " if scene.size else ""
    position = f" {scene.position}" if with_position else ""
    place = f", {PLACES[scene.place][0]}" if with_place else ""
    return f"a {size}{scene.colour} {scene.shape}{position}{place}"


def outline(shape: str, centre: tuple[float, float], radius: float, angle: float) -> Polygon:
    """Return the shape's polygon in pixels: ``centre`` and ``radius`` in pixels, ``angle`` in radians."""
    cos, sin = math.cos(angle), math.sin(angle)
    return [
        (centre[0] + radius * (x * cos - y * sin), centre[1] + radius * (x * sin + y * cos))
        for x, y in _OUTLINES[shape]()
    ]


def background(place: str, side: int) -> Image.Image:
    """Return the place without anything in it: a vertical gradient, RGB, ``side`` x ``side``."""
    _, top, bottom = PLACES[place]
    share = np.linspace(0, 1, side)[:, None]
    rows = np.array(top) * (1 - share) + np.array(bottom) * share
    return Image.fromarray(np.repeat(np.rint(rows).astype(np.uint8)[:, None], side, axis=1))


def shape_mask(shape: str, centre: tuple[float, float], radius: float, angle: float, side: int) -> Image.Image:
    """Return the shape as a mask (mode L, 0 or 255) of ``side`` x ``side``; lengths in pixels."""
    mask = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(mask)
    pen.polygon(outline(shape, centre, radius, angle), fill=255)
    if shape == "ring":
        pen.polygon(outline(shape, centre, radius * _RING_HOLE, angle), fill=0)
    return mask


def jitter(colour: Colour, rng: np.random.Generator, amount: int = 10) -> Colour:
    """Move each channel by up to ``amount``, kept within 0..255."""
    moved = np.clip(np.array(colour) + rng.integers(-amount, amount + 1, 3), 0, 255)
    return int(moved[0]), int(moved[1]), int(moved[2])


def draw(scene: Scene, rng: np.random.Generator, side: int = SIDE) -> Image.Image:
    """Draw the scene, RGB, ``side`` x ``side`` pixels, with a little jitter from ``rng``."""
    big = side * _SUPERSAMPLE
    picture = background(scene.place, big)
    x, y = POSITIONS[scene.position]
    shift = rng.uniform(-0.03, 0.03, 2)
    radius = big * SIZES[scene.size] * rng.uniform(0.93, 1.07)
    centre = (big * (x + shift[0]), big * (y + shift[1]))
    mask = shape_mask(scene.shape, centre, radius, rng.uniform(-0.12, 0.12), big)
    picture.paste(jitter(COLOURS[scene.colour], rng), mask=mask)
    return picture.resize((side, side), Image.Resampling.BOX)


def draw_anything(rng: np.random.Generator, side: int = SIDE) -> Image.Image:
    """Draw several random polygons, ellipses and lines on a random gradient: what the VAE learns on besides scenes.

    Without it the VAE could only rebuild this world; with it, a subject it has never seen comes through as well.
    """
    big = side * _SUPERSAMPLE
    ends = rng.integers(0, 256, (2, 3))
    share = np.linspace(0, 1, big)[:, None]
    rows = np.rint(ends[0] * (1 - share) + ends[1] * share).astype(np.uint8)
    picture = Image.fromarray(np.repeat(rows[:, None], big, axis=1))
    pen = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(1, 7))):
        red, green, blue = (int(c) for c in rng.integers(0, 256, 3))
        x, y = rng.uniform(0.1, 0.9, 2) * big
        radius = rng.uniform(0.03, 0.3) * big
        match int(rng.integers(0, 3)):
            case 0:
                flat = rng.uniform(0.4, 1.0)
                pen.ellipse((x - radius, y - radius * flat, x + radius, y + radius * flat), fill=(red, green, blue))
            case 1:
                shape = SHAPES[int(rng.integers(0, len(SHAPES)))]
                pen.polygon(outline(shape, (x, y), radius, rng.uniform(0, 2 * math.pi)), fill=(red, green, blue))
            case _:
                x2, y2 = rng.uniform(0.1, 0.9, 2) * big
                pen.line((x, y, x2, y2), fill=(red, green, blue), width=int(rng.integers(4, 20)))
    return picture.resize((side, side), Image.Resampling.BOX)


def pixels(picture: Image.Image) -> NDArray[np.uint8]:
    """Return the picture as an array, height x width x RGB, 0 to 255."""
    return np.asarray(picture.convert("RGB"), np.uint8)
