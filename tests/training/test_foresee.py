"""What is foreseen is what is trained on: every picture, crop, flip, colour, caption and weight of two epochs."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mikazuki.data.batches import epoch_batches
from mikazuki.data.draw import corner_in_cover
from mikazuki.data.load import covering_pixels, training_pixels
from mikazuki.data.showings import CROP_STEP, way_of
from mikazuki.preparing.foresee import Foresight, Seen, foresee
from mikazuki.preparing.preview_sheets import crop_of
from mikazuki.preparing.training import examine
from mikazuki.settings.rates import prior_weight, rest_step
from mikazuki.settings.train import TrainSettings
from mikazuki.training.batches import BatchMaker
from tests.training import making
from tests.training.conftest import MakeSettings

pytestmark = pytest.mark.tiny

SHAPES = ((64, 64), (150, 70), (96, 48), (64, 64), (70, 130))
RULES = {
    "shuffle_caption": True, "keep_tokens": 1, "token_warmup_min": 1, "token_warmup_step": 9,
    "caption_dropout_rate": 0.2, "caption_tag_dropout_rate": 0.2,
    "caption_prefix": "best", "enable_wildcard": True, "flip_aug": True, "random_crop": True, "color_aug": True,
    "masked_loss": True, "train_batch_size": 2, "gradient_accumulation_steps": 2, "prior_loss_weight": 0.3,
    "max_train_epochs": 2,
}  # fmt: skip


def foreseen(settings: TrainSettings) -> Foresight:
    request = examine(settings)
    assert request.problems == []
    return foresee(request)


def masked(folder: Path) -> Path:
    """Draw pictures and a mask for each; return the folder of the pictures."""
    making.draw_dataset(folder / "pictures", repeats=2, shapes=SHAPES)
    (folder / "masks").mkdir()
    for name, size in enumerate(SHAPES):
        noise = np.random.default_rng(name).integers(0, 256, size[::-1], dtype=np.uint8)
        Image.fromarray(noise).convert("RGB").save(folder / "masks" / f"{name}.png")
    inner = folder / "pictures" / "2_sks thing"
    (inner / "1.txt").write_text("a {red|green|blue} thing, flat, on a table, far away", encoding="utf-8")
    return folder / "pictures"


def assert_same(foresight: Foresight, maker: BatchMaker, epochs: int) -> list[Seen]:
    """Hold every batch of the epochs against what the training makes; return all that is seen."""
    found: list[Seen] = []
    for epoch in range(epochs):
        order = epoch_batches(maker.plan, seed=maker.seed, epoch=epoch)
        batches = list(foresight.batches(epoch + 1))
        assert len(batches) == len(order)
        for number, (rows, batch) in enumerate(zip(order, batches, strict=True)):
            place = (epoch, number, rows)
            made = maker.make(place)
            assert [(one.entry, one.showing) for one in batch.pictures] == maker.shown(place)
            assert [one.showing.caption for one in batch.pictures] == made.captions
            assert [one.weight for one in batch.pictures] == pytest.approx(made.weights.tolist())
            assert any(one.mask for one in batch.pictures) == (made.mask is not None)
            assert batch.step == maker.drawing.steps_before(epoch, number) + 1
            found += batch.pictures
    return found


@pytest.mark.parametrize("kept", [True, False])
def test_folders_with_every_rule(make_settings: MakeSettings, tmp_path: Path, kept: bool) -> None:  # noqa: FBT001
    reg = making.draw_dataset(tmp_path / "reg", shapes=SHAPES[:2])
    pictures = masked(tmp_path)
    settings = make_settings(
        train_data_dir=str(pictures), reg_data_dir=str(reg), conditioning_data_dir=str(tmp_path / "masks"),
        cache_latents=kept, **RULES,
    )  # fmt: skip
    loop = making.prepared(settings, tmp_path / "job")
    foresight = foreseen(settings)
    seen = assert_same(foresight, loop.maker, 2)
    # the rules did act, or the comparison would say little
    assert len({one.entry.bucket for one in seen}) >= 3
    assert len({one.showing.caption for one in seen}) > 2 * len(SHAPES)
    assert {one.showing.flip for one in seen} == {True, False}
    assert any(one.showing.colour for one in seen)
    assert any(one.showing.crop != one.entry.crop for one in seen)
    assert {one.mask for one in seen} == {None, "picture"}
    assert {one.weight for one in seen} == {1.0, 0.3}
    assert_pixels(foresight, seen)


def assert_pixels(foresight: Foresight, seen: list[Seen]) -> None:
    """The pictures that are shown hold the pixels that are encoded, also where a crop of kept latents is taken."""
    covered = 0
    for one in seen:
        options = foresight.options(one.entry)
        pixels = training_pixels(one.entry, one.showing, options).rgb
        assert pixels.shape[1::-1] == one.entry.bucket
        if one.mask is None:
            assert np.array_equal(np.asarray(crop_of(one, options)), pixels)
        if foresight.drawing.keep and one.showing.colour is None and way_of(one.entry, options) == "cover":
            whole = covering_pixels(one.entry, options, flip=one.showing.flip, step=CROP_STEP).rgb
            top, left = corner_in_cover(one.showing, one.entry.bucket, step=CROP_STEP)
            width, height = one.entry.bucket
            assert np.array_equal(whole[top : top + height, left : left + width], pixels)
            covered += 1
    assert bool(covered) == foresight.drawing.keep


def concepts(folder: Path) -> list[dict[str, Any]]:
    """Two concepts of two pictures: one with class pictures that are there, one with an end."""
    one = making.draw_dataset(folder / "one", shapes=SHAPES[:3]) / "1_sks thing"
    two = making.draw_dataset(folder / "two", shapes=SHAPES[:2]) / "1_sks thing"
    classes = making.draw_dataset(folder / "classes", shapes=SHAPES[:4]) / "1_sks thing"
    for path in classes.glob("*.txt"):
        path.write_text("a photo of a square", encoding="utf-8")
    return [
        {
            "instance_data_dir": str(one), "class_data_dir": str(classes), "instance_token": "sks",
            "class_token": "square", "instance_prompt": "a photo of [filewords]", "class_prompt": "a photo of a square",
        },
        {"instance_data_dir": str(two), "instance_prompt": "ohwx", "class_prompt": "thing", "max_steps": 2},
    ]  # fmt: skip


def test_concepts_with_filewords_and_a_falling_weight(make_settings: MakeSettings, tmp_path: Path) -> None:
    settings = make_settings(
        train_data_dir=None, concepts_list=json.dumps(concepts(tmp_path)), method="dreambooth", seed=11,
        shuffle_caption=True, flip_aug=True, prior_loss_scale=True, prior_loss_target=2, prior_loss_weight_min=0.1,
        max_train_epochs=3, text_encoder_ratio=0.4,
    )  # fmt: skip
    loop = making.prepared(settings, tmp_path / "job")
    foresight = foreseen(settings)
    seen = assert_same(foresight, loop.maker, 3)
    assert any(one.showing.caption.startswith("a photo of") and "sks" in one.showing.caption for one in seen)
    weights = {one.weight for one in seen if one.entry.is_reg}
    assert weights == {prior_weight(settings, epoch) for epoch in range(3)}
    assert len(weights) == 3
    assert len([one for one in seen if one.entry.dataset == 1]) == 2


def test_rates_are_those_of_the_optimizer(make_settings: MakeSettings, tmp_path: Path) -> None:
    settings = make_settings(
        unet_lr=2e-3, text_encoder_lr=1e-3, lr_scheduler="cosine", lr_warmup_steps=2, text_encoder_ratio=0.5,
        max_train_epochs=4,
    )  # fmt: skip
    loop = making.prepared(settings, tmp_path / "job")
    foresight = foreseen(settings)
    rests_at = rest_step(settings, loop.plan.max_train_epochs, loop.plan.steps_before)
    assert rests_at is not None
    for step in range(loop.plan.max_train_steps):
        loop.learner.begin(step)
        groups = loop.learner.optimizer.param_groups
        live = {group["name"]: group["lr"] for group in groups if any(p.requires_grad for p in group["params"])}
        told = {name: rate for name, rate in foresight.rates.at(step).items() if rate or step == 0}
        assert sorted(live.values()) == sorted(told.values()), step
        assert len(live) == (1 if step >= rests_at else 2)
