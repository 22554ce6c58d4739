"""LyCORIS: LoHa, LoKr, IA3, GLoRA, OFT, BOFT, DoRA and more beside a base model, and merged into one.

Names, shapes and meanings are those of upstream's ``lycoris.kohya`` (lycoris-lora 4.1.3), chosen by ``algo`` and
``preset`` in network_args.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models.families import Family
from mikazuki.models.lora_spec import LoraSpec, Plus
from mikazuki.models.lycoris_spec import LycorisSpec, lycoris_spec
from mikazuki.settings.train import TrainSettings
from mikazuki.training.networks.attached import AttachedModule, AttachedNetwork, Rates
from mikazuki.training.networks.dylora import DyloraConv, DyloraLinear
from mikazuki.training.networks.files import by_module, read_weights
from mikazuki.training.networks.lycoris_kinds import kind_of_tensors
from mikazuki.training.networks.lycoris_modules import SCALAR, Drops, LycorisModule, drops_of, module_of, new_module
from mikazuki.training.networks.lycoris_targets import (
    Chosen,
    chosen_of_text,
    chosen_of_unet,
    text_places,
    unet_places,
)

Parts = tuple[dict[str, LycorisModule], dict[str, LycorisModule]]
"""Modules by their names in a file: beside the text encoders, and beside the UNet."""


class LycorisNetwork(AttachedNetwork):
    """All modules of a LyCORIS network, attached to a base model; its ``state_dict`` is what files hold."""

    def training_state(self) -> dict[str, Tensor]:
        """Return what a training goes on from exactly: the file's tensors, before trained scalars go into them."""
        state = self.state_dict()
        for name, module in self._scaled():
            held = module.tensors
            state |= {f"{name}.{key}": held[key] for key in (*module.kind.last, SCALAR) if key in held}
        return state

    def load_weights(self, state: Mapping[str, Tensor]) -> None:
        """Take the tensors of a file or of `training_state`; raises MikazukiError ``lora-mismatch``."""
        scalars = {name: tensor for name, tensor in state.items() if name.endswith(f".{SCALAR}")}
        super().load_weights({name: tensor for name, tensor in state.items() if name not in scalars})
        with torch.no_grad():
            for name, module in self._scaled():
                if f"{name}.{SCALAR}" in scalars:
                    module.tensors[SCALAR].copy_(scalars[f"{name}.{SCALAR}"])

    def _scaled(self) -> Iterable[tuple[str, LycorisModule]]:
        for name in (*self.text_names, *self.unet_names):
            module = self.get_submodule(name)
            if isinstance(module, LycorisModule) and SCALAR in module.tensors:
                yield name, module


def build(
    unet: nn.Module | None, text_encoders: Sequence[nn.Module], family: Family, settings: TrainSettings
) -> LycorisNetwork:
    """Build the network that network_args describe and attach it; leave out (None, empty) what is not trained.

    With dim_from_weights it is what network_weights holds, of whatever kind. Raises MikazukiError
    ``bad-network-args``, and ``lora-mismatch`` where that file is for another family.
    """
    spec = lycoris_spec(settings)
    rates = Rates(family.name, Plus(spec.plus_unet, spec.plus_text))
    if settings.dim_from_weights and settings.network_weights:
        state = read_weights(Path(settings.network_weights), unet, family)
        return LycorisNetwork(*_fitting(_from_file(unet, text_encoders, family, state, drops_of(spec))), rates)
    text = _new(chosen_of_text(text_encoders, family, spec), spec)
    return LycorisNetwork(text, {} if unet is None else _new(chosen_of_unet(unet, family, spec), spec), rates)


@torch.no_grad()
def merge(
    unet: nn.Module | None,
    text_encoders: Sequence[nn.Module],
    family: Family,
    state: Mapping[str, Tensor],
    multiplier: float = 1.0,
) -> int:
    """Merge a file's tensors, times ``multiplier``, into a base model's weights; return how many modules changed.

    What the file holds for a part that is not given is passed over. Computed in fp32, kept in the base model's type.

    Raises:
        MikazukiError: ``lora-mismatch`` where the file is for another family or holds an unknown kind of module.
    """
    merged = 0
    for modules in _from_file(unet, text_encoders, family, state, Drops()):
        for name, module in modules.items():
            _add(module.target, _change(name, module), multiplier)
            merged += 1
    return merged


def _add(target: nn.Module, changes: tuple[Tensor, Tensor | None], multiplier: float) -> None:
    for name, change in zip(("weight", "bias"), changes, strict=True):
        if change is not None:
            own = getattr(target, name)
            own.copy_(own.float() + multiplier * change)


def _new(chosen: Iterable[Chosen], spec: LycorisSpec) -> dict[str, AttachedModule]:
    """Make a new module at every chosen place."""
    drops = drops_of(spec)
    made: dict[str, AttachedModule] = {}
    for place in chosen:
        own = place.spec
        if own.algo == "dylora" and isinstance(place.module, (nn.Linear, nn.Conv2d)):
            make = DyloraLinear if isinstance(place.module, nn.Linear) else DyloraConv
            plain = LoraSpec(own.dim, own.alpha, unit=own.block_size)
            made[place.name] = make(place.module, own.dim, own.alpha or float(own.dim), plain)
        else:
            made[place.name] = new_module(place.module, own, drops)
    return made


def _from_file(
    unet: nn.Module | None,
    text_encoders: Sequence[nn.Module],
    family: Family,
    state: Mapping[str, Tensor],
    drops: Drops,
) -> Parts:
    """Make the modules that a file holds for the given parts: beside the text encoders and beside the UNet."""
    beside = tuple(
        {place.name: place.module for place in places}
        for places in (text_places(text_encoders, family), () if unet is None else unet_places(unet, family))
    )
    given = {_part(name) for places in beside for name in places}
    held = {name: tensors for name, tensors in by_module(state).items() if _part(name) in given}
    strangers = sorted(held.keys() - beside[0].keys() - beside[1].keys())
    if strangers:
        raise _mismatch(f"the base model has no module {strangers[0]}")
    text, in_unet = (
        {
            name: module_of(target, kind_of_tensors(held[name]), held[name], drops)
            for name, target in places.items()
            if name in held
        }
        for places in beside
    )
    return text, in_unet


@torch.no_grad()
def _fitting(parts: Parts) -> Parts:
    """Return the modules out of a file; raises MikazukiError ``lora-mismatch`` where one does not fit its target."""
    for modules in parts:
        for name, module in modules.items():
            _change(name, module)
    return parts


def _change(name: str, module: LycorisModule) -> tuple[Tensor, Tensor | None]:
    """Return what a module out of a file adds to its target; raises MikazukiError where it has another shape."""
    target = cast("nn.Linear", module.target)
    try:
        weight, bias = module.change()
        fits = weight.shape == target.weight.shape and (bias is None or target.bias is not None)
    except RuntimeError:
        fits = False
    if not fits:
        raise _mismatch(f"{name} ({module.kind.name}) is for a module of another shape")
    return weight, bias


def _part(name: str) -> str:
    """Return which part of the base model a name belongs to: ``lora_unet``, ``lora_te1``..."""
    return "_".join(name.split("_", 2)[:2])


def _mismatch(what: str) -> MikazukiError:
    return MikazukiError(
        "lora-mismatch",
        f"The file does not fit the base model: {what}.",
        "Choose a file that was made for a model of this family.",
    )
