"""What a LoRA is to be: rank, alpha, convolutions and dropouts, read from the settings; no tensors."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mikazuki.errors import MikazukiError

KNOWN_ARGS: Final = ("conv_dim", "conv_alpha", "dropout", "rank_dropout", "module_dropout")
UPSTREAM_ARGS: Final = (
    "block_dims", "block_alphas", "conv_block_dims", "conv_block_alphas", "down_lr_weight", "mid_lr_weight",
    "up_lr_weight", "block_lr_zero_threshold", "loraplus_lr_ratio", "loraplus_unet_lr_ratio",
    "loraplus_text_encoder_lr_ratio",
)  # fmt: skip
"""Arguments of upstream's network that the builtin engine does not take."""


@dataclass(frozen=True, slots=True)
class LoraSpec:
    """A LoRA's shape: what a module adds is scaled by alpha / dim.

    ``conv_dim`` adds 3x3 convolutions (LoCon). ``dropout`` drops inner activations, ``rank_dropout`` whole ranks of a
    picture, ``module_dropout`` whole modules, each as a share of the steps.
    """

    dim: int
    alpha: float
    conv_dim: int | None = None
    conv_alpha: float = 1.0
    dropout: float | None = None
    rank_dropout: float | None = None
    module_dropout: float | None = None


def lora_spec(dim: int, alpha: float, dropout: float | None, network_args: Iterable[str]) -> LoraSpec:
    """Return the LoRA that network_dim, network_alpha, network_dropout and network_args describe.

    An alpha of 0 means the rank. Raises MikazukiError ``bad-network-args`` for a key or value that does not fit.
    """
    given: dict[str, float] = {}
    for pair in network_args:
        key, _, value = pair.partition("=")
        given[key.strip()] = _number(key.strip(), value.strip())
    conv_dim = int(given["conv_dim"]) if "conv_dim" in given else None
    conv_alpha = given.get("conv_alpha", 1.0)
    return LoraSpec(
        dim=dim,
        alpha=alpha or float(dim),
        conv_dim=conv_dim,
        conv_alpha=conv_alpha or float(conv_dim or 1),
        dropout=given.get("dropout", dropout) or None,
        rank_dropout=given.get("rank_dropout") or None,
        module_dropout=given.get("module_dropout") or None,
    )


def _number(key: str, text: str) -> float:
    if key not in KNOWN_ARGS:
        where = "is taken by sd-scripts only" if key in UPSTREAM_ARGS else "is unknown"
        raise _bad(f"network_args: {key} {where}.", f"The builtin engine takes {', '.join(KNOWN_ARGS)}.")
    try:
        value = float(text)
    except ValueError as error:
        raise _bad(f"network_args: {key}={text} is no number.", f"Write for example {key}=4.") from error
    if key == "conv_dim":
        fits, wanted = value >= 1 and value == int(value), "a whole number, 1 or more"
    elif key == "conv_alpha":
        fits, wanted = 0 <= value < float("inf"), "0 or more"
    else:
        fits, wanted = 0 <= value < 1, "at least 0 and below 1"
    if not fits:
        raise _bad(f"network_args: {key}={text} does not fit.", f"It must be {wanted}.")
    return value


def _bad(message: str, hint: str) -> MikazukiError:
    return MikazukiError("bad-network-args", message, hint)
