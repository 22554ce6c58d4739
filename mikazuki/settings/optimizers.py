"""Which optimizers there are, where each comes from, and what their settings need; nothing is imported for it."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mikazuki.settings.train import TrainSettings

_EMPTY: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Requirement:
    """A package that must be installed: the name it is imported by, and what pip calls it, with the version tested."""

    package: str
    pip: str


@dataclass(frozen=True, slots=True)
class Target:
    """The class that a name means: where it lies, its own name, and the arguments that upstream gives it."""

    module: str
    name: str
    arguments: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)


TORCH: Final = "torch.optim"

TORCH_CLASSES: Final = (
    "ASGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Muon",
    "NAdam",
    "RAdam",
    "RMSprop",
    "Rprop",
    "SGD",
)
"""Torch's classes that take a plain step; its Adafactor stands behind transformers', which that name means."""

_NESTEROV: Final = MappingProxyType({"momentum": 0.9, "nesterov": True})

NAMED: Final[Mapping[str, Target]] = MappingProxyType(
    {
        **{name: Target(TORCH, name) for name in TORCH_CLASSES},
        "SGDNesterov": Target(TORCH, "SGD", _NESTEROV),
        "AdamW8bit": Target("bitsandbytes.optim", "AdamW8bit"),
        "PagedAdamW": Target("bitsandbytes.optim", "PagedAdamW"),
        "PagedAdamW8bit": Target("bitsandbytes.optim", "PagedAdamW8bit"),
        "PagedAdamW32bit": Target("bitsandbytes.optim", "PagedAdamW32bit"),
        "Lion8bit": Target("bitsandbytes.optim", "Lion8bit"),
        "PagedLion8bit": Target("bitsandbytes.optim", "PagedLion8bit"),
        "SGDNesterov8bit": Target("bitsandbytes.optim", "SGD8bit", _NESTEROV),
        "Lion": Target("lion_pytorch", "Lion"),
        "DAdaptation": Target("dadaptation.experimental", "DAdaptAdamPreprint"),
        "DAdaptAdamPreprint": Target("dadaptation.experimental", "DAdaptAdamPreprint"),
        "DAdaptAdaGrad": Target("dadaptation", "DAdaptAdaGrad"),
        "DAdaptAdam": Target("dadaptation", "DAdaptAdam"),
        "DAdaptAdan": Target("dadaptation", "DAdaptAdan"),
        "DAdaptAdanIP": Target("dadaptation.experimental", "DAdaptAdanIP"),
        "DAdaptLion": Target("dadaptation", "DAdaptLion"),
        "DAdaptSGD": Target("dadaptation", "DAdaptSGD"),
        "Prodigy": Target("prodigyopt", "Prodigy"),
        "ProdigyPlusScheduleFree": Target("prodigyplus", "ProdigyPlusScheduleFree"),
        "Adafactor": Target("transformers.optimization", "Adafactor"),
        "CAME": Target("pytorch_optimizer", "CAME"),
        "AdamWScheduleFree": Target("schedulefree", "AdamWScheduleFree"),
        "RAdamScheduleFree": Target("schedulefree", "RAdamScheduleFree"),
        "SGDScheduleFree": Target("schedulefree", "SGDScheduleFree"),
    }
)
"""Names of ``optimizer_type``, read in any case; what else there is has a dotted path."""

REQUIREMENTS: Final[Mapping[str, Requirement]] = MappingProxyType(
    {
        one.package: one
        for one in (
            Requirement("bitsandbytes", "bitsandbytes==0.50.2"),
            Requirement("dadaptation", "dadaptation==3.2"),
            Requirement("lion_pytorch", "lion-pytorch==0.2.3"),
            Requirement("prodigyopt", "prodigyopt==1.1.2"),
            Requirement("prodigyplus", "prodigy-plus-schedule-free==1.9.2"),
            Requirement("pytorch_optimizer", "pytorch-optimizer==3.9.0"),
            Requirement("schedulefree", "schedulefree==1.4"),
            Requirement("came_pytorch", "came-pytorch==0.1.3"),
        )
    }
)
"""Packages installed on request, by the name they are imported by, in the versions that sd-scripts pins, if it does."""

ALLOWED: Final = (TORCH, "transformers", *REQUIREMENTS)
"""Where a dotted path may lead: a settings file must not be able to run any code there is."""

_LOW_RATE: Final = 0.1
"""Below this a rate that is a factor of the estimated one is taken for a mistake, as upstream does."""


def parse_arguments(pairs: Sequence[str]) -> dict[str, Any]:
    """Read ``key=value`` pairs; a value is a Python literal (a number, True, a tuple), else text."""
    found: dict[str, Any] = {}
    for pair in pairs:
        key, _, text = pair.partition("=")
        try:
            found[key.strip()] = ast.literal_eval(text.strip())
        except (ValueError, SyntaxError):
            found[key.strip()] = text.strip()
    return found


def find_target(optimizer_type: str) -> Target | None:
    """Return the class that ``optimizer_type`` means, None for no known name and no allowed path."""
    if "." not in optimizer_type:
        return {name.lower(): target for name, target in NAMED.items()}.get(optimizer_type.lower())
    module, _, name = optimizer_type.rpartition(".")
    allowed = any(module == one or module.startswith(f"{one}.") for one in ALLOWED)
    return Target(module, name) if allowed else None


def requirement(optimizer_type: str) -> Requirement | None:
    """Return the package that an optimizer needs beyond those always installed, None where it needs none."""
    target = find_target(optimizer_type)
    return REQUIREMENTS.get(target.module.partition(".")[0]) if target else None


def known(optimizer_type: str) -> str | None:
    """Return what is wrong with a name, with the nearest right one; None where it is known."""
    if find_target(optimizer_type):
        return None
    if "." in optimizer_type:
        return f"optimizer_type {optimizer_type}: a path may begin with {', '.join(ALLOWED)}."
    names = {name.lower(): name for name in NAMED}
    near = get_close_matches(optimizer_type.lower(), names, n=1, cutoff=0.5)
    guess = f" Did you mean {names[near[0]]}?" if near else ""
    return f"optimizer_type {optimizer_type} is not known.{guess} Known are: {', '.join(NAMED)}."


def is_schedule_free(optimizer_type: str) -> bool:
    """Tell whether the optimizer needs no course of the learning rate, but averages weights instead."""
    return "schedulefree" in optimizer_type.lower()


def finds_own_rate(optimizer_type: str) -> bool:
    """Tell whether the optimizer estimates one rate for all that is trained; ``learning_rate`` is a factor of it."""
    name = optimizer_type.rpartition(".")[2].lower()
    return name.startswith("dadapt") or name == "prodigy"


def is_adafactor(optimizer_type: str) -> bool:
    """Tell whether the name means transformers' Adafactor."""
    target = find_target(optimizer_type)
    return target is not None and target.name == "Adafactor" and target.module.startswith("transformers")


def adafactor_arguments(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Complete Adafactor's arguments as upstream does: it sets its rate itself unless told not to."""
    relative = bool(arguments.get("relative_step", True) or arguments.get("warmup_init", False))
    return {**arguments, "relative_step": relative}


def sets_own_rate(optimizer_type: str, arguments: Sequence[str]) -> bool:
    """Tell whether this is an Adafactor with ``relative_step``: no learning rate and no course of it is used."""
    return is_adafactor(optimizer_type) and bool(adafactor_arguments(parse_arguments(arguments))["relative_step"])


def problems(settings: "TrainSettings") -> Iterator[str]:
    """Yield what is wrong with the options of the optimizer, one sentence each."""
    problem = known(settings.optimizer)
    if problem:
        yield problem
        return
    rates = {rate for rate in (settings.rate_of_unet, *settings.rates_of_text_encoders) if rate}
    if finds_own_rate(settings.optimizer) and len(rates) > 1:
        yield (
            f"{settings.optimizer} finds one rate for everything, and learning_rate is a factor of it: leave unet_lr "
            "and text_encoder_lr out (or 0 for what is not trained)."
        )
    own = sets_own_rate(settings.optimizer, settings.optimizer_args)
    if own and settings.lr_warmup_steps:
        yield (
            "Adafactor sets its rate itself, so lr_warmup_steps has no effect: leave it out, or set "
            'optimizer_args = ["relative_step=False"].'
        )
    if settings.optimizer.lower() == "dadaptsgd" and settings.lr_warmup_steps:
        yield "DAdaptSGD measures the first step's gradient and cannot begin at rate 0: leave lr_warmup_steps out."
    if settings.fused_backward_pass and settings.mixed_precision == "fp16":
        yield "fused_backward_pass cannot scale gradients as mixed_precision fp16 needs: use bf16 or no."


def notices(settings: "TrainSettings") -> Iterator[tuple[str, str]]:
    """Yield what is probably not meant: (code, sentence)."""
    name = settings.optimizer
    rates = [rate for rate in (settings.rate_of_unet, *settings.rates_of_text_encoders) if rate]
    finds = finds_own_rate(name) or name.lower().endswith("prodigyplusschedulefree")
    if finds and rates and max(rates) <= _LOW_RATE:
        yield (
            "rate-low",
            f"{name} finds the rate itself, and learning_rate is a factor of it: {max(rates):g} is low, 1 is usual.",
        )
    if sets_own_rate(name, settings.optimizer_args):
        yield (
            "rate-not-used",
            (
                f"{name} sets its rate itself (relative_step): learning_rate, unet_lr, text_encoder_lr and "
                'lr_scheduler are not used. To use them: optimizer_args = ["relative_step=False", '
                '"scale_parameter=False"].'
            ),
        )
    course = settings.lr_scheduler != "constant" or settings.lr_scheduler_type or settings.lr_warmup_steps
    if is_schedule_free(name) and course:
        yield (
            "scheduler-not-used",
            f"{name} needs no course of the rate: lr_scheduler, lr_scheduler_type and lr_warmup_steps are not used.",
        )
