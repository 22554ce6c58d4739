"""Draws pictures with the model in training: classifier-free guidance over diffusers' samplers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mikazuki.data.prompts import Prompt
from mikazuki.training.conditions import Condition
from mikazuki.training.samplers import draws_noise, make_scheduler

_LATENT_PIXELS_AT_ONCE: Final = 64 * 64


@dataclass(frozen=True)
class Artist:
    """All that drawing needs; ``condition`` encodes texts, ``precision`` is the autocast of the run.

    ``sampler`` is for prompts that name none; ``zero_terminal_snr`` tells how the model was trained.
    """

    unet: Any
    vae: Any
    condition: Callable[[list[str]], Condition]
    size_condition: Callable[[int, int], Tensor | None]
    precision: Callable[[], AbstractContextManager[Any]]
    prediction_type: str
    vae_scale: float
    latent_factor: int
    latent_channels: int
    sampler: str
    device: torch.device
    zero_terminal_snr: bool = False

    @torch.no_grad()
    def draw(self, prompt: Prompt) -> NDArray[np.uint8]:
        """Draw one picture, height x width x RGB; the same prompt and seed give the same picture."""
        return self.draw_all([prompt])[0]

    @torch.no_grad()
    def draw_all(self, prompts: Sequence[Prompt]) -> list[NDArray[np.uint8]]:
        """Draw every prompt; small pictures that share size, steps, guidance and sampler are drawn together."""
        drawn: dict[int, NDArray[np.uint8]] = {}
        for numbers in self._batches(prompts):
            drawn.update(zip(numbers, self.draw_together([prompts[number] for number in numbers]), strict=True))
        return [drawn[number] for number in range(len(prompts))]

    @torch.no_grad()
    def draw_together(self, prompts: Sequence[Prompt]) -> list[NDArray[np.uint8]]:
        """Draw in one batch, however large, prompts that share size, steps, guidance and sampler."""
        pixels = self.decode(self.latents(prompts))
        return list((pixels.permute(0, 2, 3, 1) * 255).round().to(torch.uint8).cpu().numpy())

    def _batches(self, prompts: Sequence[Prompt]) -> Iterator[list[int]]:
        """Yield numbers of prompts to draw together: as many as make one latent of 64 x 64, at least one."""
        alike: dict[tuple[int, int, int, float, str], list[int]] = {}
        for number, prompt in enumerate(prompts):
            kind = (prompt.width, prompt.height, prompt.steps, prompt.scale, self._sampler(prompt))
            alike.setdefault(kind, []).append(number)
        for (width, height, *_), numbers in alike.items():
            most = max(1, _LATENT_PIXELS_AT_ONCE * self.latent_factor**2 // (width * height))
            for start in range(0, len(numbers), most):
                yield numbers[start : start + most]

    def _sampler(self, prompt: Prompt) -> str:
        return prompt.sampler or self.sampler

    @torch.no_grad()
    def decode(self, latents: Tensor) -> Tensor:
        """Return pictures B x 3 x H x W, 0 to 1, of scaled latents."""
        weight = next(self.vae.parameters())
        home = weight.device
        self.vae.to(self.device)
        decoded: Tensor = self.vae.decode(latents.to(weight.dtype) / self.vae_scale).sample
        self.vae.to(home)
        return (decoded.float() / 2 + 0.5).clamp(0, 1)

    @torch.no_grad()
    def latents(self, prompts: Sequence[Prompt]) -> Tensor:
        """Return scaled latents B x C x h x w of prompts that share size, steps, guidance and sampler."""
        first = prompts[0]
        generators = [_generator(prompt.seed) for prompt in prompts]
        sampler = self._sampler(first)
        scheduler = make_scheduler(sampler, self.prediction_type, zero_terminal_snr=self.zero_terminal_snr)
        scheduler.set_timesteps(first.steps, device=self.device)
        shape = (1, self.latent_channels, first.height // self.latent_factor, first.width // self.latent_factor)
        drawn = [torch.randn(shape, generator=generator) for generator in generators]
        latents: Tensor = torch.cat(drawn).to(self.device) * scheduler.init_noise_sigma
        texts = [prompt.text for prompt in prompts]
        guided = first.scale > 1
        if guided:
            texts = [prompt.negative for prompt in prompts] + texts
        # each picture's own generator goes on: the same picture alone and beside others, on every device
        extra = {"generator": generators} if draws_noise(sampler) else {}
        with self.precision():
            condition = self.condition(texts)
            sizes = self.size_condition(first.height, first.width)
            added = condition.added(None if sizes is None else sizes.repeat(len(texts), 1))
            for t in scheduler.timesteps:
                model_input = scheduler.scale_model_input(torch.cat([latents] * (2 if guided else 1)), t)
                predicted = self.unet(model_input, t, condition.context, added_cond_kwargs=added).sample.float()
                if guided:
                    without, with_text = predicted.chunk(2)
                    predicted = without + first.scale * (with_text - without)
                latents = scheduler.step(predicted, t, latents, **extra).prev_sample
        return latents


def _generator(seed: int | None) -> torch.Generator:
    """Return a CPU generator, so that a seed means the same picture on every device."""
    generator = torch.Generator()
    if seed is None:
        generator.seed()
    else:
        generator.manual_seed(seed)
    return generator
