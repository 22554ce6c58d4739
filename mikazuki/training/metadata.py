"""The metadata of a trained LoRA file: upstream's ``ss_`` and ``modelspec.`` keys, every value text."""

import functools
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import torch

from mikazuki import __version__
from mikazuki.data.metadata import dataset_metadata
from mikazuki.data.plan import Plan
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import ModelInfo
from mikazuki.models.metadata import model_hashes
from mikazuki.settings.train import TrainSettings

SPEC_VERSION: Final = "1.0.1"
IMPLEMENTATIONS: Final[Mapping[FamilyName, str]] = {
    "sd1": "diffusers",
    "sd2": "diffusers",
    "sdxl": "https://github.com/Stability-AI/generative-models",
}
"""Whose names the file's keys follow, in the words of the specification."""
DEFAULT_TOKENS: Final = 75

SETTINGS_KEYS: Final = (
    "learning_rate", "text_encoder_lr", "unet_lr", "gradient_checkpointing", "gradient_accumulation_steps",
    "lr_warmup_steps", "lr_scheduler", "network_module", "network_dim", "network_alpha", "network_dropout", "clip_skip",
    "cache_latents", "lowram", "training_comment", "max_grad_norm", "caption_dropout_rate", "prior_loss_weight",
    "output_name", "shuffle_caption", "keep_tokens", "flip_aug", "enable_bucket", "bucket_no_upscale",
    "min_bucket_reso", "max_bucket_reso", "resolution",
)  # fmt: skip
"""Options whose value stands under ``ss_`` and its name as it is."""

NOT_TAKEN: Final[Mapping[str, object]] = {
    "full_fp16": False,
    "noise_offset_random_strength": False,
    "adaptive_noise_scale": None,
    "multires_noise_iterations": None,
    "multires_noise_discount": 0.3,
    "ip_noise_gamma": None,
    "ip_noise_gamma_random_strength": False,
    "zero_terminal_snr": False,
    "debiased_estimation": False,
    "scale_weight_norms": None,
    "loss_type": "l2",
    "huber_schedule": "snr",
    "huber_scale": 1.0,
    "huber_c": 0.1,
    "fp8_base": False,
    "fp8_base_unet": False,
    "color_aug": False,
    "random_crop": False,
    "face_crop_aug_range": None,
    "resize_interpolation": None,
    "caption_dropout_every_n_epochs": 0,
    "caption_tag_dropout_rate": 0.0,
    "num_validation_images": 0,
    "validation_seed": None,
    "validation_split": 0.0,
    "validate_every_n_steps": None,
    "validate_every_n_epochs": None,
    "max_validation_steps": None,
}
"""Options of upstream that this trainer does not take, with the value that means so."""


@dataclass(frozen=True)
class RunFacts:
    """What a run knows beside its settings: model, dataset, seed, when it began (unix seconds), number format."""

    info: ModelInfo
    plan: Plan
    seed: int
    began: float
    precision: str = "no"
    session_id: int = field(default_factory=lambda: secrets.randbelow(2**32))


def build_metadata(
    settings: TrainSettings, facts: RunFacts, *, step: int, epoch: int, now: float | None = None
) -> dict[str, str]:
    """Return the metadata of the file saved after ``step`` in ``epoch``; the hashes of its weights come at saving.

    The first call reads the whole base model once for its hash.
    """
    values: dict[str, object] = {key: getattr(settings, key) for key in SETTINGS_KEYS}
    values |= NOT_TAKEN
    values |= _from_settings(settings, facts)
    values |= _from_run(facts, step, epoch, time.time() if now is None else now)
    values |= _base_names(settings, facts.info)
    metadata = {f"ss_{key}": str(value) for key, value in values.items()}
    metadata |= dataset_metadata(facts.plan, enable_bucket=settings.enable_bucket)
    return metadata | _modelspec(settings, facts.info, time.time() if now is None else now)


def _from_settings(settings: TrainSettings, facts: RunFacts) -> dict[str, object]:
    """Return the options that upstream writes in another form than we keep them."""
    length = settings.max_token_length
    values: dict[str, object] = {
        "max_token_length": None if length == DEFAULT_TOKENS else length,
        "noise_offset": settings.noise_offset or None,
        "min_snr_gamma": settings.min_snr_gamma or None,
        "seed": facts.seed,
        "batch_size_per_device": settings.train_batch_size,
        "total_batch_size": settings.train_batch_size * settings.num_processes,
        "mixed_precision": facts.precision,
        "optimizer": optimizer_text(settings.optimizer_type, settings.optimizer_args),
        "v2": facts.info.family == "sd2",
        "base_model_version": _base_version(facts.info),
    }
    if settings.network_args:
        pairs = (pair.partition("=") for pair in settings.network_args)
        values["network_args"] = json.dumps({key.strip(): value.strip() for key, _, value in pairs})
    return values


def _from_run(facts: RunFacts, step: int, epoch: int, now: float) -> dict[str, object]:
    return {
        "session_id": facts.session_id,
        "training_started_at": facts.began,
        "training_finished_at": now,
        "epoch": epoch,
        "steps": step,
        "sd_scripts_commit_hash": f"mikazuki/{__version__}",
    }


def optimizer_text(name: str, args: tuple[str, ...]) -> str:
    """Return an optimizer as upstream names it: its class with module, and its arguments in brackets."""
    kind = getattr(torch.optim, name, None)
    if kind is None:
        own = {found.lower(): found for found in dir(torch.optim)}
        kind = getattr(torch.optim, own.get(name.lower(), ""), None)
    whole = f"{kind.__module__}.{kind.__name__}" if isinstance(kind, type) else name
    return f"{whole}({','.join(args)})" if args else whole


def _base_version(info: ModelInfo) -> str:
    if info.family == "sdxl":
        return "sdxl_base_v1-0"
    if info.family == "sd2":
        return "sd_v2_v" if info.prediction_type == "v_prediction" else "sd_v2"
    return "sd_v1"


def _base_names(settings: TrainSettings, info: ModelInfo) -> dict[str, object]:
    """Return names and hashes of the base model and of another VAE; folders have no hash."""
    names: dict[str, object] = {"sd_model_name": info.path.name}
    if info.path.is_file():
        names["sd_model_hash"], names["new_sd_model_hash"] = _hashes(info.path)
    if settings.vae:
        vae = Path(settings.vae)
        names["vae_name"] = vae.name
        if vae.is_file():
            names["vae_hash"], names["new_vae_hash"] = _hashes(vae)
    return names


@functools.cache
def _hashes(path: Path) -> tuple[str, str]:
    return model_hashes(path)


def _modelspec(settings: TrainSettings, info: ModelInfo, now: float) -> dict[str, str]:
    predicts_v = info.prediction_type == "v_prediction"
    architecture = {
        "sd1": "stable-diffusion-v1",
        "sd2": "stable-diffusion-v2-768-v" if predicts_v else "stable-diffusion-v2-512",
        "sdxl": "stable-diffusion-xl-v1-base",
    }[info.family]
    spec = {
        "sai_model_spec": SPEC_VERSION,
        "architecture": f"{architecture}/lora",
        "implementation": IMPLEMENTATIONS[info.family],
        "implementation_version": f"mikazuki/{__version__}",
        "title": settings.output_name,
        "resolution": f"{settings.resolution[0]}x{settings.resolution[1]}",
        "date": datetime.fromtimestamp(int(now)).isoformat(),  # noqa: DTZ006
        "prediction_type": "v" if predicts_v else "epsilon",
    }
    if settings.clip_skip is not None:
        spec["encoder_layer"] = str(settings.clip_skip)
    return {f"modelspec.{key}": value for key, value in spec.items()}
