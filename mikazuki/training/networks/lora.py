"""LoRA: beside each chosen Linear or convolution of the base model, two small trained matrices whose product is added.

Names, shapes and numbers are those of upstream's ``networks.lora``, so that its files and ours are the same thing.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.models.families import Family
from mikazuki.models.lora_blocks import Ranks, block_weights, resolve
from mikazuki.models.lora_spec import LoraSpec
from mikazuki.training.networks.attached import AttachedModule, AttachedNetwork, Rates
from mikazuki.training.networks.targets import CONV_BLOCKS, UNET_BLOCKS, Target, block_of, text_targets, unet_targets

Rank = tuple[int, float]
"""Rank and alpha of a module; a rank of 0 leaves it out, an alpha of 0 means the rank."""
Held = Mapping[str, Rank]
"""What a file holds, by the names of its modules."""


class LoraModule(AttachedModule):
    """What is added to one module of the base model; subclasses know Linear and convolution."""

    plus: ClassVar[str] = "lora_up"
    lora_down: nn.Linear | nn.Conv2d
    lora_up: nn.Linear | nn.Conv2d

    def __init__(self, target: nn.Module, rank: int, alpha: float, spec: LoraSpec) -> None:
        """Draw the down weights, zero the up weights; fp32, on the target's device.

        The numbers are drawn on the CPU, so that a seed gives the same weights on every device.
        """
        super().__init__(target, alpha)
        self.rank = rank
        self.scale = alpha / rank
        self._spec = spec
        self._drops = any((spec.dropout, spec.rank_dropout, spec.module_dropout))
        device = next(target.parameters()).device
        # laid out without memory first: torch's own first numbers would be thrown away
        self.lora_down, self.lora_up = self._make_pair(target)
        if device.type != "meta":
            self.to_empty(device="cpu")
            self.alpha.fill_(alpha)
            self._draw_down()
            nn.init.zeros_(self.lora_up.weight)
        self.to(device)

    def _make_pair(self, target: nn.Module) -> tuple[nn.Linear | nn.Conv2d, nn.Linear | nn.Conv2d]:
        raise NotImplementedError

    def _draw_down(self) -> None:
        """Draw the first down weights: uniform within 1 / sqrt(fan in)."""
        nn.init.kaiming_uniform_(self.lora_down.weight, a=math.sqrt(5))

    def take_alpha(self) -> None:
        """Let the scale follow a loaded ``alpha``."""
        self.scale = float(self.alpha) / self.rank

    def limit_norm(self, maximum: float) -> Tensor:
        """Scale both weights by one factor, so that what they add has at most this norm (sd-scripts' max norm)."""
        norm = product_norm(self.lora_up.weight, self.lora_down.weight) * abs(self.scale)
        share = maximum / norm.clamp(min=maximum)
        for weight in (self.lora_up.weight, self.lora_down.weight):
            weight.mul_(share.sqrt())
        return torch.stack([norm, norm * share])

    def _skipped(self) -> bool:
        """Tell whether this step goes without this module."""
        share = self._spec.module_dropout
        return self.training and share is not None and float(torch.rand(())) < share

    def _dropped(self, inner: Tensor, ranks_at: int) -> Tensor:
        """Apply dropout to inner activations whose ranks lie in dimension ``ranks_at``."""
        if not self.training:
            return inner
        if self._spec.dropout:
            inner = F.dropout(inner, self._spec.dropout)
        if self._spec.rank_dropout:
            shape = [inner.shape[0]] + [1] * (inner.ndim - 1)
            shape[ranks_at] = self.rank
            kept = torch.rand(shape, device=inner.device) > self._spec.rank_dropout
            inner = inner * kept / (1 - self._spec.rank_dropout)
        return inner


class LoraLinear(LoraModule):
    """Beside a Linear: y + alpha / dim * up(down(x))."""

    def _make_pair(self, target: nn.Module) -> tuple[nn.Linear, nn.Linear]:
        target = cast("nn.Linear", target)
        down = nn.Linear(target.in_features, self.rank, bias=False, device="meta")
        up = nn.Linear(self.rank, target.out_features, bias=False, device="meta")
        return down, up

    def forward(self, x: Tensor) -> Tensor:
        """Return the target's output plus what was learned; x is [..., in], the output [..., out]."""
        y: Tensor = self._base(x)
        factor = self.multiplier * self.scale
        if factor == 0 or (self._drops and self._skipped()):
            return y
        inner = F.linear(x, like(self.lora_down.weight, x))
        if self._drops:
            inner = self._dropped(inner, -1)
        return add_product(y, inner, self.lora_up.weight, factor)


class LoraConv(LoraModule):
    """Beside a convolution: down has the target's kernel, stride and padding, up is 1x1."""

    def _make_pair(self, target: nn.Module) -> tuple[nn.Conv2d, nn.Conv2d]:
        target = cast("nn.Conv2d", target)
        down = nn.Conv2d(
            target.in_channels,
            self.rank,
            cast("tuple[int, int]", target.kernel_size),
            stride=cast("tuple[int, int]", target.stride),
            padding=cast("tuple[int, int]", target.padding),
            dilation=cast("tuple[int, int]", target.dilation),
            bias=False,
            device="meta",
        )
        up = nn.Conv2d(self.rank, target.out_channels, 1, bias=False, device="meta")
        return down, up

    def forward(self, x: Tensor) -> Tensor:
        """Return the target's output plus what was learned; both [batch, channels, height, width]."""
        y: Tensor = self._base(x)
        factor = self.multiplier * self.scale
        if factor == 0 or (self._drops and self._skipped()):
            return y
        down = cast("nn.Conv2d", self.lora_down)
        inner = F.conv2d(x, like(down.weight, x), None, down.stride, down.padding, down.dilation)
        if self._drops:
            inner = self._dropped(inner, 1)
        # the inner activations are the smallest place to scale
        return y + F.conv2d(inner * factor, like(self.lora_up.weight, inner))


class LoraNetwork(AttachedNetwork):
    """All modules of a LoRA, attached to a base model; its ``state_dict`` is what upstream's files hold."""

    @property
    def lora_modules(self) -> list[LoraModule]:
        """Every module, text encoders' first."""
        return cast("list[LoraModule]", self.attached())


Maker = Callable[[Any, int, float, LoraSpec], AttachedModule]
"""Makes a module beside a target, of a rank and an alpha."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes the modules of a kind of LoRA, beside a Linear and beside a convolution."""

    linear: Maker
    conv: Maker


def build_network(
    unet: nn.Module | None,
    text_encoders: Sequence[nn.Module],
    family: Family,
    spec: LoraSpec,
    held: Held | None = None,
) -> LoraNetwork:
    """Build a LoRA beside ``unet`` and ``text_encoders`` and attach it; leave out (None, empty) what is not trained.

    ``held`` gives each module its rank and alpha by its name, and leaves out what it does not name.
    """
    return LoraNetwork(*modules_of(Kind(LoraLinear, LoraConv), unet, text_encoders, family, spec, held))


def modules_of(
    kind: Kind,
    unet: nn.Module | None,
    text_encoders: Sequence[nn.Module],
    family: Family,
    spec: LoraSpec,
    held: Held | None = None,
) -> tuple[dict[str, AttachedModule], dict[str, AttachedModule], Rates]:
    """Return a new network's modules beside the text encoders and beside the UNet, by name, and its rates."""
    text = _beside(text_targets(text_encoders, family), kind, spec, lambda target: _plain(target, spec, held))
    blocks = resolve(spec.blocks, family.name) if spec.blocks and held is None else None

    def rank_in_unet(target: Target) -> Rank:
        if blocks is None:
            return _plain(target, spec, held)
        return _rank(target, blocks.ranks[block_of(target.name, family.name)])

    wide = held is not None or spec.conv_dim or (spec.blocks and spec.blocks.conv_block_dims)
    found = () if unet is None else unet_targets(unet, family, UNET_BLOCKS + (CONV_BLOCKS if wide else ()))
    beside_unet = _beside(found, kind, spec, rank_in_unet)
    weights = block_weights(spec.blocks, family.name) if spec.blocks and spec.blocks.weighted else None
    return text, beside_unet, Rates(family.name, spec.plus, weights)


def _beside(
    targets: Iterable[Target], kind: Kind, spec: LoraSpec, rank_of: Callable[[Target], Rank]
) -> dict[str, AttachedModule]:
    """Make a module beside each target whose rank is not 0."""
    made: dict[str, AttachedModule] = {}
    for target in targets:
        rank, alpha = rank_of(target)
        if rank:
            make = kind.linear if isinstance(target.module, nn.Linear) else kind.conv
            made[target.name] = make(target.module, rank, alpha or float(rank), spec)
    return made


def _plain(target: Target, spec: LoraSpec, held: Held | None) -> Rank:
    """Return the rank that the file ``held`` has for a target, or without one that of the settings."""
    if held is not None:
        return held.get(target.name, (0, 0.0))
    return _rank(target, spec)


def _rank(target: Target, ranks: LoraSpec | Ranks) -> Rank:
    """Return a target's rank: 3x3 convolutions take conv_dim and are left out without it."""
    return (ranks.conv_dim or 0, ranks.conv_alpha) if target.is_wide else (ranks.dim, ranks.alpha)


def add_product(y: Tensor, inner: Tensor, up: Tensor, factor: float) -> Tensor:
    """Return y + factor * up(inner): one kernel multiplies, scales and adds; y is [..., out], inner [..., rank]."""
    up = like(up, inner)
    return torch.addmm(y.flatten(0, -2), inner.flatten(0, -2), up.t(), alpha=factor).view(y.shape)


def product_norm(up: Tensor, down: Tensor) -> Tensor:
    """Return the Frobenius norm of up @ down from the two small Gram matrices, without making the product.

    ``up`` is [out, rank, ...] and ``down`` [rank, in, ...]; a kernel counts as more inputs.
    """
    wide, long = up.flatten(1).float(), down.flatten(1).float()
    return ((wide.t() @ wide) * (long @ long.t())).sum().clamp(min=0).sqrt()


def like(weight: Tensor, x: Tensor) -> Tensor:
    """Return ``weight`` in the type of ``x``; under autocast x is in fp32 or already in the lower type."""
    return weight if weight.dtype == x.dtype else weight.to(x.dtype)
