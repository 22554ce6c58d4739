"""DyLoRA: a LoRA that is trained at every rank at once, so that its first ranks alone make a good smaller LoRA.

Source: Valipour et al. 2022, "DyLoRA: Parameter-Efficient Tuning of Pretrained Models using Dynamic Search-Free
Low-Rank Adaptation"; upstream's ``networks.dylora``, whose files, ``unit`` and scale these are. At a step each module
draws a rank; the ranks above it are left out, and only the last ``unit`` ranks below it learn. (Upstream computes with
the ranks above as well, so that cutting them off later changes what was learned.)
"""

import math
from collections.abc import Sequence
from typing import Any, ClassVar, Final, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.models.families import Family
from mikazuki.models.lora_spec import LoraSpec
from mikazuki.models.network_args import bad_args
from mikazuki.training.networks.attached import AttachedModule, AttachedNetwork
from mikazuki.training.networks.lora import Held, Kind, add_product, like, modules_of, product_norm

_HALVES: Final = ("lora_down", "lora_up")
_RANKS_AT: Final = {"lora_down": 0, "lora_up": 1}
"""The dimension of each half that counts the ranks."""


class DyloraModule(AttachedModule):
    """What is added to one module; each ``unit`` of ranks is a parameter, so that the others rest while it learns.

    In a state and in a file the units are joined, as any LoRA's weights.
    """

    plus: ClassVar[str] = "lora_up"

    def __init__(self, target: nn.Linear | nn.Conv2d, rank: int, alpha: float, spec: LoraSpec) -> None:
        """Draw the down weights as a LoRA's, unit by unit, and zero the up weights; fp32, on the target's device."""
        super().__init__(target, alpha)
        self.rank = rank
        self.scale = alpha / rank
        self.unit = spec.unit
        weight = target.weight
        kernel = weight.shape[2:]
        cpu = "meta" if weight.device.type == "meta" else "cpu"
        down = [torch.empty(spec.unit, *weight.shape[1:], device=cpu) for _ in range(rank // spec.unit)]
        for part in down:
            nn.init.kaiming_uniform_(part, a=math.sqrt(5))
        ups = (torch.zeros(weight.shape[0], spec.unit, *(1 for _ in kernel), device=cpu) for _ in down)
        self.lora_down = nn.ParameterList(down)
        self.lora_up = nn.ParameterList(ups)
        self.to(weight.device)
        self.register_state_dict_post_hook(_join)  # type: ignore[no-untyped-call]
        self.register_load_state_dict_pre_hook(_part)  # type: ignore[no-untyped-call]

    def take_alpha(self) -> None:
        """Let the scale follow a loaded ``alpha``."""
        self.scale = float(self.alpha) / self.rank

    def limit_norm(self, maximum: float) -> Tensor:
        """Scale all ranks' weights by one factor, so that what they add together has at most this norm."""
        up, down = torch.cat([*self.lora_up], dim=1), torch.cat([*self.lora_down])
        norm = product_norm(up, down) * abs(self.scale)
        share = maximum / norm.clamp(min=maximum)
        for weight in self.parameters():
            weight.mul_(share.sqrt())
        return torch.stack([norm, norm * share])

    def in_play(self) -> tuple[Tensor, Tensor, float]:
        """Return the down and up weights that act now, and their factor: alpha / dim * sqrt(dim / rank in play).

        In training the rank is drawn from torch's generator, and all but its last unit are held; else all act.
        """
        units = len(self.lora_down)
        last = int(torch.randint(units, ())) if self.training else units - 1
        down = torch.cat([*(held.detach() for held in self.lora_down[:last]), self.lora_down[last]])
        up = torch.cat([*(held.detach() for held in self.lora_up[:last]), self.lora_up[last]], dim=1)
        return down, up, self.multiplier * self.scale * math.sqrt(units / (last + 1))


class DyloraLinear(DyloraModule):
    """Beside a Linear."""

    def forward(self, x: Tensor) -> Tensor:
        """Return the target's output plus what was learned; x is [..., in], the output [..., out]."""
        y: Tensor = self._base(x)
        if self.multiplier == 0:
            return y
        down, up, factor = self.in_play()
        return add_product(y, F.linear(x, like(down, x)), up, factor)


class DyloraConv(DyloraModule):
    """Beside a convolution: down has the target's kernel, stride and padding, up is 1x1."""

    def forward(self, x: Tensor) -> Tensor:
        """Return the target's output plus what was learned; both [batch, channels, height, width]."""
        y: Tensor = self._base(x)
        if self.multiplier == 0:
            return y
        down, up, factor = self.in_play()
        target = cast("nn.Conv2d", self._target[0])
        inner = F.conv2d(x, like(down, x), None, target.stride, target.padding, target.dilation)
        return y + F.conv2d(inner * factor, like(up, inner))


def build_network(
    unet: nn.Module | None,
    text_encoders: Sequence[nn.Module],
    family: Family,
    spec: LoraSpec,
    held: Held | None = None,
) -> AttachedNetwork:
    """Build a DyLoRA and attach it; the arguments are those of `lora.build_network`.

    Raises MikazukiError ``bad-network-args`` where the unit does not divide a rank of ``held``.
    """
    odd = [rank for rank, _ in (held or {}).values() if rank % spec.unit]
    if odd:
        raise bad_args(
            f"network_args: unit={spec.unit} does not divide the rank {odd[0]} of network_weights.",
            "Choose a unit that does.",
        )
    return AttachedNetwork(*modules_of(Kind(DyloraLinear, DyloraConv), unet, text_encoders, family, spec, held))


def _join(module: nn.Module, state: dict[str, Any], prefix: str, _metadata: dict[str, Any]) -> None:
    """Put a module's units into a state as one tensor a half."""
    own = cast("DyloraModule", module)
    for half in _HALVES:
        parts = [state.pop(f"{prefix}{half}.{unit}") for unit in range(own.rank // own.unit)]
        state[f"{prefix}{half}.weight"] = torch.cat(parts, dim=_RANKS_AT[half])


def _part(module: nn.Module, state: dict[str, Any], prefix: str, *_rest: Any) -> None:
    """Cut a state's tensors into a module's units."""
    unit = cast("DyloraModule", module).unit
    for half in _HALVES:
        whole = state.pop(f"{prefix}{half}.weight")
        for number, part in enumerate(whole.split(unit, dim=_RANKS_AT[half])):
            state[f"{prefix}{half}.{number}"] = part
