"""Measures the loss on pictures held back from training: whether it learns, or only learns by heart."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice

import torch
from torch import Tensor

from mikazuki.data.batches import epoch_batches
from mikazuki.data.draw import plain_showing
from mikazuki.settings.options.dataset import ValidationSettings
from mikazuki.training import noise
from mikazuki.training.batches import Batch, BatchMaker


def due_after_step(settings: ValidationSettings, step: int) -> bool:
    """Tell whether to measure after ``step`` optimizer steps."""
    return settings.validate_every_n_steps is not None and step % settings.validate_every_n_steps == 0


def due_after_epoch(settings: ValidationSettings, epoch: int) -> bool:
    """Tell whether to measure after ``epoch`` epochs: after every one where nothing is said."""
    if settings.validate_every_n_epochs is None:
        return settings.validate_every_n_steps is None
    return epoch % settings.validate_every_n_epochs == 0


@dataclass(frozen=True)
class Validator:
    """Measures the plan's validation pictures, every time with the same noise, at the same timesteps.

    ``loss`` is a batch's on ``device`` (`Denoising.loss`: sd-scripts measures with all weights of the training), and
    ``still`` the context in which the network drops nothing out.
    """

    maker: BatchMaker
    loss: Callable[[Batch], Tensor]
    device: torch.device
    still: Callable[[], AbstractContextManager[object]] = nullcontext

    @property
    def exists(self) -> bool:
        """Tell whether any picture is held back."""
        return bool(self.maker.plan.validation)

    @property
    def seed(self) -> int:
        """The seed of choice and noise: ``validation_seed``, else the training's."""
        own = self.maker.settings.validation_seed
        return self.maker.seed if own is None else own

    def measure(self) -> float:
        """Measure every batch at every timestep and return the mean, each batch alike (sd-scripts' validation loss).

        Nothing that the training draws from is touched: torch's random state is put back, and no gradient is kept.
        """
        devices = [self.device] if self.device.type == "cuda" else []
        with torch.random.fork_rng(devices=devices), torch.no_grad(), self.still():
            torch.manual_seed(self.seed)
            losses = [self.loss(batch.to(self.device)).float() for batch in self.batches()]
            # one wait for the device, not one a batch
            return float(torch.stack(losses).mean())

    def batches(self) -> Iterator[Batch]:
        """Yield the batches, each of ``max_validation_steps`` at each of `noise.validation_timesteps`."""
        maker = self.maker
        held_back = replace(maker.plan, entries=maker.plan.validation, processes=1)
        order = epoch_batches(held_back, seed=self.seed, epoch=0)
        for number, rows in enumerate(islice(order, maker.settings.max_validation_steps)):
            entries = [held_back.entries[row] for row in rows]
            shown = [(entry, plain_showing(entry, maker.options(entry))) for entry in entries]
            encoded = maker.encoder.encode(shown, plain=True)
            for timestep in noise.validation_timesteps(maker.settings):
                generator = noise.generator_at(self.seed, "validation", number, timestep)
                yield maker.noised(shown, encoded, generator, timestep)
