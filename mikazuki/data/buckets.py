"""Sizes to train at: which bucket a picture goes into, and how it is resized and cropped to fill it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mikazuki.errors import MikazukiError
from mikazuki.settings.datasets import DatasetOptions

Size = tuple[int, int]
"""Width and height in pixels."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A picture is resized to `resized`; its bucket is cut out with the corner at `left`, `top` of that."""

    resized: Size
    left: int
    top: int


def rounded(value: float) -> int:
    """Round a positive number to the nearest whole one, halves up."""
    return int(value + 0.5)


def floored(value: int, step: int) -> int:
    """Round down to a multiple of `step`."""
    return value - value % step


def bucket_list(resolution: Size, smallest: int, largest: int, step: int) -> list[Size]:
    """List the bucket sizes for an area of `resolution`, sorted: sides are multiples of `step`.

    `smallest` is rounded down and `largest` up to such a multiple. First the largest square; then for every width
    the tallest height that keeps the area, each in both orientations.

    Raises:
        MikazukiError: `bucket-reso-steps` when not even one square of `step` fits.
    """
    low, high = max(step, floored(smallest, step)), -floored(-largest, step)
    area = resolution[0] * resolution[1]
    square = floored(math.isqrt(area), step)
    if square == 0:
        message = f"bucket_reso_steps {step} is larger than resolution {resolution[0]},{resolution[1]}."
        raise MikazukiError("bucket-reso-steps", message, "Lower bucket_reso_steps; 64 is usual.")
    sizes = {(square, square)}
    for width in range(low, high + step, step):
        height = min(high, floored(area // width, step))
        if height >= low:
            sizes |= {(width, height), (height, width)}
    return sorted(sizes)


def choose(size: Size, buckets: Sequence[Size]) -> Size:
    """Choose the bucket of exactly this size, else the one of the nearest aspect ratio, the first of equals."""
    if size in buckets:
        return size
    aspect = size[0] / size[1]
    return min(buckets, key=lambda bucket: abs(bucket[0] / bucket[1] - aspect))


def centred(resized: Size, bucket: Size) -> Crop:
    """Cut the middle out of a resized picture that covers the bucket."""
    return Crop(resized, (resized[0] - bucket[0]) // 2, (resized[1] - bucket[1]) // 2)


def geometry(size: Size, bucket: Size) -> Crop:
    """Scale a picture of `size` until it just covers `bucket`, and centre it."""
    width, height = size
    wider = width / height > bucket[0] / bucket[1]
    scale = bucket[1] / height if wider else bucket[0] / width
    return centred((rounded(width * scale), rounded(height * scale)), bucket)


def no_upscale_bucket(size: Size, resolution: Size, step: int) -> tuple[Size, Crop]:
    """Make a bucket for this picture alone, without ever enlarging it: its size, shrunk to the area if need be.

    One side becomes a multiple of `step`, whichever of the two keeps the aspect ratio better; then both sides are
    cut to such multiples. A picture with a side below `step` is enlarged after all: there is no smaller bucket.
    """
    area = resolution[0] * resolution[1]
    resized = _shrunk(size, area, step) if size[0] * size[1] > area else size
    bucket = (floored(resized[0], step), floored(resized[1], step))
    if min(bucket) == 0:
        bucket = (max(step, bucket[0]), max(step, bucket[1]))
        return bucket, geometry(size, bucket)
    return bucket, centred(resized, bucket)


def _shrunk(size: Size, area: int, step: int) -> Size:
    aspect = size[0] / size[1]
    exact_width = math.sqrt(area * aspect)
    exact_height = area / exact_width
    width, height = floored(rounded(exact_width), step), floored(rounded(exact_height), step)
    if width == 0 or height == 0:
        return max(1, rounded(exact_width)), max(1, rounded(exact_height))
    height_for_width = floored(rounded(width / aspect), step)
    width_for_height = floored(rounded(height * aspect), step)
    width_error = abs(width / height_for_width - aspect) if height_for_width else math.inf
    if width_error < abs(width_for_height / height - aspect):
        return width, rounded(width / aspect)
    return rounded(height * aspect), height


def placement(dataset: DatasetOptions, family_step: int) -> Callable[[Size], tuple[Size, Crop]]:
    """Return the rule that gives a picture of some size its bucket in this dataset, and its crop.

    `family_step` is what the sides of training pictures must be multiples of, in pixels.

    Raises:
        MikazukiError: `bucket-reso-steps` when the dataset's step is not a multiple of that, or larger than its
            resolution.
    """
    step = dataset.bucket_reso_steps
    if not dataset.enable_bucket:
        buckets = [fixed_size(dataset.resolution, family_step)]
    elif step % family_step:
        raise MikazukiError(
            "bucket-reso-steps",
            f"bucket_reso_steps is {step}, but this model trains at sizes that are multiples of {family_step}.",
            f"Set bucket_reso_steps to {family_step} or a multiple of it.",
        )
    elif dataset.bucket_no_upscale:
        return lambda size: no_upscale_bucket(size, dataset.resolution, step)
    else:
        buckets = bucket_list(dataset.resolution, dataset.min_bucket_reso, dataset.max_bucket_reso, step)

    def place(size: Size) -> tuple[Size, Crop]:
        bucket = choose(size, buckets)
        return bucket, geometry(size, bucket)

    return place


def fixed_size(resolution: Size, family_step: int) -> Size:
    """Return the one size trained at without buckets: the resolution, its sides rounded down to the step."""
    width, height = (max(family_step, floored(side, family_step)) for side in resolution)
    return width, height


def mean_aspect_error(pairs: Iterable[tuple[Size, Size]]) -> float:
    """Average |bucket aspect - picture aspect| over (picture size, bucket) pairs, each picture once; 0 for none."""
    errors = [abs(bucket[0] / bucket[1] - size[0] / size[1]) for size, bucket in pairs]
    return sum(errors) / len(errors) if errors else 0.0


def lost_share(size: Size, bucket: Size) -> float:
    """Say which share of a picture's area, 0 to 1, falls to the crop."""
    aspect, wanted = size[0] / size[1], bucket[0] / bucket[1]
    return 1 - min(aspect, wanted) / max(aspect, wanted)
