"""Optimizers by upstream's names; those that are not torch's own come from their libraries, imported on demand."""

import ast
import inspect
from collections.abc import Sequence
from typing import Any

import torch
from torch.optim import Optimizer

from mikazuki.errors import MikazukiError

ParameterGroups = list[dict[str, Any]]

_BITSANDBYTES = {
    name.lower(): name
    for name in ("AdamW8bit", "PagedAdamW", "PagedAdamW8bit", "PagedAdamW32bit", "Lion8bit", "PagedLion8bit")
}


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


def _bitsandbytes(name: str) -> type[Optimizer]:
    try:
        import bitsandbytes.optim as library
    except ImportError as error:
        raise MikazukiError(
            "optimizer-not-installed",
            f"optimizer_type {name} needs the package bitsandbytes, which is not installed.",
            "Install it with: venv/bin/pip install bitsandbytes==0.50.2, or use optimizer_type AdamW.",
        ) from error
    found: type[Optimizer] = getattr(library, name)
    return found


def optimizer_class(name: str) -> type[Optimizer]:
    """Return the class that ``optimizer_type`` names, in any case; raises MikazukiError with the names there are."""
    if name.lower() in _BITSANDBYTES:
        return _bitsandbytes(_BITSANDBYTES[name.lower()])
    if name.lower() == "sgdnesterov":
        return torch.optim.SGD
    known = {
        key.lower(): value
        for key, value in vars(torch.optim).items()
        if inspect.isclass(value) and issubclass(value, Optimizer) and value is not Optimizer
    }
    if name.lower() not in known:
        names = ", ".join(sorted([*_BITSANDBYTES.values(), "SGDNesterov", *(c.__name__ for c in known.values())]))
        raise MikazukiError("optimizer-unknown", f"optimizer_type {name} is not known.", f"Known are: {names}.")
    return known[name.lower()]


def build_optimizer(name: str, arguments: Sequence[str], groups: ParameterGroups) -> Optimizer:
    """Build the optimizer over parameter groups that carry their own ``lr``.

    Raises MikazukiError (``optimizer-arguments``) when it does not take the arguments.
    """
    kind, options = optimizer_class(name), parse_arguments(arguments)
    if name.lower() == "sgdnesterov":
        options = {"momentum": 0.9, "nesterov": True, **options}
    if "fused" in inspect.signature(kind).parameters and not ({"foreach", "amsgrad"} & options.keys()):
        options.setdefault("fused", True)
    try:
        return kind(groups, **options)
    except (TypeError, ValueError, AssertionError) as error:
        raise MikazukiError(
            "optimizer-arguments",
            f"optimizer_type {kind.__name__} does not take optimizer_args {' '.join(arguments)}: {error}.",
            f"It takes: {', '.join(inspect.signature(kind).parameters)}.",
        ) from error
