"""The loop: what a step computes, and that every option of loss and optimizer acts as its name says."""

from pathlib import Path

import pytest
import torch
from torch import Tensor

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.training.batches import Batch
from mikazuki.training.denoising import Denoising
from mikazuki.training.loop import dropout_seed, grouped
from mikazuki.training.state import Place
from tests.training import making
from tests.training.conftest import MakeRun, MakeSettings

pytestmark = pytest.mark.tiny


def make_batch(*timesteps: int, weights: tuple[float, ...] | None = None) -> Batch:
    count = len(timesteps)
    generator = torch.Generator().manual_seed(sum(timesteps))
    latents, pure = (torch.randn(count, 4, 8, 8, generator=generator) for _ in range(2))
    weight = torch.tensor(weights or (1.0,) * count)
    return Batch(latents, pure, torch.tensor(timesteps), [f"step {step}" for step in timesteps], weight, None)


def joined(batches: list[Batch]) -> Batch:
    """Lay batches together."""
    return Batch(
        latents=torch.cat([batch.latents for batch in batches]),
        noise=torch.cat([batch.noise for batch in batches]),
        timesteps=torch.cat([batch.timesteps for batch in batches]),
        captions=[caption for batch in batches for caption in batch.captions],
        weights=torch.cat([batch.weights for batch in batches]),
        time_ids=None,
    )


def test_accumulated_batches_are_one_large_batch(make_settings: MakeSettings, tmp_path: Path) -> None:
    options = {"optimizer_type": "SGD", "learning_rate": 1.0, "max_grad_norm": 0}
    one, other = (making.prepared(make_settings(at=at, **options), tmp_path / at) for at in ("one", "other"))
    before = making.trained(one)
    small = [make_batch(10), make_batch(400), make_batch(900)]
    one._step(small)
    other._step([joined(small)])
    pairs = zip(making.trained(one), making.trained(other), strict=True)
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in pairs)
    assert any(not torch.equal(a, b) for a, b in zip(before, making.trained(one), strict=True))
    assert (one.place, other.place) == (Place(1, 0, 3), Place(1, 0, 1))


def test_gradients_are_clipped_together(make_settings: MakeSettings, tmp_path: Path) -> None:
    def moved(norm: float) -> Tensor:
        settings = make_settings(at=str(norm), optimizer_type="SGD", learning_rate=1.0, max_grad_norm=norm)
        loop = making.prepared(settings, tmp_path / str(norm))
        before = making.trained(loop)
        loop._step([make_batch(500)])
        return torch.cat([(a - b).flatten() for a, b in zip(making.trained(loop), before, strict=True)])

    free, clipped = moved(0), moved(1e-4)
    assert free.norm() > 1e-3
    assert float(clipped.norm()) == pytest.approx(1e-4, rel=1e-2)
    assert torch.allclose(clipped / clipped.norm(), free / free.norm(), atol=1e-3)


def test_the_rate_follows_its_schedule(train_tiny: MakeRun) -> None:
    options = {"lr_scheduler": "constant_with_warmup", "lr_warmup_steps": 2, "unet_lr": 0.02}
    done = train_tiny(**options)
    rates = [event["values"] for event in done.of("metric")]
    assert [one["lr/unet"] for one in rates] == pytest.approx([0, 0.01, 0.02])
    assert [one["lr/textencoder"] for one in rates] == pytest.approx([0, 0.005, 0.01])
    # the first step, of rate 0, has changed nothing
    assert done.losses()[1] == pytest.approx(train_tiny(at="still", learning_rate=1e-30).losses()[1])


def test_arguments_reach_the_optimizer(make_settings: MakeSettings, tmp_path: Path) -> None:
    settings = make_settings(optimizer_args="weight_decay=0.3 betas=(0.8,0.9)")
    group = making.prepared(settings, tmp_path).learner.optimizer.param_groups[0]
    assert (group["weight_decay"], group["betas"]) == (0.3, (0.8, 0.9))


def test_the_options_of_the_loss_reach_it(train_tiny: MakeRun) -> None:
    plain = train_tiny(at="plain").losses()
    for at, options in {"snr": {"min_snr_gamma": 0.01}, "offset": {"noise_offset": 0.2}}.items():
        assert train_tiny(at=at, **options).losses()[0] != plain[0]


def test_accumulation_makes_fewer_steps_of_more_batches(train_tiny: MakeRun) -> None:
    one = train_tiny(at="one", max_train_epochs=2, gradient_accumulation_steps=3, learning_rate=1e-30)
    all_of_them = train_tiny(at="all", max_train_epochs=2, learning_rate=1e-30).losses()
    expected = [sum(all_of_them[0:3]) / 3, all_of_them[3], sum(all_of_them[4:7]) / 3, all_of_them[7]]
    assert one.losses() == pytest.approx(expected, rel=1e-5)


def test_a_loss_that_is_no_number_ends_the_training(
    train_tiny: MakeRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Denoising.loss
    calls: list[int] = []

    def broken(self: Denoising, batch: Batch) -> Tensor:
        calls.append(1)
        return whole(self, batch) * (float("nan") if len(calls) == 3 else 1.0)

    monkeypatch.setattr(Denoising, "loss", broken)
    with pytest.raises(MikazukiError, match="loss at step 3 is nan") as caught:
        train_tiny(save_every_n_steps=1, save_state=True, max_train_steps=5)
    assert (caught.value.code, caught.value.exit_code) == ("loss-nan", EXIT_FAILED)
    kept = sorted(path.name for path in (tmp_path / "run" / "output").iterdir())
    assert kept == [f"x-step{step:08d}{end}" for step in (1, 2) for end in ("-state", ".safetensors")]
    events = making.read_events(tmp_path / "run" / "job")
    assert max(event.get("step", 0) for event in events) == 2


def test_groups_end_with_what_is_left() -> None:
    batches = [make_batch(step) for step in (1, 2, 3)]
    assert [len(group) for group in grouped(iter(batches), 3, 2)] == [2, 1]


def test_the_dropout_seed_belongs_to_the_place() -> None:
    seeds = {dropout_seed(7, Place(step), number) for step in (0, 1) for number in (0, 1)}
    assert len(seeds) == 4
    assert dropout_seed(7, Place(3), 1) == dropout_seed(7, Place(3, 2, 5), 1)
    assert dropout_seed(8, Place(3), 1) != dropout_seed(7, Place(3), 1)
    assert dropout_seed(7, Place(3), 1, rank=1) != dropout_seed(7, Place(3), 1)
