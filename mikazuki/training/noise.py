"""The diffusion's noise: schedule, noising, targets, and random numbers that are a function of seed and place."""

import hashlib
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from mikazuki.settings.options.noise import NoiseSettings

NUM_TRAIN_TIMESTEPS = 1000
BETA_START = 0.00085
BETA_END = 0.012
VALIDATION_TIMESTEPS: Final = 4
_LEAST_ALPHA_BAR: Final = 2**-24


def alphas_cumprod(*, zero_terminal_snr: bool = False) -> Tensor:
    """Return Stable Diffusion's alpha-bar, 1000 values, fp32: betas linear in their square roots ("scaled_linear").

    With ``zero_terminal_snr`` its square roots are shifted and scaled so that the last one is 0 and the first stays
    (Lin et al. 2023, algorithm 1).
    """
    betas = torch.linspace(BETA_START**0.5, BETA_END**0.5, NUM_TRAIN_TIMESTEPS, dtype=torch.float32) ** 2
    alpha_bar = torch.cumprod(1 - betas, dim=0)
    if not zero_terminal_snr:
        return alpha_bar
    root = alpha_bar.sqrt()
    return ((root - root[-1]) * (root[0] / (root[0] - root[-1]))) ** 2


def _at(alpha_bar: Tensor, t: Tensor, like: Tensor) -> tuple[Tensor, Tensor]:
    """Return sqrt(alpha-bar) and sqrt(1 - alpha-bar) at ``t`` (B), shaped to multiply ``like`` (B x ...)."""
    chosen = alpha_bar.to(device=like.device, dtype=like.dtype)[t].view(-1, *[1] * (like.ndim - 1))
    return chosen.sqrt(), (1 - chosen).sqrt()


def add_noise(x: Tensor, noise: Tensor, t: Tensor, alpha_bar: Tensor) -> Tensor:
    """Return x_t = sqrt(abar_t) x + sqrt(1 - abar_t) noise (Ho et al. 2020, eq. 4); x, noise B x C x H x W, t B."""
    signal, sigma = _at(alpha_bar, t, x)
    return signal * x + sigma * noise


def add_noise_by_sigma(x: Tensor, noise: Tensor, t: Tensor, alpha_bar: Tensor) -> Tensor:
    """Return x_t as DEIS and UniPC mix it: (x + s_t noise) / sqrt(s_t^2 + 1), s_t^2 = (1 - abar_t) / abar_t.

    That is what `add_noise` returns, but for roundings: abar_t = 1 / (s_t^2 + 1). Where no signal is left, s_t would be
    infinite; there abar_t counts as 2^-24 (diffusers' ``UniPCMultistepScheduler``). Sources: Zhang & Chen 2022, Fast
    Sampling of Diffusion Models with Exponential Integrator; Zhao et al. 2023, UniPC.
    """
    chosen = alpha_bar.to(device=x.device, dtype=x.dtype)[t].clamp(min=_LEAST_ALPHA_BAR)
    sigma = ((1 - chosen) / chosen).sqrt().view(-1, *[1] * (x.ndim - 1))
    signal = 1 / (sigma**2 + 1).sqrt()
    return signal * x + sigma * signal * noise


def velocity(x: Tensor, noise: Tensor, t: Tensor, alpha_bar: Tensor) -> Tensor:
    """Return v = sqrt(abar_t) noise - sqrt(1 - abar_t) x (Salimans & Ho 2022, section 4)."""
    signal, sigma = _at(alpha_bar, t, x)
    return signal * noise - sigma * x


def noise_of_velocity(v: Tensor, noisy: Tensor, t: Tensor, alpha_bar: Tensor) -> Tensor:
    """Return the noise in ``noisy`` (x_t) that a prediction of v stands for: sqrt(abar_t) v + sqrt(1 - abar_t) x_t."""
    signal, sigma = _at(alpha_bar, t, noisy)
    return signal * v + sigma * noisy


def dream_shift(noise: Tensor, predicted: Tensor, t: Tensor, alpha_bar: Tensor, power: float) -> Tensor:
    """Return sqrt(1 - abar_t)^power (noise - predicted), what DREAM adds to the noise of picture and target alike.

    Shapes are B x C x h x w, t is B. With power 0 the whole error of the prediction is added, with a large one only
    what is left of it near pure noise (``dream_detail_preservation``). Source: Zhou et al. 2023, DREAM: Diffusion
    Rectification and Estimation-Adaptive Models, section 4, where the power is 1.
    """
    _, sigma = _at(alpha_bar, t, noise)
    return sigma**power * (noise - predicted)


@dataclass(frozen=True, slots=True)
class DrawnNoise:
    """``noise`` B x C x h x w is what the model is to find, ``timesteps`` B where.

    ``disturbed`` B x C x h x w is the noise that goes into the picture instead under ``ip_noise_gamma``, else None.
    """

    noise: Tensor
    timesteps: Tensor
    disturbed: Tensor | None


def draw_noise(
    latents: Tensor, settings: NoiseSettings, generator: torch.Generator, *, timestep: int | None = None
) -> DrawnNoise:
    """Draw the noise of a batch of scaled latents B x C x h x w on the CPU; ``timestep`` fixes it for all.

    What an option draws comes after all that is drawn without it, so that the option leaves the other numbers alone.
    """
    noise = torch.randn(latents.shape, generator=generator)
    count = (latents.shape[0],)
    if timestep is None:
        timesteps = torch.randint(*timestep_range(settings), count, generator=generator)
    else:
        timesteps = torch.full(count, timestep)
    if settings.noise_offset:
        share = _share(generator) if settings.noise_offset_random_strength else 1.0
        strength = offset_strength(latents, settings.noise_offset * share, settings.adaptive_noise_scale)
        noise = offset_noise(noise, strength, generator)
    if settings.multires_noise_iterations:
        noise = multires_noise(noise, settings.multires_noise_iterations, settings.multires_noise_discount, generator)
    disturbed = None
    if settings.ip_noise_gamma:
        share = _share(generator) if settings.ip_noise_gamma_random_strength else 1.0
        disturbed = disturbed_noise(noise, settings.ip_noise_gamma * share, generator)
    return DrawnNoise(noise, timesteps, disturbed)


def _share(generator: torch.Generator) -> float:
    """Draw a number from 0 to 1, one for the whole batch."""
    return torch.rand((), generator=generator).item()


def timestep_range(settings: NoiseSettings) -> tuple[int, int]:
    """Return the lowest timestep trained on and the one after the highest (``min_timestep``, ``max_timestep``)."""
    high = NUM_TRAIN_TIMESTEPS if settings.max_timestep is None else settings.max_timestep
    return settings.min_timestep or 0, high


def validation_timesteps(settings: NoiseSettings) -> list[int]:
    """Return the timesteps on which held-back pictures are judged: 4 evenly inside the range, rounded down."""
    low, high = timestep_range(settings)
    return [low + (high - low) * part // (VALIDATION_TIMESTEPS + 1) for part in range(1, VALIDATION_TIMESTEPS + 1)]


def offset_strength(latents: Tensor, offset: float, adaptive_scale: float | None) -> float | Tensor:
    """Return ``offset``, or per channel offset + scale * |mean over the channel|, at least 0: B x C x 1 x 1.

    Source: sd-scripts ``adaptive_noise_scale``; the scale may be negative.
    """
    if adaptive_scale is None:
        return offset
    return (offset + adaptive_scale * latents.mean(dim=(2, 3), keepdim=True).abs()).clamp(min=0)


def offset_noise(noise: Tensor, strength: float | Tensor, generator: torch.Generator) -> Tensor:
    """Add ``strength`` (B x C x 1 x 1 or a number) times one normal number a channel (sd-scripts ``noise_offset``)."""
    per_channel = torch.randn(*noise.shape[:2], 1, 1, generator=generator, dtype=noise.dtype)
    return noise + strength * per_channel


def multires_noise(noise: Tensor, iterations: int, discount: float, generator: torch.Generator) -> Tensor:
    """Add noise of ever coarser grids and scale the batch back to a deviation of 1 (sd-scripts ``multires_noise``).

    Grid i = 0, 1, ... is max(1, int(side / r^i)) cells a side, r drawn anew from 2 to 4 each time, laid over the
    latents bilinearly and weighed by discount^i; grid 0 is as fine as the latents. A grid of one cell in height or
    width is the last. Source: J. Whitaker, Multi-Resolution Noise for Diffusion Model Training, 2023.
    """
    size = noise.shape[2:]
    total = noise
    for level in range(iterations):
        ratio = 2 + 2 * _share(generator)
        height, width = (max(1, int(side / ratio**level)) for side in size)
        grid = torch.randn(*noise.shape[:2], height, width, generator=generator, dtype=noise.dtype)
        total = total + discount**level * interpolate(grid, size=size, mode="bilinear")
        if height == 1 or width == 1:
            break
    return total / total.std()


def disturbed_noise(noise: Tensor, strength: float, generator: torch.Generator) -> Tensor:
    """Return noise + strength * normal numbers (Ning et al. 2023, algorithm 1; sd-scripts ``ip_noise_gamma``)."""
    return noise + strength * torch.randn(noise.shape, generator=generator, dtype=noise.dtype)


def generator_at(*place: int | str) -> torch.Generator:
    """Return a CPU generator seeded by a place, such as (seed, "noise", epoch, batch).

    What is random in a step is so a pure function of where it stands: a run that goes on in the middle needs no
    saved generator to draw the same numbers, and a CPU and a GPU draw the same ones.
    """
    text = "/".join(map(str, place)).encode()
    number = int.from_bytes(hashlib.sha256(text).digest()[:8], "little") >> 1
    return torch.Generator().manual_seed(number)
