"""Computes batches in smaller parts once memory has run out: the same step, less of it at a time."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import Any, Final

from torch import Tensor

from mikazuki.text import count
from mikazuki.training.batches import Batch
from mikazuki.training.learner import Learner
from mikazuki.training.memory import free_memory, is_out_of_memory
from mikazuki.training.report import Report

HALVED: Final = "batch-halved"
CHECKPOINTING: Final = "checkpointing-on"

Compute = Callable[[Sequence[Sequence[Batch]]], Tensor]
"""Adds up the gradients of batches, each cut into its parts, and returns their mean loss."""

_logger = logging.getLogger(__name__)


def split_batch(batch: Batch, parts: int) -> list[Batch]:
    """Cut a batch along B into ``parts`` of nearly equal size, as many as it has pictures at most.

    Their losses, each times its own ``share``, add up to the whole batch's, and so do the gradients.
    """
    count = len(batch.captions)
    parts = min(parts, count)
    if parts == 1:
        return [batch]
    edges = [count * number // parts for number in range(parts + 1)]
    return [_cut(batch, slice(*pair)) for pair in pairwise(edges)]


def _cut(batch: Batch, rows: slice) -> Batch:
    """Return some pictures of a batch; every field that is one value a picture is cut, the others stay."""
    values = {one.name: getattr(batch, one.name) for one in fields(batch)}
    cut: dict[str, Any] = {name: value[rows] for name, value in values.items() if isinstance(value, Tensor | list)}
    count = len(batch.captions)
    return replace(batch, **cut, share=batch.share * len(range(count)[rows]) / count)


def largest_part(batches: Sequence[Batch], parts: int) -> int:
    """Return how many pictures are computed at once at most when batches are cut into ``parts``."""
    return max(-(-len(batch.captions) // min(parts, len(batch.captions))) for batch in batches)


@dataclass
class PartsOfBatches:
    """Computes the gradients of steps, in more ``parts`` a batch whenever memory has run out.

    ``parts`` is a power of two, and stays. Plan, order, noise and schedule know nothing of it; what a network drops is
    drawn for each part by itself. Several processes each find their own number: gradients are exchanged only when all
    of a process's parts are done, so one that needs more of them is waited for and nobody has to agree.

    Where weights change within the backward pass (fused_backward_pass, fused_optimizer_groups) a batch cannot be
    cut: every part would be a step of its own. There only checkpointing can help, and only while no weight has
    changed in the step.
    """

    learner: Learner
    report: Report
    unet: Any
    """Has diffusers' ``enable_gradient_checkpointing``."""
    checkpointed: bool
    """Whether blocks are computed once more on the way back already."""
    parts: int = field(default=1, init=False)

    def gradients(self, batches: Sequence[Batch], compute: Compute, step: int) -> Tensor:
        """Add up the gradients of optimizer step ``step`` (from 1) and return its mean loss.

        Raises:
            Exception: What ``compute`` raised, where it was no lack of memory or nothing is left to save.
        """
        while True:
            try:
                return compute([split_batch(batch, self.parts) for batch in batches])
            except (RuntimeError, MemoryError) as error:
                remedy = self._remedy(batches, step) if is_out_of_memory(error) else None
                if remedy is None:
                    raise
            # the error is gone, and with it the tensors of the failed try
            remedy()
            self.learner.forget()
            free_memory(self.learner.machine.device)

    def _remedy(self, batches: Sequence[Batch], step: int) -> Callable[[], None] | None:
        """Return what to change before the next try; None where the step cannot be taken back or made smaller."""
        if self.learner.changed:
            return None
        largest = largest_part(batches, self.parts)
        if largest > 1 and not self.learner.fused:
            return lambda: self._halve(batches, largest, step)
        return None if self.checkpointed else lambda: self._checkpoint(largest, step)

    def _halve(self, batches: Sequence[Batch], largest: int, step: int) -> None:
        self.parts *= 2
        now = largest_part(batches, self.parts)
        self._say(
            HALVED,
            f"Memory ran out in step {step} with {count(largest, 'picture')} at once. The step is computed again, "
            f"and every one from here on, with {now} at a time: the result is the same, only slower. For the speed "
            f"back, set train_batch_size = {now} and raise gradient_accumulation_steps {-(-largest // now)}-fold, or "
            "save memory elsewhere (`python -m mikazuki probe` measures what fits).",
        )

    def _checkpoint(self, largest: int, step: int) -> None:
        self.checkpointed = True
        self.unet.enable_gradient_checkpointing()
        # diffusers looks for checkpoints in training mode only
        self.unet.train()
        self._say(
            CHECKPOINTING,
            f"Memory ran out in step {step} with {count(largest, 'picture')} at once, which cannot be fewer. From "
            "here on gradient_checkpointing is on: the result is the same, a step takes about a third longer. Set it "
            "to true for the next run, or lower the resolution.",
        )

    def _say(self, code: str, text: str) -> None:
        if not self.report.events.speaks:
            # one process of several: the main one may have enough
            _logger.warning("process %d: %s", self.learner.machine.rank, text)
        self.report.warn(code, text)
        self.report.pause()
