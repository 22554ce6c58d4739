"""Networks that are trained beside a frozen base model: one contract, one module a kind, chosen by the settings."""

from collections.abc import Sequence
from pathlib import Path

from torch import nn

from mikazuki.errors import MikazukiError
from mikazuki.models.families import Family
from mikazuki.models.lora_spec import DYLORA, LORA, LORA_FA, LYCORIS, OFT, oft_spec, spec_of
from mikazuki.settings.train import TrainSettings
from mikazuki.training.networks import dylora, lora, lora_fa, oft
from mikazuki.training.networks.contract import Network, NormReport
from mikazuki.training.networks.files import (
    merge_base_weights,
    merge_weights,
    module_for,
    ranks_of,
    read_weights,
    start_from,
)

__all__ = [
    "Network",
    "NormReport",
    "attach_file",
    "build_network",
    "merge_base_weights",
    "merge_weights",
    "new_or_started",
]

_LORAS = {LORA: lora.build_network, LORA_FA: lora_fa.build_network, DYLORA: dylora.build_network}


def build_network(
    unet: nn.Module | None, text_encoders: Sequence[nn.Module], family: Family, settings: TrainSettings
) -> Network:
    """Build the network of ``settings.network_module`` and attach it.

    Leave out (None, empty) what is not trained. With dim_from_weights the ranks are those of network_weights, whose
    weights `new_or_started` sets. Raises MikazukiError ``bad-network-args``, ``network-empty``.
    """
    network = _build(unet, text_encoders, family, settings)
    if not network.module_count():
        raise MikazukiError(
            "network-empty",
            f"{settings.network_module} would train nothing: none of the modules it stands beside is left.",
            "Look at block_dims and the *_lr_weight of network_args, and at what network_weights was made for.",
        )
    return network


def new_or_started(
    unet: nn.Module | None, text_encoders: Sequence[nn.Module], family: Family, settings: TrainSettings
) -> Network:
    """Build the network as `build_network` does, with the weights of network_weights where that is set.

    Raises MikazukiError ``lora-mismatch`` where they do not fit.
    """
    network = build_network(unet, text_encoders, family, settings)
    if settings.network_weights:
        start_from(network, read_weights(Path(settings.network_weights), unet, family))
    return network


def attach_file(unet: nn.Module | None, text_encoders: Sequence[nn.Module], family: Family, path: Path) -> Network:
    """Attach what a file of any kind holds for the given parts, as it was trained, without dropout.

    Raises MikazukiError ``not-a-lora``, ``network-empty`` and ``lora-mismatch``.
    """
    module = module_for(read_weights(path, unet, family), unet, text_encoders, family)
    own = {"network_module": module, "network_weights": str(path), "dim_from_weights": True}
    settings = TrainSettings.model_validate({"pretrained_model_name_or_path": "-", "train_data_dir": "-", **own})
    return new_or_started(unet, text_encoders, family, settings).eval()


def _build(
    unet: nn.Module | None, text_encoders: Sequence[nn.Module], family: Family, settings: TrainSettings
) -> Network:
    if settings.network_module == LYCORIS:
        # its library takes a second to import
        from mikazuki.training.networks import lycoris

        return lycoris.build(unet, text_encoders, family, settings)
    held = None
    if settings.dim_from_weights and settings.network_weights:
        held = ranks_of(read_weights(Path(settings.network_weights), unet, family))
    if settings.network_module == OFT:
        return oft.build_network(unet, family, oft_spec(settings), held)
    return _LORAS[settings.network_module](unet, text_encoders, family, spec_of(settings), held)
