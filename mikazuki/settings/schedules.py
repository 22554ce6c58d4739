"""Which courses of the learning rate there are, and what their options need; nothing is imported for it."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from mikazuki.settings.optimizers import parse_arguments

if TYPE_CHECKING:
    from mikazuki.settings.train import TrainSettings

TORCH: Final = "torch.optim.lr_scheduler"

TORCH_CLASSES: Final = (
    "ConstantLR",
    "CosineAnnealingLR",
    "CosineAnnealingWarmRestarts",
    "CyclicLR",
    "ExponentialLR",
    "LinearLR",
    "MultiStepLR",
    "OneCycleLR",
    "PolynomialLR",
    "ReduceLROnPlateau",
    "StepLR",
)
"""Torch's classes whose arguments can be written as text; the others take functions or schedulers."""

ALLOWED: Final = (TORCH, "transformers.optimization", "diffusers.optimization", "pytorch_optimizer")
"""Where a dotted path may lead: a settings file must not be able to run any code there is."""

ARGUMENTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "constant": (),
        "constant_with_warmup": (),
        "linear": (),
        "cosine": ("num_cycles",),
        "cosine_with_restarts": (),
        "polynomial": ("lr_end",),
        "inverse_sqrt": (),
        "cosine_with_min_lr": ("min_lr", "min_lr_rate"),
        "cosine_warmup_with_min_lr": ("min_lr", "min_lr_rate", "warmup_lr_rate"),
        "warmup_stable_decay": ("warmup_type", "decay_type"),
        "piecewise_constant": ("step_rules",),
        "reduce_lr_on_plateau": (
            "mode",
            "factor",
            "patience",
            "threshold",
            "threshold_mode",
            "cooldown",
            "min_lr",
            "eps",
        ),
    }
)
"""What ``lr_scheduler_args`` may say for each ``lr_scheduler``, beside the options of their own."""

RAMPS: Final = ("linear", "cosine", "1-sqrt")
"""Forms of the rise and the fall of warmup_stable_decay."""

LR_END: Final = 1e-7
"""Where polynomial ends unless told otherwise: an absolute rate, transformers' default."""

_NUMBERS: Final = ("num_cycles", "lr_end", "min_lr", "min_lr_rate", "warmup_lr_rate")

_WITHOUT_WARMUP: Final = ("constant", "piecewise_constant", "reduce_lr_on_plateau")

Rules = tuple[tuple[tuple[int, float], ...], float]
"""Up to which step (not included) which factor holds, in order, and the factor after the last one."""


def parse_step_rules(text: str) -> Rules:
    """Read ``1:10,0.1:20,0.01``: factor 1 before step 10, 0.1 before step 20, then 0.01; raises ValueError."""
    *parts, last = text.split(",")
    rules: dict[int, float] = {}
    for part in parts:
        factor, _, until = part.partition(":")
        rules[int(until)] = float(factor)
    return tuple(sorted(rules.items())), float(last)


def waits_for_losses(settings: "TrainSettings") -> bool:
    """Tell whether the course follows the loss, so that it is no function of the step alone."""
    by_class = settings.lr_scheduler_type
    name = by_class.rpartition(".")[2] if by_class else settings.lr_scheduler
    return name in {"ReduceLROnPlateau", "reduce_lr_on_plateau"}


def problems(settings: "TrainSettings") -> Iterator[str]:
    """Yield what is wrong with the options of the course, one sentence each."""
    if settings.lr_scheduler_type:
        yield from _of_class(settings.lr_scheduler_type)
        if settings.lr_warmup_steps:
            yield f"lr_warmup_steps has no effect with lr_scheduler_type {settings.lr_scheduler_type}: leave it out."
        return
    name, arguments = settings.lr_scheduler, parse_arguments(settings.lr_scheduler_args)
    taken = ARGUMENTS[name]
    unknown = [key for key in arguments if key not in taken]
    if unknown:
        said = f"it takes {', '.join(taken)}" if taken else "it takes none"
        yield f"lr_scheduler {name} does not know lr_scheduler_args {', '.join(unknown)}: {said}."
    wordy = [key for key in _NUMBERS if key in arguments and not isinstance(arguments[key], (int, float))]
    if wordy:
        yield f"lr_scheduler_args {wordy[0]}={arguments[wordy[0]]}: it must be a number."
        return
    # the constant one is refused with all other rules that tie options together
    if settings.lr_warmup_steps and name in _WITHOUT_WARMUP and name != "constant":
        yield f"lr_warmup_steps has no effect with lr_scheduler {name}: leave it out."
    yield from _of_shape(settings, arguments)


def _of_class(name: str) -> Iterator[str]:
    if name.endswith("AdafactorSchedule"):
        yield f"lr_scheduler_type {name} only tells which rates Adafactor sets itself: leave it out."
    elif "." in name:
        module = name.rpartition(".")[0]
        if not any(module == one or module.startswith(f"{one}.") for one in ALLOWED):
            yield f"lr_scheduler_type {name}: a path may begin with {', '.join(ALLOWED)}."
    elif name not in TORCH_CLASSES:
        near = get_close_matches(name, TORCH_CLASSES, n=1, cutoff=0.5)
        guess = f" Did you mean {near[0]}?" if near else ""
        yield f"lr_scheduler_type {name} is not known.{guess} Known are: {', '.join(TORCH_CLASSES)}."


def _of_shape(settings: "TrainSettings", arguments: Mapping[str, Any]) -> Iterator[str]:
    name, ratio = settings.lr_scheduler, settings.lr_scheduler_min_lr_ratio
    if name == "piecewise_constant":
        try:
            parse_step_rules(str(arguments.get("step_rules", "")))
        except ValueError:
            yield 'lr_scheduler piecewise_constant needs lr_scheduler_args = ["step_rules=1:10,0.1:20,0.01"].'
    if name in {"cosine_with_min_lr", "cosine_warmup_with_min_lr"}:
        said = [key for key in ("min_lr", "min_lr_rate") if key in arguments]
        if ratio is None and not said:
            yield f"lr_scheduler {name} needs lr_scheduler_min_lr_ratio, such as 0.1."
        if len(said) + (ratio is not None) > 1:
            yield f"lr_scheduler {name}: say once where it ends, by lr_scheduler_min_lr_ratio or {' or '.join(said)}."
    if name == "polynomial" and arguments.get("lr_end", LR_END) >= settings.learning_rate:
        yield f"lr_scheduler polynomial ends at lr_end {arguments.get('lr_end', LR_END)}: learning_rate must be higher."
    for key in ("warmup_type", "decay_type"):
        if arguments.get(key, "linear") not in RAMPS:
            yield f"lr_scheduler_args {key}={arguments[key]}: it is one of {', '.join(RAMPS)}."
