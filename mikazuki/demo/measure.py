"""Measures that read pixels alone: what shape and colour a picture shows, and how near it is to a subject.

All pictures are arrays of height x width x RGB, 0 to 255. The world's backgrounds are vertical gradients, so what
differs from the gradient through the picture's border is the thing shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mikazuki.demo import world

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_CONTRAST: Final = 42.0
"""Distance from the background (Euclidean, sRGB) from which a pixel belongs to the thing shown."""

_CROP: Final = 32
_LEAST_AREA: Final = 0.008
_MOST_AREA: Final = 0.6
_LEAST_OVERLAP: Final = 0.65
"""Below this a thing is no shape that has a name."""


def background_of(picture: Pixels) -> Floats:
    """Fit a vertical gradient to the picture's border (two pixels deep), twice, the second time without outliers.

    Returns height x width x RGB.
    """
    height, width = picture.shape[:2]
    edge = np.ones((height, width), bool)
    edge[2:-2, 2:-2] = False
    rows = np.nonzero(edge)[0]
    colours = picture[edge].astype(float)
    basis = np.stack([np.ones(len(rows)), rows / max(1, height - 1)], axis=1)
    keep = np.ones(len(rows), bool)
    for _ in range(3):
        fit = np.linalg.lstsq(basis[keep], colours[keep], rcond=None)[0]
        away = np.linalg.norm(colours - basis @ fit, axis=1)
        keep = away <= max(12.0, float(np.median(away)) * 2)
    ramp = np.stack([np.ones(height), np.arange(height) / max(1, height - 1)], axis=1) @ fit
    return np.repeat(ramp[:, None], width, axis=1)


def foreground(picture: Pixels) -> Mask:
    """Return which pixels belong to the thing shown: those that stand out from the background."""
    return np.asarray(np.linalg.norm(picture - background_of(picture), axis=2) > _CONTRAST)


def _box(mask: Mask) -> tuple[int, int, int, int] | None:
    """Return the mask's bounding square (left, top, right, bottom), or None if nothing stands out, or all does."""
    if not _LEAST_AREA <= mask.mean() <= _MOST_AREA:
        return None
    ys, xs = np.nonzero(mask)
    top, bottom = np.percentile(ys, [1, 99])
    left, right = np.percentile(xs, [1, 99])
    half = max(bottom - top, right - left) / 2 + 1
    x, y = (left + right + 1) / 2, (top + bottom + 1) / 2
    return round(x - half), round(y - half), round(x + half), round(y + half)


def _crop_mask(mask: Mask) -> Mask | None:
    box = _box(mask)
    if box is None:
        return None
    crop = Image.fromarray(mask).convert("L").crop(box).resize((_CROP, _CROP), Image.Resampling.BOX)
    return np.asarray(crop) > 127


@cache
def _templates() -> dict[str, Mask]:
    """Return every shape at several angles as crops: shape -> angles x 32 x 32."""
    found = {}
    for shape in world.SHAPES:
        drawn = [world.shape_mask(shape, (128, 128), 80, angle, 256) for angle in (-0.16, -0.08, 0, 0.08, 0.16)]
        crops = [_crop_mask(np.asarray(mask) > 127) for mask in drawn]
        found[shape] = np.stack([crop for crop in crops if crop is not None])
    return found


def shape_of(picture: Pixels) -> tuple[str, float]:
    """Return the shape word whose template overlaps best, and that overlap (intersection over union, 0 to 1).

    The word is empty where nothing stands out, or no template overlaps by 0.65.
    """
    crop = _crop_mask(foreground(picture))
    if crop is None:
        return "", 0.0
    overlaps = {
        shape: float(((t & crop).sum((1, 2)) / (t | crop).sum((1, 2))).max()) for shape, t in _templates().items()
    }
    best = max(overlaps, key=lambda shape: overlaps[shape])
    return (best if overlaps[best] >= _LEAST_OVERLAP else ""), overlaps[best]


def lab(rgb: NDArray[np.floating] | NDArray[np.uint8]) -> Floats:
    """Return CIE L*a*b* (D65) of sRGB 0..255; last axis is the channel (CIE 15, IEC 61966-2-1)."""
    c = np.asarray(rgb, float) / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = linear @ to_xyz.T / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def colour_of(picture: Pixels) -> str:
    """Return the colour word nearest (L*a*b*) to the median of the thing shown; empty if nothing is there."""
    mask = foreground(picture)
    if _box(mask) is None:
        return ""
    seen = lab(np.median(picture[mask], axis=0))
    words = list(world.COLOURS)
    away = np.linalg.norm(lab(np.array([world.COLOURS[word] for word in words])) - seen, axis=1)
    return words[int(away.argmin())]


@dataclass(frozen=True, slots=True)
class PromptFidelity:
    """How many of ``samples`` pictures show what was asked for; counts."""

    samples: int
    colour: int
    shape: int
    both: int


def prompt_fidelity(pictures: Sequence[Pixels], scenes: Sequence[world.Scene]) -> PromptFidelity:
    """Compare what each picture shows with the scene that was asked for."""
    colour = [colour_of(p) == s.colour for p, s in zip(pictures, scenes, strict=True)]
    shape = [shape_of(p)[0] == s.shape for p, s in zip(pictures, scenes, strict=True)]
    both = [c and s for c, s in zip(colour, shape, strict=True)]
    return PromptFidelity(len(both), sum(colour), sum(shape), sum(both))


def held_out_scenes(count: int, seed: int) -> list[world.Scene]:
    """Draw ``count`` scenes whose colour-shape pair was kept out of tiny-sd's training."""
    every = list(world.scenes(held=True))
    return [every[i] for i in np.random.default_rng(seed).choice(len(every), count, replace=False)]


def _portrait(picture: Pixels) -> tuple[Floats, Mask] | None:
    """Return the thing shown, cut out and scaled to 32 x 32: L*a*b* values, and where it is."""
    mask = foreground(picture)
    box = _box(mask)
    if box is None:
        return None
    side = (_CROP, _CROP)
    colours = Image.fromarray(picture).crop(box).resize(side, Image.Resampling.BOX)
    where = Image.fromarray(mask).convert("L").crop(box).resize(side, Image.Resampling.BOX)
    return lab(np.asarray(colours)), np.asarray(where) > 127


def likeness(picture: Pixels, references: Sequence[Pixels]) -> float:
    """Return how near the thing shown is to the nearest reference: 1 the same, 0 nothing in common.

    Both things are cut out and scaled to one size. Every pixel that belongs to both scores ``1 - min(1, dE / 50)``
    (dE: distance in L*a*b*), every pixel of only one scores 0; the score is the mean over the union.
    """
    shown = _portrait(picture)
    best = 0.0
    for reference in map(_portrait, references):
        if shown is None or reference is None:
            continue
        shared = shown[1] & reference[1]
        union = (shown[1] | reference[1]).sum()
        near = 1 - np.minimum(1, np.linalg.norm(shown[0] - reference[0], axis=2) / 50)
        best = max(best, float(near[shared].sum() / union))
    return best


def subject_fidelity(pictures: Sequence[Pixels], references: Sequence[Pixels]) -> float:
    """Return the mean likeness of pictures to a subject, 0 to 1."""
    return float(np.mean([likeness(picture, references) for picture in pictures]))


def prior_change(before: Sequence[Pixels], after: Sequence[Pixels]) -> float:
    """Return how far pictures of the same prompts and seeds moved: mean absolute difference, 0 to 1."""
    moved = [np.abs(a.astype(float) - b.astype(float)).mean() / 255 for a, b in zip(after, before, strict=True)]
    return float(np.mean(moved))
