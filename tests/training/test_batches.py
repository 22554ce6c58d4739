"""Batches: everything random in them belongs to their place, and every option of the dataset acts."""

import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from mikazuki.data.buckets import Crop
from mikazuki.data.plan import Plan
from mikazuki.settings.datasets import CaptionOptions
from mikazuki.training.batches import Batch, BatchMaker, ahead, worker_pool
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings
from tests.training.planning import encoder_of, plan_of

pytestmark = pytest.mark.tiny
SCALE = 0.18215


@pytest.fixture
def maker(tiny_model: GetModel, make_settings: MakeSettings) -> Any:
    """Return a function that makes a maker of a plan, with settings."""

    def make(plan: Plan, *, sizes: bool = False, keep: bool = True, **settings: Any) -> BatchMaker:
        encoder = encoder_of(tiny_model(), plan, keep=keep)
        return BatchMaker(plan, make_settings(**settings), 7, encoder, SCALE, sizes)

    return make


def batches(made: BatchMaker, count: int = 20, epoch: int = 0) -> list[Batch]:
    """Make the first picture's batch at many places."""
    return [made.make((epoch, number, [0])) for number in range(count)]


def test_a_place_has_one_batch(maker: Any, tmp_path: Path) -> None:
    made = maker(plan_of(tmp_path))
    one, again, other = made.make((0, 1, [0, 1])), made.make((0, 1, [0, 1])), made.make((0, 2, [0, 1]))
    for name in ("latents", "noise", "timesteps"):
        assert torch.equal(getattr(one, name), getattr(again, name))
        assert not torch.equal(getattr(one, name), getattr(other, name))
    assert one.latents.shape == (2, 4, 32, 32)
    assert one.captions == ["a red square, left", "a green square, right"]
    assert one.weights.tolist() == [1, 1]
    assert [one.time_ids, one.mask, one.disturbed, one.preserved, one.strength] == [None] * 4 + [1]


def test_noise_is_normal_and_timesteps_cover_the_schedule(maker: Any, tmp_path: Path) -> None:
    made = batches(maker(plan_of(tmp_path)), 60)
    noise = torch.cat([batch.noise for batch in made])
    assert abs(float(noise.mean())) < 0.02
    assert float(noise.std()) == pytest.approx(1, abs=0.02)
    steps = torch.cat([batch.timesteps for batch in made])
    assert int(steps.min()) < 100
    assert 900 < int(steps.max()) < 1000


def test_noise_options_leave_the_rest_alone(maker: Any, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    plain, shifted, disturbed = (
        maker(plan, **options).make((0, 0, [0])) for options in ({}, {"noise_offset": 0.5}, {"ip_noise_gamma": 0.5})
    )
    assert torch.equal(shifted.timesteps, plain.timesteps)
    assert torch.equal(shifted.latents, plain.latents)
    shift = shifted.noise - plain.noise
    assert torch.allclose(shift, shift.mean(dim=(2, 3), keepdim=True).expand_as(shift), atol=1e-6)
    assert torch.equal(disturbed.noise, plain.noise)
    assert float((disturbed.disturbed - plain.noise).std()) == pytest.approx(0.5, abs=0.05)


def mirrored(made: BatchMaker, batch: Batch) -> bool:
    """Tell which of a picture's two posteriors a batch's latents come from."""
    entry = made.plan.entries[0]
    showing = made.shown((0, 0, [0]))[0][1]
    plain, flipped = (made.encoder.encode([(entry, replace(showing, flip=flip))])[0].mean for flip in (False, True))
    latents = batch.latents[0] / made.vae_scale
    return float((latents - flipped).square().mean()) < float((latents - plain).square().mean())


def test_flip_aug_mirrors_half_of_the_pictures(maker: Any, tmp_path: Path) -> None:
    made = maker(plan_of(tmp_path, flip_aug=True))
    assert 5 < sum(mirrored(made, batch) for batch in batches(made, 40)) < 35
    made = maker(plan_of(tmp_path))
    assert not any(mirrored(made, batch) for batch in batches(made, 40))


def test_captions_are_shuffled_and_dropped(maker: Any, tmp_path: Path) -> None:
    shuffled = {b.captions[0] for b in batches(maker(plan_of(tmp_path, captions=CaptionOptions(shuffle_caption=True))))}
    assert shuffled == {"a red square, left", "left, a red square"}
    options = CaptionOptions(caption_dropout_rate=0.5)
    dropped = [b.captions[0] for b in batches(maker(plan_of(tmp_path, captions=options)), 40)]
    assert set(dropped) == {"a red square, left", ""}
    assert 8 < dropped.count("") < 32


def test_epochs_and_steps_reach_the_captions(maker: Any, tmp_path: Path) -> None:
    """Epochs count from 1; a step is as many batches as gradients are accumulated of."""
    made = maker(plan_of(tmp_path, captions=CaptionOptions(caption_dropout_every_n_epochs=2)))
    assert [made.make((epoch, 0, [0])).captions[0] for epoch in range(4)] == ["a red square, left", ""] * 2
    plan = plan_of(tmp_path, captions=CaptionOptions(token_warmup_min=1, token_warmup_step=8))
    made = maker(plan, gradient_accumulation_steps=3)
    assert plan.steps_per_epoch == 4
    assert [made.drawing.steps_before(0, number) for number in (0, 2, 3, 5, 6)] == [0, 0, 1, 1, 2]
    assert made.drawing.steps_before(2, 3) == 9
    assert made.make((0, 0, [0])).captions == ["a red square"]
    assert made.make((2, 3, [0])).captions == ["a red square, left"]


NOISY = {"noise_offset": 0.1, "multires_noise_iterations": 3, "ip_noise_gamma": 0.1}


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_processes_share_the_batch_of_one(maker: Any, tmp_path: Path, count: int) -> None:
    """Each has its own pictures with the numbers that one process draws, and the shares make the same mean."""
    plan = plan_of(tmp_path, shapes=((64, 64),) * 5, flip_aug=True, dataset={})
    halves = replace(plan, processes=2)
    whole = replace(plan, datasets=tuple(replace(one, batch_size=2 * one.batch_size) for one in plan.datasets))
    one = maker(whole, **NOISY).make((1, 2, list(range(count))))
    shared = maker(halves, **NOISY)
    parts = [replace(shared, rank=rank).make((1, 2, list(range(count)))) for rank in range(2)]
    taken = [part for part in parts if part.share]
    assert [caption for part in taken for caption in part.captions] == one.captions
    for name in ("latents", "noise", "disturbed", "timesteps"):
        joined = torch.cat([getattr(part, name) for part in taken])
        # encoded in other company, which changes a CPU's sums in their last digits
        assert torch.allclose(joined, getattr(one, name), atol=1e-3), name
    losses = torch.rand(count)
    means = [chunk.mean() for chunk in torch.split(losses, [len(part.captions) for part in taken])]
    total = sum(float(mean) * part.share for mean, part in zip(means, taken, strict=True)) / 2
    assert total == pytest.approx(float(losses.mean()))
    assert one.share == 1
    assert all(len(part.captions) >= 1 for part in parts)


def test_each_picture_of_an_epoch_has_its_own_numbers(maker: Any, tmp_path: Path) -> None:
    """Places do not run into one another, whichever dataset's batches are larger."""
    plan = plan_of(tmp_path, captions=CaptionOptions(shuffle_caption=True), dataset={})
    larger = replace(plan.datasets[0], batch_size=3)
    made = maker(replace(plan, datasets=(plan.datasets[0], larger)))
    # the third picture of batch 0 would share its numbers with the first of batch 1 if places were 2 apart
    firsts = [made.make((0, number, [0, 0, 0])).captions for number in range(12)]
    assert any(one[2] != other[0] for one, other in pairwise(firsts))
    alone = made.make((0, 1, [0]))
    assert alone.captions == made.make((0, 1, [0, 1])).captions[:1]


def test_regularisation_pictures_have_their_weight(maker: Any, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    reg = replace(plan.entries[1], is_reg=True)
    made = maker(replace(plan, entries=(plan.entries[0], reg)), prior_loss_weight=0.3)
    assert made.make((0, 0, [0, 1])).weights.tolist() == pytest.approx([1.0, 0.3])
    falling = {"prior_loss_scale": True, "prior_loss_target": 2, "prior_loss_weight_min": 0.1}
    made = maker(made.plan, prior_loss_weight=0.3, **falling)
    weights = [made.make((epoch, 0, [0, 1])).weights.tolist() for epoch in (0, 1, 2, 3)]
    assert [one for one, _ in weights] == [1, 1, 1, 1]
    assert [prior for _, prior in weights] == pytest.approx([0.3, 0.2, 0.1, 0.1])


def test_a_dataset_can_weaken_the_network(maker: Any, tmp_path: Path) -> None:
    made = maker(plan_of(tmp_path, dataset={"network_multiplier": 0.5}))
    assert made.make((0, 0, [0, 1])).strength == 0.5


def test_masks_weigh_where_they_are_asked_for(maker: Any, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    (tmp_path / "mask").mkdir()
    mask = tmp_path / "mask" / "0.png"
    Image.new("RGB", (64, 64), (51, 0, 0)).save(mask)
    masked = replace(plan, entries=(replace(plan.entries[0], mask=mask), plan.entries[1]))
    found = maker(masked, masked_loss=True, conditioning_data_dir=str(mask.parent)).make((0, 0, [0, 1])).mask
    assert found.shape == (2, 1, 32, 32)
    assert found[0].unique().tolist() == pytest.approx([0.2])
    assert found[1].unique().tolist() == [1]
    assert maker(masked).make((0, 0, [0, 1])).mask is None


def test_sdxl_is_told_the_sizes(maker: Any, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    entry = plan.entries[2]
    assert entry.size == (96, 48)
    sizes = maker(plan, sizes=True).make((0, 0, [2])).time_ids
    expected = [48, 96, entry.crop.top, entry.crop.left, entry.bucket[1], entry.bucket[0]]
    assert sizes.tolist() == [expected]


def test_sdxl_is_told_the_crop_that_was_drawn(maker: Any, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, random_crop=True, shapes=((64, 200),))
    tall = replace(plan.entries[0], bucket=(64, 64), crop=Crop((64, 200), 0, 68))
    made = maker(replace(plan, entries=(tall,)), sizes=True)
    assert all(made.shown((0, number, [0]))[0][1].crop.top % 8 == 0 for number in range(9))
    tops = {int(batch.time_ids[0, 2]) for batch in batches(made, 30) if batch.time_ids is not None}
    assert len(tops) > 1
    assert all(top % 8 == 0 for top in tops)


def test_colours_reach_the_latents(maker: Any, tmp_path: Path) -> None:
    plan = plan_of(tmp_path, color_aug=True)
    made = maker(plan)
    shown = [made.shown((0, number, [0]))[0][1] for number in range(20)]
    plain = maker(plan_of(tmp_path))
    moved = [
        float((made.make((0, number, [0])).latents - plain.make((0, number, [0])).latents).abs().max())
        for number in range(20)
    ]
    own = [change for change, showing in zip(moved, shown, strict=True) if showing.colour is None]
    assert own == [0] * len(own)
    assert len(own) < 20
    # the smallest changes of colour are lost in 8 bits
    assert sum(change > 0 for change in moved) > 2


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
    assert not threads()


def threads() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("batches")]


def test_threads_of_a_pool_go_on() -> None:
    names: set[str] = set()

    def make(key: int) -> int:
        names.add(threading.current_thread().name)
        return key

    with worker_pool(1) as pool:
        for _ in range(2):
            assert list(ahead(make, range(5), 1, pool)) == list(range(5))
        assert threads() == list(names)
    assert len(names) == 1
    assert not threads()


def test_what_goes_wrong_in_a_worker_is_raised() -> None:
    def make(key: int) -> int:
        if key == 2:
            raise ValueError("no")
        return key

    with pytest.raises(ValueError, match="no"):
        list(ahead(make, range(4), 2))
