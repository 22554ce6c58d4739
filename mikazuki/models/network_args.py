"""What network_args may hold for each kind of network: its keys, the kind of value of each, and how it is read."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from mikazuki.errors import MikazukiError

PRESETS: Final = ("cosine", "sine", "linear", "reverse_linear", "zeros")
"""Names for the course of a list of block weights; ``cosine+0.25`` adds 0.25 to each."""
ALGORITHMS: Final = ("lora", "locon", "loha", "lokr", "ia3", "dylora", "glora", "full", "diag-oft", "boft")
_YES: Final = ("true", "1", "yes", "on")
_NO: Final = ("false", "0", "no", "off")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: how it is read (ValueError where it does not fit), what it must be, and an example."""

    read: Callable[[str], Any]
    wanted: str
    example: str


def _need(fits: bool) -> None:  # noqa: FBT001 - the one thing it asks
    if not fits:
        raise ValueError


def _whole(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        _need(value >= least)
        return value

    return read


def _number(fits: Callable[[float], bool]) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = float(text)
        _need(math.isfinite(value) and fits(value))
        return value

    return read


def _factor(text: str) -> int:
    value = int(text)
    _need(value == -1 or value >= 1)
    return value


def _switch(text: str) -> bool:
    _need(text.lower() in (*_YES, *_NO))
    return text.lower() in _YES


def _algorithm(text: str) -> str:
    _need(text.lower() in ALGORITHMS)
    return text.lower()


def _text(text: str) -> str:
    _need(bool(text))
    return text


def _several(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    return lambda text: tuple(read(part.strip()) for part in text.split(","))


def _weights(text: str) -> tuple[float, ...]:
    """Read numbers parted by commas; an empty one is 0."""
    return tuple(_number(lambda value: value >= 0)(part.strip() or "0") for part in text.split(","))


def _course(text: str) -> tuple[float, ...] | str:
    """Read numbers parted by commas, or the name of a course, perhaps with a number that is added to each."""
    if "," in text:
        return _weights(text)
    name, plus, base = text.partition("+")
    _need(name in PRESETS)
    if plus:
        float(base)
    return text


COUNT: Final = Kind(_whole(1), "a whole number, 1 or more", "4")
COUNT_OR_NONE: Final = Kind(_whole(0), "a whole number, 0 or more", "4")
NUMBER: Final = Kind(_number(lambda value: value >= 0), "a number, 0 or more", "1")
RATIO: Final = Kind(_number(lambda value: value > 0), "a number above 0", "16")
SHARE: Final = Kind(_number(lambda value: 0 <= value < 1), "a number of at least 0 and below 1", "0.1")
SWITCH: Final = Kind(_switch, "true or false", "true")
FACTOR: Final = Kind(_factor, "-1 or a whole number, 1 or more", "8")
TEXT: Final = Kind(_text, "the name of a preset or of a file", "attn-mlp")
ALGORITHM: Final = Kind(_algorithm, f"one of {', '.join(ALGORITHMS)}", "lokr")
COUNTS: Final = Kind(_several(_whole(0)), "whole numbers with commas, one a block", "4,4,8")
NUMBERS: Final = Kind(_several(_number(lambda value: value >= 0)), "numbers with commas, one a block", "1,1,2")
WEIGHTS: Final = Kind(_weights, "numbers of at least 0 with commas", "1,0.5")
COURSE: Final = Kind(_course, f"numbers of at least 0 with commas, or one of {', '.join(PRESETS)}", "cosine+0.25")

_PLUS: Final = {f"loraplus_{part}lr_ratio": RATIO for part in ("", "unet_", "text_encoder_")}
_RANKS: Final = {"conv_dim": COUNT, "conv_alpha": NUMBER}
_DROPS: Final = dict.fromkeys(("dropout", "rank_dropout", "module_dropout"), SHARE)
_BLOCKS: Final = {
    "block_dims": COUNTS,
    "block_alphas": NUMBERS,
    "conv_block_dims": COUNTS,
    "conv_block_alphas": NUMBERS,
    "down_lr_weight": COURSE,
    "mid_lr_weight": WEIGHTS,
    "up_lr_weight": COURSE,
    "block_lr_zero_threshold": NUMBER,
}
_LYCORIS_SWITCHES: Final = (
    "use_tucker", "use_cp", "use_conv_cp", "use_scalar", "train_norm", "rescaled", "dora_wd",
    "wd_on_output", "full_matrix", "bypass_mode", "rs_lora", "unbalanced_factorization", "decompose_both",
)  # fmt: skip
ARGS: Final[dict[str, dict[str, Kind]]] = {
    "networks.lora": _RANKS | _DROPS | _BLOCKS | _PLUS,
    "networks.lora_fa": _RANKS | _DROPS | _BLOCKS,
    "networks.dylora": _RANKS | {"unit": COUNT} | _PLUS,
    "networks.oft": {"enable_all_linear": SWITCH, "enable_conv": SWITCH},
    "lycoris.kohya": (
        {"algo": ALGORITHM, "preset": TEXT, "conv_dim": COUNT_OR_NONE, "conv_alpha": NUMBER}
        | {"factor": FACTOR, "block_size": COUNT, "constraint": NUMBER}
        | dict.fromkeys(_LYCORIS_SWITCHES, SWITCH)
        | _DROPS
        | _PLUS
    ),
}
"""Keys of network_args by network_module."""


def read_network_args(module: str, pairs: Iterable[str]) -> dict[str, Any]:
    """Return the values that ``key=value`` pairs give to the network ``module``; a later pair overrules an earlier.

    Raises:
        MikazukiError: ``bad-network-args`` for a key the network does not take or a value that does not fit.
    """
    found: dict[str, Any] = {}
    for pair in pairs:
        key, _, text = (part.strip() for part in pair.partition("="))
        kind = ARGS[module].get(key)
        if kind is None:
            raise bad_args(*_stranger(module, key))
        try:
            found[key] = kind.read(text)
        except ValueError as error:
            raise bad_args(
                f"network_args: {key}={text} does not fit.", f"It must be {kind.wanted}, such as {key}={kind.example}."
            ) from error
    return found


def _stranger(module: str, key: str) -> tuple[str, str]:
    """Say that a network does not take a key: which ones do, or the nearest name it takes."""
    takers = [other for other, args in ARGS.items() if key in args]
    if takers:
        return f"network_args: {module} does not take {key}.", f"It is taken by {', '.join(takers)}: leave it out."
    near = get_close_matches(key, ARGS[module], n=1)
    hint = f"Did you mean {near[0]}?" if near else f"{module} takes {', '.join(ARGS[module])}."
    return f"network_args: {key} is unknown.", hint


def bad_args(message: str, hint: str) -> MikazukiError:
    """Return the MikazukiError ``bad-network-args``."""
    return MikazukiError("bad-network-args", message, hint)
