"""The machine a training runs on: device, number format, gradient scaling, several processes; by accelerate."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor
from torch.optim import Optimizer

_FORMATS = {"no": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}


def choose_precision(wanted: str) -> str:
    """Return no, fp16 or bf16 for ``mixed_precision``; auto takes what the GPU does well, and none on a CPU."""
    if wanted != "auto":
        return wanted
    if not torch.cuda.is_available():
        return "no"
    return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp16"


class Machine:
    """Device and arithmetic of this process."""

    def __init__(self, mixed_precision: str) -> None:
        """Start accelerate in the format chosen."""
        self.precision = choose_precision(mixed_precision)
        self._accelerator = Accelerator(mixed_precision=self.precision)
        self.device: torch.device = self._accelerator.device
        self.dtype = _FORMATS[self.precision]
        self.rank: int = self._accelerator.process_index
        self.processes: int = self._accelerator.num_processes

    @property
    def is_main(self) -> bool:
        """Tell whether this process is the one that writes and speaks."""
        return self.rank == 0

    def autocast(self) -> AbstractContextManager[Any]:
        """Return the context in which the model computes in the format chosen."""
        context: AbstractContextManager[Any] = self._accelerator.autocast()
        return context

    def prepare(self, optimizer: Optimizer) -> Any:
        """Wrap the optimizer so that fp16 gradients are unscaled before its step."""
        return self._accelerator.prepare_optimizer(optimizer)

    def backward(self, loss: Tensor) -> None:
        """Run the backward pass, scaled under fp16."""
        self._accelerator.backward(loss)

    def finish_gradients(self, parameters: Iterable[Tensor], max_norm: float) -> None:
        """Average gradients over the processes and clip them to ``max_norm`` (0: not)."""
        with_gradients = [p for p in parameters if p.grad is not None]
        if self.processes > 1:
            for parameter in with_gradients:
                parameter.grad = self._accelerator.reduce(parameter.grad, reduction="mean")
        if max_norm > 0:
            self._accelerator.clip_grad_norm_(with_gradients, max_norm)

    def agree(self, mine: bool) -> bool:  # noqa: FBT001 - the one thing it asks
        """Return whether any process says yes."""
        if self.processes == 1:
            return mine
        told = self._accelerator.reduce(torch.tensor(float(mine), device=self.device), reduction="sum")
        return bool(told.item() > 0)

    def wait(self) -> None:
        """Wait for the other processes."""
        self._accelerator.wait_for_everyone()

    def scaler_state(self) -> dict[str, Any]:
        """Return the fp16 gradient scaler's state, empty without one."""
        scaler = self._accelerator.scaler
        state: dict[str, Any] = scaler.state_dict() if scaler is not None else {}
        return state

    def load_scaler_state(self, state: dict[str, Any]) -> None:
        """Set the fp16 gradient scaler's state."""
        if state and self._accelerator.scaler is not None:
            self._accelerator.scaler.load_state_dict(state)
