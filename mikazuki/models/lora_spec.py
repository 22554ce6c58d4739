"""What a network is to be (rank, alpha, convolutions, blocks, dropouts), read from the settings; no tensors."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName
from mikazuki.models.lora_blocks import BlockArgs, Ranks, block_args, resolve
from mikazuki.models.lycoris_spec import lycoris_spec
from mikazuki.models.network_args import bad_args, read_network_args
from mikazuki.settings.train import TrainSettings

LORA: Final = "networks.lora"
LORA_FA: Final = "networks.lora_fa"
DYLORA: Final = "networks.dylora"
OFT: Final = "networks.oft"
LYCORIS: Final = "lycoris.kohya"


@dataclass(frozen=True, slots=True)
class Plus:
    """LoRA+: factors of the learning rate of the up weights, None for none.

    Source: Hayou et al. 2024, "LoRA+: Efficient Low Rank Adaptation of Large Models".
    """

    unet: float | None = None
    text: float | None = None


@dataclass(frozen=True, slots=True)
class LoraSpec:
    """A LoRA's shape: what a module adds is scaled by alpha / dim.

    ``conv_dim`` adds 3x3 convolutions (LoCon). ``dropout`` drops inner activations, ``rank_dropout`` whole ranks of a
    picture, ``module_dropout`` whole modules, each as a share of the steps. ``blocks`` gives blocks of the UNet ranks
    and rates of their own; ``unit`` is how many ranks of a DyLoRA learn at a time.
    """

    dim: int
    alpha: float
    conv_dim: int | None = None
    conv_alpha: float = 1.0
    dropout: float | None = None
    rank_dropout: float | None = None
    module_dropout: float | None = None
    blocks: BlockArgs | None = None
    plus: Plus = field(default_factory=Plus)
    unit: int = 1


@dataclass(frozen=True, slots=True)
class OftSpec:
    """An OFT's shape: each module's outputs are cut into ``blocks`` that are rotated, each on its own.

    ``alpha`` times the number of outputs is how far the rotation may go (the norm of its generator).
    """

    blocks: int
    alpha: float
    all_linear: bool = False
    conv: bool = False


def lora_spec(
    dim: int, alpha: float, dropout: float | None, network_args: Iterable[str], module: str = LORA
) -> LoraSpec:
    """Return the LoRA that network_dim, network_alpha, network_dropout and network_args describe.

    An alpha of 0 means the rank. Raises MikazukiError ``bad-network-args`` for a key or value that does not fit.
    """
    given = read_network_args(module, network_args)
    conv_dim, conv_alpha = given.get("conv_dim"), given.get("conv_alpha", 1.0)
    if module == DYLORA:
        _check_dylora(dim, alpha, given)
        conv_alpha = alpha
    return LoraSpec(
        dim=dim,
        alpha=alpha or float(dim),
        conv_dim=conv_dim,
        conv_alpha=conv_alpha or float(conv_dim or 0),
        dropout=given.get("dropout", dropout) or None,
        rank_dropout=given.get("rank_dropout") or None,
        module_dropout=given.get("module_dropout") or None,
        blocks=block_args(given, Ranks(dim, alpha, conv_dim, conv_alpha)),
        plus=plus_of(given),
        unit=given.get("unit", 1),
    )


def spec_of(settings: TrainSettings) -> LoraSpec:
    """Return the LoRA that the settings describe; raises MikazukiError ``bad-network-args``."""
    dropout = None if settings.network_module == DYLORA else settings.network_dropout
    return lora_spec(
        settings.network_dim, settings.network_alpha, dropout, settings.network_args, settings.network_module
    )


def oft_spec(settings: TrainSettings) -> OftSpec:
    """Return the OFT that the settings describe; raises MikazukiError ``bad-network-args``."""
    given = read_network_args(OFT, settings.network_args)
    return OftSpec(
        blocks=settings.network_dim,
        alpha=settings.network_alpha,
        all_linear=given.get("enable_all_linear", False),
        conv=given.get("enable_conv", False),
    )


def plus_of(given: dict[str, Any]) -> Plus:
    """Return the LoRA+ factors among the values of network_args; a part's own one overrules the common one."""
    both = given.get("loraplus_lr_ratio")
    return Plus(given.get("loraplus_unet_lr_ratio", both), given.get("loraplus_text_encoder_lr_ratio", both))


def check_network_args(settings: TrainSettings, family: FamilyName | None = None) -> None:
    """Refuse what the network of the settings cannot be, before anything is loaded.

    Without ``family``, lists over blocks may be as long as any family needs.

    Raises:
        MikazukiError: ``bad-network-args``.
    """
    if settings.network_module == LYCORIS:
        lycoris_spec(settings)
        return
    if settings.network_module == OFT:
        _check_oft(settings)
        return
    spec = spec_of(settings)
    if settings.network_module == DYLORA and settings.network_dropout:
        raise _no_effect("network_dropout", DYLORA, "its ranks are dropped instead")
    if spec.blocks is not None:
        _check_blocks(spec.blocks, family)


def _check_blocks(blocks: BlockArgs, family: FamilyName | None) -> None:
    if family is not None:
        resolve(blocks, family)
        return
    try:
        resolve(blocks, "sdxl")
    except MikazukiError:
        resolve(blocks, "sd1")


def _check_oft(settings: TrainSettings) -> None:
    oft_spec(settings)
    for name in ("network_dropout", "scale_weight_norms"):
        if getattr(settings, name):
            raise _no_effect(name, OFT, "it adds nothing to the weights but rotates them")
    if not settings.network_alpha:
        raise bad_args(
            f"network_alpha 0 leaves {OFT} nothing to learn: it is how far weights may be rotated.",
            "Set network_alpha to 0.001 or more.",
        )


def _check_dylora(dim: int, alpha: float, given: dict[str, Any]) -> None:
    unit = given.get("unit", 1)
    if dim % unit:
        raise bad_args(f"network_args: unit={unit} does not divide network_dim {dim}.", "Choose a unit that does.")
    if given.get("conv_dim", dim) != dim:
        raise bad_args(
            f"network_args: with {DYLORA} conv_dim must be network_dim.", f"Set conv_dim={dim} or leave it out."
        )
    if given.get("conv_alpha", alpha) != alpha:
        raise bad_args(
            f"network_args: {DYLORA} gives convolutions network_alpha, not conv_alpha.", "Leave conv_alpha out."
        )


def _no_effect(option: str, module: str, why: str) -> MikazukiError:
    return bad_args(f"{option} has no effect with {module}: {why}.", f"Leave {option} out.")
