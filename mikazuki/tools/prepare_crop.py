"""Where a picture is cut and how large it becomes: by area or side, by the trainer's buckets, around what matters."""

import math
from collections.abc import Callable

from PIL import Image

from mikazuki.data.buckets import Crop, Size, fixed_size, floored, geometry, placement, rounded
from mikazuki.data.faces import face_in_name
from mikazuki.data.saliency import best_corner, saliency
from mikazuki.settings.datasets import DatasetOptions
from mikazuki.settings.preparing_pictures import PrepareSettings

Place = Callable[[Size], tuple[Size, Crop]]
"""Gives a picture's size the size it is cut to, and the middle crop."""


def placing(settings: PrepareSettings) -> Place:
    """Return the rule that gives a picture its size and crop; raises MikazukiError (`bucket-reso-steps`)."""
    step = settings.bucket_reso_steps
    if settings.crop == "bucket":
        return placement(_dataset(settings), step)
    if settings.crop == "none":
        return lambda size: _whole(size, _scale(size, settings))

    def place(size: Size) -> tuple[Size, Crop]:
        wanted = _wanted(size, settings)
        return wanted, geometry(size, wanted)

    return place


def smart_crop(picture: Image.Image, stem: str, crop: Crop, cut: Size) -> Crop:
    """Move a crop to the face that the file's name tells of, else to what draws the eye.

    Args:
        picture: The picture before it is resized.
        stem: Its file's name without ending.
        crop: The middle crop.
        cut: Width and height of what is cut out.
    """
    face = face_in_name(stem)
    if face is None:
        return Crop(crop.resized, *best_corner(saliency(picture), crop.resized, cut))
    left, top = (
        max(0, min(rounded(middle * resized / side) - length // 2, resized - length))
        for middle, side, resized, length in zip((face.x, face.y), picture.size, crop.resized, cut, strict=True)
    )
    return Crop(crop.resized, left, top)


def _dataset(settings: PrepareSettings) -> DatasetOptions:
    return DatasetOptions(
        settings.resolution,
        batch_size=1,
        subsets=(),
        min_bucket_reso=settings.min_bucket_reso,
        max_bucket_reso=settings.max_bucket_reso,
        bucket_reso_steps=settings.bucket_reso_steps,
        bucket_no_upscale=settings.no_upscale,
    )


def _scale(size: Size, settings: PrepareSettings) -> float:
    """Say how many times larger a picture becomes before it is cut to whole steps."""
    (width, height), (wide, high) = size, settings.resolution
    fit = min if settings.crop == "none" else max
    scale = {
        "area": math.sqrt(wide * high / (width * height)),
        "short_side": wide / min(size),
        "long_side": wide / max(size),
        "exact": fit(wide / width, high / height),
        "none": 1.0,
    }[settings.resize]
    return min(1.0, scale) if settings.no_upscale else scale


def _scaled(size: Size, scale: float) -> Size:
    return max(1, rounded(size[0] * scale)), max(1, rounded(size[1] * scale))


def _whole(size: Size, scale: float) -> tuple[Size, Crop]:
    resized = _scaled(size, scale)
    return resized, Crop(resized, 0, 0)


def _wanted(size: Size, settings: PrepareSettings) -> Size:
    """Return the size to cut to: multiples of the step, no larger than what was asked for."""
    step = settings.bucket_reso_steps
    width, height = _scaled(size, _scale(size, settings))
    if settings.resize == "exact":
        wide, high = fixed_size(settings.resolution, step)
        width, height = min(width, wide), min(height, high)
    width, height = max(step, floored(width, step)), max(step, floored(height, step))
    if settings.resize == "area":  # a side that was raised to a step must not make the area larger
        area = settings.resolution[0] * settings.resolution[1]
        width, height = (
            max(step, min(own, floored(area // other, step))) for own, other in ((width, height), (height, width))
        )
    return width, height
