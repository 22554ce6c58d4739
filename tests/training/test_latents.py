"""Latents: kept or encoded anew they are the same, and they are the VAE's own."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from mikazuki.data.buckets import Crop
from mikazuki.data.colour import ColourShift
from mikazuki.data.draw import Showing, plain_showing
from mikazuki.data.entries import Entry
from mikazuki.data.load import training_pixels
from mikazuki.data.plan import Plan
from mikazuki.data.showings import settled, way_of
from mikazuki.errors import MikazukiError
from mikazuki.models import load
from mikazuki.models.identify import identify
from mikazuki.training.latents import Encoded, PictureEncoder, cache_notices
from tests.training.conftest import GetModel, MakeRun
from tests.training.planning import CPU, encoder_of, plan_of

pytestmark = pytest.mark.tiny


def shown(entry: Entry, *, flip: bool = False) -> tuple[Entry, Showing]:
    return entry, Showing("", flip, entry.crop)


def alike(one: Encoded, other: Encoded) -> bool:
    return torch.equal(one.mean, other.mean) and torch.equal(one.deviation, other.deviation)


def test_a_sample_is_drawn_from_the_posterior() -> None:
    encoded = Encoded(torch.full((4, 8, 8), 3.0), torch.full((4, 8, 8), 0.5), torch.zeros(3, 2))
    drawn = torch.stack([encoded.sample(torch.Generator().manual_seed(seed)) for seed in range(50)])
    assert float(drawn.mean()) == pytest.approx(3, abs=0.05)
    assert float(drawn.std()) == pytest.approx(0.5, abs=0.05)


def test_memory_is_told() -> None:
    picture = Encoded(torch.zeros(4, 64, 64), torch.zeros(4, 64, 64), torch.zeros(3, 2, dtype=torch.int64))
    assert picture.bytes == 128 * 1024 + 48


def test_pictures_become_the_vaes_posterior(tiny_model: GetModel, tmp_path: Path) -> None:
    vae = load.load_vae(identify(tiny_model()), dtype=torch.float32)
    plan = plan_of(tmp_path)
    entry, options = plan.entries[0], plan.subsets[0].options
    pixels = training_pixels(entry, plain_showing(entry, options), options).rgb.astype(np.float32)
    for flip in (False, True):
        scaled = torch.from_numpy(pixels).permute(2, 0, 1)[None] / 127.5 - 1
        with torch.no_grad():
            expected = vae.encode(scaled.flip(3) if flip else scaled).latent_dist
        (encoded,) = encoder_of(tiny_model(), plan, keep=False).encode([shown(entry, flip=flip)])
        assert torch.allclose(encoded.mean, expected.mean[0], atol=1e-4)
        assert torch.allclose(encoded.deviation, expected.std[0], atol=1e-4)
        assert encoded.sizes.tolist() == [[64, 64], [0, 0], [64, 64]]
        assert encoded.mask is None


def test_what_is_kept_is_encoded_once(tiny_model: GetModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vae = load.load_vae(identify(tiny_model()), dtype=torch.float32)
    plan = plan_of(tmp_path, flip_aug=True)
    encoder = PictureEncoder(lambda: vae, CPU, [plan.subsets[0].options], keep=True)
    assert encoder.fillable(plan.entries) == 8
    assert list(encoder.fill(plan.entries, batch=4)) == [4, 6, 8]
    assert encoder.missing(plan.entries) == []
    assert encoder.bytes == 6 * (2 * 4 * 32 * 32 * 4 + 48) + 2 * (2 * 4 * 40 * 24 * 4 + 48)
    monkeypatch.setattr(vae, "encode", None)
    assert len(encoder.encode([shown(plan.entries[0], flip=True), shown(plan.entries[1])])) == 2


def test_pictures_are_mirrored_beforehand_only_where_asked_for(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, flip_aug=True)
    encoder = encoder_of(tiny_model(), plan)
    assert encoder.fillable(plan.entries, plain=True) == 4
    plain = replace(plan.subsets[0].options, flip_aug=False)
    assert PictureEncoder(torch.nn.Identity, CPU, [plain], keep=True).fillable(plan.entries) == 4


def test_the_vae_is_loaded_when_it_is_needed(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    loaded: list[int] = []

    def vae() -> torch.nn.Module:
        loaded.append(1)
        model: torch.nn.Module = load.load_vae(identify(tiny_model()), dtype=torch.float32)
        return model

    encoder = PictureEncoder(vae, CPU, [plan.subsets[0].options], keep=True)
    encoder.release()
    assert not loaded
    for _ in range(2):
        encoder.encode([shown(entry) for entry in plan.entries[:2]])
    assert loaded == [1]


@pytest.mark.parametrize(
    ("options", "size", "name", "way"),
    [
        ({}, (96, 48), "a", "bucket"),
        ({"flip_aug": True}, (96, 48), "a", "bucket"),
        ({"random_crop": True}, (96, 50), "a", "cover"),
        # nothing is cut off a picture of the bucket's own shape
        ({"random_crop": True}, (64, 64), "a", "bucket"),
        ({"color_aug": True}, (64, 64), "a", "bucket"),
        ({"face_crop_aug_range": (2.0, 4.0)}, (64, 64), "a_30_30_10_10", "anew"),
        ({"face_crop_aug_range": (2.0, 4.0)}, (64, 64), "a", "bucket"),
    ],
)
def test_what_can_be_kept(tmp_path: Path, options: dict[str, Any], size: tuple[int, int], name: str, way: str) -> None:
    plan = plan_of(tmp_path, shapes=(size,), **options)
    entry = replace(plan.entries[0], picture=tmp_path / f"{name}.png")
    assert way_of(entry, plan.subsets[0].options) == way
    notices = cache_notices(replace(plan, entries=(entry,)))
    changing = way == "anew" or "color_aug" in options
    assert [notice.code for notice in notices] == (["latents-not-cached"] if changing else [])


def wide(tmp_path: Path, **options: Any) -> Plan:
    """Plan one picture of 150 x 64 pixels that 64 x 64 are cut out of."""
    plan = plan_of(tmp_path, shapes=((150, 64),), **options)
    entry = replace(plan.entries[0], bucket=(64, 64), crop=Crop((150, 64), 43, 0))
    return replace(plan, entries=(entry,))


@pytest.mark.parametrize("flip", [False, True])
def test_random_crops_are_cut_from_the_latents_of_the_whole(tiny_model: GetModel, tmp_path: Path, flip: bool) -> None:  # noqa: FBT001
    plan = wide(tmp_path, random_crop=True, flip_aug=True)
    entry, encoder = plan.entries[0], encoder_of(tiny_model(), plan)
    list(encoder.fill(plan.entries, batch=2))
    showing = Showing("", flip, Crop((150, 64), 29, 0))
    kept = settled(entry, showing, plan.subsets[0].options, keep=encoder.keeps)
    assert kept.crop == Crop((150, 64), 24, 0)
    (encoded,) = encoder.encode([(entry, kept)])
    assert encoded.mean.shape == encoded.deviation.shape == (4, 32, 32)
    # the picture's columns 24 to 88 of 144, two pixels a latent; mirrored they begin at 144 - 88 = 56
    with Image.open(entry.picture) as picture:
        pixels = np.asarray(picture.convert("RGB"), dtype=np.float32)[:, :144]
    scaled = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None] / 127.5 - 1
    vae = load.load_vae(identify(tiny_model()), dtype=torch.float32)
    with torch.no_grad():
        whole = vae.encode(scaled.flip(3) if flip else scaled).latent_dist.mean[0]
    start = 28 if flip else 12
    assert torch.allclose(encoded.mean, whole[:, :, start : start + 32], atol=1e-3)
    assert encoded.sizes.tolist() == [[64, 150], [0, 150 - 64 - 24 if flip else 24], [64, 64]]


def test_random_crops_are_encoded_as_they_are_where_nothing_is_kept(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = wide(tmp_path, random_crop=True)
    entry, encoder = plan.entries[0], encoder_of(tiny_model(), plan, keep=False)
    showing = Showing("", flip=False, crop=Crop((150, 64), 29, 0))
    assert settled(entry, showing, plan.subsets[0].options, keep=encoder.keeps) == showing
    (encoded,) = encoder.encode([(entry, showing)])
    assert encoded.sizes.tolist()[1] == [0, 29]


def test_other_colours_are_encoded_at_the_step(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, color_aug=True)
    entry, encoder = plan.entries[0], encoder_of(tiny_model(), plan)
    assert list(encoder.fill(plan.entries, batch=2)) == [2, 3, 4]
    before = encoder.bytes
    own, red, blue = (
        Showing("", flip=False, crop=entry.crop, colour=colour)
        for colour in (None, ColourShift(hue=16), ColourShift(gamma=1.05))
    )
    found = encoder.encode([(entry, showing) for showing in (own, red, blue, own)])
    assert alike(found[0], found[3])
    assert not any(alike(one, other) for one, other in combinations(found[:3], 2))
    assert encoder.bytes == before
    # in other company a CPU's sums differ in their last digits
    assert torch.allclose(encoder.encode([(entry, red)])[0].mean, found[1].mean, atol=1e-3)


def test_masks_are_shrunk_to_the_latents(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, alpha_mask=True, flip_aug=True, shapes=((64, 64),))
    entry = plan.entries[0]
    alpha = np.zeros((64, 64), dtype=np.uint8)
    alpha[:, 5:] = 255
    with Image.open(entry.picture) as picture:
        picture.putalpha(Image.fromarray(alpha))
        picture.save(entry.picture)
    encoder = encoder_of(tiny_model(), plan)
    list(encoder.fill(plan.entries, batch=2))
    plain, flipped = encoder.encode([shown(entry), shown(entry, flip=True)])
    assert plain.mask is not None
    assert flipped.mask is not None
    # columns 0 to 3 count nothing, column 4 nothing and column 5 fully
    assert plain.mask[0, 7].tolist() == [0, 0, 0.5, *[1] * 29]
    assert torch.equal(flipped.mask, plain.mask.flip(2))


def test_latents_that_are_no_numbers_are_refused(tmp_path: Path, tiny_model: GetModel) -> None:
    plan = plan_of(tmp_path)
    vae = load.load_vae(identify(tiny_model()), dtype=torch.float32)
    vae.encoder.conv_in.weight.data.fill_(float("nan"))
    encoder = PictureEncoder(lambda: vae, CPU, [plan.subsets[0].options], keep=True)
    with pytest.raises(MikazukiError, match=r"0\.png") as refused:
        list(encoder.fill(plan.entries, batch=1))
    assert refused.value.code == "latents-nan"


@pytest.mark.parametrize("options", [{}, {"flip_aug": True, "train_batch_size": 2}])
@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_caching_changes_nothing(
    tiny_model: GetModel, train_tiny: MakeRun, family: str, options: dict[str, object]
) -> None:
    """Pictures are encoded in other company, which changes a CPU's sums in their last digit."""
    kept, anew = (train_tiny(tiny_model(family), at=str(k), cache_latents=k, **options) for k in (True, False))
    assert kept.losses() == pytest.approx(anew.losses(), rel=1e-5)
    assert {event["name"] for event in kept.of("stage")} - {event["name"] for event in anew.of("stage")} == {
        "cache_latents"
    }
