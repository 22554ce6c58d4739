"""Puts together what draws with a loaded model."""

from typing import Any

import torch

from mikazuki.models.text import sdxl_time_ids
from mikazuki.training.conditions import Conditioner
from mikazuki.training.machine import Machine
from mikazuki.training.parts import Basis
from mikazuki.training.sampling import Artist
from mikazuki.training.sources import vae_scale


def make_artist(basis: Basis, machine: Machine, unet: Any, vae: Any, condition: Conditioner) -> Artist:
    """Return what draws with these parts as the settings say; ``condition`` encodes texts."""

    def sizes(height: int, width: int) -> torch.Tensor | None:
        if basis.family.name != "sdxl":
            return None
        size = torch.tensor([[height, width]])
        return sdxl_time_ids(size, torch.zeros_like(size), size).to(machine.device)

    return Artist(
        unet=unet,
        vae=vae,
        condition=condition,
        size_condition=sizes,
        precision=machine.autocast,
        prediction_type=basis.info.prediction_type,
        vae_scale=vae_scale(basis.info, basis.settings.vae),
        latent_factor=2 ** (len(vae.config.block_out_channels) - 1),
        latent_channels=vae.config.latent_channels,
        sampler=basis.settings.sample_sampler,
        device=machine.device,
        zero_terminal_snr=basis.settings.zero_terminal_snr,
    )
