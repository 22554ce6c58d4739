"""How long epochs are when some datasets are shown in the first of them only, and where a step lies."""

import math
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Lengths:
    """The course of a training whose datasets end one after the other; epochs and datasets count from 0.

    `batches` are those of each dataset in an epoch that shows it, `epochs` how many epochs show it (None: all of
    them), and `accumulation` how many batches make a step. At least one dataset is shown in the first epoch.
    """

    batches: tuple[int, ...]
    epochs: tuple[int | None, ...]
    accumulation: int

    def shows(self, dataset: int, epoch: int) -> bool:
        """Say whether an epoch shows a dataset."""
        end = self.epochs[dataset]
        return end is None or epoch < end

    def batches_in(self, epoch: int) -> int:
        """Return the number of batches of an epoch."""
        return sum(number for dataset, number in enumerate(self.batches) if self.shows(dataset, epoch))

    def steps_in(self, epoch: int) -> int:
        """Return the number of steps of an epoch; 0 when nothing is left to show."""
        return math.ceil(self.batches_in(epoch) / self.accumulation)

    def steps_before(self, epoch: int) -> int:
        """Return the number of steps of all epochs before this one."""
        bounds = [0, *(end for end in self._ends if end < epoch), epoch]
        return sum((end - start) * self.steps_in(start) for start, end in pairwise(bounds))

    def place_of(self, step: int) -> tuple[int, int]:
        """Return the epoch in which a step is done (steps count from 0), and how many of its steps come before.

        Behind the last step of all it is the epoch after the last one.
        """
        start = 0
        for end in self._ends:
            if step < self.steps_before(end):
                break
            start = end
        a_step = self.steps_in(start)
        if not a_step:
            return start, 0
        epochs, rest = divmod(step - self.steps_before(start), a_step)
        return start + epochs, rest

    def most_steps(self) -> int | None:
        """Return how many steps there are in all; None where some dataset is shown in every epoch."""
        return None if None in self.epochs else self.steps_before(self._ends[-1])

    @property
    def _ends(self) -> list[int]:
        """The epochs from which on less is shown, in order."""
        return sorted({end for end in self.epochs if end is not None})
