"""The diffusion's noise: schedule, noising, targets, and random numbers that are a function of seed and place."""

import hashlib

import torch
from torch import Tensor

NUM_TRAIN_TIMESTEPS = 1000
BETA_START = 0.00085
BETA_END = 0.012


def alphas_cumprod() -> Tensor:
    """Return Stable Diffusion's alpha-bar, 1000 values, fp32: betas linear in their square roots ("scaled_linear")."""
    betas = torch.linspace(BETA_START**0.5, BETA_END**0.5, NUM_TRAIN_TIMESTEPS, dtype=torch.float32) ** 2
    return torch.cumprod(1 - betas, dim=0)


def _at(alpha_bar: Tensor, t: Tensor, like: Tensor) -> tuple[Tensor, Tensor]:
    """Return sqrt(alpha-bar) and sqrt(1 - alpha-bar) at ``t`` (B), shaped to multiply ``like`` (B x ...)."""
    chosen = alpha_bar.to(device=like.device, dtype=like.dtype)[t].view(-1, *[1] * (like.ndim - 1))
    return chosen.sqrt(), (1 - chosen).sqrt()


def add_noise(x: Tensor, noise: Tensor, t: Tensor, alpha_bar: Tensor) -> Tensor:
    """Return x_t = sqrt(abar_t) x + sqrt(1 - abar_t) noise (Ho et al. 2020, eq. 4); x, noise B x C x H x W, t B."""
    signal, sigma = _at(alpha_bar, t, x)
    return signal * x + sigma * noise


def velocity(x: Tensor, noise: Tensor, t: Tensor, alpha_bar: Tensor) -> Tensor:
    """Return v = sqrt(abar_t) noise - sqrt(1 - abar_t) x (Salimans & Ho 2022, section 4)."""
    signal, sigma = _at(alpha_bar, t, x)
    return signal * noise - sigma * x


def offset_noise(noise: Tensor, strength: float, generator: torch.Generator) -> Tensor:
    """Add ``strength`` times one normal number a channel to the noise (sd-scripts ``noise_offset``)."""
    if strength == 0:
        return noise
    per_channel = torch.randn(*noise.shape[:2], 1, 1, generator=generator, dtype=noise.dtype)
    return noise + strength * per_channel


def generator_at(*place: int | str) -> torch.Generator:
    """Return a CPU generator seeded by a place, such as (seed, "noise", epoch, batch).

    What is random in a step is so a pure function of where it stands: a run that goes on in the middle needs no
    saved generator to draw the same numbers, and a CPU and a GPU draw the same ones.
    """
    text = "/".join(map(str, place)).encode()
    number = int.from_bytes(hashlib.sha256(text).digest()[:8], "little") >> 1
    return torch.Generator().manual_seed(number)
