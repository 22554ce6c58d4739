"""The loss of a batch: what the UNet sees, what it is compared with, and that every option counts as it says."""

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor

from mikazuki.settings.options.noise import NoiseSettings
from mikazuki.training import noise
from mikazuki.training.batches import Batch
from mikazuki.training.conditions import Condition
from mikazuki.training.denoising import Denoising

pytestmark = pytest.mark.tiny

MACHINE: Any = SimpleNamespace(device=torch.device("cpu"), dtype=torch.float32, autocast=nullcontext)
ALPHA_BAR = noise.alphas_cumprod()


def make_batch(*timesteps: int, weights: tuple[float, ...] | None = None, **more: Any) -> Batch:
    count = len(timesteps)
    generator = torch.Generator().manual_seed(sum(timesteps))
    latents, pure = (torch.randn(count, 4, 8, 8, generator=generator) for _ in range(2))
    return Batch(
        latents=latents,
        noise=pure,
        timesteps=torch.tensor(timesteps),
        captions=[f"step {step}" for step in timesteps],
        weights=torch.tensor(weights or (1.0,) * count),
        time_ids=None,
        **more,
    )


class StubUnet:
    """Predicts zeros and keeps what it was given."""

    def __call__(self, noisy: Tensor, timesteps: Tensor, context: Tensor, **_: Any) -> SimpleNamespace:
        self.noisy, self.timesteps, self.context = noisy, timesteps, context
        return SimpleNamespace(sample=torch.zeros_like(noisy))


def encode(texts: list[str]) -> Condition:
    """Say of a text how long it is."""
    return Condition(torch.tensor([float(len(text)) for text in texts]).view(-1, 1, 1).expand(-1, 2, 3))


def denoising(unet: StubUnet | None = None, *, v: bool = False, **options: Any) -> Denoising:
    settings = NoiseSettings.model_validate(options)
    return Denoising(unet or StubUnet(), encode, MACHINE, settings, v_prediction=v)


def velocity(batch: Batch, alpha_bar: Tensor = ALPHA_BAR) -> Tensor:
    kept = alpha_bar[batch.timesteps].view(-1, 1, 1, 1)
    return kept.sqrt() * batch.noise - (1 - kept).sqrt() * batch.latents


def test_the_unet_sees_noised_latents_and_captions() -> None:
    unet, batch = StubUnet(), make_batch(10, 900)
    denoising(unet).loss(batch)
    kept = ALPHA_BAR[batch.timesteps].view(2, 1, 1, 1)
    assert torch.allclose(unet.noisy, kept.sqrt() * batch.latents + (1 - kept).sqrt() * batch.noise)
    assert torch.equal(unet.timesteps, batch.timesteps)
    assert torch.equal(unet.context, encode(batch.captions).context)


def test_the_target_is_noise_or_velocity() -> None:
    batch = make_batch(10, 900)
    assert denoising().loss(batch) == pytest.approx(float(batch.noise.square().mean()))
    assert denoising(v=True).loss(batch) == pytest.approx(float(velocity(batch).square().mean()), rel=1e-5)


def test_disturbed_noise_goes_into_the_picture_and_not_into_the_target() -> None:
    unet, other = StubUnet(), torch.full((1, 4, 8, 8), 0.5)
    batch = make_batch(500, disturbed=other)
    assert denoising(unet).loss(batch) == pytest.approx(float(batch.noise.square().mean()))
    kept = ALPHA_BAR[500]
    assert torch.allclose(unet.noisy, kept.sqrt() * batch.latents + (1 - kept).sqrt() * other)
    assert torch.allclose(denoising(v=True).target(batch), velocity(batch))


def test_without_signal_at_the_end_the_unet_sees_pure_noise() -> None:
    unet, batch = StubUnet(), make_batch(999)
    found = denoising(unet, v=True, zero_terminal_snr=True).loss(batch)
    assert torch.equal(unet.noisy, batch.noise)
    assert found == pytest.approx(float(batch.latents.square().mean()))


@pytest.mark.parametrize("v", [False, True])
def test_every_weight_is_finite_where_no_signal_is_left(v: bool) -> None:  # noqa: FBT001
    options: dict[str, Any] = {"zero_terminal_snr": True, "min_snr_gamma": 5, "debiased_estimation_loss": True}
    options |= {"scale_v_pred_loss_like_noise_pred": True} if v else {"v_pred_like_loss": 0.5}
    for kind in ("l2", "huber", "smooth_l1"):
        losses = denoising(v=v, loss_type=kind, **options).losses(make_batch(0, 998, 999))
        assert bool(losses.isfinite().all())
        assert bool((losses > 0).all())


@pytest.mark.parametrize("v", [False, True])
def test_min_snr_weighs_every_picture_by_its_timestep(v: bool) -> None:  # noqa: FBT001
    batch = make_batch(5, 700)
    plain, weighed = denoising(v=v).losses(batch), denoising(v=v, min_snr_gamma=5).losses(batch)
    for number, step in enumerate((5, 700)):
        snr = float(ALPHA_BAR[step] / (1 - ALPHA_BAR[step]))
        weight = min(snr, 5.0) / (snr + 1 if v else snr)
        assert float(weighed[number]) == pytest.approx(float(plain[number]) * weight, rel=1e-4)


def test_pictures_count_by_their_weight() -> None:
    batch = make_batch(10, 900, weights=(1.0, 0.25))
    one, other = batch.noise.square().flatten(1).mean(1)
    assert denoising().losses(batch).tolist() == pytest.approx([float(one), float(other / 4)])
    assert denoising().loss(batch) == pytest.approx(float((one + 0.25 * other) / 2))


def test_masked_pixels_do_not_count() -> None:
    mask = torch.zeros(2, 1, 8, 8)
    mask[0, :, :4], mask[1] = 1, 0.5
    batch = make_batch(10, 900, mask=mask)
    error = batch.noise.square()
    expected = [float(error[0, :, :4].sum() / error[0].numel()), float(error[1].mean() / 2)]
    assert denoising().losses(batch).tolist() == pytest.approx(expected)


def test_the_kind_of_error_is_the_one_asked_for() -> None:
    batch = make_batch(300)
    assert denoising(loss_type="l1").loss(batch) == pytest.approx(float(batch.noise.abs().mean()))
    options: dict[str, Any] = {"loss_type": "huber", "huber_schedule": "constant", "huber_c": 0.5}
    huber = (batch.noise.square() + 0.25).sqrt() - 0.5
    assert denoising(**options).loss(batch) == pytest.approx(float(huber.mean()))
