"""Draws what is random about one showing of a picture: its caption, mirroring, crop and colours."""

from dataclasses import dataclass
from random import Random

from mikazuki.data.buckets import Crop, Size, floored
from mikazuki.data.captions import final_caption, plain_caption
from mikazuki.data.chance import whole
from mikazuki.data.colour import ColourShift, draw_shift
from mikazuki.data.entries import Entry
from mikazuki.data.faces import draw_face_crop, face_in_name
from mikazuki.settings.datasets import SubsetOptions


@dataclass(frozen=True, slots=True)
class Showing:
    """Everything random about one showing of a picture: `crop` is cut out first, then mirrored where `flip`."""

    caption: str
    flip: bool
    crop: Crop
    colour: ColourShift | None = None


def plain_showing(entry: Entry, subset: SubsetOptions, *, flip: bool = False) -> Showing:
    """Show a picture with nothing random: its middle, in its own colours, with its plain caption."""
    return Showing(plain_caption(entry.caption, subset.captions), flip, entry.crop)


def draw_showing(entry: Entry, subset: SubsetOptions, rng: Random, *, epoch: int, step: int, max_steps: int) -> Showing:
    """Draw one showing of a picture.

    An option that is off draws no numbers, but for mirroring, which always takes the first. So the others of a
    showing do not depend on `flip_aug`, and each option's not on those that are drawn after it: caption, crop, colour.

    Args:
        entry: The picture.
        subset: Options of its subset.
        rng: Numbers of this showing's own, see `sample_rng`.
        epoch: Number of the epoch, from 1.
        step: Optimizer steps done so far.
        max_steps: Optimizer steps of the whole training.
    """
    mirrored = rng.random() < 0.5
    caption = final_caption(entry.caption, subset.captions, rng, epoch=epoch, step=step, max_steps=max_steps)
    crop = draw_crop(entry, subset, rng)
    colour = draw_shift(rng) if subset.color_aug else None
    return Showing(caption, subset.flip_aug and mirrored, crop, colour)


def draw_crop(entry: Entry, subset: SubsetOptions, rng: Random) -> Crop:
    """Draw what is cut out of a picture: a part around its face, any part, or without these options its middle.

    A picture whose name tells of no face is cut as if `face_crop_aug_range` were not set.
    """
    face = face_in_name(entry.picture.stem) if subset.face_crop_aug_range else None
    if face and subset.face_crop_aug_range:
        return draw_face_crop(face, entry.size, entry.bucket, subset.face_crop_aug_range, rng)
    if not subset.random_crop:
        return entry.crop
    resized = entry.crop.resized
    left, top = (whole(0, length - cut, rng) for length, cut in zip(resized, entry.bucket, strict=True))
    return Crop(resized, left, top)


def crop_changes(entry: Entry, subset: SubsetOptions) -> bool:
    """Say whether the crop of this picture is another one at every showing."""
    faced = subset.face_crop_aug_range is not None and face_in_name(entry.picture.stem) is not None
    return faced or (subset.random_crop and entry.crop.resized != entry.bucket)


def corner_in_cover(showing: Showing, bucket: Size, *, step: int) -> tuple[int, int]:
    """Say where a showing's crop lies in the pixels that `load.covering_pixels` gives for the same `step` and flip.

    Returns:
        The corner (top, left) in pixels, rounded down to multiples of `step` before mirroring; the bucket fits in.
    """
    width = floored(showing.crop.resized[0], step)
    left, top = floored(showing.crop.left, step), floored(showing.crop.top, step)
    return top, width - bucket[0] - left if showing.flip else left
