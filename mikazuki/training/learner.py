"""One optimizer step: rates, gradients, clipping, the update, and what follows every update."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from mikazuki.settings.methods import WHOLE
from mikazuki.settings.optimizers import finds_own_rate, is_schedule_free
from mikazuki.settings.train import TrainSettings
from mikazuki.training.ema import Ema
from mikazuki.training.fused import fuse_backward, fuse_groups, step_in_parts
from mikazuki.training.machine import Machine
from mikazuki.training.methods import Method
from mikazuki.training.optimizers import build_optimizer, learning_rates, load_optimizer_state
from mikazuki.training.schedulers import Schedule, make_schedule
from mikazuki.training.state import State


@dataclass
class Learner:
    """What is trained, with all that changes it; ``ema`` is None without a running mean."""

    settings: TrainSettings
    machine: Machine
    method: Method
    optimizer: Any
    schedule: Schedule
    ema: Ema | None
    changed: bool = field(init=False, default=False)
    """Whether a weight has changed since the step began: then it cannot be taken back."""
    _parameters: Sequence[Tensor] = field(init=False)
    _complete: Callable[[], None] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Fuse the backward pass where that is asked for."""
        self._parameters = [p for group in self.optimizer.param_groups for p in group["params"]]
        groups = self.settings.fused_optimizer_groups
        if groups:
            self._complete = fuse_groups(self.optimizer, self._finish_one, groups, rounds=self._rounds)
        elif self.settings.fused_backward_pass:
            scaled = self.machine.precision == "fp16"
            fuse_backward(self.optimizer, self._finish_one, scaled=scaled, rounds=self._rounds)
            self._complete = _nothing

    @property
    def fused(self) -> bool:
        """Whether weights change within the backward pass already."""
        return self._complete is not None

    @property
    def _rounds(self) -> bool:
        """Whether whole weights in bf16 are rounded by chance, which needs an optimizer that looks at each alone."""
        name = self.settings.optimizer
        whole = self.settings.method in WHOLE and self.settings.full_bf16
        return whole and not (finds_own_rate(name) or is_schedule_free(name))

    def begin(self, step: int) -> None:
        """Set what learns in optimizer step ``step`` (from 0), and how fast."""
        self.changed = False
        self.method.begin_step(step)
        self.schedule.apply(self.optimizer.param_groups, step)

    def backward(self, loss: Tensor) -> None:
        """Add a batch's gradients."""
        self.machine.backward(loss)

    def forget(self) -> None:
        """Take back the gradients of a step that is to be computed again."""
        self.machine.clear_gradients(self.optimizer)

    def finish(self) -> dict[str, float]:
        """Change the weights by the gradients added up; return the step's numbers under upstream's tags."""
        if self._complete:
            self._complete()
        else:
            self._step()
        values = learning_rates(self.optimizer)
        norms = self.method.limit_norms()
        if norms is not None:
            values["max_norm/keys_scaled"] = norms.keys_scaled
            values["max_norm/max_key_norm"] = norms.largest_norm
            values["norm/avg_key_norm"] = norms.mean_norm
        if self.ema is not None:
            self.ema.update()
        return values

    def _step(self) -> None:
        self.machine.finish_gradients(self._parameters, self.settings.max_grad_norm)
        for parameter in self._parameters:
            if not parameter.requires_grad:
                # it rests: the processes' average of nothing would still move it by its momentum
                parameter.grad = None
        if self._rounds:
            step_in_parts(self.optimizer)
        else:
            self.optimizer.step()
        self.machine.clear_gradients(self.optimizer)

    def _finish_one(self, parameter: Tensor) -> None:
        self.changed = True
        self.machine.finish_one_gradient(parameter, self.settings.max_grad_norm)

    def resume(self, state: State) -> None:
        """Go on from a state, but with the rates that the settings say now."""
        self.method.load_weights(state.weights)
        load_optimizer_state(self.optimizer, state.optimizer)
        self.schedule.load_state_dict(state.scheduler)
        self.machine.load_scaler_state(state.scaler)
        if self.ema is not None:
            self.ema.load_state_dict(state.ema)


def _nothing() -> None:
    """Do nothing: every weight was updated within the backward pass."""


def make_learner(settings: TrainSettings, machine: Machine, method: Method, total_steps: int) -> Learner:
    """Build optimizer, course of the rate and running mean over what the method trains."""
    built = build_optimizer(settings.optimizer, settings.optimizer_args, method.groups())
    parameters = [p for group in built.param_groups for p in group["params"]]
    optimizer = machine.prepare(built, parameters)
    schedule = make_schedule(settings, total_steps, optimizer.param_groups)
    ema = Ema(parameters, settings.ema_decay) if settings.ema_decay else None
    return Learner(settings, machine, method, optimizer, schedule, ema)
