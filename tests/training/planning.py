"""Plans of drawn pictures, put together by hand: any options, and no settings needed."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import torch

from mikazuki.data.buckets import bucket_list, choose, geometry
from mikazuki.data.entries import Entry
from mikazuki.data.folders import Subset
from mikazuki.data.plan import Plan
from mikazuki.models import load
from mikazuki.models.identify import identify
from mikazuki.settings.datasets import CaptionOptions, DatasetOptions, SubsetOptions
from mikazuki.training.latents import Files, PictureEncoder
from tests.training import making

CPU: Final = torch.device("cpu")
BUCKETS: Final = bucket_list((making.SIDE, making.SIDE), 32, 128, 16)


def entry_of(picture: Path, size: tuple[int, int], **more: Any) -> Entry:
    """Return a picture's entry in the first subset and dataset."""
    bucket = choose(size, BUCKETS)
    caption = picture.with_suffix(".txt").read_text(encoding="utf-8")
    plain = Entry(
        picture=picture,
        caption=caption,
        repeats=1,
        subset=0,
        is_reg=False,
        size=size,
        bucket=bucket,
        crop=geometry(size, bucket),
        dataset=0,
        mask=None,
    )
    return replace(plain, **more)


def plan_of(
    folder: Path,
    *,
    captions: CaptionOptions | None = None,
    dataset: dict[str, Any] | None = None,
    shapes: tuple[tuple[int, int], ...] = making.SHAPES,
    **options: Any,
) -> Plan:
    """Draw pictures into ``folder`` and plan 50 steps of batches of 2 with one subset of these options."""
    making.draw_dataset(folder, shapes=shapes)
    inner = folder / "1_sks thing"
    subset = SubsetOptions(inner, captions=captions or CaptionOptions(), **options)
    entries = tuple(entry_of(inner / f"{number}.png", size) for number, size in enumerate(shapes))
    return Plan(
        entries=entries,
        subsets=(Subset(inner, 1, "sks thing", is_reg=False, pictures=(), options=subset),),
        buckets=(),
        num_train_images=len(entries),
        num_reg_images=0,
        batches_per_epoch=len(entries),
        steps_per_epoch=len(entries),
        max_train_steps=50,
        max_train_epochs=1,
        mean_img_ar_error=0,
        warnings=(),
        notes=(),
        datasets=(DatasetOptions((making.SIDE, making.SIDE), 2, (subset,), **(dataset or {})),),
        validation=(),
    )


def encoder_of(model: Path, plan: Plan, *, keep: bool = True, files: Files | None = None) -> PictureEncoder:
    """Return an encoder of a plan's pictures, with a tiny VAE."""
    options = [subset.options for subset in plan.subsets]
    return PictureEncoder(
        lambda: load.load_vae(identify(model), dtype=torch.float32), CPU, options, keep=keep, files=files
    )
