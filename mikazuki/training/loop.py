"""The training loop: batches to losses to steps, and what happens after a step and after an epoch."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final, Protocol

import torch
from torch import Tensor

from mikazuki.data.batches import epoch_batches
from mikazuki.data.plan import Plan
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.settings.train import TrainSettings
from mikazuki.training import noise
from mikazuki.training.batches import Batch, BatchMaker, ahead, worker_pool
from mikazuki.training.learner import Learner
from mikazuki.training.machine import Machine
from mikazuki.training.parts_of_batches import PartsOfBatches
from mikazuki.training.report import Report
from mikazuki.training.split import LossSplit, tagged
from mikazuki.training.state import Place
from mikazuki.training.trackers import At
from mikazuki.training.validation import Validator, due_after_epoch, due_after_step

_PAUSE_SLICE: Final = 0.5
"""Seconds after which a pause looks whether it is to end."""


class Keeper(Protocol):
    """What the loop calls between steps; it looks at the place and decides."""

    def looks_at(self, place: Place) -> bool:
        """Tell whether `after_step` will save or draw there; called once after every step, and before it."""

    def after_step(self, place: Place) -> None:
        """Save or draw what is due after an optimizer step."""

    def after_epoch(self, place: Place) -> None:
        """Save or draw what is due after an epoch."""

    def stop_asked(self) -> bool:
        """Tell whether a person wants the training to stop now."""


class Quiet:
    """A keeper that neither saves nor stops, for what runs the loop and is no training: it is ended, not stopped."""

    def looks_at(self, _place: Place) -> bool:
        """Say no."""
        return False

    def after_step(self, _place: Place) -> None:
        """Do nothing."""

    def after_epoch(self, _place: Place) -> None:
        """Do nothing."""

    def stop_asked(self) -> bool:
        """Say no."""
        return False


@dataclass(frozen=True)
class Told:
    """A step that is done and not reported yet: its number, its loss on the device, and its other numbers.

    ``split`` are the losses of `LossSplit`, on the device as well.
    """

    step: int
    loss: Tensor
    values: dict[str, float]
    split: Tensor | None = None


@dataclass
class Loop:
    """Runs steps from ``place`` to the end or until stopped; ``place`` moves along.

    ``loss`` is a batch's, a scalar on the device; ``split`` is what it tells the losses of each kind of picture.
    ``parts`` computes batches in smaller parts when memory runs out (halve_batch_on_oom); None lets that be the end.
    """

    settings: TrainSettings
    plan: Plan
    maker: BatchMaker
    loss: Callable[[Batch], Tensor]
    learner: Learner
    machine: Machine
    report: Report
    keeper: Keeper
    place: Place
    validator: Validator | None = None
    split: LossSplit | None = None
    parts: PartsOfBatches | None = None
    _told: Told | None = field(default=None, init=False)

    def run(self) -> bool:
        """Train; return False when a person stopped it. Raises MikazukiError ``loss-nan``."""
        workers = self.settings.max_data_loader_n_workers
        with ExitStack() as stack:
            pool = None
            if workers and self.settings.persistent_data_loader_workers:
                pool = stack.enter_context(worker_pool(workers))
            while self.place.current_epoch < self.plan.max_train_epochs and self._steps_left():
                if not self._epoch(pool) or not self._paused():
                    return False
        return True

    def _paused(self) -> bool:
        """Rest after an epoch as epoch_pause_frequency wants it, not after the last; return False when stopped then."""
        every, epoch = self.settings.epoch_pause_frequency, self.place.current_epoch
        if not self._steps_left() or not every or epoch % every:
            return True
        seconds = self.settings.epoch_pause_time
        self.report.stage("pause", f"pausing for {seconds} seconds after epoch {epoch}", seconds=seconds)
        end = time.monotonic() + seconds
        while not self.keeper.stop_asked() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _PAUSE_SLICE))
        self.report.pause()
        return not self.machine.agree(self.keeper.stop_asked())

    def _steps_left(self) -> bool:
        return self.place.current_step < self.plan.max_train_steps

    def _epoch(self, pool: ThreadPoolExecutor | None) -> bool:
        epoch = self.place.current_epoch
        order = epoch_batches(self.plan, seed=self.maker.seed, epoch=epoch)
        left = [(epoch, number, rows) for number, rows in enumerate(order)][self.place.batch :]
        batches = ahead(self.maker.make, left, self.settings.max_data_loader_n_workers, pool)
        for group in grouped(batches, len(left), self.settings.gradient_accumulation_steps):
            self._step(group)
            self._after_step()
            if self._steps_left() and self.machine.agree(self.keeper.stop_asked()):
                self._tell()
                return False
            if not self._steps_left():
                break
        self._tell()
        self.place.current_epoch += 1
        self.place.batch = 0
        self._after_epoch()
        return True

    def _step(self, group: Sequence[Batch]) -> None:
        """Do one optimizer step on the batches of ``group``, their losses averaged."""
        self.learner.begin(self.place.current_step)
        if self.parts:
            total = self.parts.gradients(group, self._gradients, self.place.current_step + 1)
        else:
            total = self._gradients([[batch] for batch in group])
        values = self.learner.finish()
        self._tell()
        self.place.current_step += 1
        self.place.batch += len(group)
        split = self.split.means() if self.split else None
        self._told = Told(self.place.current_step, self.machine.mean(total), values, split)
        # what is saved must be known to be sound, and some courses of the rate wait for the loss
        looked_at = self.keeper.looks_at(self.place)
        soon = looked_at or self.learner.schedule.needs_loss or self._validates()
        if self.machine.device.type == "cpu" or soon:
            self._tell()

    def _gradients(self, batches: Sequence[Sequence[Batch]]) -> Tensor:
        """Add up the gradients of a step's batches, each given in parts, and return their mean loss."""
        if self.split:
            self.split.clear()
        total = torch.zeros((), device=self.machine.device)
        for number, parts in enumerate(batches):
            for part, batch in enumerate(parts):
                torch.manual_seed(dropout_seed(self.maker.seed, self.place, number, self.machine.rank, part))
                # over the way back as well: checkpointing computes forward once more there
                with self.learner.method.at_strength(batch.strength):
                    loss = self.loss(batch.to(self.machine.device)) * batch.share
                    self.learner.backward(loss / len(batches))
                total += loss.detach() / len(batches)
        return total

    def _after_step(self) -> None:
        self.keeper.after_step(self.place)
        if self._validates():
            self._validate("step")

    def _after_epoch(self) -> None:
        place = self.place
        if self.validator is not None and due_after_epoch(self.settings, place.current_epoch):
            self._validate("epoch")
        self.report.epoch(place.current_epoch, place.current_step)
        self.keeper.after_epoch(place)

    def _validates(self) -> bool:
        return self.validator is not None and due_after_step(self.settings, self.place.current_step)

    def _validate(self, by: str) -> None:
        """Measure the pictures held back; one process does it for all."""
        if self.validator is None or not self.machine.is_main:
            return
        place = self.place
        axis = place.current_step if by == "step" else place.current_epoch
        average = self.validator.measure()
        self.report.validation(average, At(axis, place.current_step, place.current_epoch), by=by)

    def _tell(self) -> None:
        """Report the last step. On a GPU one step late: reading a loss waits for the step it belongs to."""
        if self._told is None:
            return
        told, self._told = self._told, None
        loss = float(told.loss)
        if not math.isfinite(loss):
            raise MikazukiError(
                "loss-nan",
                f"The loss at step {told.step} is {loss}: the training has come apart. What was saved is intact.",
                "Lower learning_rate (and unet_lr, text_encoder_lr) to a third, or use mixed_precision bf16 instead "
                "of fp16, and start again or go on from the last saved state.",
                exit_code=EXIT_FAILED,
            )
        self.learner.schedule.observe(loss)
        epochs = (min(self.place.current_epoch + 1, self.plan.max_train_epochs), self.plan.max_train_epochs)
        self.report.step(told.step, self.plan.max_train_steps, epochs, loss, told.values | tagged(told.split))


def dropout_seed(seed: int, place: Place, number: int, rank: int = 0, part: int = 0) -> int:
    """Return the seed of what torch itself draws in a part of a batch (dropout), a function of the place alone."""
    mine = (rank, part) if part else (rank,) if rank else ()
    return noise.generator_at(seed, "dropout", place.current_step, number, *mine).initial_seed()


def grouped(batches: Iterator[Batch], count: int, size: int) -> Iterator[list[Batch]]:
    """Yield ``count`` batches in groups of ``size``, the last one as it comes."""
    for start in range(0, count, size):
        yield [next(batches) for _ in range(min(size, count - start))]
