"""Writes the model configuration that UIs and converters look for beside a Stable Diffusion 2 file."""

from collections.abc import Iterator, Mapping
from math import gcd
from typing import Any, Final

from mikazuki.models import configs
from mikazuki.models.families import HEAD_WIDTH, SD2, UNET_PREFIX, VAE_PREFIX
from mikazuki.models.prediction import PredictionType

BETAS: Final = {"linear_start": 0.00085, "linear_end": 0.012, "timesteps": 1000}
"""The noise schedule of every family here."""
_TEXT_TARGET: Final = "ldm.modules.encoders.modules.FrozenOpenCLIPEmbedder"


def model_yaml(shapes: configs.Shapes, prediction_type: PredictionType) -> str:
    """Return the configuration, as YAML, of an SD2 file whose tensors have these shapes (original names)."""
    unet = configs.unet_config(configs.part_shapes(shapes, UNET_PREFIX), SD2)
    vae_shapes = configs.part_shapes(shapes, VAE_PREFIX)
    vae = configs.vae_config(vae_shapes, SD2) if vae_shapes else None
    params: dict[str, Any] = {
        "parameterization": "v" if prediction_type == "v_prediction" else "eps",
        **BETAS,
        "num_timesteps_cond": 1,
        "log_every_t": 200,
        "first_stage_key": "jpg",
        "cond_stage_key": "txt",
        "image_size": unet["sample_size"],
        "channels": unet["in_channels"],
        "cond_stage_trainable": False,
        "conditioning_key": "crossattn",
        "monitor": "val/loss_simple_ema",
        "scale_factor": SD2.vae_scale,
        "use_ema": False,
        "unet_config": _unet(unet),
    }
    if vae:
        params["first_stage_config"] = _vae(vae)
    params["cond_stage_config"] = {"target": _TEXT_TARGET, "params": {"freeze": True, "layer": "penultimate"}}
    model = {"target": "ldm.models.diffusion.ddpm.LatentDiffusion", "params": params}
    return "\n".join(_lines({"model": model})) + "\n"


def _unet(config: Mapping[str, Any]) -> dict[str, Any]:
    channels: list[int] = config["block_out_channels"]
    attending = [2**level for level, kind in enumerate(config["down_block_types"]) if kind.startswith("CrossAttn")]
    params = {
        "use_checkpoint": True,
        "use_fp16": True,
        "image_size": config["sample_size"],
        "in_channels": config["in_channels"],
        "out_channels": config["out_channels"],
        "model_channels": channels[0],
        "attention_resolutions": attending[::-1],
        "num_res_blocks": config["layers_per_block"],
        "channel_mult": [width // channels[0] for width in channels],
        "num_head_channels": gcd(HEAD_WIDTH, *channels),
        "use_spatial_transformer": True,
        "use_linear_in_transformer": True,
        "transformer_depth": 1,
        "context_dim": config["cross_attention_dim"],
        "legacy": False,
    }
    return {"target": "ldm.modules.diffusionmodules.openaimodel.UNetModel", "params": params}


def _vae(config: Mapping[str, Any]) -> dict[str, Any]:
    channels: list[int] = config["block_out_channels"]
    details = {
        "double_z": True,
        "z_channels": config["latent_channels"],
        "resolution": 256,
        "in_channels": config["in_channels"],
        "out_ch": config["out_channels"],
        "ch": channels[0],
        "ch_mult": [width // channels[0] for width in channels],
        "num_res_blocks": config["layers_per_block"],
        "attn_resolutions": [],
        "dropout": 0.0,
    }
    params = {
        "embed_dim": config["latent_channels"],
        "monitor": "val/rec_loss",
        "ddconfig": details,
        "lossconfig": {"target": "torch.nn.Identity"},
    }
    return {"target": "ldm.models.autoencoder.AutoencoderKL", "params": params}


def _lines(tree: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Write mappings of plain words, numbers and lists of numbers as YAML."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        else:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            yield f"{indent}{key}: {text}"
