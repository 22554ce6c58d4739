"""Writes what a diffusers folder holds: parts with their configurations, scheduler, tokenizers and the index."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import torch
from torch import nn

from mikazuki.errors import MikazukiError
from mikazuki.files import write_text
from mikazuki.models import configs
from mikazuki.models.export_files import Progress, write_safetensors
from mikazuki.models.export_parts import TEXT_PREFIX, State, WholeModel, ready, text_state, unet_state, vae_state
from mikazuki.models.families import UNET_PREFIX, VAE_PREFIX, FamilyName, TextEncoderSpec
from mikazuki.models.identify import ModelInfo, read_json
from mikazuki.models.load import TOKENIZER

FORMAT: Final = {"format": "pt"}
"""Metadata without which transformers refuse a file."""
_SCHEDULE: Final = {
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "num_train_timesteps": 1000,
    "steps_offset": 1,
    "clip_sample": False,
    "trained_betas": None,
}
_SCHEDULERS: Final[Mapping[FamilyName, Mapping[str, Any]]] = {
    "sd1": {"_class_name": "PNDMScheduler", "skip_prk_steps": True, "set_alpha_to_one": False},
    "sd2": {"_class_name": "DDIMScheduler", "set_alpha_to_one": False},
    "sdxl": {
        "_class_name": "EulerDiscreteScheduler",
        "interpolation_type": "linear",
        "timestep_spacing": "leading",
        "use_karras_sigmas": False,
    },
}
"""What each family's published folders sample with."""
_TO_PURE_NOISE: Final = {
    "_class_name": "DDIMScheduler",
    "set_alpha_to_one": False,
    "rescale_betas_zero_snr": True,
    "timestep_spacing": "trailing",
}
"""What a model needs that was trained down to pure noise."""


def write_folder(folder: Path, model: WholeModel, dtype: torch.dtype | None, progress: Progress) -> None:
    """Fill an empty folder; raises MikazukiError ``incomplete-model`` where a part is missing."""
    if model.vae is None and not (model.source and model.source.has_vae):
        raise MikazukiError(
            "incomplete-model",
            "The model to be written has no VAE, which a folder must have.",
            "Set vae to a VAE file of the same family.",
        )
    parts = ["unet", "vae", *(spec.folder for spec in model.family.text_encoders)]
    for number, part in enumerate(parts):
        state, config = _part(model, part)
        tensors = {name: ready(tensor).to(dtype) for name, tensor in state.items()}
        _write_json(folder / part / "config.json", config)
        file = "diffusion_pytorch_model" if part in {"unet", "vae"} else "model"
        write_safetensors(
            folder / part / f"{file}.safetensors",
            tensors,
            FORMAT,
            lambda share, number=number: progress((number + share) / len(parts)),  # type: ignore[misc]
        )
    for spec in model.family.text_encoders:
        _write_tokenizer(folder / _tokenizer_folder(spec), model.source, spec)
    scheduler = scheduler_config(model)
    _write_json(folder / "scheduler" / "scheduler_config.json", scheduler)
    _write_json(folder / "model_index.json", model_index(model, str(scheduler["_class_name"])))


def model_index(model: WholeModel, scheduler: str) -> dict[str, Any]:
    """Return the index: which class each part is of."""
    is_xl = model.family.name == "sdxl"
    index: dict[str, Any] = {
        "_class_name": "StableDiffusionXLPipeline" if is_xl else "StableDiffusionPipeline",
        "feature_extractor": [None, None],
        "image_encoder": [None, None],
        "scheduler": ["diffusers", scheduler],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
    for spec in model.family.text_encoders:
        index[spec.folder] = ["transformers", _text_class(spec)]
        index[_tokenizer_folder(spec)] = ["transformers", "CLIPTokenizer"]
    extra = (
        {"force_zeros_for_empty_prompt": True}
        if is_xl
        else {"safety_checker": [None, None], "requires_safety_checker": False}
    )
    return index | extra


def scheduler_config(model: WholeModel) -> dict[str, Any]:
    """Return the scheduler: the source folder's, or the family's; with what this model predicts."""
    # a model that predicts noise cannot begin at pure noise, however it was trained
    if model.zero_snr and model.prediction_type == "v_prediction":
        found: dict[str, Any] = _SCHEDULE | _TO_PURE_NOISE
    else:
        own = _folder_config(model.source, "scheduler", "scheduler_config.json")
        found = own or _SCHEDULE | dict(_SCHEDULERS[model.family.name])
    return found | {"prediction_type": model.prediction_type}


def _part(model: WholeModel, part: str) -> tuple[State, dict[str, Any]]:
    """Return a part's tensors as its file names them, and its configuration."""
    if part == "unet":
        return unet_state(model), _unet_config(model)
    if part == "vae":
        return vae_state(model), _vae_config(model)
    number = next(i for i, spec in enumerate(model.family.text_encoders) if spec.folder == part)
    state = {
        name if name.startswith("text_projection") else TEXT_PREFIX + name: tensor
        for name, tensor in text_state(model, number).items()
    }
    return state, _text_config(model, number)


def _unet_config(model: WholeModel) -> dict[str, Any]:
    """Return the UNet's configuration; a file tells by its resolution how large its latents were."""
    source = model.source
    if model.unet is not None:
        config = _module_config(model.unet)
    else:
        config = _folder_config(source, "unet") or _file_unet(model)
    if source is not None and source.layout == "single":
        levels = len(_vae_config(model)["block_out_channels"])
        config["sample_size"] = source.resolution // 2 ** (levels - 1)
    return {"_class_name": "UNet2DConditionModel"} | config


def _file_unet(model: WholeModel) -> dict[str, Any]:
    shapes = model.source.shapes if model.source else {}
    projected = next((spec for spec in model.family.text_encoders if spec.projected), None)
    pooled = None
    if projected:
        pooled = int(configs.text_config(configs.part_shapes(shapes, projected.prefix), projected)["projection_dim"])
    return configs.unet_config(configs.part_shapes(shapes, UNET_PREFIX), model.family, pooled)


def _vae_config(model: WholeModel) -> dict[str, Any]:
    config = _module_config(model.vae) if model.vae is not None else _folder_config(model.source, "vae")
    if not config and model.source is not None:
        config = configs.vae_config(configs.part_shapes(model.source.shapes, VAE_PREFIX), model.family)
    return {"_class_name": "AutoencoderKL"} | config


def _text_config(model: WholeModel, number: int) -> dict[str, Any]:
    spec, module = model.family.text_encoders[number], model.encoder(number)
    config = _module_config(module) if module is not None else _folder_config(model.source, spec.folder)
    if not config and model.source is not None:
        config = configs.text_config(configs.part_shapes(model.source.shapes, spec.prefix), spec)
    # the type that a configuration names would be that of the model it was loaded from
    config = {key: value for key, value in config.items() if key not in {"dtype", "torch_dtype"}}
    return config | {"architectures": [_text_class(spec)], "model_type": "clip_text_model"}


def _module_config(module: nn.Module) -> dict[str, Any]:
    """Return the configuration of a diffusers or transformers model as it is written into files."""
    holder: Any = module if hasattr(module, "to_json_string") else module.config
    config: dict[str, Any] = json.loads(holder.to_json_string())
    return config


def _folder_config(source: ModelInfo | None, part: str, name: str = "config.json") -> dict[str, Any]:
    if source is None or source.layout != "diffusers":
        return {}
    return read_json(source.path / part / name)


def _write_tokenizer(folder: Path, source: ModelInfo | None, spec: TextEncoderSpec) -> None:
    """Copy the source's tokenizer, or the project's with the token that fills captions up here."""
    own = source.path / _tokenizer_folder(spec) if source is not None else None
    if own is not None and own.is_dir():
        shutil.copytree(own, folder)
        return
    shutil.copytree(TOKENIZER, folder)
    for file in (folder / "tokenizer_config.json", folder / "special_tokens_map.json"):
        _write_json(file, read_json(file) | {"pad_token": spec.filler})


def _tokenizer_folder(spec: TextEncoderSpec) -> str:
    return spec.folder.replace("text_encoder", "tokenizer")


def _text_class(spec: TextEncoderSpec) -> str:
    return "CLIPTextModelWithProjection" if spec.projected else "CLIPTextModel"


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    write_text(path, json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
