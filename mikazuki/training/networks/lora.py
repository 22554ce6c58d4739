"""LoRA: beside each chosen Linear or convolution of the base model, two small trained matrices whose product is added.

Names, shapes and numbers are those of upstream's ``networks.lora``, so that its files and ours are the same thing.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.errors import MikazukiError
from mikazuki.models import keys
from mikazuki.models.families import Family
from mikazuki.models.lora_spec import LoraSpec

UNET_PREFIX: Final = "lora_unet"
UNET_BLOCKS: Final = ("Transformer2DModel",)
CONV_BLOCKS: Final = ("ResnetBlock2D", "Downsample2D", "Upsample2D")
"""Blocks that are added with ``conv_dim``."""
TEXT_BLOCKS: Final = ("CLIPAttention", "CLIPSdpaAttention", "CLIPMLP")


class LoraModule(nn.Module):
    """What is added to one module of the base model; subclasses know Linear and convolution.

    ``alpha`` (no dimensions) is saved with the weights. The target's ``forward`` is replaced by this module's; the
    target itself is held in a tuple, so that its weights do not become this module's.
    """

    lora_down: nn.Linear | nn.Conv2d
    lora_up: nn.Linear | nn.Conv2d
    alpha: Tensor

    def __init__(self, target: nn.Module, rank: int, alpha: float, spec: LoraSpec) -> None:
        """Draw the down weights (uniform within 1 / sqrt(fan in)), zero the up weights; fp32, on the target's device.

        The numbers are drawn on the CPU, so that a seed gives the same weights on every device.
        """
        super().__init__()
        self.rank = rank
        self.scale = alpha / rank
        self.multiplier = 1.0
        self._spec = spec
        self._drops = any((spec.dropout, spec.rank_dropout, spec.module_dropout))
        self._target = (target,)
        self._base = target.forward
        self.register_buffer("alpha", torch.tensor(alpha, dtype=torch.float32))
        device = next(target.parameters()).device
        # laid out without memory first: torch's own first numbers would be thrown away
        self.lora_down, self.lora_up = self._make_pair(target)
        if device.type != "meta":
            self.to_empty(device="cpu")
            self.alpha.fill_(alpha)
            nn.init.kaiming_uniform_(self.lora_down.weight, a=math.sqrt(5))
            nn.init.zeros_(self.lora_up.weight)
        self.to(device)

    def _make_pair(self, target: nn.Module) -> tuple[nn.Linear | nn.Conv2d, nn.Linear | nn.Conv2d]:
        raise NotImplementedError

    def attach(self) -> None:
        """Take the place of the target's ``forward``."""
        self._target[0].forward = self.forward

    def detach(self) -> None:
        """Give the target its own ``forward`` back."""
        self._target[0].forward = self._base

    def take_alpha(self) -> None:
        """Let the scale follow a loaded ``alpha``."""
        self.scale = float(self.alpha) / self.rank

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
        inner = F.linear(x, _like(self.lora_down.weight, x))
        if self._drops:
            inner = self._dropped(inner, -1)
        # one kernel multiplies, scales and adds
        up = _like(self.lora_up.weight, inner)
        return torch.addmm(y.flatten(0, -2), inner.flatten(0, -2), up.t(), alpha=factor).view(y.shape)


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
        inner = F.conv2d(x, _like(down.weight, x), None, down.stride, down.padding, down.dilation)
        if self._drops:
            inner = self._dropped(inner, 1)
        # the inner activations are the smallest place to scale
        return y + F.conv2d(inner * factor, _like(self.lora_up.weight, inner))


class LoraNetwork(nn.Module):
    """All modules of a LoRA, attached to a base model; its ``state_dict`` is what upstream's files hold."""

    def __init__(self, text: Mapping[str, LoraModule], unet: Mapping[str, LoraModule]) -> None:
        """Attach the modules, which are keyed by their names in the file."""
        super().__init__()
        self.text_names = tuple(text)
        self.unet_names = tuple(unet)
        self._multiplier = 1.0
        for name, module in (*text.items(), *unet.items()):
            self.add_module(name, module)
            module.attach()

    @property
    def lora_modules(self) -> list[LoraModule]:
        """Every module, text encoders' first."""
        return [cast("LoraModule", self.get_submodule(name)) for name in (*self.text_names, *self.unet_names)]

    @property
    def multiplier(self) -> float:
        """How strongly the LoRA acts: 1 as trained, 0 not at all."""
        return self._multiplier

    @multiplier.setter
    def multiplier(self, value: float) -> None:
        self._multiplier = value
        for module in self.lora_modules:
            module.multiplier = value

    def detach(self) -> None:
        """Give the base model its own ``forward`` s back."""
        for module in self.lora_modules:
            module.detach()

    def parameter_count(self) -> int:
        """Return the number of trained numbers."""
        return sum(parameter.numel() for parameter in self.parameters())

    def load_weights(self, state: Mapping[str, Tensor]) -> None:
        """Take the weights of a LoRA file of the same shape, its alphas too; raises MikazukiError ``lora-mismatch``."""
        own = self.state_dict()
        wrong = sorted(own.keys() ^ state.keys())
        if wrong:
            raise _mismatch(f"{len(wrong)} tensors are in one of the two only, among them {wrong[0]}")
        for name, tensor in own.items():
            if tensor.shape != state[name].shape:
                raise _mismatch(f"{name} has the shape {tuple(state[name].shape)} instead of {tuple(tensor.shape)}")
        self.load_state_dict(dict(state))
        for module in self.lora_modules:
            module.take_alpha()

    def parameter_groups(
        self, lr: float, *, unet_lr: float | None = None, text_encoder_lr: float | None = None
    ) -> list[dict[str, Any]]:
        """Return the optimizer's groups: ``name``, ``params``, ``lr``; text encoders' first, none of rate 0."""
        rates = (
            ("textencoder", self.text_names, text_encoder_lr),
            ("unet", self.unet_names, unet_lr),
        )
        groups: list[dict[str, Any]] = []
        for title, names, own in rates:
            rate = lr if own is None else own
            params = [p for name in names for p in self.get_submodule(name).parameters()]
            if rate and params:
                groups.append({"name": title, "params": params, "lr": rate})
        return groups


def build_network(
    unet: nn.Module | None,
    text_encoders: Sequence[nn.Module],
    family: Family,
    spec: LoraSpec,
) -> LoraNetwork:
    """Build a LoRA beside ``unet`` and ``text_encoders`` and attach it; leave out (None, empty) what is not trained."""
    text: dict[str, LoraModule] = {}
    for encoder, part in zip(text_encoders, family.text_encoders, strict=False):
        for path, target in _targets(encoder, TEXT_BLOCKS):
            text[text_name(path, part.lora_prefix)] = LoraLinear(target, spec.dim, spec.alpha, spec)
    beside_unet = {} if unet is None else dict(_unet_modules(unet, family, spec))
    return LoraNetwork(text, beside_unet)


def text_name(path: str, prefix: str) -> str:
    """Return the name in the file of a text encoder's module; the first word stands in every file, old and new."""
    return f"{prefix}_text_model_{path.removeprefix('text_model.').replace('.', '_')}"


def _unet_modules(unet: nn.Module, family: Family, spec: LoraSpec) -> Iterator[tuple[str, LoraModule]]:
    blocks = UNET_BLOCKS + (CONV_BLOCKS if spec.conv_dim else ())
    back: keys.Table = {}
    if family.original_lora_names:
        back = keys.inverted(keys.unet_table(keys.diffusers_unet_layout(name for name, _ in unet.named_modules())))
    for path, target in _targets(unet, blocks):
        module = _beside(target, spec)
        if module is not None:
            original = keys.translate(path, back) or path
            yield f"{UNET_PREFIX}_{original.replace('.', '_')}", module


def _beside(target: nn.Module, spec: LoraSpec) -> LoraModule | None:
    """Return the module for a target: 3x3 convolutions take conv_dim and are left out without it."""
    if isinstance(target, nn.Linear):
        return LoraLinear(target, spec.dim, spec.alpha, spec)
    if target.kernel_size == (1, 1):
        return LoraConv(target, spec.dim, spec.alpha, spec)
    return LoraConv(target, spec.conv_dim, spec.conv_alpha, spec) if spec.conv_dim else None


def _targets(model: nn.Module, blocks: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Give path and module of every Linear and convolution inside blocks of these class names, once each."""
    seen: set[str] = set()
    for path, block in model.named_modules():
        if type(block).__name__ not in blocks:
            continue
        for inner, module in block.named_modules():
            whole = f"{path}.{inner}" if inner else path
            if isinstance(module, (nn.Linear, nn.Conv2d)) and whole not in seen:
                seen.add(whole)
                yield whole, module


def _like(weight: Tensor, x: Tensor) -> Tensor:
    """Return ``weight`` in the type of ``x``; under autocast x is in fp32 or already in the lower type."""
    return weight if weight.dtype == x.dtype else weight.to(x.dtype)


def _mismatch(what: str) -> MikazukiError:
    return MikazukiError(
        "lora-mismatch",
        f"The LoRA set as network_weights does not fit this training: {what}.",
        "Set network_dim, network_args and the base model's family as they were when it was made.",
    )
