"""What the kinds of network share: modules that stand in for a base module's forward, and the whole of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

import torch
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName
from mikazuki.models.lora_spec import Plus
from mikazuki.settings.train import TrainSettings
from mikazuki.training.networks.contract import NormReport
from mikazuki.training.networks.targets import block_of


class AttachedModule(nn.Module):
    """What acts on one module of the base model by taking the place of its ``forward``.

    ``alpha`` (no dimensions) is saved with the weights. The target itself is held in a tuple, so that its weights do
    not become this module's.
    """

    alpha: Tensor
    plus: ClassVar[str] = ""
    """What the names of the parameters begin with that LoRA+ speeds up; empty for none."""

    def __init__(self, target: nn.Module, alpha: float) -> None:
        """Keep the target and its own ``forward``."""
        super().__init__()
        self.multiplier = 1.0
        self._target = (target,)
        self._base = target.forward
        self.register_buffer("alpha", torch.tensor(alpha, dtype=torch.float32))

    def attach(self) -> None:
        """Take the place of the target's ``forward``."""
        self._target[0].forward = self.forward

    def detach(self) -> None:
        """Give the target its own ``forward`` back."""
        self._target[0].forward = self._base

    def take_alpha(self) -> None:
        """Let what is computed from ``alpha`` follow a loaded one."""

    def limit_norm(self, maximum: float) -> Tensor | None:
        """Scale what is added down to this norm; return before and after as [2], None where nothing is added."""
        del maximum
        return None


@dataclass(frozen=True, slots=True)
class Rates:
    """What changes the learning rate of some of a network's parameters.

    ``weights`` multiply the rate of each of the UNet's blocks; None where they have no groups of their own.
    """

    family: FamilyName
    plus: Plus = field(default_factory=Plus)
    weights: tuple[float, ...] | None = None


class AttachedNetwork(nn.Module):
    """All modules of a network, attached to a base model; its ``state_dict`` is what files hold."""

    def __init__(
        self, text: Mapping[str, AttachedModule], unet: Mapping[str, AttachedModule], rates: Rates | None = None
    ) -> None:
        """Attach the modules, which are keyed by their names in the file."""
        super().__init__()
        self.text_names = tuple(text)
        self.unet_names = tuple(unet)
        self._multiplier = 1.0
        self._rates = rates or Rates("sd1")
        for name, module in (*text.items(), *unet.items()):
            self.add_module(name, module)
            module.attach()

    def attached(self, names: Sequence[str] | None = None) -> list[AttachedModule]:
        """Return the modules of these names, or every module, text encoders' first."""
        wanted = (*self.text_names, *self.unet_names) if names is None else names
        return [cast("AttachedModule", self.get_submodule(name)) for name in wanted]

    @property
    def multiplier(self) -> float:
        """How strongly the network acts: 1 as trained, 0 not at all."""
        return self._multiplier

    @multiplier.setter
    def multiplier(self, value: float) -> None:
        self._multiplier = value
        for module in self.attached():
            module.multiplier = value

    def detach(self) -> None:
        """Give the base model its own ``forward`` s back."""
        for module in self.attached():
            module.detach()

    def module_count(self) -> int:
        """Return the number of modules of the base model that the network stands beside."""
        return len(self.text_names) + len(self.unet_names)

    def training_state(self) -> dict[str, Tensor]:
        """Return what a training goes on from exactly: what files hold, unless a kind needs more."""
        return self.state_dict()

    def load_weights(self, state: Mapping[str, Tensor]) -> None:
        """Take the weights of a file of the same shape, its alphas too; raises MikazukiError ``lora-mismatch``."""
        own = self.state_dict()
        wrong = sorted(own.keys() ^ state.keys())
        if wrong:
            raise mismatch(f"{len(wrong)} tensors are in one of the two only, among them {wrong[0]}")
        for name, tensor in own.items():
            if tensor.shape != state[name].shape:
                raise mismatch(f"{name} has the shape {tuple(state[name].shape)} instead of {tuple(tensor.shape)}")
        self.load_state_dict(dict(state))
        for module in self.attached():
            module.take_alpha()

    def parameter_groups(self, settings: TrainSettings) -> list[dict[str, Any]]:
        """Return the optimizer's groups: ``name``, ``params``, ``lr``; text encoders' first, none of rate 0."""
        first, second = settings.rates_of_text_encoders
        plus = self._rates.plus
        if first == second or self._rates.family != "sdxl":
            text = [("textencoder", self.text_names, first)]
        else:
            halves = [[n for n in self.text_names if n.startswith(f"lora_te{i}_")] for i in (1, 2)]
            text = [("textencoder 1", tuple(halves[0]), first), ("textencoder 2", tuple(halves[1]), second)]
        groups = [group for part in text for group in self._groups(*part, plus.text)]
        for title, names, weight in self._blocks():
            groups += self._groups(title, names, settings.rate_of_unet * weight, plus.unet)
        return groups

    def _blocks(self) -> list[tuple[str, tuple[str, ...], float]]:
        """Return the UNet's groups: title, names and factor of the rate."""
        if self._rates.weights is None:
            return [("unet", self.unet_names, 1.0)]
        blocks: dict[int, list[str]] = {}
        for name in self.unet_names:
            blocks.setdefault(block_of(name, self._rates.family), []).append(name)
        return [(f"unet_block{b}", tuple(names), self._rates.weights[b]) for b, names in blocks.items()]

    def _groups(self, title: str, names: Sequence[str], rate: float, ratio: float | None) -> list[dict[str, Any]]:
        """Return one group, or with LoRA+ two: all but the up weights, and those at a rate of their own."""
        plain: list[nn.Parameter] = []
        faster: list[nn.Parameter] = []
        for module in self.attached(names):
            for name, parameter in module.named_parameters():
                plus = ratio is not None and module.plus and name.startswith(module.plus)
                if parameter.requires_grad:
                    (faster if plus else plain).append(parameter)
        found = [{"name": title, "params": plain, "lr": rate}]
        found.append({"name": f"{title} plus", "params": faster, "lr": rate * (ratio or 1)})
        return [group for group in found if group["params"] and group["lr"]]

    @torch.no_grad()
    def limit_norms(self, maximum: float) -> NormReport | None:
        """Scale every module whose added weight's norm exceeds ``maximum`` down to it; None where nothing is added."""
        norms = [norm for module in self.attached() if (norm := module.limit_norm(maximum)) is not None]
        if not norms:
            return None
        before, after = torch.stack(norms).unbind(1)
        # one transfer for the three numbers
        scaled, mean, largest = torch.stack([(before > maximum).sum().float(), after.mean(), after.max()]).tolist()
        return NormReport(int(scaled), mean, largest)


def mismatch(what: str) -> MikazukiError:
    """Return the MikazukiError ``lora-mismatch``; ``what`` says how the file differs."""
    return MikazukiError(
        "lora-mismatch",
        f"The LoRA set as network_weights does not fit this training: {what}.",
        "Set network_dim, network_args and the base model's family as they were when it was made, or set "
        "dim_from_weights.",
    )
