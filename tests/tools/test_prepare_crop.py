"""Sizes and crops; those by bucket are the trainer's own, pixel for pixel."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mikazuki.data.buckets import Crop, Size
from mikazuki.data.draw import Showing
from mikazuki.data.load import training_pixels
from mikazuki.data.plan import make_plan
from mikazuki.events import EventWriter
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.settings.train import TrainSettings
from mikazuki.tools.prepare import prepare
from mikazuki.tools.prepare_crop import placing, smart_crop

SIZES = ((300, 200), (150, 310), (90, 80), (640, 128), (128, 128))


def place(size: Size, **options: Any) -> tuple[Size, Size]:
    settings = PrepareSettings.model_validate({"image_dir": "a", "output_dir": "b", **options})
    cut, crop = placing(settings)(size)
    assert crop.resized[0] >= cut[0] + crop.left
    assert crop.resized[1] >= cut[1] + crop.top
    return cut, crop.resized


@pytest.mark.parametrize(
    ("size", "options", "cut", "resized"),
    [
        ((1000, 1000), {}, (512, 512), (512, 512)),
        ((4000, 3000), {}, (576, 384), (576, 432)),
        ((6000, 30), {}, (4096, 64), (12800, 64)),
        ((2000, 1000), {"resize": "short_side"}, (1024, 512), (1024, 512)),
        ((1100, 1000), {"resize": "long_side", "bucket_reso_steps": 8}, (512, 464), (512, 465)),
        ((900, 400), {"resize": "exact", "resolution": "512,768"}, (512, 768), (1728, 768)),
        ((100, 90), {"resize": "none", "bucket_reso_steps": 32}, (96, 64), (96, 86)),
        ((200, 150), {"no_upscale": True}, (192, 128), (192, 144)),
        ((200, 150), {"no_upscale": True, "resize": "exact"}, (192, 128), (192, 144)),
        ((30, 20), {"no_upscale": True}, (64, 64), (96, 64)),
        ((4000, 3000), {"crop": "none"}, (591, 443), (591, 443)),
        ((300, 200), {"crop": "none", "resize": "exact", "resolution": "600,600"}, (600, 400), (600, 400)),
        ((300, 200), {"crop": "none", "resize": "none"}, (300, 200), (300, 200)),
    ],
)
def test_sizes_by_area_side_and_step(size: Size, options: dict[str, Any], cut: Size, resized: Size) -> None:
    assert place(size, **options) == (cut, resized)


@pytest.mark.parametrize("no_upscale", [False, True])
def test_copies_by_bucket_are_the_builtin_engines_batches(tmp_path: Path, *, no_upscale: bool) -> None:
    for number, (width, height) in enumerate(SIZES):
        rng = np.random.default_rng(number)
        pixels = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
        (tmp_path / "in").mkdir(exist_ok=True)
        Image.fromarray(pixels).save(tmp_path / "in" / f"{number}.png")
    shared = {"resolution": 128, "min_bucket_reso": 64, "max_bucket_reso": 256}
    places = {"image_dir": str(tmp_path / "in"), "output_dir": str(tmp_path / "out")}
    asked = PrepareSettings.model_validate({**places, **shared, "crop": "bucket", "no_upscale": no_upscale})
    prepare(asked, EventWriter(None))

    def planned(folder: str) -> list[tuple[Size, Crop, bytes]]:
        train = {"pretrained_model_name_or_path": "m", "train_data_dir": str(tmp_path / folder), **shared}
        plan = make_plan(TrainSettings.model_validate({**train, "bucket_no_upscale": no_upscale}))
        entries = sorted(plan.entries, key=lambda entry: entry.picture.name)
        subset = plan.subsets[0].options
        shown = (training_pixels(entry, Showing("", flip=False, crop=entry.crop), subset).rgb for entry in entries)
        return [(entry.bucket, entry.crop, pixels.tobytes()) for entry, pixels in zip(entries, shown, strict=True)]

    originals, copies = planned("in"), planned("out")
    assert [(bucket, pixels) for bucket, _, pixels in copies] == [(bucket, pixels) for bucket, _, pixels in originals]
    assert all(crop == Crop(bucket, 0, 0) for bucket, crop, _ in copies)


def test_a_smart_crop_follows_the_face_in_the_name_within_the_picture() -> None:
    picture = Image.new("RGB", (400, 200))
    middle = Crop((200, 100), 50, 0)
    crops = [smart_crop(picture, f"a_{x}_100_50_50", middle, (100, 100)) for x in (10, 160, 390)]
    assert [crop.left for crop in crops] == [0, 30, 100]
    assert smart_crop(picture, "no_face", middle, (100, 100)) == middle
