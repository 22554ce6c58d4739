"""What is shown at a place of an epoch: its pictures with all that is random about them, drawn without tensors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from mikazuki.data.batches import sample_position, sample_rng
from mikazuki.data.buckets import Crop, floored
from mikazuki.data.draw import Showing, crop_changes, draw_showing
from mikazuki.data.entries import Entry
from mikazuki.data.faces import face_in_name
from mikazuki.data.plan import Plan
from mikazuki.settings.datasets import SubsetOptions

CROP_STEP: Final = 8
"""Pixels of which the corner of a crop of kept latents is a multiple: what one latent stands for."""

Way = Literal["bucket", "cover", "anew"]
"""What is encoded: the picture cut to its bucket, all of it that covers the bucket, or nothing beforehand."""
Shown = tuple[Entry, Showing]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the showings of a training are drawn by.

    `accumulation` is its batches a step; `keep` says whether latents are kept, so that crops lie between them.
    """

    plan: Plan
    seed: int
    accumulation: int
    keep: bool

    def at(self, epoch: int, number: int, rows: Sequence[int]) -> list[Shown]:
        """Draw what batch `number` of an epoch (both from 0) shows: `rows` are its places in the plan's entries."""
        steps = self.steps_before(epoch, number)
        return [self.one(epoch, number, at, row, steps) for at, row in enumerate(rows)]

    def one(self, epoch: int, number: int, at: int, row: int, steps: int) -> Shown:
        """Draw the picture at place `at` of a batch; `steps` are the optimizer steps done before it."""
        plan = self.plan
        entry = plan.entries[row]
        options = plan.subsets[entry.subset].options
        rng = sample_rng(self.seed, epoch, sample_position(plan, number, at))
        showing = draw_showing(entry, options, rng, epoch=epoch + 1, step=steps, max_steps=plan.max_train_steps)
        return entry, settled(entry, showing, options, keep=self.keep)

    def steps_before(self, epoch: int, number: int) -> int:
        """Return how many optimizer steps are done when batch `number` of an epoch (from 0) is trained on."""
        return self.plan.steps_before(epoch) + number // self.accumulation


def way_of(entry: Entry, options: SubsetOptions) -> Way:
    """Say how a picture's latents can be kept, as long as its colours are its own.

    A random crop is cut from the latents of the whole picture, at multiples of `CROP_STEP` pixels. A crop around a
    face has another scale at every step, which leaves nothing to keep.
    """
    if options.face_crop_aug_range is not None and face_in_name(entry.picture.stem) is not None:
        return "anew"
    return "cover" if crop_changes(entry, options) else "bucket"


def way_at(entry: Entry, showing: Showing, options: SubsetOptions, *, keep: bool) -> Way:
    """Say how one showing of a picture is encoded, where latents are kept or not."""
    way = way_of(entry, options)
    # nothing is gained by encoding more of the picture than is trained on
    return "anew" if showing.colour or (way == "cover" and not keep) else way


def settled(entry: Entry, showing: Showing, options: SubsetOptions, *, keep: bool) -> Showing:
    """Return the showing as it will be trained on: a crop of kept latents moves to the next latents above, left."""
    if way_at(entry, showing, options, keep=keep) != "cover":
        return showing
    crop = showing.crop
    return replace(showing, crop=Crop(crop.resized, floored(crop.left, CROP_STEP), floored(crop.top, CROP_STEP)))
