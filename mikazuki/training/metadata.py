"""The metadata of a trained file: upstream's ``ss_`` and ``modelspec.`` keys, every value text."""

import json
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mikazuki import __version__
from mikazuki.data.metadata import dataset_metadata
from mikazuki.data.plan import Plan
from mikazuki.models.identify import ModelInfo
from mikazuki.settings.methods import HYPERNETWORK, NETWORKS
from mikazuki.settings.optimizers import adafactor_arguments, find_target, is_adafactor, parse_arguments
from mikazuki.settings.train import TrainSettings
from mikazuki.training.file_hashes import FileHashes
from mikazuki.training.modelspec import model_spec
from mikazuki.training.optimizers import optimizer_class

DEFAULT_TOKENS: Final = 75
HASH_DIGITS: Final = 10
"""Digits of SHA-256 by which the classic web UI knows a base model."""

SETTINGS_KEYS: Final = (
    "output_name", "learning_rate", "unet_lr", "gradient_checkpointing", "gradient_accumulation_steps",
    "lr_warmup_steps", "lr_scheduler", "max_grad_norm",
    "network_module", "network_dim", "network_alpha", "network_dropout", "scale_weight_norms",
    "full_fp16", "fp8_base", "fp8_base_unet", "lowram", "cache_latents", "clip_skip", "training_comment",
    "noise_offset_random_strength", "adaptive_noise_scale", "multires_noise_iterations", "multires_noise_discount",
    "ip_noise_gamma", "ip_noise_gamma_random_strength", "zero_terminal_snr", "loss_type", "huber_schedule",
    "huber_scale", "huber_c",
)  # fmt: skip
"""Options whose value stands under ``ss_`` and their name as it is; those of the data are `data.metadata`'s."""

NEEDED: Final = frozenset(
    {
        "ss_v2",
        "ss_base_model_version",
        "ss_network_module",
        "ss_network_dim",
        "ss_network_alpha",
        "ss_network_args",
    }
)
"""What no_metadata leaves: without it the file could not be used."""


@dataclass(frozen=True)
class RunFacts:
    """What a run knows beside its settings.

    ``began`` is in unix seconds, ``precision`` the number format chosen, ``thumbnail`` a data URL
    (`modelspec.read_thumbnail`), ``hashes`` those of the base model and VAE, best begun early.
    """

    info: ModelInfo
    plan: Plan
    seed: int
    began: float
    precision: str = "no"
    thumbnail: str | None = None
    hashes: FileHashes = field(default_factory=FileHashes)
    session_id: int = field(default_factory=lambda: secrets.randbelow(2**32))


def begin_hashes(settings: TrainSettings, facts: RunFacts) -> None:
    """Begin to compute, in threads, the hashes that the first saved file needs."""
    if settings.no_metadata or settings.method not in (*NETWORKS, HYPERNETWORK):
        return
    facts.hashes.begin(facts.info.path)
    if settings.vae and settings.method in NETWORKS:
        facts.hashes.begin(Path(settings.vae))


def file_metadata(settings: TrainSettings, facts: RunFacts, *, step: int, epoch: int) -> dict[str, str]:
    """Return the metadata of the file saved after ``step`` in ``epoch``; only LoRAs tell of their training.

    Upstream's whole models and embeddings carry ModelSpec's keys alone, and so do these; what hypernetworks tell
    beside is the classic web UI's.
    """
    if settings.method in NETWORKS:
        return build_metadata(settings, facts, step=step, epoch=epoch)
    spec = model_spec(settings, facts.info, time.time(), facts.thumbnail)
    return spec | _of_hypernetwork(settings, facts, step) if settings.method == HYPERNETWORK else spec


def _of_hypernetwork(settings: TrainSettings, facts: RunFacts, step: int) -> dict[str, str]:
    """Return what the classic web UI's hypernetworks tell; a base model's hash there is ten digits, a folder's none."""
    told = {"step": str(step), "name": settings.output_name, "sd_checkpoint_name": facts.info.path.stem}
    base = facts.hashes.of(facts.info.path)
    return told | ({"sd_checkpoint": base[1][:HASH_DIGITS]} if base else {})


def build_metadata(
    settings: TrainSettings, facts: RunFacts, *, step: int, epoch: int, now: float | None = None
) -> dict[str, str]:
    """Return the metadata of a LoRA saved after ``step`` in ``epoch``; the hashes of its weights come at saving.

    With no_metadata only what is `NEEDED` stays, and what the person says about the file.
    """
    now = time.time() if now is None else now
    values: dict[str, object] = {key: getattr(settings, key) for key in SETTINGS_KEYS}
    values |= _in_other_forms(settings, facts)
    values |= _network_and_optimizer(settings)
    values |= _from_run(facts, step, epoch, now)
    metadata = {f"ss_{key}": str(value) for key, value in values.items()}
    if settings.no_metadata:
        metadata = {key: value for key, value in metadata.items() if key in NEEDED}
    else:
        metadata |= {f"ss_{key}": value for key, value in _base_names(settings, facts).items()}
        metadata |= dataset_metadata(facts.plan, settings)
    return metadata | model_spec(settings, facts.info, now, facts.thumbnail)


def _in_other_forms(settings: TrainSettings, facts: RunFacts) -> dict[str, object]:
    """Return the options that upstream writes in another form than we keep them."""
    length, rates = settings.max_token_length, settings.text_encoder_lr
    values: dict[str, object] = {
        "text_encoder_lr": rates[0] if rates and len(set(rates)) == 1 else list(rates) if rates else None,
        "max_token_length": None if length == DEFAULT_TOKENS else length,
        "noise_offset": settings.noise_offset or None,
        "min_snr_gamma": settings.min_snr_gamma or None,
        "debiased_estimation": settings.debiased_estimation_loss,
        "seed": facts.seed,
        "mixed_precision": facts.precision,
        "v2": facts.info.family == "sd2",
        "base_model_version": _base_version(facts.info),
    }
    if settings.ema_decay is not None:  # upstream has no such option, and so no name for it
        values["ema_decay"] = settings.ema_decay
    return values


def _network_and_optimizer(settings: TrainSettings) -> dict[str, object]:
    values: dict[str, object] = {"optimizer": optimizer_text(settings.optimizer, settings.optimizer_args)}
    if settings.network_args:
        pairs = (pair.partition("=") for pair in settings.network_args)
        given: dict[str, object] = {key.strip(): value.strip() for key, _, value in pairs}
        if not settings.dim_from_weights:
            given.setdefault("dropout", settings.network_dropout)
        values["network_args"] = json.dumps(given)
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
    """Return an optimizer as upstream names it: its class with module, and its arguments in brackets.

    The arguments are those given, as Python values, and after them what upstream itself adds.
    """
    kind = optimizer_class(name)
    options: dict[str, Any] = parse_arguments(args)
    target = find_target(name)
    if target and "momentum" in target.arguments:
        options.setdefault("momentum", target.arguments["momentum"])
    if is_adafactor(name):
        options = adafactor_arguments(options)
    said = ",".join(f"{key}={value}" for key, value in options.items())
    whole = f"{kind.__module__}.{kind.__name__}"
    return f"{whole}({said})" if said else whole


def _base_version(info: ModelInfo) -> str:
    if info.family == "sdxl":
        return "sdxl_base_v1-0"
    version = "sd_v2" if info.family == "sd2" else "sd_v1"
    return f"{version}_v" if info.prediction_type == "v_prediction" else version


def _base_names(settings: TrainSettings, facts: RunFacts) -> dict[str, str]:
    """Return names and hashes of the base model and of another VAE; folders have no hash."""
    names = {"sd_model_name": facts.info.path.name}
    base = facts.hashes.of(facts.info.path)
    if base:
        names["sd_model_hash"], names["new_sd_model_hash"] = base
    if settings.vae:
        names["vae_name"] = Path(settings.vae).name
        other = facts.hashes.of(Path(settings.vae))
        if other:
            names["vae_hash"], names["new_vae_hash"] = other
    return names
