"""What a batch's loss is: noise it, let the UNet predict, compare, weigh."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch import Tensor

from mikazuki.settings.options.noise import NoiseSettings
from mikazuki.training import loss, noise
from mikazuki.training.batches import Batch
from mikazuki.training.conditions import Conditioner
from mikazuki.training.machine import Machine


class Denoising:
    """The loss of batches that lie on the machine's device."""

    def __init__(
        self,
        unet: Callable[..., Any],
        condition: Conditioner,
        machine: Machine,
        settings: NoiseSettings,
        *,
        v_prediction: bool,
        base: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        """Keep the parts; ``v_prediction`` tells what the UNet predicts, v or noise.

        In ``base`` the model is what it was before it learned anything.
        """
        self._base = base
        self._unet = unet
        self._condition = condition
        self._machine = machine
        self._settings = settings
        self._v = v_prediction
        self._alpha_bar = noise.alphas_cumprod(zero_terminal_snr=settings.zero_terminal_snr).to(machine.device)
        # weights stay those of the plain schedule, as in sd-scripts: else the last timestep, which
        # zero_terminal_snr is there to teach, would weigh nothing under min_snr_gamma
        self._plain_alpha_bar = noise.alphas_cumprod().to(machine.device)

    def predict(self, batch: Batch) -> Tensor:
        """Return the UNet's prediction of a batch: B x C x h x w."""
        added_noise = batch.noise if batch.disturbed is None else batch.disturbed
        noisy = noise.add_noise(batch.latents, added_noise, batch.timesteps, self._alpha_bar)
        with self._machine.autocast():
            condition = self._condition(batch.captions)
            added = condition.added(batch.time_ids)
            predicted: Tensor = self._unet(
                noisy.to(self._machine.dtype), batch.timesteps, condition.context, added_cond_kwargs=added
            ).sample
        return predicted

    def target(self, batch: Batch) -> Tensor:
        """Return what the UNet should predict: the noise as it was before it was disturbed, or v of it.

        For preserved pictures it is what the base model predicts.
        """
        target = batch.noise
        if self._v:
            target = noise.velocity(batch.latents, batch.noise, batch.timesteps, self._alpha_bar)
        if batch.preserved is None:
            return target
        # differential output preservation: for these captions nothing is to change
        with torch.no_grad(), self._base():
            own = self.predict(batch)
        return torch.where(batch.preserved.view(-1, 1, 1, 1), own.to(target.dtype), target)

    def losses(self, batch: Batch) -> Tensor:
        """Return the pictures' losses with all their weights: B, fp32."""
        target = self.target(batch)
        per_pixel = loss.error(self.predict(batch), target, self._settings, batch.timesteps, self._alpha_bar)
        per_picture = loss.picture_mean(per_pixel, batch.mask) * batch.weights
        snr = loss.snr(self._plain_alpha_bar, batch.timesteps)
        return loss.weighted(per_picture, self._settings, snr, v_prediction=self._v)

    def loss(self, batch: Batch) -> Tensor:
        """Return the batch's loss, a scalar in fp32; sd-scripts judges held-back pictures by the same."""
        return self.losses(batch).mean()
