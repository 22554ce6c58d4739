"""Writes what a training would be shown: the first epoch's pictures, captions and masks, as files to look at."""

from pathlib import Path

import numpy as np
from PIL import Image

from mikazuki.data.batches import epoch_batches
from mikazuki.data.load import training_pixels
from mikazuki.data.plan import Plan
from mikazuki.data.showings import Shown
from mikazuki.files import replacing, write_text
from mikazuki.training.batches import BatchMaker


def write_debug(plan: Plan, maker: BatchMaker, folder: Path) -> int:
    """Write the first epoch into ``folder``, in the order of training, and return how many pictures it shows.

    ``<batch>-<place>_<stem>.png`` is a picture cropped, mirrored and coloured as trained on, ``.txt`` beside it the
    caption, ``_mask.png`` the mask of the loss where there is one. Nothing is encoded.
    """
    written = 0
    for number, rows in enumerate(epoch_batches(plan, seed=maker.seed, epoch=0)):
        for place, wanted in enumerate(maker.shown((0, number, rows))):
            _write(folder / f"{number:05d}-{place:02d}_{wanted[0].picture.stem}", wanted, maker)
            written += 1
    return written


def _write(start: Path, wanted: Shown, maker: BatchMaker) -> None:
    entry, showing = wanted
    pixels = training_pixels(entry, showing, maker.options(entry))
    _write_png(start.with_name(f"{start.name}.png"), pixels.rgb)
    write_text(start.with_name(f"{start.name}.txt"), showing.caption + "\n")
    if pixels.mask is not None:
        _write_png(start.with_name(f"{start.name}_mask.png"), np.rint(pixels.mask * 255).astype(np.uint8))


def _write_png(path: Path, pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> None:
    with replacing(path) as part:
        Image.fromarray(pixels).save(part, format="PNG")
