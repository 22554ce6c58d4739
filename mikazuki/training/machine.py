"""The machine a training runs on: device, number format, gradient scaling, several processes; by accelerate."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor
from torch.optim import Optimizer

from mikazuki.settings.options.run import RunSettings
from mikazuki.training.gradients import GradientExchange

_FORMATS = {"no": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}
_USUAL_TIMEOUT = 30


def choose_precision(wanted: str) -> str:
    """Return no, fp16 or bf16 for ``mixed_precision``; auto takes what the GPU does well, and none on a CPU."""
    if wanted != "auto":
        return wanted
    if not torch.cuda.is_available():
        return "no"
    return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp16"


class Machine:
    """Device and arithmetic of this process."""

    def __init__(self, settings: RunSettings) -> None:
        """Start accelerate in the format that the settings choose, and meet the other processes."""
        from accelerate.utils import InitProcessGroupKwargs

        self.precision = choose_precision(settings.mixed_precision)
        patience = InitProcessGroupKwargs(timeout=timedelta(minutes=settings.ddp_timeout or _USUAL_TIMEOUT))
        self._accelerator = Accelerator(mixed_precision=self.precision, kwargs_handlers=[patience])
        self.device: torch.device = self._accelerator.device
        self.dtype = _FORMATS[self.precision]
        self.trained_dtype = self.dtype if settings.full_fp16 or settings.full_bf16 else torch.float32
        self.rank: int = self._accelerator.process_index
        self.processes: int = self._accelerator.num_processes
        self._view = settings.ddp_gradient_as_bucket_view
        self._static = settings.ddp_static_graph
        self._exchange: GradientExchange | None = None

    @property
    def is_main(self) -> bool:
        """Tell whether this process is the one that writes and speaks."""
        return self.rank == 0

    def autocast(self) -> AbstractContextManager[Any]:
        """Return the context in which the model computes in the format chosen."""
        context: AbstractContextManager[Any] = self._accelerator.autocast()
        return context

    def prepare(self, optimizer: Optimizer, parameters: Sequence[Tensor]) -> Any:
        """Wrap the optimizer so that fp16 gradients are unscaled before its step."""
        if self.processes > 1:
            self._exchange = GradientExchange(parameters, view=self._view, static=self._static)
        if self.trained_dtype == torch.float16 and self._accelerator.scaler is not None:
            _allow_fp16_gradients(self._accelerator.scaler)
        return self._accelerator.prepare_optimizer(optimizer)

    def backward(self, loss: Tensor) -> None:
        """Run the backward pass, scaled under fp16."""
        self._accelerator.backward(loss)

    def finish_gradients(self, parameters: Iterable[Tensor], max_norm: float) -> None:
        """Average gradients over the processes and clip them to ``max_norm`` (0: not)."""
        if self._exchange is not None:
            self._exchange.average(self._mean)
        if max_norm > 0:
            self._accelerator.clip_grad_norm_([p for p in parameters if p.grad is not None], max_norm)

    def finish_one_gradient(self, parameter: Tensor, max_norm: float) -> None:
        """Do the same for a single parameter, whose own norm is clipped."""
        if self.processes > 1 and parameter.grad is not None:
            parameter.grad = self._mean(parameter.grad)
        if max_norm > 0:
            self._accelerator.clip_grad_norm_([parameter], max_norm)

    def clear_gradients(self, optimizer: Any) -> None:
        """Forget the gradients of the step that is done."""
        if self._exchange is not None:
            self._exchange.clear()
        else:
            optimizer.zero_grad(set_to_none=True)

    def _mean(self, tensor: Tensor) -> Tensor:
        averaged: Tensor = self._accelerator.reduce(tensor, reduction="mean")
        return averaged

    def mean(self, value: Tensor) -> Tensor:
        """Return the mean of a number over the processes."""
        return value if self.processes == 1 else self._mean(value)

    def agree(self, mine: bool) -> bool:  # noqa: FBT001 - the one thing it asks
        """Return whether any process says yes."""
        if self.processes == 1:
            return mine
        told = self._accelerator.reduce(torch.tensor(float(mine), device=self.device), reduction="sum")
        return bool(told.item() > 0)

    def wait(self) -> None:
        """Wait for the other processes."""
        self._accelerator.wait_for_everyone()

    def close(self) -> None:
        """Part from the other processes, so that none waits for one that is gone."""
        if self.processes > 1:
            self._accelerator.end_training()

    def scaler_state(self) -> dict[str, Any]:
        """Return the fp16 gradient scaler's state, empty without one."""
        scaler = self._accelerator.scaler
        state: dict[str, Any] = scaler.state_dict() if scaler is not None else {}
        return state

    def load_scaler_state(self, state: dict[str, Any]) -> None:
        """Set the fp16 gradient scaler's state."""
        if state and self._accelerator.scaler is not None:
            self._accelerator.scaler.load_state_dict(state)


def _allow_fp16_gradients(scaler: Any) -> None:
    """Let torch's scaler unscale fp16 gradients (``full_fp16``), which it refuses by itself."""
    unscale = scaler._unscale_grads_

    def allowing(optimizer: Any, inverse: Tensor, found: Tensor, _allow: bool) -> Any:  # noqa: FBT001 - torch's form
        return unscale(optimizer, inverse, found, True)

    scaler._unscale_grads_ = allowing
