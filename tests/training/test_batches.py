"""Batches: everything random in them belongs to their place, and every option of the dataset acts."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from mikazuki.data.plan import Plan
from mikazuki.settings.train import TrainSettings
from mikazuki.training.batches import Batch, BatchMaker, ahead
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings

pytestmark = pytest.mark.tiny


def maker(settings: TrainSettings, job: Path) -> BatchMaker:
    return making.prepared(settings, job).maker


def batches(made: BatchMaker, count: int = 20) -> list[Batch]:
    """Make the first picture's batch at many places."""
    return [made.make((0, number, [0])) for number in range(count)]


def test_a_place_has_one_batch(make_settings: MakeSettings, tmp_path: Path) -> None:
    made = maker(make_settings(), tmp_path)
    one, again, other = made.make((0, 1, [0, 1])), made.make((0, 1, [0, 1])), made.make((0, 2, [0, 1]))
    for name in ("latents", "noise", "timesteps"):
        assert torch.equal(getattr(one, name), getattr(again, name))
        assert not torch.equal(getattr(one, name), getattr(other, name))
    assert one.latents.shape == (2, 4, 32, 32)
    assert one.captions == ["a red square, left", "a green square, right"]
    assert one.time_ids is None


def test_noise_is_normal_and_timesteps_cover_the_schedule(make_settings: MakeSettings, tmp_path: Path) -> None:
    made = batches(maker(make_settings(), tmp_path), 60)
    noise = torch.cat([batch.noise for batch in made])
    assert abs(float(noise.mean())) < 0.02
    assert float(noise.std()) == pytest.approx(1, abs=0.02)
    steps = torch.cat([batch.timesteps for batch in made])
    assert int(steps.min()) < 100
    assert 900 < int(steps.max()) < 1000


def test_noise_offset_shifts_whole_channels(make_settings: MakeSettings, tmp_path: Path) -> None:
    plain, shifted = (maker(make_settings(noise_offset=off), tmp_path).make((0, 0, [0])) for off in (0, 0.5))
    shift = shifted.noise - plain.noise
    means = shift.mean(dim=(2, 3), keepdim=True)
    assert torch.allclose(shift, means.expand_as(shift), atol=1e-6)
    assert len({round(float(mean), 4) for mean in means.flatten()}) == 4
    assert torch.equal(shifted.timesteps, plain.timesteps)


def mirrored(made: BatchMaker, batch: Batch) -> bool:
    """Tell which of a picture's two posteriors a batch's latents come from."""
    plain, flipped = (made.encoder.encode([(made.plan.entries[0], flip)])[0].mean for flip in (False, True))
    latents = batch.latents[0] / made.vae_scale
    return float((latents - flipped).square().mean()) < float((latents - plain).square().mean())


def test_flip_aug_mirrors_half_of_the_pictures(make_settings: MakeSettings, tmp_path: Path) -> None:
    made = maker(make_settings(flip_aug=True), tmp_path)
    assert 5 < sum(mirrored(made, batch) for batch in batches(made, 40)) < 35
    made = maker(make_settings(), tmp_path)
    assert not any(mirrored(made, batch) for batch in batches(made, 40))


def test_captions_are_shuffled_and_dropped(make_settings: MakeSettings, tmp_path: Path) -> None:
    shuffled = {b.captions[0] for b in batches(maker(make_settings(shuffle_caption=True), tmp_path))}
    assert shuffled == {"a red square, left", "left, a red square"}
    dropped = [b.captions[0] for b in batches(maker(make_settings(caption_dropout_rate=0.5), tmp_path), 40)]
    assert set(dropped) == {"a red square, left", ""}
    assert 8 < dropped.count("") < 32


def test_regularisation_pictures_have_their_weight(make_settings: MakeSettings, tmp_path: Path) -> None:
    reg = making.draw_dataset(tmp_path / "reg", shapes=((64, 64),))
    made = maker(make_settings(reg_data_dir=str(reg), prior_loss_weight=0.3), tmp_path / "job")
    rows = [number for number, entry in enumerate(made.plan.entries) if entry.is_reg]
    assert rows
    assert made.make((0, 0, [0, rows[0]])).weights.tolist() == pytest.approx([1.0, 0.3])


def test_regularisation_changes_the_loss(tmp_path: Path, train_tiny: MakeRun) -> None:
    reg = making.draw_dataset(tmp_path / "reg", shapes=((64, 64),))
    seen = [
        sum(
            train_tiny(
                at=str(w), reg_data_dir=str(reg), prior_loss_weight=w, max_train_epochs=1, learning_rate=1e-30
            ).losses()
        )
        for w in (1.0, 0.5, 0.0)
    ]
    assert seen[0] - seen[1] == pytest.approx(seen[1] - seen[2], rel=1e-4)
    assert seen[0] > seen[1] > seen[2] > 0


def test_sdxl_is_told_the_sizes(tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path) -> None:
    made = maker(make_settings(tiny_model("sdxl")), tmp_path)
    wide = next(number for number, entry in enumerate(made.plan.entries) if entry.size == (96, 48))
    entry = made.plan.entries[wide]
    sizes = made.make((0, 0, [wide])).time_ids
    assert sizes is not None
    expected = [48, 96, entry.crop.top, entry.crop.left, entry.bucket[1], entry.bucket[0]]
    assert sizes.tolist() == [expected]


@pytest.mark.parametrize("cached", [True, False])
def test_workers_change_nothing(train_tiny: MakeRun, cached: bool) -> None:  # noqa: FBT001
    runs = [
        train_tiny(at=str(workers), max_data_loader_n_workers=workers, cache_latents=cached, max_train_epochs=2)
        for workers in (0, 1, 2)
    ]
    assert runs[0].losses() == runs[1].losses() == runs[2].losses()
    assert making.same(runs[0].weights(), runs[2].weights())


def test_what_is_made_ahead_comes_in_order_and_not_too_early() -> None:
    begun: list[int] = []

    def make(key: int) -> int:
        begun.append(key)
        return key * 10

    found = ahead(make, range(100), 2)
    assert [next(found) for _ in range(3)] == [0, 10, 20]
    found.close()  # type: ignore[attr-defined]
    assert len(begun) <= 8
    assert not [one for one in threading.enumerate() if one.name.startswith("batches")]


def test_what_goes_wrong_in_a_worker_is_raised() -> None:
    def make(key: int) -> int:
        if key == 2:
            raise ValueError("no")
        return key

    with pytest.raises(ValueError, match="no"):
        list(ahead(make, range(4), 2))


def test_the_short_last_batch_keeps_its_numbers_apart(make_settings: MakeSettings, tmp_path: Path) -> None:
    """The random numbers of a picture belong to its place in the epoch, whatever stood before it."""
    made = maker(make_settings(train_batch_size=2, shuffle_caption=True), tmp_path)
    plan: Plan = made.plan
    assert plan.batches_per_epoch == 3
    alone = replace(made).make((0, 1, [0]))
    assert alone.captions == made.make((0, 1, [0, 1])).captions[:1]
