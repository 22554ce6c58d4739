"""Learning rate schedules as pure functions of the step, so that a resumed run needs no scheduler state.

The shapes are those of ``transformers.get_scheduler``, which sd-scripts uses.
"""

import math
from collections.abc import Callable


def _linear(step: int, span: int, _cycles: int, _power: float) -> float:
    return max(0.0, 1 - step / span)


def _cosine(step: int, span: int, _cycles: int, _power: float) -> float:
    return max(0.0, 0.5 * (1 + math.cos(math.pi * step / span)))


def _cosine_with_restarts(step: int, span: int, cycles: int, _power: float) -> float:
    done = step / span
    return 0.0 if done >= 1 else max(0.0, 0.5 * (1 + math.cos(math.pi * ((cycles * done) % 1.0))))


def _polynomial(step: int, span: int, _cycles: int, power: float) -> float:
    return float(max(0.0, 1 - step / span) ** power)


def _constant(_step: int, _span: int, _cycles: int, _power: float) -> float:
    return 1.0


_SHAPES: dict[str, Callable[[int, int, int, float], float]] = {
    "constant": _constant,
    "constant_with_warmup": _constant,
    "linear": _linear,
    "cosine": _cosine,
    "cosine_with_restarts": _cosine_with_restarts,
    "polynomial": _polynomial,
}


def rate_share(name: str, step: int, total: int, *, warmup: int = 0, cycles: int = 1, power: float = 1.0) -> float:
    """Return the share (0 to 1) of the learning rate for optimizer step ``step`` (from 0) of ``total``.

    ``warmup`` steps rise linearly from 0; ``cycles`` are restarts, ``power`` is polynomial's exponent.
    """
    if step < warmup:
        return step / max(1, warmup)
    return _SHAPES[name](step - warmup, max(1, total - warmup), cycles, power)
