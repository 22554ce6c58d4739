"""Files of latents: upstream's names and arrays, enough in them for fresh noise, and never stale ones."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from mikazuki.data.buckets import Crop
from mikazuki.data.draw import Showing
from mikazuki.data.plan import Plan
from mikazuki.models import load
from mikazuki.models.families import FamilyName
from mikazuki.training.latent_files import LatentFiles, latent_path, read_arrays, upstream_crop, write_arrays
from mikazuki.training.latents import Encoded, PictureEncoder
from tests.training import making
from tests.training.conftest import GetModel, MakeRun
from tests.training.planning import CPU, encoder_of, entry_of, plan_of

pytestmark = pytest.mark.tiny


def files_of(plan: Plan, *, vae: str = "vae", family: FamilyName = "sd1", **more: Any) -> LatentFiles:
    return LatentFiles(vae, family, [subset.options for subset in plan.subsets], **more)


def filled(model: Path, plan: Plan, **more: Any) -> PictureEncoder:
    """Return an encoder that has filled itself and its files."""
    encoder = encoder_of(model, plan, files=files_of(plan, **more))
    list(encoder.fill(plan.entries, batch=2))
    return encoder


def without_vae(plan: Plan, **more: Any) -> PictureEncoder:
    """Return an encoder that has only files to take from."""

    def no_vae() -> torch.nn.Module:
        raise AssertionError("the VAE is loaded")

    options = [subset.options for subset in plan.subsets]
    return PictureEncoder(no_vae, CPU, options, keep=True, files=files_of(plan, **more))


def every(encoder: PictureEncoder, plan: Plan) -> list[Encoded]:
    flips = (False, True) if plan.subsets[0].options.flip_aug else (False,)
    return [encoder.encode([(entry, Showing("", flip, entry.crop))])[0] for entry in plan.entries for flip in flips]


def same(one: Encoded, other: Encoded) -> bool:
    masks = [part.mask for part in (one, other) if part.mask is not None]
    tensors = [(getattr(one, name), getattr(other, name)) for name in ("mean", "deviation", "sizes")]
    return len(masks) != 1 and all(torch.equal(a, b) for a, b in [*tensors, *zip(masks[::2], masks[1::2], strict=True)])


def test_files_are_named_as_upstream_names_them(tmp_path: Path) -> None:
    entry = plan_of(tmp_path).entries[2]
    assert latent_path(entry, "sd1").name == latent_path(entry, "sd2").name == "2_0096x0048_sd.npz"
    assert latent_path(entry, "sdxl").name == "2_0096x0048_sdxl.npz"
    assert latent_path(entry, "sd1").parent == entry.picture.parent


@pytest.mark.parametrize("options", [{}, {"flip_aug": True}, {"flip_aug": True, "alpha_mask": True}])
def test_a_second_run_needs_no_vae(tiny_model: GetModel, tmp_path: Path, options: dict[str, Any]) -> None:
    plan = plan_of(tmp_path, **options)
    make_transparent(plan.entries[0].picture)
    first = filled(tiny_model(), plan)
    second = without_vae(plan)
    assert second.missing(plan.entries) == []
    assert list(second.fill(plan.entries, batch=2)) == [first.fillable(plan.entries)]
    pairs = list(zip(every(first, plan), every(second, plan), strict=True))
    assert all(same(one, other) for one, other in pairs)
    assert sum(one.mask is not None for one, _ in pairs) == (2 if "alpha_mask" in options else 0)


def make_transparent(picture: Path) -> None:
    """Let the left 10 columns count nothing."""
    with Image.open(picture) as image:
        alpha = np.full((image.height, image.width), 255, dtype=np.uint8)
        alpha[:, :10] = 0
        image.putalpha(Image.fromarray(alpha))
        image.save(picture)


def test_random_crops_are_kept_as_well(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, random_crop=True, flip_aug=True, shapes=((150, 64),))
    entry = replace(plan.entries[0], bucket=(64, 64), crop=Crop((150, 64), 43, 0))
    plan = replace(plan, entries=(entry,))
    first, second = filled(tiny_model(), plan), without_vae(plan)
    assert second.missing(plan.entries) == []
    for showing in (Showing("", flip=flip, crop=Crop((150, 64), 24, 0)) for flip in (False, True)):
        assert same(first.encode([(entry, showing)])[0], second.encode([(entry, showing)])[0])


def test_upstream_finds_what_it_reads(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, flip_aug=True, alpha_mask=True)
    make_transparent(plan.entries[0].picture)
    encoder = filled(tiny_model(), plan)
    assert read_arrays(latent_path(plan.entries[0], "sd1"))["alpha_mask"].mean(axis=0).tolist() == [0] * 10 + [1] * 54
    entry = plan.entries[2]
    arrays = read_arrays(latent_path(entry, "sd1"))
    plain, flipped = every(encoder, plan)[4:6]
    for name, encoded in (("latents", plain), ("latents_flipped", flipped)):
        assert arrays[name].shape == encoded.mean.shape
        assert arrays[name].dtype == np.float32
        # one draw of the posterior, as upstream's own files hold
        drawn = (torch.from_numpy(arrays[name]) - encoded.mean) / encoded.deviation
        assert abs(float(drawn.mean())) < 0.1
        assert float(drawn.std()) == pytest.approx(1, abs=0.1)
    assert arrays["original_size"].tolist() == [96, 48]
    assert arrays["alpha_mask"].tolist() == np.ones((entry.bucket[1], entry.bucket[0])).tolist()
    # 96 x 48 fitted into 80 x 48: too low for it by 8 pixels
    assert entry.bucket == (80, 48)
    assert arrays["crop_ltrb"].tolist() == [0, 4, 80, 44]
    assert upstream_crop((64, 64), (32, 64)) == (16, 0, 48, 64)


def write_as_upstream(plan: Plan) -> Path:
    """Write the file that upstream would."""
    entry = plan.entries[0]
    path = latent_path(entry, "sd1")
    write_arrays(path, {"latents": np.ones((4, 32, 32), np.float32), "original_size": np.array([64, 64])})
    return path


def test_a_file_of_upstreams_is_completed(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    path = write_as_upstream(plan)
    write_arrays(path, {**read_arrays(path), "latents_16x16": np.zeros(3)})
    for trusting in (False, True):
        assert len(without_vae(plan, skip_check=trusting).missing(plan.entries)) == 4
    filled(tiny_model(), plan)
    assert "latents_16x16" in read_arrays(path)
    assert without_vae(plan).missing(plan.entries) == []


def change(plan: Plan, what: str) -> Plan:
    """Change something that the latents of the first picture are made of."""
    entry, options = plan.entries[0], plan.subsets[0].options
    if what == "picture":
        Image.new("RGB", (64, 64)).save(entry.picture)
    if what == "time":
        os.utime(entry.picture, ns=(1, 1))
    if what == "crop":
        entry = replace(entry, crop=replace(entry.crop, resized=(80, 80)))
    if what == "corner":
        entry = replace(entry, crop=replace(entry.crop, left=3))
    if what == "bucket":
        entry = replace(entry, bucket=(48, 48))
    if what == "resize":
        options = replace(options, resize_interpolation="nearest")
    if what == "alpha":
        options = replace(options, alpha_mask=True)
    if what == "damage":
        path = latent_path(entry, "sd1")
        path.write_bytes(path.read_bytes()[:-200])
    subset = replace(plan.subsets[0], options=options)
    return replace(plan, entries=(entry, *plan.entries[1:]), subsets=(subset,))


@pytest.mark.parametrize(
    ("what", "missing", "trusted"),
    [
        ("nothing", 0, 0),
        ("picture", 1, 0),
        ("time", 1, 0),
        ("crop", 1, 0),
        ("corner", 1, 0),
        ("bucket", 1, 1),
        ("resize", 4, 0),
        ("alpha", 4, 4),
        ("damage", 1, 1),
    ],
)
def test_what_does_not_hold_any_more_is_made_anew(
    tiny_model: GetModel, tmp_path: Path, what: str, missing: int, trusted: int
) -> None:
    plan = plan_of(tmp_path)
    filled(tiny_model(), plan)
    changed = change(plan, what)
    assert len(without_vae(changed).missing(changed.entries)) == missing
    assert len(without_vae(changed, skip_check=True).missing(changed.entries)) == trusted


def test_another_vae_makes_all_anew(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    filled(tiny_model(), plan)
    assert len(without_vae(plan, vae="another").missing(plan.entries)) == 4


def test_a_picture_can_be_kept_in_several_sizes(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, shapes=((64, 64),))
    small = entry_of(plan.entries[0].picture, (64, 64), bucket=(32, 32), crop=Crop((32, 32), 0, 0))
    both = replace(plan, entries=(*plan.entries, small))
    filled(tiny_model(), plan)
    filled(tiny_model(), both)
    second = without_vae(both)
    assert second.missing(both.entries) == []
    assert [one.mean.shape[-1] for one in every(second, both)] == [32, 16]


def test_a_second_training_loads_neither_vae_nor_text_encoders(
    tiny_model: GetModel, train_tiny: MakeRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With latents and captions on the disk it needs the UNet alone, and learns the same."""
    pictures = making.draw_dataset(tmp_path / "pictures")
    options: dict[str, Any] = {
        "train_data_dir": str(pictures),
        "network_train_unet_only": True,
        "cache_latents_to_disk": True,
        "cache_text_encoder_outputs_to_disk": True,
        "flip_aug": True,
    }
    first = train_tiny(tiny_model("sdxl"), at="first", **options)
    monkeypatch.setattr(load, "load_vae", None)
    monkeypatch.setattr(load, "load_text_encoders", None)
    second = train_tiny(tiny_model("sdxl"), at="second", **options)
    assert first.losses() == second.losses()
    assert making.same(first.weights(), second.weights())
    assert {path.name for path in pictures.glob("*/0*.npz")} == {"0_0064x0064_sdxl.npz", "0_te_outputs.npz"}


def test_nothing_half_written_is_left(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    filled(tiny_model(), plan)
    assert (
        sorted(path.suffix for path in plan.entries[0].picture.parent.iterdir())
        == [".npz"] * 4 + [".png"] * 4 + [".txt"] * 4
    )
