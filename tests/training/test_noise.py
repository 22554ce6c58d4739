"""Noise: the schedule's numbers, the formulas by hand, and randomness as a function of the place."""

import pytest
import torch

from mikazuki.training import noise


def test_schedule_has_stable_diffusions_ends() -> None:
    alpha_bar = noise.alphas_cumprod()
    assert alpha_bar.shape == (1000,)
    assert alpha_bar[0].item() == pytest.approx(1 - 0.00085, abs=1e-7)
    assert alpha_bar[-1].item() == pytest.approx(0.00466, abs=1e-5)


def test_add_noise_and_velocity_by_hand() -> None:
    alpha_bar = torch.tensor([0.64, 0.36])
    x, e = torch.full((2, 1, 1, 1), 2.0), torch.full((2, 1, 1, 1), 5.0)
    t = torch.tensor([0, 1])
    # the square roots are 0.8 and 0.6, then 0.6 and 0.8
    assert noise.add_noise(x, e, t, alpha_bar).flatten().tolist() == pytest.approx([4.6, 5.2])
    assert noise.velocity(x, e, t, alpha_bar).flatten().tolist() == pytest.approx([2.8, 1.4])


def test_offset_noise_moves_whole_channels() -> None:
    still = torch.zeros(2, 4, 3, 3)
    moved = noise.offset_noise(still, 0.1, torch.Generator().manual_seed(0))
    assert torch.equal(moved, moved[:, :, :1, :1].expand_as(moved))
    assert 0.02 < moved.std().item() < 0.3
    assert noise.offset_noise(still, 0.0, torch.Generator()) is still


def test_generators_depend_on_the_whole_place() -> None:
    def first(*place: int | str) -> float:
        return torch.randn(1, generator=noise.generator_at(*place)).item()

    assert first(1, "step", 0, 3) == first(1, "step", 0, 3)
    assert len({first(1, "step", 0, 3), first(2, "step", 0, 3), first(1, "step", 3, 0), first(1, "step", 0, 4)}) == 4
