"""The training loop: batches to losses to steps, and what happens after a step and after an epoch."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import torch
from torch import Tensor

from mikazuki.data.batches import epoch_batches, rank_batches
from mikazuki.data.plan import Plan
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.values import steps_of
from mikazuki.training import loss as losses
from mikazuki.training import noise
from mikazuki.training.batches import Batch, BatchMaker, ahead
from mikazuki.training.conditions import Conditioner
from mikazuki.training.machine import Machine
from mikazuki.training.report import Report
from mikazuki.training.schedulers import rate_share
from mikazuki.training.state import Place


class Denoising:
    """The loss of a batch: noise it, let the UNet predict, compare. ``alpha_bar`` lies on the device."""

    def __init__(
        self, unet: Callable[..., Any], condition: Conditioner, machine: Machine, *, v_prediction: bool, gamma: float
    ) -> None:
        """Keep the parts; ``gamma`` is Min-SNR's, 0 for none."""
        self._unet = unet
        self._condition = condition
        self._machine = machine
        self._v = v_prediction
        self._gamma = gamma
        self._alpha_bar = noise.alphas_cumprod().to(machine.device)

    def predict(self, batch: Batch) -> Tensor:
        """Return the UNet's prediction of a batch that lies on the device."""
        noisy = noise.add_noise(batch.latents, batch.noise, batch.timesteps, self._alpha_bar)
        with self._machine.autocast():
            condition = self._condition(batch.captions)
            added = condition.added(batch.time_ids)
            predicted: Tensor = self._unet(
                noisy.to(self._machine.dtype), batch.timesteps, condition.context, added_cond_kwargs=added
            ).sample
        return predicted

    def loss(self, batch: Batch) -> Tensor:
        """Return the batch's loss, a scalar in fp32."""
        predicted = self.predict(batch)
        target = batch.noise
        if self._v:
            target = noise.velocity(batch.latents, batch.noise, batch.timesteps, self._alpha_bar)
        per_sample = losses.mean_squared_error(predicted, target) * batch.weights
        if self._gamma > 0:
            snr = losses.snr(self._alpha_bar, batch.timesteps)
            per_sample = per_sample * losses.min_snr_weight(snr, self._gamma, v_prediction=self._v)
        return per_sample.mean()


class Keeper(Protocol):
    """What the loop calls between steps; it looks at the place and decides."""

    def looks_at(self, place: Place) -> bool:
        """Tell whether `after_step` will save or draw there."""

    def after_step(self, place: Place) -> None:
        """Save or draw what is due after an optimizer step."""

    def after_epoch(self, place: Place) -> None:
        """Save or draw what is due after an epoch."""

    def stop_asked(self) -> bool:
        """Tell whether a person wants the training to stop now."""


@dataclass
class Loop:
    """Runs steps from ``place`` to the end or until stopped; ``place`` moves along."""

    settings: TrainSettings
    plan: Plan
    maker: BatchMaker
    denoising: Denoising
    optimizer: Any
    machine: Machine
    report: Report
    keeper: Keeper
    place: Place
    seed: int
    _told: tuple[int, Tensor, dict[str, float]] | None = field(default=None, init=False)

    def run(self) -> bool:
        """Train; return False when a person stopped it. Raises MikazukiError ``loss-nan``."""
        while self.place.current_epoch < self.plan.max_train_epochs and self._steps_left():
            if not self._epoch():
                return False
        return True

    def _steps_left(self) -> bool:
        return self.place.current_step < self.plan.max_train_steps

    def _epoch(self) -> bool:
        order = epoch_batches(
            self.plan, seed=self.seed, epoch=self.place.current_epoch, batch_size=self.settings.train_batch_size
        )
        mine = rank_batches(order, rank=self.machine.rank, num_processes=self.machine.processes)
        left = [(self.place.current_epoch, number, rows) for number, rows in mine[self.place.batch :]]
        batches = ahead(self.maker.make, left, self.settings.max_data_loader_n_workers)
        for group in grouped(batches, len(left), self.settings.gradient_accumulation_steps):
            self._step(group)
            self.keeper.after_step(self.place)
            if self._steps_left() and self.machine.agree(self.keeper.stop_asked()):
                self._tell()
                return False
            if not self._steps_left():
                break
        self._tell()
        self.place.current_epoch += 1
        self.place.batch = 0
        self.report.epoch(self.place.current_epoch)
        self.keeper.after_epoch(self.place)
        return True

    def _step(self, group: Sequence[Batch]) -> None:
        """Do one optimizer step on the batches of ``group``, their losses averaged."""
        rates = self._set_rates()
        total = torch.zeros((), device=self.machine.device)
        for number, batch in enumerate(group):
            torch.manual_seed(dropout_seed(self.seed, self.place, number))
            loss = self.denoising.loss(batch.to(self.machine.device))
            self.machine.backward(loss / len(group))
            total += loss.detach() / len(group)
        parameters = [p for g in self.optimizer.param_groups for p in g["params"]]
        self.machine.finish_gradients(parameters, self.settings.max_grad_norm)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self._tell()
        self.place.current_step += 1
        self.place.batch += len(group)
        self._told = (self.place.current_step, total, rates)
        # what is saved must be known to be sound
        if self.machine.device.type == "cpu" or self.keeper.looks_at(self.place):
            self._tell()

    def _set_rates(self) -> dict[str, float]:
        """Give every group its learning rate for the coming step; return them under upstream's tags."""
        total = self.plan.max_train_steps
        share = rate_share(
            self.settings.lr_scheduler,
            self.place.current_step,
            total,
            warmup=steps_of(self.settings.lr_warmup_steps, total),
            cycles=self.settings.lr_scheduler_num_cycles,
            power=self.settings.lr_scheduler_power,
        )
        for group in self.optimizer.param_groups:
            group["lr"] = group["base_lr"] * share
        return {f"lr/{group['name']}": group["lr"] for group in self.optimizer.param_groups}

    def _tell(self) -> None:
        """Report the last step. On a GPU one step late: reading a loss waits for the step it belongs to."""
        if self._told is None:
            return
        step, total, rates = self._told
        self._told = None
        loss = float(total)
        if not math.isfinite(loss):
            raise MikazukiError(
                "loss-nan",
                f"The loss at step {step} is {loss}: the training has come apart. What was saved before is intact.",
                "Lower learning_rate (and unet_lr, text_encoder_lr) to a third, or use mixed_precision bf16 instead "
                "of fp16, and start again or go on from the last saved state.",
                exit_code=EXIT_FAILED,
            )
        epochs = (min(self.place.current_epoch + 1, self.plan.max_train_epochs), self.plan.max_train_epochs)
        self.report.step(step, self.plan.max_train_steps, epochs, loss, rates)


def dropout_seed(seed: int, place: Place, number: int) -> int:
    """Return the seed of what torch itself draws in a batch (dropout), a function of the place alone."""
    return noise.generator_at(seed, "dropout", place.current_step, number).initial_seed()


def grouped(batches: Iterator[Batch], count: int, size: int) -> Iterator[list[Batch]]:
    """Yield ``count`` batches in groups of ``size``, the last one as it comes."""
    for start in range(0, count, size):
        yield [next(batches) for _ in range(min(size, count - start))]
