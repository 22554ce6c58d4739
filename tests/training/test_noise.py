"""Noise: the schedule's numbers, the formulas by hand, and randomness as a function of the place."""

from typing import Any

import pytest
import torch
from diffusers.schedulers.scheduling_ddim import rescale_zero_terminal_snr
from diffusers.schedulers.scheduling_deis_multistep import DEISMultistepScheduler
from diffusers.schedulers.scheduling_unipc_multistep import UniPCMultistepScheduler
from torch import Tensor

from mikazuki.settings.options.noise import NoiseSettings
from mikazuki.training import noise

SHAPE = (3, 4, 8, 6)
LATENTS = torch.randn(SHAPE, generator=torch.Generator().manual_seed(9))


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(5)


def drawn(latents: Tensor = LATENTS, **options: Any) -> noise.DrawnNoise:
    return noise.draw_noise(latents, NoiseSettings(**options), generator())


PLAIN = drawn()


def test_schedule_has_stable_diffusions_ends() -> None:
    alpha_bar = noise.alphas_cumprod()
    assert alpha_bar.shape == (1000,)
    assert alpha_bar[0].item() == pytest.approx(1 - 0.00085, abs=1e-7)
    assert alpha_bar[-1].item() == pytest.approx(0.00466, abs=1e-5)


def test_schedule_with_nothing_left_at_its_end() -> None:
    """In diffusers the paper's algorithm rescales the betas; ours are alpha-bars at once."""
    alpha_bar, plain = noise.alphas_cumprod(zero_terminal_snr=True), noise.alphas_cumprod()
    assert alpha_bar[-1] == 0
    assert alpha_bar[0].item() == pytest.approx(plain[0].item(), abs=1e-7)
    betas = 1 - plain / torch.cat([torch.ones(1), plain[:-1]])
    assert torch.allclose(alpha_bar, torch.cumprod(1 - rescale_zero_terminal_snr(betas), dim=0), atol=1e-5)
    assert bool((alpha_bar.diff() < 0).all())


def test_add_noise_and_velocity_by_hand() -> None:
    alpha_bar = torch.tensor([0.64, 0.36])
    x, e = torch.full((2, 1, 1, 1), 2.0), torch.full((2, 1, 1, 1), 5.0)
    t = torch.tensor([0, 1])
    # the square roots are 0.8 and 0.6, then 0.6 and 0.8
    assert noise.add_noise(x, e, t, alpha_bar).flatten().tolist() == pytest.approx([4.6, 5.2])
    assert noise.velocity(x, e, t, alpha_bar).flatten().tolist() == pytest.approx([2.8, 1.4])


def test_without_options_noise_and_timesteps_alone_are_drawn() -> None:
    random = generator()
    assert torch.equal(PLAIN.noise, torch.randn(SHAPE, generator=random))
    assert torch.equal(PLAIN.timesteps, torch.randint(0, 1000, (3,), generator=random))
    assert PLAIN.disturbed is None


@pytest.mark.parametrize(
    "options",
    [
        {"noise_offset": 0.1},
        {"noise_offset": 0.1, "noise_offset_random_strength": True, "adaptive_noise_scale": 0.1},
        {"multires_noise_iterations": 6},
        {"ip_noise_gamma": 0.1, "ip_noise_gamma_random_strength": True},
    ],
)
def test_an_option_changes_noise_but_no_timestep(options: dict[str, Any]) -> None:
    one = drawn(**options)
    assert torch.equal(one.timesteps, PLAIN.timesteps)
    assert torch.equal(one.noise, PLAIN.noise) == ("ip_noise_gamma" in options)
    assert (one.disturbed is not None) == ("ip_noise_gamma" in options)
    assert torch.equal(one.noise, drawn(**options).noise)


def test_timesteps_stay_in_their_range() -> None:
    settings = NoiseSettings(min_timestep=20, max_timestep=23)
    steps = noise.draw_noise(torch.zeros(200, 1, 1, 1), settings, generator()).timesteps
    assert sorted(set(steps.tolist())) == [20, 21, 22]


def test_a_given_timestep_is_everyones() -> None:
    one = noise.draw_noise(LATENTS, NoiseSettings(), generator(), timestep=600)
    assert one.timesteps.tolist() == [600, 600, 600]
    assert torch.equal(one.noise, PLAIN.noise)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [200, 400, 600, 800]),
        ({"min_timestep": 100, "max_timestep": 150}, [110, 120, 130, 140]),
        # 9.4 apart, rounded down
        ({"min_timestep": 3, "max_timestep": 50}, [12, 21, 31, 40]),
    ],
)
def test_timesteps_of_validation(options: dict[str, int], expected: list[int]) -> None:
    assert noise.validation_timesteps(NoiseSettings.model_validate(options)) == expected


def test_an_offset_moves_whole_channels() -> None:
    moved = drawn(noise_offset=0.1).noise - PLAIN.noise
    assert torch.allclose(moved, moved[:, :, :1, :1].expand_as(moved), atol=1e-6)
    assert 0.05 < moved.std().item() < 0.2


def test_strength_of_an_offset_by_hand() -> None:
    latents = torch.tensor([-2.0, 0.5]).view(1, 2, 1, 1).expand(1, 2, 3, 3)
    up = noise.offset_strength(latents, 0.1, 0.2)
    down = noise.offset_strength(latents, 0.1, -0.1)
    assert isinstance(up, Tensor)
    assert isinstance(down, Tensor)
    assert up.flatten().tolist() == pytest.approx([0.5, 0.2])
    # 0.1 - 0.2 would be below 0
    assert down.flatten().tolist() == pytest.approx([0.0, 0.05])
    assert noise.offset_strength(latents, 0.1, None) == 0.1


def test_a_random_strength_is_a_share_of_the_option_drawn_before_the_offset() -> None:
    random = generator()
    torch.randn(SHAPE, generator=random)
    torch.randint(0, 1000, (3,), generator=random)
    share = torch.rand((), generator=random)
    channels = torch.randn(3, 4, 1, 1, generator=random)
    moved = drawn(noise_offset=0.4, noise_offset_random_strength=True).noise
    assert torch.allclose(moved, PLAIN.noise + 0.4 * share * channels, atol=1e-6)


def test_disturbed_noise_is_noise_and_some_more() -> None:
    def added(**options: Any) -> Tensor:
        disturbed = drawn(**options).disturbed
        assert disturbed is not None
        return disturbed - PLAIN.noise

    more = added(ip_noise_gamma=0.1)
    assert more.std().item() == pytest.approx(0.1, rel=0.1)
    assert abs(more.mean().item()) < 0.02
    assert 0 < added(ip_noise_gamma=0.1, ip_noise_gamma_random_strength=True).std().item() < 0.1


def test_the_finest_grid_is_as_fine_as_the_latents() -> None:
    random = generator()
    noise.draw_noise(LATENTS, NoiseSettings(), random)
    torch.rand((), generator=random)
    both = PLAIN.noise + torch.randn(SHAPE, generator=random)
    cases: tuple[dict[str, Any], ...] = (
        {"multires_noise_iterations": 1},
        {"multires_noise_iterations": 5, "multires_noise_discount": 0},
    )
    for options in cases:
        assert torch.allclose(drawn(**options).noise, both / both.std(), atol=1e-6)


def test_coarse_noise_binds_neighbours_and_keeps_the_deviation() -> None:
    def bond(pure: Tensor) -> float:
        return (pure[..., 1:] * pure[..., :-1]).mean().item()

    latents = torch.zeros(2, 4, 64, 64)
    fine, coarse = drawn(latents).noise, drawn(latents, multires_noise_iterations=6, multires_noise_discount=0.8).noise
    assert abs(bond(fine)) < 0.03
    assert bond(coarse) > 0.1
    assert coarse.std().item() == pytest.approx(1, abs=1e-5)


def test_a_grid_of_one_cell_is_the_last() -> None:
    random, other = generator(), generator()
    # 9 cells high and 1 wide: the first grid already is a single cell wide
    noise.multires_noise(torch.randn(1, 2, 9, 1, generator=random), 6, 0.5, random)
    torch.randn(1, 2, 9, 1, generator=other)
    torch.rand((), generator=other)
    torch.randn(1, 2, 9, 1, generator=other)
    assert torch.equal(torch.rand(1, generator=random), torch.rand(1, generator=other))


def test_generators_depend_on_the_whole_place() -> None:
    def first(*place: int | str) -> float:
        return torch.randn(1, generator=noise.generator_at(*place)).item()

    assert first(1, "step", 0, 3) == first(1, "step", 0, 3)
    assert len({first(1, "step", 0, 3), first(2, "step", 0, 3), first(1, "step", 3, 0), first(1, "step", 0, 4)}) == 4


@pytest.mark.parametrize("scheduler", [DEISMultistepScheduler, UniPCMultistepScheduler])
def test_mixing_by_sigma_is_theirs_at_every_timestep(scheduler: Any) -> None:
    """Their timesteps must be set, and so that all of them are there: without that, t is given the noise of 999 - t."""
    theirs = scheduler(
        beta_start=noise.BETA_START, beta_end=noise.BETA_END, beta_schedule="scaled_linear", timestep_spacing="trailing"
    )
    theirs.set_timesteps(noise.NUM_TRAIN_TIMESTEPS)
    t, alpha_bar = torch.arange(noise.NUM_TRAIN_TIMESTEPS), noise.alphas_cumprod()
    x, e = (torch.randn(len(t), 4, 2, 2, generator=generator()) for _ in range(2))
    mixed = noise.add_noise_by_sigma(x, e, t, alpha_bar)
    assert torch.allclose(mixed, theirs.add_noise(x, e, t), atol=1e-6, rtol=0)
    # the same mixture as DDPM's, in another order of arithmetic
    assert 0 < float((mixed - noise.add_noise(x, e, t, alpha_bar)).abs().max()) < 2e-6


def test_mixing_by_sigma_where_no_signal_is_left() -> None:
    alpha_bar, t = noise.alphas_cumprod(zero_terminal_snr=True), torch.tensor([999])
    e = torch.randn(1, 4, 2, 2, generator=generator())
    mixed = noise.add_noise_by_sigma(torch.ones_like(e), e, t, alpha_bar)
    assert torch.allclose(mixed, e, atol=1e-3)
    assert bool(mixed.isfinite().all())
