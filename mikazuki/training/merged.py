"""Writes the base model with a trained network in it, as one file that every UI loads (save_merged_model)."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from mikazuki.models import load
from mikazuki.models.export import WholeModel, save_checkpoint
from mikazuki.models.export_parts import checkpoint_tensors
from mikazuki.models.families import FAMILIES, UNET_PREFIX
from mikazuki.models.identify import ModelInfo
from mikazuki.settings.methods import FINE_TUNE
from mikazuki.settings.train import TrainSettings
from mikazuki.training.methods.full import FORMATS
from mikazuki.training.modelspec import model_spec
from mikazuki.training.networks import merge_base_weights, merge_weights

ENDING = ".safetensors"
"""How a merged model's name ends, whatever the format of the network's own file."""


@dataclass(frozen=True)
class Merger:
    """Merges saved networks into a copy of the base model, read anew each time: the training is not touched.

    The copy lies in main memory while it is written, in the number type that it is written in.
    """

    settings: TrainSettings
    info: ModelInfo

    def save(self, path: Path, network: Path) -> None:
        """Write the base model with base_weights and the file ``network`` merged in, each at its strength.

        Raises:
            MikazukiError: ``disk-full`` and ``not-writable``, and what reading the files raises.
        """
        settings, info = self.settings, self.info
        family = FAMILIES[info.family]
        chosen = FORMATS[settings.save_precision] if settings.save_precision else None
        dtype = chosen or self._stored_as()
        unet = load.load_unet(info, dtype=dtype)
        encoders: list[Any] = []
        if settings.rate_of_text_encoder or settings.base_weights:
            encoders = load.load_text_encoders(info, dtype=dtype)
        merge_base_weights(unet, encoders, family, settings)
        merge_weights(unet, encoders, family, network, 1.0)
        whole = WholeModel(
            family=family,
            prediction_type=info.prediction_type,
            unet=unet,
            text_encoders=encoders,
            vae=load.load_vae(info, dtype=torch.float32, vae_path=settings.vae) if settings.vae else None,
            source=info,
            zero_snr=settings.zero_terminal_snr,
        )
        save_checkpoint(path, whole, dtype=chosen, metadata=self._metadata(network))

    def _stored_as(self) -> torch.dtype:
        """Return the number type of the base model's UNet."""
        source = WholeModel(FAMILIES[self.info.family], self.info.prediction_type, source=self.info)
        tensors = checkpoint_tensors(source, None)
        return next(tensor.dtype for name, tensor in tensors.items() if name.startswith(UNET_PREFIX))

    def _metadata(self, network: Path) -> dict[str, str]:
        """Return what ModelSpec says of a whole model; unless a person says so, it was merged from these two."""
        merged_from = self.settings.metadata_merged_from or f"{self.info.path.name}, {network.name}"
        settings = self.settings.model_copy(update={"method": FINE_TUNE, "metadata_merged_from": merged_from})
        return model_spec(settings, self.info, time.time())
