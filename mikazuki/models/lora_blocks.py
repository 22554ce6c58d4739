"""Ranks, alphas and weights of the learning rate for each block of a UNet, from the lists that network_args give.

The blocks are counted as sd-scripts counts them. SD1 and SD2 have 25: 12 on the way down (the first one never holds a
module), 1 in the middle, 12 up. SDXL has 23: an embedding and an output block that never hold a module, and between
them 9 down, 3 in the middle, 9 up.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from mikazuki.models.families import FAMILY_TITLES, FamilyName
from mikazuki.models.network_args import bad_args

COUNTS: Final[dict[FamilyName, tuple[int, int, int]]] = {"sd1": (12, 1, 0), "sd2": (12, 1, 0), "sdxl": (9, 3, 1)}
"""Blocks on the way down and up, in the middle, and at each end."""
_LISTS: Final = ("block_dims", "block_alphas", "conv_block_dims", "conv_block_alphas")
_WEIGHTS: Final = ("down_lr_weight", "mid_lr_weight", "up_lr_weight")

Course = tuple[float, ...] | str
"""Weights one by one, or the name of a course such as ``cosine+0.25``."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """Rank and alpha of modules; an alpha of 0 means the rank; ``conv_dim`` None leaves 3x3 convolutions out."""

    dim: int
    alpha: float
    conv_dim: int | None
    conv_alpha: float


@dataclass(frozen=True, slots=True)
class BlockArgs:
    """The lists as they are given, None where one is not; ``plain`` fills in what they leave open."""

    plain: Ranks
    block_dims: tuple[int, ...] | None = None
    block_alphas: tuple[float, ...] | None = None
    conv_block_dims: tuple[int, ...] | None = None
    conv_block_alphas: tuple[float, ...] | None = None
    down_lr_weight: Course | None = None
    mid_lr_weight: tuple[float, ...] | None = None
    up_lr_weight: Course | None = None
    block_lr_zero_threshold: float = 0.0

    @property
    def weighted(self) -> bool:
        """Whether blocks have learning rates of their own."""
        return any(getattr(self, name) is not None for name in _WEIGHTS)


@dataclass(frozen=True, slots=True)
class Blocks:
    """What each block gets; a rank of 0 leaves its modules out. ``weights`` multiply the UNet's learning rate."""

    ranks: tuple[Ranks, ...]
    weights: tuple[float, ...] | None


def block_args(given: Mapping[str, Any], plain: Ranks) -> BlockArgs | None:
    """Return the lists among the values of network_args, None where there are none.

    Raises MikazukiError ``bad-network-args`` for a list that would have no effect without another.
    """
    own = {name: given[name] for name in (*_LISTS, *_WEIGHTS, "block_lr_zero_threshold") if name in given}
    if not own:
        return None
    args = BlockArgs(plain, **own)
    for name, needed in zip(_LISTS[1:], ("block_dims", "block_dims", "conv_block_dims"), strict=True):
        if name in own and needed not in own and not (needed == "block_dims" and args.weighted):
            raise bad_args(f"network_args: {name} has no effect without {needed}.", f"Give {needed} as well.")
    if "block_lr_zero_threshold" in own and not args.weighted:
        raise bad_args(
            "network_args: block_lr_zero_threshold has no effect without weights.", f"Give {', '.join(_WEIGHTS)}."
        )
    return args


def block_count(family: FamilyName) -> int:
    """Return the number of blocks of a family's UNet."""
    side, middle, end = COUNTS[family]
    return 2 * (side + end) + middle


def resolve(args: BlockArgs, family: FamilyName) -> Blocks:
    """Return each block's ranks and weight.

    Source: sd-scripts' block_dims and *_lr_weight. A block whose weight is 0 or not above the threshold has no
    modules. Raises MikazukiError ``bad-network-args`` for a list of the wrong length.
    """
    count, plain = block_count(family), args.plain
    dims = _filled(args, "block_dims", plain.dim, family)
    alphas = _filled(args, "block_alphas", plain.alpha, family)
    conv_dims = _filled(args, "conv_block_dims", plain.conv_dim, family)
    conv_alphas = _filled(args, "conv_block_alphas", plain.conv_alpha, family)
    weights = block_weights(args, family) if args.weighted else None
    left_out = [weights is not None and weights[block] == 0 for block in range(count)]
    ranks = tuple(
        Ranks(0, 1.0, None, 1.0) if out else Ranks(dim, alpha, conv_dim, conv_alpha)
        for out, dim, alpha, conv_dim, conv_alpha in zip(left_out, dims, alphas, conv_dims, conv_alphas, strict=True)
    )
    return Blocks(ranks, weights)


def block_weights(args: BlockArgs, family: FamilyName) -> tuple[float, ...]:
    """Return the factor of each block's learning rate: 1 where none is given, 0 where not above the threshold."""
    side, middle, end = COUNTS[family]
    found = [
        weight if weight > args.block_lr_zero_threshold else 0.0
        for name, count in zip(_WEIGHTS, (side, middle, side), strict=True)
        for weight in _weights(name, getattr(args, name), count, family)
    ]
    return (*[1.0] * end, *found, *[1.0] * end)


def course(text: str, count: int) -> tuple[float, ...]:
    """Return the weights of a named course over ``count`` blocks, from shallow to deep, plus what stands after ``+``.

    ``linear`` rises from 0 to 1, ``reverse_linear`` falls; ``sine`` rises as a quarter of a sine, ``cosine`` falls as
    a quarter of a cosine; ``zeros`` is 0 throughout.
    """
    name, _, base = text.partition("+")
    rising = [block / (count - 1) for block in range(count)]
    if name.endswith("linear"):
        values = rising
    else:
        values = [0.0 if name == "zeros" else math.sin(math.pi / 2 * share) for share in rising]
    if name in {"cosine", "reverse_linear"}:
        values.reverse()
    return tuple(value + float(base or 0) for value in values)


def _weights(name: str, given: Course | None, count: int, family: FamilyName) -> tuple[float, ...]:
    if isinstance(given, str):
        return course(given, count)
    values = given or ()
    if len(values) > count:
        raise bad_args(
            f"network_args: {name} has {len(values)} numbers, but {FAMILY_TITLES[family]} has {count} such blocks.",
            f"Give {count} numbers.",
        )
    return values + (1.0,) * (count - len(values))


def _filled(args: BlockArgs, name: str, plain: Any, family: FamilyName) -> tuple[Any, ...]:
    given: tuple[Any, ...] | None = getattr(args, name)
    count = block_count(family)
    if given is not None and len(given) != count:
        raise bad_args(
            f"network_args: {name} has {len(given)} numbers, but {FAMILY_TITLES[family]} has {count} blocks.",
            f"Give {count} numbers; 0 as a rank leaves a block out.",
        )
    return (plain,) * count if given is None else given
