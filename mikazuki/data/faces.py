"""Faces that file names tell of (`name_x_y_width_height`), and the crop of a picture around one."""

from dataclasses import dataclass
from random import Random
from typing import Final

from mikazuki.data.buckets import Crop, Size, rounded
from mikazuki.data.chance import between, whole

_FACE_PARTS: Final = 4
_SMALLEST_MOVED: Final = 40
"""Faces with fewer pixels than this are not moved out of the middle."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a picture: its centre and its size, in pixels of the whole picture."""

    x: int
    y: int
    width: int
    height: int

    @property
    def side(self) -> int:
        """The longer side of the face."""
        return max(self.width, self.height)


def name_without_face(stem: str) -> str | None:
    """Leave the last four parts of `name_x_y_width_height` out; None for a name of fewer than five parts."""
    parts = stem.split("_")
    return "_".join(parts[:-_FACE_PARTS]) if len(parts) > _FACE_PARTS else None


def face_in_name(stem: str) -> Face | None:
    """Read the face from a file's name without ending; None when it does not end in four numbers that make one."""
    parts = stem.split("_")
    numbers = [part for part in parts[-_FACE_PARTS:] if part.isascii() and part.isdigit()]
    if len(parts) <= _FACE_PARTS or len(numbers) < _FACE_PARTS:
        return None
    face = Face(*map(int, numbers))
    return face if face.width and face.height else None


def face_scales(face: Face, size: Size, bucket: Size, wanted: tuple[float, float]) -> tuple[float, float]:
    """Say how small and how large a picture may be made so that the crop is `wanted` times the size of the face.

    The shorter side of the bucket counts. The picture always covers the bucket, and is enlarged for nothing else:
    where that leaves no choice both numbers are the same. Source: face_crop_aug_range.

    Args:
        face: Where it is.
        size: The picture's own size.
        bucket: The size that is cut out.
        wanted: Smallest and largest side of the crop, as multiples of the face.
    """
    cover = max(bucket[0] / size[0], bucket[1] / size[1])
    largest = max(1.0, cover)
    side = min(bucket)
    low = min(largest, max(cover, side / (face.side * wanted[1])))
    high = min(largest, max(low, side / (face.side * wanted[0])))
    return low, high


def draw_face_crop(face: Face, size: Size, bucket: Size, wanted: tuple[float, float], rng: Random) -> Crop:
    """Cut the bucket out around a face, at a random scale, with the face in the middle as far as the picture goes.

    With a range of scales a face that is large enough is also moved out of the middle, by a twentieth of its side
    at most. Source: face_crop_aug_range.
    """
    low, high = face_scales(face, size, bucket, wanted)
    scale = between(low, high, rng) if high > low else low
    # the rounded size must not miss the bucket by a float's last digit
    resized = (max(bucket[0], rounded(size[0] * scale)), max(bucket[1], rounded(size[1] * scale)))
    moves = wanted[0] != wanted[1] and face.side >= _SMALLEST_MOVED and face.side > min(bucket) // 10
    reach = face.side // 20 if moves else 0
    left, top = (
        _corner(rounded(middle * scale) + (whole(-reach, reach, rng) if reach else 0), length, cut)
        for middle, length, cut in zip((face.x, face.y), resized, bucket, strict=True)
    )
    return Crop(resized, left, top)


def _corner(middle: int, length: int, cut: int) -> int:
    """Place a cut around `middle`, within 0 to `length`."""
    return max(0, min(middle - cut // 2, length - cut))
