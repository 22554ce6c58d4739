"""A LyCORIS module beside a module of the base model: what its kind adds, with DoRA, dropouts and multiplier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.models.lycoris_spec import LycorisSpec, ModuleSpec
from mikazuki.training.eight_bit import whole_weight
from mikazuki.training.networks.attached import AttachedModule
from mikazuki.training.networks.lora import like
from mikazuki.training.networks.lycoris_kinds import KINDS, LORA, NORM, Kind, dora_delta, dora_magnitudes
from mikazuki.training.networks.lycoris_targets import Leaf

DORA: Final = "dora_scale"
SCALAR: Final = "scalar"
_ROTATED: Final = "oft_blocks"
_PASSIVE: Final = ("alpha", "on_input")
"""Tensors of a file that are not trained."""


@dataclass(frozen=True, slots=True)
class Drops:
    """What is left out at a step, as shares: numbers that are added, outputs (or ranks inside a LoRA), modules."""

    numbers: float = 0.0
    outputs: float = 0.0
    modules: float = 0.0
    ranks_inside: bool = False


def drops_of(spec: LycorisSpec) -> Drops:
    """Return the dropouts of a network."""
    return Drops(spec.dropout, spec.rank_dropout, spec.module_dropout, spec.bypass)


class LycorisModule(AttachedModule):
    """Adds a kind's delta to what the target computes: y + multiplier * op(x, delta).

    One rule serves every kind: the delta is that of the whole multiplier, so that a multiplier of 0 leaves the base
    as it was and merging adds what applying adds. With ``dora_scale`` the delta is DoRA's, with ``scalar`` it is times
    this trained number, which files do not have: they hold the tensors it is multiplied into.
    """

    def __init__(self, target: Leaf, kind: Kind, tensors: Mapping[str, Tensor], drops: Drops) -> None:
        """Hold ``tensors`` (by their names in a file) in fp32 on the target's device."""
        super().__init__(target, _value(tensors.get("alpha")))
        self.kind = kind
        self._drops = drops
        self._slots: dict[str, tuple[nn.Module, str]] = {}
        if "alpha" not in tensors:
            del self.alpha
        for name, tensor in tensors.items():
            if name != "alpha":
                self._hold(name, tensor)
        self.scale = 1.0
        self.take_alpha()
        self.to(target.weight.device)
        if SCALAR in tensors:
            self.register_state_dict_post_hook(_fold)  # type: ignore[no-untyped-call]
            self.register_load_state_dict_pre_hook(_unfold)  # type: ignore[no-untyped-call]

    def _hold(self, name: str, tensor: Tensor) -> None:
        """Register a tensor under a name that may have a dot in it."""
        first, dot, rest = name.partition(".")
        holder: nn.Module = self
        if dot:
            holder = nn.Module()
            self.add_module(first, holder)
        leaf = rest or first
        if name in _PASSIVE:
            holder.register_buffer(leaf, tensor)
        else:
            holder.register_parameter(leaf, nn.Parameter(tensor.float()))
        self._slots[name] = (holder, leaf)

    @property
    def tensors(self) -> dict[str, Tensor]:
        """The module's tensors but alpha, by their names in a file; ``scalar`` among them where it is trained."""
        return {name: getattr(holder, leaf) for name, (holder, leaf) in self._slots.items()}

    @property
    def target(self) -> nn.Module:
        """The module of the base model."""
        return self._target[0]

    def take_alpha(self) -> None:
        """Let the scale follow a loaded ``alpha``."""
        self.scale = self.kind.scale(self.tensors, _value(getattr(self, "alpha", None)))

    def change(self) -> tuple[Tensor, Tensor | None]:
        """Return what is added to the target's weight and bias, of their shapes, in fp32 whatever autocast says."""
        own = _in_fp32(self.tensors)
        base = whole_weight(self.target).detach()
        with torch.autocast(base.device.type, enabled=False):
            delta = self._plain(own, base)
            if DORA in own:
                delta = dora_delta(base, delta, own[DORA])
        return delta, own.get(self.kind.bias)

    def _plain(self, own: Mapping[str, Tensor], base: Tensor) -> Tensor:
        """Return the kind's delta without DoRA."""
        delta = self.kind.delta(own, base, self.scale)
        return delta * own[SCALAR] if SCALAR in own else delta

    def added(self, x: Tensor) -> Tensor:
        """Return what is added to the target's output for ``x``, at a multiplier of 1."""
        weight, bias = self.change()
        return _operate(self.target, x, like(weight, x), None if bias is None else like(bias, x))

    def forward(self, x: Tensor) -> Tensor:
        """Return the target's output plus what was learned; shapes are the target's."""
        y: Tensor = self._base(x)
        if self.multiplier == 0 or self._skipped():
            return y
        added = self._dropped(self.added(x))
        return y + (added if self.multiplier == 1 else self.multiplier * added)

    def _skipped(self) -> bool:
        """Tell whether this step goes without this module."""
        share = self._drops.modules
        return self.training and share > 0 and float(torch.rand(())) < share

    def _dropped(self, added: Tensor) -> Tensor:
        """Leave out numbers, and whole outputs for the whole batch; only the former are made up for, as upstream."""
        if not self.training:
            return added
        if self._drops.numbers:
            added = F.dropout(added, self._drops.numbers)
        if self._drops.outputs:
            added = _without(added, self._drops.outputs, _channels_at(self.target))
        return added

    def limit_norm(self, maximum: float) -> Tensor | None:
        """Scale what is added down to this norm; return before and after as [2].

        Source: sd-scripts' scale_weight_norms. Of rotations the generators are measured, as lycoris does; norms of
        layers are left alone.
        """
        own = self.tensors
        if self.kind is NORM:
            return None
        names = (_ROTATED,) if _ROTATED in own else self.kind.last
        base = whole_weight(self.target)
        measured = own[_ROTATED] if _ROTATED in own else self._plain(_in_fp32(own), base)
        norm = torch.linalg.vector_norm(measured)
        share = maximum / norm.clamp(min=maximum)
        for name in names:
            if name in own:
                own[name].mul_(share)
        return torch.stack([norm, norm * share])


class LycorisLora(LycorisModule):
    """The kind lora; without DoRA two small products take the place of the whole delta."""

    plus: ClassVar[str] = "lora_up"

    def added(self, x: Tensor) -> Tensor:
        """Return what is added to the target's output for ``x``, at a multiplier of 1."""
        own = self.tensors
        if DORA in own:
            return super().added(x)
        target = self.target
        down, up, mid = own["lora_down.weight"], own["lora_up.weight"], own.get("lora_mid.weight")
        if mid is None:
            inner = _operate(target, x, like(down, x), None)
        else:
            inner = F.conv2d(x, like(down, x))
            inner = _operate(target, inner, like(mid, inner), None)
        if self.training and self._drops.outputs and self._drops.ranks_inside:
            inner = _without(inner, self._drops.outputs, _channels_at(target))
        inner = inner * (self.scale * own[SCALAR] if SCALAR in own else self.scale)
        return F.conv2d(inner, like(up, inner)) if up.ndim > 2 else F.linear(inner, like(up, inner))

    def _dropped(self, added: Tensor) -> Tensor:
        if self._drops.ranks_inside and DORA not in self.tensors:
            return F.dropout(added, self._drops.numbers, self.training) if self._drops.numbers else added
        return super()._dropped(added)


def new_module(target: Leaf, spec: ModuleSpec, drops: Drops) -> LycorisModule:
    """Return a new module beside ``target`` that adds nothing yet; numbers are drawn on the CPU.

    Raises MikazukiError ``bad-network-args`` where the algorithm cannot divide the target's outputs as it is told.
    """
    kind = NORM if isinstance(target, (nn.GroupNorm, nn.LayerNorm)) else KINDS[spec.algo]
    weight = target.weight
    tensors = kind.begin(weight, spec)
    if kind.bias and target.bias is not None:
        tensors[kind.bias] = torch.zeros(target.bias.shape, device=tensors[next(iter(tensors))].device)
    if spec.dora_wd and kind.name in {"lora", "loha", "lokr"}:
        tensors[DORA] = dora_magnitudes(whole_weight(target).detach(), on_output=spec.wd_on_output)
    if spec.use_scalar and kind.name in {"lora", "loha", "lokr", "glora"}:
        tensors[SCALAR] = torch.zeros((), device=weight.device)
    return module_of(target, kind, tensors, drops)


def module_of(target: Leaf, kind: Kind, tensors: Mapping[str, Tensor], drops: Drops | None = None) -> LycorisModule:
    """Return the module of this kind with these tensors."""
    make = LycorisLora if kind is LORA else LycorisModule
    return make(target, kind, tensors, drops or Drops())


def _in_fp32(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in tensors.items()}


def _value(alpha: Tensor | None) -> float:
    """Return a number that a tensor holds; 0 where there is none, or no memory."""
    return 0.0 if alpha is None or alpha.is_meta else float(alpha)


def _operate(target: nn.Module, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """Do with other weights what ``target`` does."""
    if isinstance(target, nn.Conv2d):
        stride, padding = target.stride, cast("tuple[int, int]", target.padding)
        return F.conv2d(x, weight, bias, stride, padding, target.dilation, target.groups)
    if isinstance(target, nn.GroupNorm):
        return F.group_norm(x, target.num_groups, weight, bias, target.eps)
    if isinstance(target, nn.LayerNorm):
        return F.layer_norm(x, list(target.normalized_shape), weight, bias, target.eps)
    return F.linear(x, weight, bias)


def _channels_at(target: nn.Module) -> int:
    """Return the dimension of a target's output that counts channels."""
    return 1 if isinstance(target, (nn.Conv2d, nn.GroupNorm)) else -1


def _without(values: Tensor, share: float, channels_at: int) -> Tensor:
    """Zero a share of the channels for the whole batch; the others are not made up for, as upstream."""
    shape = [1] * values.ndim
    shape[channels_at] = -1
    kept = torch.rand(values.shape[channels_at], device=values.device) > share
    return values * kept.view(shape)


def _fold(module: nn.Module, state: dict[str, Any], prefix: str, _metadata: dict[str, Any]) -> None:
    """Multiply the scalar into the tensors of a file."""
    own = cast("LycorisModule", module)
    scalar = state.pop(f"{prefix}{SCALAR}")
    for name in own.kind.last:
        if f"{prefix}{name}" in state:
            state[f"{prefix}{name}"] = state[f"{prefix}{name}"] * scalar


def _unfold(module: nn.Module, state: dict[str, Any], prefix: str, *_rest: Any) -> None:
    """Begin again with a scalar of 1: a file's tensors have it in them."""
    del module
    state[f"{prefix}{SCALAR}"] = torch.ones(())
