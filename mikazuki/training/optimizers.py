"""Optimizers by upstream's names, from their own libraries, each imported where it is asked for."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final

import torch
from torch import Tensor
from torch.optim import Optimizer

from mikazuki.errors import MikazukiError
from mikazuki.settings import optimizers as names
from mikazuki.settings.optimizers import Target, parse_arguments

ParameterGroups = list[dict[str, Any]]

_REFUSALS: Final = (TypeError, ValueError, KeyError, AttributeError, AssertionError, NameError, RuntimeError)
"""What an optimizer raises where its arguments do not fit, or where it needs more than a plain step."""


def optimizer_class(name: str) -> type[Optimizer]:
    """Return the class that ``optimizer_type`` names.

    Raises:
        MikazukiError: ``optimizer-unknown`` with the nearest name, ``optimizer-not-installed`` with the package.
    """
    target = names.find_target(name)
    if target is None:
        raise MikazukiError("optimizer-unknown", str(names.known(name)), "See docs/optimizers.md.")
    module = _import(name, target)
    found = getattr(module, target.name, None)
    if not (inspect.isclass(found) and issubclass(found, Optimizer)):
        there = [key for key, value in vars(module).items() if inspect.isclass(value) and issubclass(value, Optimizer)]
        near = get_close_matches(target.name, there, n=3, cutoff=0.3)
        raise MikazukiError(
            "optimizer-unknown",
            f"optimizer_type {name}: {target.module} has no optimizer {target.name}.",
            f"The nearest names there are: {', '.join(near)}." if near else "See docs/optimizers.md.",
        )
    return found


def _import(name: str, target: Target) -> Any:
    try:
        return import_module(target.module)
    except ImportError as error:
        needed = names.requirement(name)
        if needed is None or (error.name or "").partition(".")[0] != needed.package:
            raise MikazukiError(
                "optimizer-unknown", f"optimizer_type {name} cannot be imported: {error}.", "See docs/optimizers.md."
            ) from error
        raise MikazukiError(
            "optimizer-not-installed",
            f"optimizer_type {name} needs the package {needed.package}, which is not installed.",
            f"Install it with `python -m pip install {needed.pip}`, or use optimizer_type AdamW.",
        ) from error


def build_optimizer(name: str, arguments: Sequence[str], groups: ParameterGroups) -> Optimizer:
    """Build the optimizer over parameter groups, in training mode.

    Args:
        name: ``optimizer_type``.
        arguments: ``optimizer_args``, each ``key=value``.
        groups: ``params``, ``lr`` and ``name`` of each group; ``base_lr`` (the same as ``lr`` unless given) stays
            with a group through its life. The groups themselves are not changed.

    Raises:
        MikazukiError: ``optimizer-unknown``, ``optimizer-not-installed``, ``optimizer-arguments`` where it does not
            take the arguments, ``optimizer-rates`` where it needs one rate for all.
    """
    kind: Any = optimizer_class(name)
    options = _options(name, arguments)
    own = [{"base_lr": group["lr"], **group} for group in groups]
    if names.is_adafactor(name) and options["relative_step"]:
        own = [{**group, "lr": None} for group in own]
    if names.finds_own_rate(name):
        _check_one_rate(name, own)
    unknown = set(options) - _arguments_of(kind)
    try:
        if unknown:
            raise TypeError(f"it does not know {', '.join(sorted(unknown))}")
        if "." in name:
            _try(kind, own[0], options)
        built: Optimizer = kind(own, lr=own[0]["lr"], **options)
    except _REFUSALS as error:
        raise MikazukiError(
            "optimizer-arguments",
            f"optimizer_type {name} cannot work with optimizer_args {' '.join(arguments) or '(none)'}: {error}.",
            f"It takes: {', '.join(sorted(_arguments_of(kind)))}.",
        ) from error
    if averages(built):
        _switch(built, training=True)
    return built


def _options(name: str, arguments: Sequence[str]) -> dict[str, Any]:
    """Return the class's arguments: what was asked for, over what upstream sets, over torch's fused kernels."""
    target = names.find_target(name)
    options = {**(target.arguments if target else {}), **parse_arguments(arguments)}
    if names.is_adafactor(name):
        return names.adafactor_arguments(options)
    kind = optimizer_class(name)
    fuses = kind.__module__.startswith(names.TORCH) and "fused" in inspect.signature(kind).parameters
    if fuses and not ({"foreach", "amsgrad", "differentiable"} & options.keys()):
        options.setdefault("fused", True)
    return options


def _arguments_of(kind: type[Optimizer]) -> set[str]:
    """Return the names that a class takes, with its ancestors' where it hands on what it does not know itself."""
    found: set[str] = set()
    for one in kind.__mro__[: kind.__mro__.index(Optimizer)]:
        parameters = inspect.signature(one).parameters.values()
        found |= {p.name for p in parameters if p.kind not in {p.VAR_KEYWORD, p.VAR_POSITIONAL}}
        if not any(p.kind is p.VAR_KEYWORD for p in parameters):
            break
    # the rate has options of its own
    return found - {"params", "defaults", "lr"}


def _check_one_rate(name: str, groups: ParameterGroups) -> None:
    """Raise MikazukiError ``optimizer-rates`` where groups of an optimizer that finds one rate differ in theirs."""
    rates = {
        f"{group.get('name', number)} {group['base_lr']:g}": group["base_lr"] for number, group in enumerate(groups)
    }
    if len(set(rates.values())) > 1:
        raise MikazukiError(
            "optimizer-rates",
            f"{name} finds one rate for everything, but the rates differ: {', '.join(rates)}.",
            "Leave unet_lr, text_encoder_lr and rates in network_args out, and set learning_rate, usually to 1.",
        )


def _try(kind: Any, group: Mapping[str, Any], options: Mapping[str, Any]) -> None:
    """Take one step of a class that nobody has tried here, so that one which needs more fails before the training."""
    with torch.random.fork_rng(devices=[]):
        parameter = torch.nn.Parameter(torch.ones(4, 4, device=group["params"][0].device))
        parameter.grad = torch.ones_like(parameter)
        tried = kind([{**group, "params": [parameter]}], lr=group["lr"], **options)
        if averages(tried):
            _switch(tried, training=True)
        tried.step()


def innermost(optimizer: Any) -> Any:
    """Return the optimizer itself, without what accelerate wraps around it."""
    return getattr(optimizer, "optimizer", optimizer)


def averages(optimizer: Any) -> bool:
    """Tell whether the optimizer keeps other weights to train than to use, as the schedule-free ones do."""
    own = innermost(optimizer)
    return callable(getattr(own, "train", None)) and callable(getattr(own, "eval", None))


def _switch(optimizer: Any, *, training: bool) -> None:
    own = innermost(optimizer)
    own.train() if training else own.eval()


@contextmanager
def _averaged(optimizer: Any) -> Iterator[None]:
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    kept = [parameter.detach().clone() for parameter in parameters]
    _switch(optimizer, training=False)
    try:
        yield
    finally:
        _switch(optimizer, training=True)
        # the library's way back rounds: what is looked at must not change what is trained
        with torch.no_grad():
            for parameter, before in zip(parameters, kept, strict=True):
                parameter.copy_(before)


def averaged_weights(optimizer: Any) -> AbstractContextManager[None]:
    """Return a context in which the weights are those to use: to save, to draw, to validate.

    Only schedule-free optimizers (Defazio et al. 2024, The Road Less Scheduled) have others to train; afterwards
    theirs are back bit for bit. A state is saved outside of it.
    """
    return _averaged(optimizer) if averages(optimizer) else nullcontext()


def load_optimizer_state(optimizer: Any, state: Mapping[str, Any]) -> None:
    """Set an optimizer's state as `state_dict` gave it, but let ``base_lr`` be what the settings say now.

    Torch turns every number of a state into the weights' type; what was kept in another one (such as Prodigy-plus's
    bfloat16 sums) is put back as it was, so that a resumed run computes with the same numbers.
    """
    rates = [group["base_lr"] for group in optimizer.param_groups]
    optimizer.load_state_dict(state)
    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["base_lr"] = rate
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    numbers = [number for group in state["param_groups"] for number in group["params"]]
    for parameter, number in zip(parameters, numbers, strict=True):
        for key, value in state["state"].get(number, {}).items():
            if isinstance(value, (Tensor, list)):
                optimizer.state[parameter][key] = _as_saved(optimizer.state[parameter][key], value)
    own = innermost(optimizer)
    if hasattr(own, "shared_d") and state["state"]:
        # Prodigy-plus keeps the mean of its groups' rates outside of its state
        own.shared_d = own.get_d_mean()


def _as_saved(loaded: Any, saved: Any) -> Any:
    """Return what was loaded, where it lies, in the number format it was saved in."""
    if isinstance(saved, list):
        return [_as_saved(*pair) for pair in zip(loaded, saved, strict=True)]
    changed = isinstance(saved, Tensor) and loaded.dtype != saved.dtype
    return saved.to(loaded.device) if changed else loaded


def learning_rates(optimizer: Any) -> dict[str, float]:
    """Return the rates that the last step was done with, under upstream's TensorBoard tags.

    Each group has ``lr/<name>``, or ``lr/group<i>`` where it has no name. Those that find their rate also have
    ``lr/d*lr/<name>``, and Prodigy-plus ``lr/d*lr`` of the first group.
    """
    own = innermost(optimizer)
    found: dict[str, float] = {}
    for number, group in enumerate(own.param_groups):
        name = group.get("name", f"group{number}")
        rate = _relative_rate(own, group) if group["lr"] is None else float(group["lr"])
        found[f"lr/{name}"] = rate
        if "d" in group:
            found[f"lr/d*lr/{name}"] = float(group["d"]) * rate
    if type(own).__name__ == "ProdigyPlusScheduleFree":
        first = own.param_groups[0]
        found["lr/d*lr"] = float(first["d"]) * float(first["lr"])
    return found


def _relative_rate(adafactor: Any, group: Mapping[str, Any]) -> float:
    """Return the rate that Adafactor last gave a group's first weight, as transformers' AdafactorSchedule tells it."""
    state = adafactor.state.get(group["params"][0])
    return float(adafactor._get_lr(group, state)) if state else 0.0  # noqa: SLF001 - its own schedule asks it so
