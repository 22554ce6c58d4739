"""Makes tiny random base models of every family in a fraction of a second, as a diffusers folder or a single file."""

import json
from pathlib import Path
from typing import Any, Final

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers.models.clip.configuration_clip import CLIPTextConfig
from transformers.models.clip.modeling_clip import CLIPTextModel, CLIPTextModelWithProjection

from mikazuki.models import keys
from mikazuki.models.convert import ungather
from mikazuki.models.families import UNET_PREFIX, VAE_PREFIX, FamilyName, Layout, TextEncoderSpec, family_of

CHANNELS: Final = (8, 16)
TEXT_WIDTH: Final = 16
SECOND_WIDTH: Final = 24
"""SDXL's encoders differ in width, so that a mix-up shows."""
POOLED: Final = 20
TIME_WIDTH: Final = 8
VOCABULARY: Final = 49408
SCHEDULER: Final = {
    "_class_name": "DDIMScheduler",
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "num_train_timesteps": 1000,
    "set_alpha_to_one": False,
    "steps_offset": 1,
    "clip_sample": False,
}


def unet_config(family: FamilyName) -> dict[str, Any]:
    """Return a UNet of two levels; SDXL's first has no attention and its second two transformer layers."""
    config: dict[str, Any] = {
        "sample_size": 8,
        "in_channels": 4,
        "out_channels": 4,
        "layers_per_block": 1,
        "block_out_channels": list(CHANNELS),
        "norm_num_groups": 8,
        "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
        "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"],
        "cross_attention_dim": TEXT_WIDTH,
        "attention_head_dim": 8,
    }
    if family == "sd2":
        config |= {"use_linear_projection": True, "attention_head_dim": [1, 1], "upcast_attention": True}
    if family == "sdxl":
        config |= {
            "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D"],
            "up_block_types": ["CrossAttnUpBlock2D", "UpBlock2D"],
            "attention_head_dim": [1, 1],
            "cross_attention_dim": TEXT_WIDTH + SECOND_WIDTH,
            "transformer_layers_per_block": [1, 2],
            "use_linear_projection": True,
            "addition_embed_type": "text_time",
            "addition_time_embed_dim": TIME_WIDTH,
            "projection_class_embeddings_input_dim": POOLED + 6 * TIME_WIDTH,
        }
    return config


def vae_config(family: FamilyName) -> dict[str, Any]:
    """Return a VAE of factor 2."""
    return {
        "block_out_channels": list(CHANNELS),
        "down_block_types": ["DownEncoderBlock2D"] * 2,
        "up_block_types": ["UpDecoderBlock2D"] * 2,
        "layers_per_block": 1,
        "norm_num_groups": 8,
        "latent_channels": 4,
        "sample_size": 16,
        "scaling_factor": family_of(family).vae_scale,
    }


def text_config(spec: TextEncoderSpec) -> dict[str, Any]:
    """Return a text encoder of three layers."""
    width = SECOND_WIDTH if spec.projected else TEXT_WIDTH
    return {
        "vocab_size": VOCABULARY,
        "hidden_size": width,
        "intermediate_size": 2 * width,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "max_position_embeddings": 77,
        "projection_dim": POOLED if spec.projected else width,
        "bos_token_id": 49406,
        "eos_token_id": 49407,
        "pad_token_id": 1,
        "hidden_act": "quick_gelu" if spec.kind == "clip" else "gelu",
    }


def parts(family: FamilyName, seed: int = 0) -> dict[str, nn.Module]:
    """Return freshly drawn models by the folder's names of the parts; norms are drawn too, so that each counts."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        models: dict[str, nn.Module] = {
            "unet": UNet2DConditionModel(**unet_config(family)),
            "vae": AutoencoderKL(**vae_config(family)),
        }
        for spec in family_of(family).text_encoders:
            kind = CLIPTextModelWithProjection if spec.projected else CLIPTextModel
            models[spec.folder] = kind(CLIPTextConfig(**text_config(spec)))
        for model in models.values():
            for parameter in model.parameters():
                if parameter.ndim == 1:
                    nn.init.normal_(parameter, 0.3, 0.3)
    return models


def make(
    family: FamilyName, folder: Path, layout: Layout = "single", *, vae: bool = True, dtype: str = "float32"
) -> Path:
    """Write a tiny model below ``folder`` and return its path: ``tiny-<family>.safetensors`` or a folder."""
    models = parts(family)
    if not vae:
        del models["vae"]
    kind: torch.dtype = getattr(torch, dtype)
    folder.mkdir(parents=True, exist_ok=True)
    if layout == "diffusers":
        return _write_folder(family, folder / f"tiny-{family}", models, kind)
    path = folder / f"tiny-{family}.safetensors"
    save_file({name: tensor.to(kind).contiguous() for name, tensor in single_state(family, models).items()}, path)
    return path


def single_state(family: FamilyName, models: dict[str, nn.Module]) -> dict[str, Tensor]:
    """Return the tensors of a single file under their original names."""
    unet = models["unet"].state_dict()
    state = _originals(UNET_PREFIX, unet, keys.unet_table(keys.diffusers_unet_layout(unet)))
    if "vae" in models:
        state |= _originals(VAE_PREFIX, models["vae"].state_dict(), keys.vae_table(len(CHANNELS), 1))
    for spec in family_of(family).text_encoders:
        text = {name.removeprefix("text_model."): t for name, t in models[spec.folder].state_dict().items()}
        layers = 3
        if spec.drop_last:
            # the file has one layer more than is used
            text |= {
                n.replace("layers.2.", "layers.3."): torch.randn_like(t) for n, t in text.items() if "layers.2." in n
            }
            layers = 4
        table = keys.open_clip_table(layers) if spec.kind == "open_clip" else keys.clip_table()
        state |= _originals(spec.prefix, text, table)
    return state


def _originals(prefix: str, state: dict[str, Tensor], table: keys.Table) -> dict[str, Tensor]:
    original = ungather(keys.originals(state, table), state)
    return {prefix + name: tensor for name, tensor in original.items()}


def _write_folder(family: FamilyName, path: Path, models: dict[str, Any], dtype: torch.dtype) -> Path:
    for name, model in models.items():
        diffusers = name in {"unet", "vae"}
        (model.save_config if diffusers else model.config.save_pretrained)(path / name)
        state = {key: tensor.to(dtype).contiguous() for key, tensor in model.state_dict().items()}
        save_file(state, path / name / ("diffusion_pytorch_model.safetensors" if diffusers else "model.safetensors"))
    scheduler = path / "scheduler" / "scheduler_config.json"
    scheduler.parent.mkdir()
    prediction = "v_prediction" if family == "sd2" else "epsilon"
    scheduler.write_text(json.dumps(SCHEDULER | {"prediction_type": prediction}), encoding="utf-8")
    title = "StableDiffusionXLPipeline" if family == "sdxl" else "StableDiffusionPipeline"
    index = {"_class_name": title} | {name: ["", ""] for name in models}
    (path / "model_index.json").write_text(json.dumps(index), encoding="utf-8")
    return path
