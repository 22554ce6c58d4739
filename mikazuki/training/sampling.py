"""Draws pictures with the model in training: classifier-free guidance over diffusers' samplers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from mikazuki.data.prompts import Prompt
from mikazuki.training import noise
from mikazuki.training.conditions import Condition


def make_scheduler(name: str, prediction_type: str) -> Any:
    """Return the diffusers scheduler that a sampler's name means, on Stable Diffusion's noise schedule."""
    shared: dict[str, Any] = {
        "beta_start": noise.BETA_START,
        "beta_end": noise.BETA_END,
        "beta_schedule": "scaled_linear",
        "prediction_type": prediction_type,
        "steps_offset": 1,
    }
    match name:
        case "ddim":
            from diffusers.schedulers.scheduling_ddim import DDIMScheduler

            return DDIMScheduler(clip_sample=False, set_alpha_to_one=False, **shared)
        case "pndm":
            from diffusers.schedulers.scheduling_pndm import PNDMScheduler

            return PNDMScheduler(skip_prk_steps=True, set_alpha_to_one=False, **shared)
        case "euler":
            from diffusers.schedulers.scheduling_euler_discrete import EulerDiscreteScheduler

            return EulerDiscreteScheduler(**shared)
        case "euler_a":
            from diffusers.schedulers.scheduling_euler_ancestral_discrete import EulerAncestralDiscreteScheduler

            return EulerAncestralDiscreteScheduler(**shared)
        case _:
            from diffusers.schedulers.scheduling_dpmsolver_multistep import DPMSolverMultistepScheduler

            return DPMSolverMultistepScheduler(algorithm_type="dpmsolver++", **shared)


@dataclass(frozen=True)
class Artist:
    """All that drawing needs; ``condition`` encodes texts, ``precision`` is the autocast of the run."""

    unet: nn.Module
    vae: nn.Module
    condition: Callable[[list[str]], Condition]
    size_condition: Callable[[int, int], Tensor | None]
    precision: Callable[[], AbstractContextManager[Any]]
    prediction_type: str
    vae_scale: float
    latent_factor: int
    latent_channels: int
    sampler: str
    device: torch.device

    @torch.no_grad()
    def draw(self, prompt: Prompt) -> NDArray[np.uint8]:
        """Draw one picture, height x width x RGB; the same prompt and seed give the same picture."""
        pixels = self.decode(self._latents(prompt))
        picture = (pixels[0].permute(1, 2, 0) * 255).round().to(torch.uint8).cpu().numpy()
        return np.asarray(picture, np.uint8)

    @torch.no_grad()
    def decode(self, latents: Tensor) -> Tensor:
        """Return pictures B x 3 x H x W, 0 to 1, of scaled latents."""
        weight = next(self.vae.parameters())
        self.vae.to(self.device)
        decoded = self.vae.decode(latents.to(weight.dtype) / self.vae_scale).sample
        return (decoded.float() / 2 + 0.5).clamp(0, 1)

    def _latents(self, prompt: Prompt) -> Tensor:
        generator = torch.Generator()
        if prompt.seed is None:
            generator.seed()
        else:
            generator.manual_seed(prompt.seed)
        scheduler = make_scheduler(self.sampler, self.prediction_type)
        scheduler.set_timesteps(prompt.steps, device=self.device)
        shape = (1, self.latent_channels, prompt.height // self.latent_factor, prompt.width // self.latent_factor)
        latents = torch.randn(shape, generator=generator).to(self.device) * scheduler.init_noise_sigma
        guided = prompt.scale > 1
        texts = [prompt.negative, prompt.text] if guided else [prompt.text]
        with self.precision():
            condition = self.condition(texts)
            sizes = self.size_condition(prompt.height, prompt.width)
            added = condition.added(None if sizes is None else sizes.repeat(len(texts), 1))
            for t in scheduler.timesteps:
                model_input = scheduler.scale_model_input(torch.cat([latents] * len(texts)), t)
                predicted = self.unet(model_input, t, condition.context, added_cond_kwargs=added).sample.float()
                if guided:
                    without, with_text = predicted.chunk(2)
                    predicted = without + prompt.scale * (with_text - without)
                extra = {"generator": generator} if self.sampler in {"euler_a", "ddim"} else {}
                latents = scheduler.step(predicted, t, latents, **extra).prev_sample
        return latents
