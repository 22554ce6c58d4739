"""Value forms that sd-scripts' options take: empty text for nothing, `512,768`, `10%`, `key=value`."""

import math
import shlex
from typing import Any

Resolution = tuple[int, int]
"""Width and height in pixels."""

StepsOrShare = int | float
"""A whole number of steps, or a share of all steps below 1."""


def no_empty(value: Any) -> Any:
    """Take an empty string for not set, as the script users write it."""
    return None if isinstance(value, str) and not value.strip() else value


def parse_resolution(value: Any) -> Any:
    """Take `512`, `"512"`, `"512,768"` (width,height) or a list of two; raises ValueError."""
    if isinstance(value, str):
        parts = value.replace("x", ",").split(",")
        if not all(part.strip().isdigit() for part in parts):
            raise ValueError(f"{value!r} is no size in pixels: write 512 or 512,768 (width,height)")
        value = [int(part) for part in parts]
    if isinstance(value, int):
        value = [value]
    if isinstance(value, (list, tuple)) and len(value) == 1:
        value = [value[0], value[0]]
    if not (isinstance(value, (list, tuple)) and len(value) == 2):
        raise ValueError(f"{value!r} is no size in pixels: write 512 or 512,768 (width,height)")
    if not all(isinstance(side, int) and 64 <= side <= 8192 for side in value):
        raise ValueError(f"{value!r}: both sides must be between 64 and 8192 pixels")
    return tuple(value)


def parse_steps(value: Any) -> Any:
    """Take steps (1 and above), a share (below 1) or a percentage as text; raises ValueError."""
    if isinstance(value, str):
        text = value.strip()
        try:
            value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
        except ValueError:
            raise ValueError(f"{value!r} is neither a number of steps nor a share such as 10%") from None
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value!r} is not a finite number")
    if isinstance(value, float) and value >= 1:
        value = int(value)
    if isinstance(value, (int, float)) and value < 0:
        raise ValueError(f"{value!r} must not be negative")
    return value


def steps_of(value: StepsOrShare, total: int) -> int:
    """Return the number of steps that `value` means in a run of `total` steps."""
    return int(value * total) if isinstance(value, float) and value < 1 else int(value)


def split_pairs(value: Any) -> Any:
    """Take `a=1 b=2` in one text for a list, as flags give it; raises ValueError where a quote is left open."""
    return shlex.split(value) if isinstance(value, str) else value


def key_values(pairs: tuple[str, ...]) -> tuple[str, ...]:
    """Check that every item is `key=value`; raises ValueError."""
    for pair in pairs:
        if "=" not in pair:
            raise ValueError(f"{pair!r} must be written key=value")
    return pairs


def split_words(value: Any) -> Any:
    """Take words in one text, as flags give them, for a list; raises ValueError where a quote is left open."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (value,)
    return shlex.split(value) if isinstance(value, str) else value


def split_rates(value: Any) -> Any:
    """Take one number, or numbers in a text or list, for several; empty text and an empty list mean not set."""
    found = split_words(no_empty(value))
    return found or None if isinstance(found, (list, tuple)) else found


def check_pair(value: str | None) -> str | None:
    """Check that a text is two positive numbers, the first not larger, such as `2.0,4.0`; raises ValueError."""
    if value is None:
        return None
    try:
        low, high = (float(part) for part in value.split(","))
    except ValueError:
        low, high = 0.0, 0.0
    if not 0 < low <= high < math.inf:
        raise ValueError(f"{value!r} is no range: write two numbers, the smaller one first, such as 2.0,4.0")
    return value


def check_gpu_ids(value: str | None) -> str | None:
    """Check that a text names GPUs by number or by NVIDIA's own identifiers, separated by commas; raises ValueError."""
    parts = [part.strip() for part in (value or "0").split(",")]
    if not all(part.isdigit() or part.startswith(("GPU-", "MIG-")) for part in parts):
        raise ValueError(f"{value!r} names no GPUs: write numbers such as 0 or 0,1")
    return value


def check_rates(value: str | None) -> str | None:
    """Check that a text is numbers of 0 and above, separated by commas; raises ValueError."""
    if value is not None:
        rates_in(value)
    return value


def rates_in(value: str) -> tuple[float, ...]:
    """Return the numbers of a text such as ``1e-6,0,2e-6``; raises ValueError."""
    try:
        found = tuple(float(part) for part in value.split(","))
    except ValueError:
        found = (-1.0,)
    if not all(0 <= rate < math.inf for rate in found):
        raise ValueError(f"{value!r} is no list of rates: write numbers of 0 and above, separated by commas")
    return found


def check_layers(value: str) -> str:
    """Check `1,2,1`: multiples above 0, the first and the last 1; raises ValueError."""
    try:
        layers = [float(part) for part in value.split(",")]
    except ValueError:
        raise ValueError(f"{value!r} is no list of layers: write multiples such as 1,2,1") from None
    if len(layers) < 2 or layers[0] != 1 or layers[-1] != 1 or not all(0 < layer <= 64 for layer in layers):
        raise ValueError(f"{value!r}: at least two layers, all above 0, the first and the last 1, such as 1,2,1")
    return value


def check_shares(value: str | None) -> str | None:
    """Check `0,0.3,0`: shares from 0 to below 1, separated by commas; raises ValueError."""
    try:
        shares = [float(part) for part in value.split(",")] if value else []
    except ValueError:
        raise ValueError(f"{value!r} is no list of shares: write numbers such as 0,0.3,0") from None
    if not all(0 <= share < 1 for share in shares):
        raise ValueError(f"{value!r}: every share is from 0 to below 1")
    return value
