"""Finds pictures that are the same: by their bytes, and by a perceptual hash that survives resizing and JPEG."""

from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

NEAR_DISTANCE: Final = 6
"""Differing bits up to which two pictures count as nearly the same; unlike ones differ in about half of all bits."""

_SIDE: Final = 32
_KEPT: Final = 8
_FLAT: Final = 2.0
"""Standard deviation of grey values below which a picture shows nothing that could be compared."""
_ROWS: Final = 512
"""Hashes compared with all others at once."""

Group = tuple[int, ...]
"""Places of pictures that belong together, ascending."""


@cache
def _cosines() -> NDArray[np.float64]:
    """Return the matrix of the discrete cosine transform (type II) of `_SIDE` values."""
    row, column = np.mgrid[0:_SIDE, 0:_SIDE]
    matrix: NDArray[np.float64] = np.cos(np.pi * row * (2 * column + 1) / (2 * _SIDE))
    return matrix


def perceptual_hash(grey: Image.Image) -> int | None:
    """Hash what an 8-bit grey picture looks like into 64 bits: which of its 8 x 8 lowest frequencies are strong.

    None for an even area, which has nothing to be recognised by. The picture is taken as it is: turn it upright
    first.
    """
    small = np.asarray(grey.resize((_SIDE, _SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0), dtype=np.float64)
    if small.std() < _FLAT:
        return None
    matrix = _cosines()
    lowest = (matrix @ small @ matrix.T)[:_KEPT, :_KEPT].ravel()
    bits = lowest > np.median(lowest[1:])
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def same(keys: Sequence[Hashable | None]) -> list[Group]:
    """Group the places of equal keys; None belongs to no group. Groups have two members at least."""
    places: dict[Hashable, list[int]] = {}
    for place, key in enumerate(keys):
        if key is not None:
            places.setdefault(key, []).append(place)
    return [tuple(group) for group in places.values() if len(group) > 1]


def near(hashes: Sequence[int | None], distance: int = NEAR_DISTANCE) -> list[Group]:
    """Group the places of hashes that differ in `distance` bits or fewer, directly or by way of others.

    Every pair is compared, 64 bits at a time: 10,000 pictures take about a second.
    """
    known = [place for place, value in enumerate(hashes) if value is not None]
    values = np.array([hashes[place] for place in known], dtype=np.uint64)
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(values), _ROWS):
        rows = values[start : start + _ROWS]
        differing = np.bitwise_count(rows[:, None] ^ values[None, start:])
        for row, column in np.argwhere(differing <= distance):
            if row < column:
                pairs.append((known[start + int(row)], known[start + int(column)]))
    return joined(pairs)


def joined(pairs: Iterable[tuple[int, int]]) -> list[Group]:
    """Join pairs that share members into groups, in the order of their first members."""
    parent: dict[int, int] = {}

    def root(place: int) -> int:
        while parent.setdefault(place, place) != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    groups: dict[int, list[int]] = {}
    for place in sorted(parent):
        groups.setdefault(root(place), []).append(place)
    return [tuple(groups[first]) for first in sorted(groups)]
