"""Agreement with sd-scripts, number by number, where its reference runs lie beside the checkout."""

import json
from pathlib import Path

import numpy as np
import pytest

from mikazuki.data.draw import plain_showing
from mikazuki.data.load import training_pixels
from mikazuki.data.metadata import dataset_metadata
from mikazuki.data.plan import make_plan
from tests.data.conftest import MakeSettings

CONTRACT = Path(__file__).parents[3] / "shared" / "contract"

pytestmark = pytest.mark.skipif(not CONTRACT.is_dir(), reason="the reference runs are not here")


def test_metadata_is_the_same_text(make_settings: MakeSettings) -> None:
    wanted = json.loads((CONTRACT / "lora_sd15_metadata.json").read_text(encoding="utf-8"))
    data = CONTRACT / "reference" / "sd15" / "data"
    options = {"resolution": 256, "min_bucket_reso": 128, "max_bucket_reso": 512, "max_train_steps": 10}
    settings = make_settings(data, **options)
    found = dataset_metadata(make_plan(settings), settings)
    assert found == {key: wanted[key] for key in found}


def test_captions_sizes_and_pixels_of_the_recorded_steps(make_settings: MakeSettings) -> None:
    safetensors = pytest.importorskip("safetensors.numpy")
    run = CONTRACT / "reference" / "sd15"
    recorded = safetensors.load_file(run / "steps.safetensors")
    plan = make_plan(make_settings(run / "data", train_batch_size=2))
    by_caption = {entry.caption: entry for entry in plan.entries}
    lines = (run / "steps.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        for place, caption in enumerate(json.loads(line)["captions"]):
            entry = by_caption[caption]
            options = plan.subsets[entry.subset].options
            found = training_pixels(entry, plain_showing(entry, options), options)
            assert list(found.original) == recorded[f"{number:02d}.original_sizes_hw"][place].tolist()
            assert list(entry.bucket) == recorded[f"{number:02d}.target_sizes_hw"][place].tolist()
            if f"{number:02d}.images" in recorded:
                upstream = (recorded[f"{number:02d}.images"][place].transpose(1, 2, 0) + 1) * 127.5
                difference = np.abs(np.rint(upstream) - found.rgb)
                assert difference.max() <= 1
                assert (difference > 0).mean() < 1e-3
