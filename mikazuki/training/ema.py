"""A running mean of what is trained: what is saved and drawn with ``ema_decay``."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor

from mikazuki.errors import MikazukiError


def decay_at(updates: int, most: float) -> float:
    """Return the decay of the next update after ``updates`` ones: min(most, (1 + n) / (10 + n)).

    Early weights are far from where they end, so the mean forgets quickly at first: 0.1, 0.18, 0.25... The warm-up is
    that of TensorFlow's ``ExponentialMovingAverage``.
    """
    return min(most, (1 + updates) / (10 + updates))


class Ema:
    """The mean of trained parameters in fp32, beginning with their values now; lies where they lie."""

    def __init__(self, parameters: Iterable[Tensor], decay: float) -> None:
        """Begin with the parameters as they are; ``decay`` (0 to 1) is the share of the old mean kept at a step."""
        self._parameters = list(parameters)
        self._means = [parameter.detach().float().clone() for parameter in self._parameters]
        self._decay = decay
        self._updates = 0

    @torch.no_grad()
    def update(self) -> None:
        """Move the mean towards the parameters as they are now: mean += (1 - decay) * (parameter - mean)."""
        share = 1 - decay_at(self._updates, self._decay)
        # one call for all of them: a LoRA has hundreds of small tensors, each a kernel launch of its own
        torch._foreach_lerp_(self._means, [parameter.float() for parameter in self._parameters], share)
        self._updates += 1

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Let the parameters be the mean for a while; afterwards they are what they were, bit for bit."""
        kept = [parameter.detach().clone() for parameter in self._parameters]
        self._set(self._means)
        try:
            yield
        finally:
            self._set(kept)

    def state_dict(self) -> dict[str, Any]:
        """Return what `load_state_dict` needs: the number of updates, and the means, on the CPU."""
        return {"updates": self._updates, "means": [mean.cpu() for mean in self._means]}

    @torch.no_grad()
    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state; an empty one, of a run without a mean, begins with the parameters as they are now.

        Raises MikazukiError ``other-run`` where the state's tensors have other shapes.
        """
        means = state.get("means", self._parameters)
        if [mean.shape for mean in means] != [mean.shape for mean in self._means]:
            raise MikazukiError(
                "other-run",
                "resume: the state's running mean (ema_decay) is of another network.",
                "Give the network's settings the values of that run, or leave resume empty to begin anew.",
            )
        self._updates = int(state.get("updates", 0))
        for mean, found in zip(self._means, means, strict=True):
            mean.copy_(found)

    @torch.no_grad()
    def _set(self, values: list[Tensor]) -> None:
        for parameter, value in zip(self._parameters, values, strict=True):
            parameter.copy_(value)
