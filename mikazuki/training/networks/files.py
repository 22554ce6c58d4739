"""Networks out of files: ranks read off one, a training that starts from one, and one merged into a base model."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models.adapters import check_adapter, load_adapter
from mikazuki.models.families import Family
from mikazuki.models.lora_spec import LORA, LYCORIS, OFT
from mikazuki.settings.train import TrainSettings
from mikazuki.training.networks import oft
from mikazuki.training.networks.contract import Network
from mikazuki.training.networks.lora import Rank
from mikazuki.training.networks.targets import CONV_BLOCKS, UNET_BLOCKS, UNET_PREFIX, text_targets, unet_targets

_DOWN: Final = "lora_down.weight"
_UP: Final = "lora_up.weight"
_OFT: Final = "oft_blocks"
_OURS: Final = {_DOWN, _UP, _OFT, "alpha"}


def read_weights(
    path: Path, unet: nn.Module | None, family: Family, setting: str = "network_weights"
) -> dict[str, Tensor]:
    """Return a file's tensors under the names we give them, an alpha with every module.

    Old files have no alphas: the rank, then. Some SDXL files name blocks as diffusers does. Raises MikazukiError
    (``model-not-found``, ``not-a-lora``) that names ``setting``.
    """
    check_adapter(path, setting)
    aliases = {} if unet is None or not family.original_lora_names else _aliases(unet, family)
    state: dict[str, Tensor] = {}
    for name, tensor in load_adapter(path).items():
        module, _, rest = name.partition(".")
        state[f"{aliases.get(module, module)}.{rest}"] = tensor
    for module, held in by_module(state).items():
        if _DOWN in held and "alpha" not in held:
            state[f"{module}.alpha"] = torch.tensor(float(held[_DOWN].shape[0]))
    return state


def by_module(state: Mapping[str, Tensor]) -> dict[str, dict[str, Tensor]]:
    """Return the tensors of each module, by the names of modules and then of tensors."""
    found: dict[str, dict[str, Tensor]] = {}
    for name, tensor in state.items():
        module, _, rest = name.partition(".")
        found.setdefault(module, {})[rest] = tensor
    return found


def ranks_of(state: Mapping[str, Tensor]) -> dict[str, Rank]:
    """Return rank (or number of blocks) and alpha of every module of a file."""
    return {
        module: (int(held[key].shape[0]), float(held["alpha"]))
        for module, held in by_module(state).items()
        for key in (_DOWN, _OFT)
        if key in held
    }


def start_from(network: Network, state: Mapping[str, Tensor]) -> None:
    """Give a new network the weights of a file, part by part (UNet, each text encoder).

    A part that the file lacks stays as new, and one that is not trained is left out. Raises MikazukiError
    ``lora-mismatch`` where a part differs, or where there is none in common.
    """
    own = network.state_dict()
    parts = {_part(name) for name in own} & {_part(name) for name in state}
    if not parts:
        raise MikazukiError(
            "lora-mismatch",
            "The file set as network_weights holds nothing of what is trained: it is for other parts of the model.",
            "Choose another file, or leave network_train_unet_only and network_train_text_encoder_only off.",
        )
    new = {name: tensor for name, tensor in own.items() if _part(name) not in parts}
    network.load_weights(new | {name: tensor for name, tensor in state.items() if _part(name) in parts})


def merge_base_weights(
    unet: nn.Module | None, text_encoders: Sequence[nn.Module], family: Family, settings: TrainSettings
) -> int:
    """Merge every file of base_weights into the parts given, as `merge_weights` does; return the modules changed."""
    strengths = (*settings.base_weights_multiplier, *[1.0] * len(settings.base_weights))
    return sum(
        merge_weights(unet, text_encoders, family, Path(path), strength)
        for path, strength in zip(settings.base_weights, strengths, strict=False)
    )


@torch.no_grad()
def merge_weights(
    unet: nn.Module | None, text_encoders: Sequence[nn.Module], family: Family, path: Path, multiplier: float
) -> int:
    """Merge a file, times ``multiplier``, into the weights of a base model; return how many modules changed.

    What the file holds for a part that is not given (None, empty) is passed over, so that UNet and text encoders may
    be merged one after the other. Computed in fp32 and kept in the base model's own type.

    Raises:
        MikazukiError: ``base-weights-mismatch`` where the file is for another family, and what reading it raises.
    """
    state = read_weights(path, unet, family, "base_weights")
    if module_for(state, unet, text_encoders, family) == LYCORIS:
        # its library takes a second to import
        from mikazuki.training.networks import lycoris

        try:
            return lycoris.merge(unet, text_encoders, family, state, multiplier)
        except MikazukiError as error:
            raise _stranger(path, error.message) from error
    targets = _all_targets(unet, text_encoders, family)
    merged = {name: held for name, held in by_module(state).items() if name in targets}
    for name, held in merged.items():
        _merge_module(path, name, targets[name], held, multiplier)
    return len(merged)


def module_for(
    state: Mapping[str, Tensor], unet: nn.Module | None, text_encoders: Sequence[nn.Module], family: Family
) -> str:
    """Return the network_module that reads a file: LyCORIS where it holds more kinds or places than our own do."""
    modules, targets = by_module(state), _all_targets(unet, text_encoders, family)
    given = {_part(name) for name in targets}
    elsewhere = any(name not in targets for name in modules if _part(name) in given)
    # LyCORIS has a rotation of that name as well, under the names of a LoRA's modules
    theirs = any(_OFT in held and not name.startswith(oft.PREFIX) for name, held in modules.items())
    if elsewhere or theirs or any(rest not in _OURS for held in modules.values() for rest in held):
        return LYCORIS
    return OFT if any(_OFT in held for held in modules.values()) else LORA


def _merge_module(
    path: Path, name: str, target: nn.Linear | nn.Conv2d, held: Mapping[str, Tensor], multiplier: float
) -> None:
    weight = target.weight
    held = {key: tensor.to(weight.device, torch.float32) for key, tensor in held.items()}
    if _OFT in held:
        module = oft.OftModule(target, held[_OFT].shape[0], float(held["alpha"]))
        module.oft_blocks.copy_(held[_OFT])
        module.multiplier = multiplier
        weight.copy_(module.weight())
        return
    up, down = held[_UP].flatten(1), held[_DOWN].flatten(1)
    if (up.shape[0], down.shape[1]) != (weight.shape[0], weight[0].numel()):
        raise _stranger(path, f"{name} is for a module of {down.shape[1]} inputs and {up.shape[0]} outputs")
    scale = multiplier * float(held["alpha"]) / down.shape[0]
    weight.copy_(weight.float() + scale * (up @ down).view(weight.shape))


def _all_targets(
    unet: nn.Module | None, text_encoders: Sequence[nn.Module], family: Family
) -> dict[str, nn.Linear | nn.Conv2d]:
    """Return every module that a network can stand beside, by its name in a file."""
    found = {target.name: target.module for target in text_targets(text_encoders, family)}
    for prefix in (UNET_PREFIX, oft.PREFIX) if unet is not None else ():
        assert unet is not None  # noqa: S101
        found |= {t.name: t.module for t in unet_targets(unet, family, UNET_BLOCKS + CONV_BLOCKS, prefix)}
    return found


def _aliases(unet: nn.Module, family: Family) -> dict[str, str]:
    return {
        target.alias: target.name
        for prefix in (UNET_PREFIX, oft.PREFIX)
        for target in unet_targets(unet, family, UNET_BLOCKS + CONV_BLOCKS, prefix)
    }


def _part(name: str) -> str:
    """Return which part of the base model a name belongs to: ``lora_unet``, ``lora_te1``..."""
    return "_".join(name.split("_", 2)[:2])


def _stranger(path: Path, what: str) -> MikazukiError:
    return MikazukiError(
        "base-weights-mismatch",
        f"base_weights: {path} does not fit the base model: {what.removesuffix('.')}.",
        "Choose a file that was made for a model of this family.",
    )
