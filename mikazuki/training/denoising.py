"""What a batch's loss is: noise it, let the UNet predict, compare, weigh."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from mikazuki.settings.options.noise import NoiseSettings
from mikazuki.training import loss, noise
from mikazuki.training.batches import Batch
from mikazuki.training.conditions import Conditioner
from mikazuki.training.machine import Machine
from mikazuki.training.split import LossSplit


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
        self.split: LossSplit | None = None
        """Is told the losses of each kind of picture, where somebody wants them."""
        self._base = base
        self._unet = unet
        self._condition = condition
        self._machine = machine
        self._settings = settings
        self._v = v_prediction
        self._mix = noise.add_noise if settings.noise_scheduler == "DDPM" else noise.add_noise_by_sigma
        self._alpha_bar = noise.alphas_cumprod(zero_terminal_snr=settings.zero_terminal_snr).to(machine.device)
        # weights stay those of the plain schedule, as in sd-scripts: else the last timestep, which
        # zero_terminal_snr is there to teach, would weigh nothing under min_snr_gamma
        self._plain_alpha_bar = noise.alphas_cumprod().to(machine.device)

    def predict(self, batch: Batch) -> Tensor:
        """Return the UNet's prediction of a batch: B x C x h x w."""
        return self._predicted(batch, self._noisy(batch))

    def _noisy(self, batch: Batch) -> Tensor:
        added_noise = batch.noise if batch.disturbed is None else batch.disturbed
        return self._mix(batch.latents, added_noise, batch.timesteps, self._alpha_bar)

    def _predicted(self, batch: Batch, noisy: Tensor) -> Tensor:
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

    def rectified(self, batch: Batch) -> Batch:
        """Return the batch with DREAM's noise: what the model finds in it now is weighed against what was put in.

        Its prediction, without gradients, moves the noise by `noise.dream_shift`; picture and target then follow from
        the moved noise. A model that predicts v is asked which noise its v stands for, so that the same rule holds.
        Preserved pictures keep theirs: there the base model is right, whatever it says.
        """
        noisy = self._noisy(batch)
        with torch.no_grad():
            found = self._predicted(batch, noisy).to(noisy.dtype)
        if self._v:
            found = noise.noise_of_velocity(found, noisy, batch.timesteps, self._alpha_bar)
        power = self._settings.dream_detail_preservation
        shift = noise.dream_shift(batch.noise, found, batch.timesteps, self._alpha_bar, power)
        if batch.preserved is not None:
            shift = shift * ~batch.preserved.view(-1, 1, 1, 1)
        disturbed = None if batch.disturbed is None else batch.disturbed + shift
        return replace(batch, noise=batch.noise + shift, disturbed=disturbed)

    def losses(self, batch: Batch) -> Tensor:
        """Return the pictures' losses with all their weights: B, fp32.

        DREAM is for learning: where no gradients are kept, as for held-back pictures, it is left out.
        """
        if self._settings.dream_training and torch.is_grad_enabled():
            batch = self.rectified(batch)
        target = self.target(batch)
        per_pixel = loss.error(self.predict(batch), target, self._settings, batch.timesteps, self._alpha_bar)
        snr = loss.snr(self._plain_alpha_bar, batch.timesteps)
        per_picture = loss.picture_mean(per_pixel, batch.mask)
        per_picture = loss.weighted(per_picture, self._settings, snr, v_prediction=self._v)
        if self.split and batch.prior is not None and batch.share:
            self.split.add(per_picture, batch.prior)
        return per_picture * batch.weights

    def loss(self, batch: Batch) -> Tensor:
        """Return the batch's loss, a scalar in fp32; sd-scripts judges held-back pictures by the same."""
        return self.losses(batch).mean()
