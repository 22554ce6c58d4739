"""Samplers: each of them turns noise into the pictures a known world is made of, and knows the model's ways."""

from collections.abc import Iterator
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any, get_args

import numpy as np
import pytest
import torch
from torch import Tensor

from mikazuki.data.prompts import Prompt
from mikazuki.settings.options.sample import SAMPLERS
from mikazuki.training import noise, samplers
from mikazuki.training.conditions import Condition
from mikazuki.training.sampling import Artist

MEAN, DEVIATION = 0.7, 0.5
OWN_NAMES = [name for name in get_args(SAMPLERS) if not name.startswith("k_")]
SECOND_ORDER = {"heun", "dpm_2", "dpm_2_a"}
PROMPT = Prompt("", 256, 256, seed=1, steps=20, scale=1.0)


class World:
    """The perfect UNet of a world whose latents are normal numbers: what it predicts can be worked out."""

    def __init__(self, *, v: bool, zero_terminal_snr: bool) -> None:
        alpha_bar = noise.alphas_cumprod(zero_terminal_snr=zero_terminal_snr).double().clamp(min=2**-24)
        self._log_sigmas = (((1 - alpha_bar) / alpha_bar).log() / 2).numpy()
        self._v = v
        self.seen: list[float] = []

    def __call__(self, x: Tensor, t: Tensor, _context: Tensor, **_: Any) -> SimpleNamespace:
        self.seen.append(float(t))
        # samplers of second order ask between two timesteps
        sigma = float(np.exp(np.interp(float(t), np.arange(1000), self._log_sigmas)))
        signal = (1 + sigma**2) ** -0.5
        variance = signal**2 * DEVIATION**2 + (signal * sigma) ** 2
        x = x.double()
        picture = MEAN + signal * DEVIATION**2 / variance * (x - signal * MEAN)
        pure = (x - signal * picture) / (signal * sigma)
        predicted = signal * pure - signal * sigma * picture if self._v else pure
        return SimpleNamespace(sample=predicted.float())


def artist(sampler: str, world: World, *, v: bool, zero_terminal_snr: bool) -> Artist:
    return Artist(
        unet=world,
        vae=None,
        condition=lambda texts: Condition(torch.zeros(len(texts), 1, 1)),
        size_condition=lambda _height, _width: None,
        precision=nullcontext,
        prediction_type="v_prediction" if v else "epsilon",
        vae_scale=1.0,
        latent_factor=8,
        latent_channels=4,
        sampler=sampler,
        device=torch.device("cpu"),
        zero_terminal_snr=zero_terminal_snr,
    )


def cases() -> Iterator[Any]:
    for name in OWN_NAMES:
        yield pytest.param(name, False, False, id=f"{name}-noise")
        yield pytest.param(name, True, False, id=f"{name}-v")
        yield pytest.param(name, True, True, id=f"{name}-zero")


@pytest.mark.parametrize(("name", "v", "zero_terminal_snr"), cases())
def test_the_world_comes_out(name: str, v: bool, zero_terminal_snr: bool) -> None:  # noqa: FBT001
    world = World(v=v, zero_terminal_snr=zero_terminal_snr)
    found = artist(name, world, v=v, zero_terminal_snr=zero_terminal_snr).latents([PROMPT])
    # a trace of the picture is left in what training calls noise; without it the mean is exact
    assert found.mean().item() == pytest.approx(MEAN, abs=0.03 if zero_terminal_snr else 0.06)
    assert found.std().item() == pytest.approx(DEVIATION, abs=0.1)
    assert len(world.seen) == {"pndm": 21}.get(name, 39 if name in SECOND_ORDER else 20)
    assert world.seen[0] == (951 if name in {"ddim", "pndm"} and not zero_terminal_snr else 999)


@pytest.mark.parametrize("steps", [5, 30])
@pytest.mark.parametrize("name", OWN_NAMES)
def test_few_and_many_steps(name: str, steps: int) -> None:
    world = World(v=False, zero_terminal_snr=False)
    prompt = Prompt("", 256, 256, seed=1, steps=steps, scale=1.0)
    found = artist(name, world, v=False, zero_terminal_snr=False).latents([prompt])
    assert found.mean().item() == pytest.approx(MEAN, abs=0.06)
    assert found.std().item() == pytest.approx(DEVIATION, abs=0.45 if steps == 5 else 0.08)


@pytest.mark.parametrize("name", [name for name in get_args(SAMPLERS) if name.startswith("k_")])
def test_a_k_before_the_name_changes_nothing(name: str) -> None:
    one, other = (samplers.make_scheduler(said, "epsilon") for said in (name, name.removeprefix("k_")))
    assert type(one) is type(other)
    assert one.config == other.config


def test_samplers_know_the_prediction_type() -> None:
    for name in OWN_NAMES:
        assert samplers.make_scheduler(name, "v_prediction").config.prediction_type == "v_prediction"


def test_ancestral_samplers_draw_from_the_pictures_own_generators() -> None:
    world = World(v=False, zero_terminal_snr=False)
    prompts = [Prompt("", 64, 64, seed=seed, steps=4, scale=1.0) for seed in (1, 2, 1)]
    for name in ("euler_a", "dpm_2_a", "k_euler_a"):
        draw = artist(name, world, v=False, zero_terminal_snr=False).latents
        together = draw(prompts)
        torch.manual_seed(99)
        assert torch.allclose(draw(prompts[1:2]), together[1:2], atol=1e-5)
        assert torch.equal(together[0], together[2])


def test_rescaled_noise_is_that_of_training() -> None:
    expected = noise.alphas_cumprod(zero_terminal_snr=True)
    for name in OWN_NAMES:
        found = samplers.make_scheduler(name, "v_prediction", zero_terminal_snr=True).alphas_cumprod
        assert torch.allclose(found[:-1], expected[:-1], atol=1e-6)
        assert 0 < found[-1].item() < 1e-7


@pytest.mark.parametrize(
    ("order", "expected"),
    [(1, [1]), (2, [3 / 2, -1 / 2]), (3, [23 / 12, -16 / 12, 5 / 12]), (4, [55 / 24, -59 / 24, 37 / 24, -9 / 24])],
)
def test_weights_of_even_steps_are_those_of_adams_and_bashforth(order: int, expected: list[float]) -> None:
    sigmas = np.array([4.0, 5.0, 6.0, 7.0, 8.0])
    found = [samplers.lms_coefficient(sigmas, order, number) for number in range(order)]
    assert found == pytest.approx([-weight for weight in expected])


def test_a_multistep_takes_its_slopes_sigmas() -> None:
    """Slopes at sigma 3 and before it at 5, a step from 3 to 1: the areas of (5 - s) / 2 and of (s - 3) / 2."""
    scheduler = samplers.make_scheduler("lms", "epsilon")
    scheduler.set_timesteps(4)
    scheduler.sigmas = torch.tensor([9.0, 5.0, 3.0, 1.0, 0.0])
    assert [scheduler.get_lms_coefficient(2, 2, number) for number in (0, 1)] == pytest.approx([-3, 1])
    assert scheduler.get_lms_coefficient(1, 0, 0) == pytest.approx(-4)
