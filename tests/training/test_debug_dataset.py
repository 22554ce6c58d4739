"""The pictures to look at are those that are trained on."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from mikazuki.settings.datasets import CaptionOptions
from mikazuki.training.batches import BatchMaker
from mikazuki.training.debug_dataset import write_debug
from mikazuki.training.latents import PictureEncoder
from tests.training.conftest import MakeSettings
from tests.training.planning import CPU, plan_of

pytestmark = pytest.mark.tiny


def no_vae() -> torch.nn.Module:
    raise AssertionError("the VAE is loaded")


def test_the_first_epoch_is_written_as_it_is_shown(make_settings: MakeSettings, tmp_path: Path) -> None:
    plan = plan_of(tmp_path / "pictures", captions=CaptionOptions(caption_prefix="best"), flip_aug=True)
    mask = tmp_path / "mask.png"
    Image.new("RGB", (64, 64), (51, 0, 0)).save(mask)
    plan = replace(plan, entries=(replace(plan.entries[0], mask=mask, repeats=8), *plan.entries[1:]))
    encoder = PictureEncoder(no_vae, CPU, [plan.subsets[0].options], keep=True)
    maker = BatchMaker(plan, make_settings(), 7, encoder, 1.0, wants_sizes=False)
    folder = tmp_path / "shown"
    assert write_debug(plan, maker, folder) == 11
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 11 * 2 + 8
    assert {name.rpartition("_")[2] for name in names} >= {"0.png", "0.txt", "mask.png", "3.txt"}
    assert {name[:5] for name in names} == {f"{number:05d}" for number in range(6)}
    pictures = {np.asarray(Image.open(path)).tobytes() for path in folder.glob("*_0.png")}
    with Image.open(plan.entries[0].picture) as picture:
        pixels = np.asarray(picture)
    assert pictures == {pixels.tobytes(), np.ascontiguousarray(pixels[:, ::-1]).tobytes()}
    assert {path.read_text(encoding="utf-8") for path in folder.glob("*_0.txt")} == {"best a red square, left\n"}
    (value,) = np.unique(np.asarray(Image.open(next(folder.glob("*_mask.png")))))
    assert value == 51
