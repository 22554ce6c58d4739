"""DREAM: noise is moved as diffusers moves it, pictures that are preserved keep theirs, and nothing else changes."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from diffusers.schedulers.scheduling_ddpm import DDPMScheduler
from diffusers.training_utils import compute_dream_and_update_latents
from torch import Tensor, nn

from mikazuki.settings.options.noise import NoiseSettings
from mikazuki.training import noise
from mikazuki.training.batches import Batch
from mikazuki.training.denoising import Denoising
from tests.training import making
from tests.training.conftest import MakeRun, MakeSettings
from tests.training.test_denoising import ALPHA_BAR, MACHINE, StubUnet, encode, make_batch
from tests.training.test_loop import joined

pytestmark = pytest.mark.tiny

TIMESTEPS = (0, 10, 400, 999)


class LinearUnet(nn.Module):
    """Predicts a multiple of what it is given, with a trace of the timestep."""

    def __init__(self) -> None:
        super().__init__()
        self.factor = nn.Parameter(torch.tensor(0.7))

    def forward(self, noisy: Tensor, timesteps: Tensor, *_: Any, **__: Any) -> SimpleNamespace:
        return SimpleNamespace(sample=self.factor * noisy + timesteps.view(-1, 1, 1, 1) / 3000)


def dreaming(unet: Any, *, v: bool = False, **options: Any) -> Denoising:
    settings = NoiseSettings.model_validate({"dream_training": True, **options})
    return Denoising(unet, encode, MACHINE, settings, v_prediction=v)


def noisy(batch: Batch) -> Tensor:
    return noise.add_noise(batch.latents, batch.noise, batch.timesteps, ALPHA_BAR)


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 3.0])
def test_it_moves_picture_and_target_as_diffusers_does(power: float) -> None:
    batch, unet = make_batch(*TIMESTEPS), LinearUnet()
    scheduler = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear")
    theirs: tuple[Tensor, Tensor] = compute_dream_and_update_latents(
        unet, scheduler, batch.timesteps, batch.noise, noisy(batch), batch.noise, encode(batch.captions).context, power
    )
    denoising = dreaming(unet, dream_detail_preservation=power)
    ours = denoising.rectified(batch)
    assert torch.allclose(noisy(ours), theirs[0], atol=1e-6, rtol=0)
    assert torch.allclose(denoising.target(ours), theirs[1], atol=1e-6, rtol=0)
    assert not torch.allclose(ours.noise, batch.noise, atol=1e-2)


def test_the_loss_is_that_of_the_moved_noise_and_teaches_through_the_second_pass_alone() -> None:
    batch, unet = make_batch(*TIMESTEPS), LinearUnet()
    loss = dreaming(unet).loss(batch)
    loss.backward()  # type: ignore[no-untyped-call]
    found = 0.7 * noisy(batch) + batch.timesteps.view(-1, 1, 1, 1) / 3000
    sigma = (1 - ALPHA_BAR[batch.timesteps]).sqrt().view(-1, 1, 1, 1)
    moved = replace(batch, noise=batch.noise + sigma**0.5 * (batch.noise - found))
    error = 0.7 * noisy(moved) + batch.timesteps.view(-1, 1, 1, 1) / 3000 - moved.noise
    assert float(loss.detach()) == pytest.approx(float(error.square().mean()), rel=1e-5)
    assert unet.factor.grad is not None
    assert float(unet.factor.grad) == pytest.approx(float((2 * error * noisy(moved)).mean()), rel=1e-4)


def test_a_model_of_v_is_asked_for_the_noise_that_its_v_stands_for() -> None:
    """Two models that find the same noise, one saying it and the other saying v, move it alike."""
    batch = make_batch(*TIMESTEPS)
    by_noise = dreaming(LinearUnet()).rectified(batch)
    kept = ALPHA_BAR[batch.timesteps].view(-1, 1, 1, 1)
    found = LinearUnet()(noisy(batch), batch.timesteps).sample
    clean = (noisy(batch) - (1 - kept).sqrt() * found) / kept.sqrt()

    def say_v(*_: Any, **__: Any) -> SimpleNamespace:
        return SimpleNamespace(sample=kept.sqrt() * found - (1 - kept).sqrt() * clean)

    by_v = dreaming(say_v, v=True).rectified(batch)
    assert torch.allclose(by_v.noise, by_noise.noise, atol=1e-4)
    assert torch.allclose(
        dreaming(say_v, v=True).target(by_v), noise.velocity(batch.latents, by_v.noise, batch.timesteps, ALPHA_BAR)
    )


def test_preserved_pictures_and_masks_mean_what_they_did() -> None:
    mask = torch.zeros(2, 1, 8, 8)
    mask[0, :, :4], mask[1] = 1, 0.5
    batch = make_batch(400, 900, preserved=torch.tensor([False, True]), mask=mask)
    moved = dreaming(LinearUnet()).rectified(batch)
    assert torch.equal(moved.noise[1], batch.noise[1])
    assert not torch.equal(moved.noise[0], batch.noise[0])
    dreamed, plain = (
        dreaming(LinearUnet()).losses(batch),
        Denoising(LinearUnet(), encode, MACHINE, NoiseSettings(), v_prediction=False).losses(batch),
    )
    # here the base model is the model itself, so that what is preserved has no loss
    assert [float(dreamed[1].detach()), float(plain[1].detach())] == [0, 0]
    error = (LinearUnet()(noisy(moved), moved.timesteps).sample - moved.noise).square()
    assert float(dreamed[0].detach()) == pytest.approx(float((error[0] * mask[0]).mean().detach()), rel=1e-5)


def test_disturbed_noise_moves_along() -> None:
    batch = make_batch(400, disturbed=torch.full((1, 4, 8, 8), 0.5))
    moved = dreaming(LinearUnet()).rectified(batch)
    assert moved.disturbed is not None
    assert batch.disturbed is not None
    assert torch.allclose(moved.disturbed - batch.disturbed, moved.noise - batch.noise, atol=1e-6)


def test_held_back_pictures_are_judged_without_it() -> None:
    unet, batch = StubUnet(), make_batch(400)
    with torch.no_grad():
        assert dreaming(unet).loss(batch) == pytest.approx(float(batch.noise.square().mean()))


@pytest.mark.parametrize("method", [{}, {"method": "dreambooth"}])
def test_accumulated_batches_are_one_large_batch(
    make_settings: MakeSettings, tmp_path: Path, method: dict[str, Any]
) -> None:
    options = {"optimizer_type": "SGD", "learning_rate": 0.1, "max_grad_norm": 0, **method}
    dreams = {"dream_training": True}
    one, other, plain = (
        making.prepared(make_settings(at=at, **options, **more), tmp_path / at)
        for at, more in (("one", dreams), ("other", dreams), ("plain", {}))
    )
    before = making.trained(one)
    small = [make_batch(10), make_batch(400), make_batch(900)]
    one._step(small)
    other._step([joined(small)])
    plain._step([joined(small)])
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(making.trained(one), making.trained(other), strict=True))
    assert any(not torch.equal(a, b) for a, b in zip(before, making.trained(one), strict=True))
    assert any(
        not torch.allclose(a, b, atol=1e-5) for a, b in zip(making.trained(one), making.trained(plain), strict=True)
    )


def test_it_goes_with_checkpointing(train_tiny: MakeRun) -> None:
    options = {"method": "dreambooth", "learning_rate": 1e-3, "max_train_steps": 2, "dream_training": True}
    plain, spared = train_tiny(at="plain", **options), train_tiny(at="spared", **options, gradient_checkpointing=True)
    assert spared.losses() == pytest.approx(plain.losses(), rel=1e-4)
