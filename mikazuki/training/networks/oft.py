"""OFT: the outputs of each chosen module are cut into blocks, and each block is rotated by a trained matrix.

Source: Qiu et al. 2023, "Controlling Text-to-Image Diffusion by Orthogonal Finetuning"; names, shapes and numbers are
those of upstream's ``networks.oft``, which stands beside the UNet alone.
"""

from collections.abc import Mapping
from typing import Final, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.models.families import Family
from mikazuki.models.lora_spec import OftSpec
from mikazuki.models.network_args import bad_args
from mikazuki.training.eight_bit import whole_weight
from mikazuki.training.networks.attached import AttachedModule, AttachedNetwork, Rates
from mikazuki.training.networks.targets import ATTENTION_BLOCKS, CONV_BLOCKS, UNET_BLOCKS, Target, unet_targets

PREFIX: Final = "oft_unet"
EPSILON: Final = 1e-8
Held = Mapping[str, tuple[int, float]]
"""Number of blocks and alpha of each module of a file, by its name."""


class OftModule(AttachedModule):
    """Rotates the outputs of a Linear or convolution before its bias is added.

    ``oft_blocks`` is [blocks, size, size], zero at first; its skew part generates the rotations.
    """

    def __init__(self, target: nn.Linear | nn.Conv2d, blocks: int, alpha: float) -> None:
        """Begin with no rotation; fp32, on the target's device."""
        super().__init__(target, alpha)
        size = target.weight.shape[0] // blocks
        self.oft_blocks = nn.Parameter(torch.zeros(blocks, size, size, device=target.weight.device))
        self.limit = alpha * target.weight.shape[0]
        self.to(target.weight.device)

    def take_alpha(self) -> None:
        """Let the limit follow a loaded ``alpha``."""
        self.limit = float(self.alpha) * cast("nn.Linear", self._target[0]).weight.shape[0]

    def weight(self) -> Tensor:
        """Return the target's weight with its rows rotated, in fp32."""
        with torch.autocast(self.oft_blocks.device.type, enabled=False):
            own = whole_weight(self._target[0]).float()
            turn = rotations(self.oft_blocks.float(), self.limit)
            if self.multiplier != 1:
                one = torch.eye(turn.shape[-1], device=turn.device)
                turn = self.multiplier * (turn - one) + one
            rows = own.reshape(turn.shape[0], turn.shape[1], -1)
            return torch.bmm(turn.transpose(1, 2), rows).view(own.shape)

    def forward(self, x: Tensor) -> Tensor:
        """Return what the target makes of ``x`` with the rotated weight."""
        if self.multiplier == 0:
            return cast("Tensor", self._base(x))
        target, weight = self._target[0], self.weight().to(x.dtype)
        if isinstance(target, nn.Conv2d):
            return F.conv2d(x, weight, target.bias, target.stride, target.padding, target.dilation, target.groups)
        return F.linear(x, weight, cast("nn.Linear", target).bias)


def rotations(blocks: Tensor, limit: float) -> Tensor:
    """Return the Cayley transforms (I + Q) (I - Q)^-1 of the skew parts Q = blocks - blocks^T, all [n, size, size].

    Q is scaled down where the norm over all blocks exceeds ``limit``.
    """
    skew = blocks - blocks.transpose(1, 2)
    norm = torch.linalg.vector_norm(skew)
    skew = skew * ((norm.clamp(max=limit) + EPSILON) / (norm + EPSILON))
    one = torch.eye(blocks.shape[-1], device=blocks.device)
    # both factors are made of Q alone and may change places; I - Q always has an inverse, so nothing is checked
    solved: Tensor = torch.linalg.solve_ex(one - skew, one + skew)[0]
    return solved


def build_network(unet: nn.Module | None, family: Family, spec: OftSpec, held: Held | None = None) -> AttachedNetwork:
    """Build an OFT beside ``unet`` and attach it.

    ``held`` gives each module its blocks and alpha by its name, and leaves out what it does not name. Raises
    MikazukiError ``bad-network-args`` where the blocks do not divide a module's outputs.
    """
    linear, conv = spec.all_linear or held, spec.conv or held
    classes = (UNET_BLOCKS if linear else ATTENTION_BLOCKS) + (CONV_BLOCKS if conv else ())
    modules: dict[str, AttachedModule] = {}
    for target in () if unet is None else unet_targets(unet, family, classes, PREFIX):
        blocks, alpha = held.get(target.name, (0, 0.0)) if held else (spec.blocks, spec.alpha)
        if blocks:
            _check_divides(target, blocks)
            modules[target.name] = OftModule(target.module, blocks, alpha)
    return AttachedNetwork({}, modules, Rates(family.name))


def _check_divides(target: Target, blocks: int) -> None:
    outputs = target.module.weight.shape[0]
    if outputs % blocks:
        raise bad_args(
            f"network_dim {blocks} does not divide the {outputs} outputs of {target.name}: networks.oft cuts them into "
            "as many blocks.",
            "Set network_dim to 4 or 8.",
        )
