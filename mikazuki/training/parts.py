"""Loads what a training computes with, part by part: each one's work is done before the next is in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import torch
from torch import nn

from mikazuki.data.plan import Plan
from mikazuki.data.prompts import Prompt
from mikazuki.errors import MikazukiError
from mikazuki.models import load
from mikazuki.models.families import Family
from mikazuki.models.identify import ModelInfo
from mikazuki.models.weights import mapping
from mikazuki.settings.methods import WHOLE, draws_sheet
from mikazuki.settings.train import TrainSettings
from mikazuki.training.conditions import Conditioner, FrozenText, LiveText, captions_change, possible_texts
from mikazuki.training.eight_bit import keep_in_8_bits
from mikazuki.training.frugal import compile_unet, set_up_unet
from mikazuki.training.latent_files import LatentFiles
from mikazuki.training.latents import PictureEncoder
from mikazuki.training.machine import Machine
from mikazuki.training.methods import Loaded, Method
from mikazuki.training.methods.full import keeps_base
from mikazuki.training.methods.table import METHODS
from mikazuki.training.networks import merge_base_weights
from mikazuki.training.report import Report
from mikazuki.training.sources import text_identity, vae_identity
from mikazuki.training.text_files import TextFiles

_BASE_KEPT: Final = (
    "A dataset asks for diff_output_preservation: a copy of what the base model was is kept beside what is trained, "
    "which takes as much memory again as the trained weights themselves."
)


@dataclass(frozen=True)
class Basis:
    """What the parts are loaded from and for."""

    settings: TrainSettings
    info: ModelInfo
    family: Family
    plan: Plan
    prompts: list[Prompt]
    seed: int


@dataclass(frozen=True)
class Parts:
    """The loaded model with what is trained in it; ``vae`` loads the VAE at its first call."""

    unet: nn.Module
    vae: Callable[[], Any]
    encoder: PictureEncoder
    condition: Conditioner
    method: Method


def load_parts(basis: Basis, machine: Machine, report: Report) -> Parts:
    """Load VAE, text encoders and UNet, encode what is encoded once, and attach what is trained."""
    settings, info = basis.settings, basis.info
    _check_format(settings, machine)
    report.stage("load_model", f"loading {info.path}")
    with mapping(on=not settings.disable_mmap_load_safetensors):
        vae = vae_of(basis)
        encoder = make_encoder(basis, vae, machine.device)
        if settings.cache_latents or settings.cache_latents_to_disk:
            fill(encoder, basis, report)
        if not settings.highvram:
            encoder.release()
        report.stage("prepare", "loading text encoders and UNet")
        texts = load_text(basis, machine)
        home = machine.device if settings.lowram else torch.device("cpu")
        trained = settings.method in WHOLE and settings.rate_of_unet
        unet = load.load_unet(info, dtype=machine.trained_dtype if trained else machine.dtype, device=home)
    merge_base_weights(unet, [], basis.family, settings)
    set_up_unet(unet, settings, machine.device)
    torch.manual_seed(basis.seed)
    loaded = Loaded(
        unet, texts.encoders, texts.tokenizers, info, basis.family, settings, basis.plan, machine.trained_dtype
    )
    method = METHODS[settings.method](loaded)
    compile_unet(unet, settings)
    if settings.method in WHOLE and keeps_base(loaded):
        report.warn("base-kept", _BASE_KEPT)
    condition = method.conditioned(texts.condition)
    return Parts(unet, vae, encoder, condition, method)


def _check_format(settings: TrainSettings, machine: Machine) -> None:
    """Refuse what no processor computes: fp16 with weights that are kept in fp32. Raises MikazukiError ``fp16-cpu``."""
    mixed = machine.precision == "fp16" and machine.trained_dtype != torch.float16
    if settings.method in WHOLE and mixed and machine.device.type == "cpu":
        raise MikazukiError(
            "fp16-cpu",
            "mixed_precision fp16 cannot train a whole model without a GPU.",
            "Use mixed_precision bf16 or no.",
        )


def vae_of(basis: Basis) -> Callable[[], Any]:
    """Return what loads the VAE, once: a run whose latents lie on the disk may never need it."""

    @cache
    def vae() -> Any:
        return load.load_vae(basis.info, dtype=torch.float32, vae_path=basis.settings.vae)

    return vae


def make_encoder(basis: Basis, vae: Callable[[], Any], device: torch.device) -> PictureEncoder:
    """Return what encodes the plan's pictures, with its files where latents are kept on the disk."""
    settings = basis.settings
    subsets = [subset.options for subset in basis.plan.subsets]
    files = None
    if settings.cache_latents_to_disk:
        identity = vae_identity(basis.info, settings.vae)
        files = LatentFiles(identity, basis.family.name, subsets, skip_check=settings.skip_cache_check)
    keep = settings.cache_latents or settings.cache_latents_to_disk
    return PictureEncoder(vae, device, subsets, keep=keep, files=files)


def fill(encoder: PictureEncoder, basis: Basis, report: Report) -> None:
    """Encode every picture once, telling how far it is."""
    plan, batch = basis.plan, basis.settings.vae_batch_size
    total = encoder.fillable(plan.entries) + encoder.fillable(plan.validation, plain=True)
    report.stage("cache_latents", f"encoding {total} pictures", total=total)
    before = 0
    for entries, plain in ((plan.entries, False), (plan.validation, True)):
        done = 0
        for done in encoder.fill(entries, batch=batch, plain=plain):
            report.preparing("cache_latents", before + done, total)
        before += done


@dataclass(frozen=True)
class Texts:
    """What encodes texts, and the encoders and tokenizers that a method may change; none where all is encoded."""

    condition: Conditioner
    encoders: Sequence[Any] = ()
    tokenizers: Sequence[Any] = ()


def load_text(basis: Basis, machine: Machine) -> Texts:
    """Load the text encoders and return what encodes with them, and those that a method may train.

    Encoders that are not trained encode every text of the run here, once, and are freed before the UNet comes; only
    captions that change from step to step, which nobody knows beforehand, keep them.
    """
    settings, info = basis.settings, basis.info
    frozen = not (settings.keeps_encoders or settings.no_token_padding or captions_change(basis.plan))
    files = known = None
    if frozen and settings.cache_text_encoder_outputs_to_disk:
        identity = text_identity(info, settings, str(machine.dtype))
        files = TextFiles(identity, basis.family.name, machine.device, skip_check=settings.skip_cache_check)
        known = files.read(basis.plan)
    texts = possible_texts(basis.plan) | {text for prompt in basis.prompts for text in (prompt.text, prompt.negative)}
    if draws_sheet(settings):
        texts.add("")
    if frozen and known is not None and texts <= known.keys():
        return Texts(FrozenText(_never, [], known=known))
    live = live_text(basis, machine, frozen=frozen)
    if not frozen:
        return Texts(live, live.encoders if settings.keeps_encoders else (), live.tokenizers)
    with machine.autocast():
        table = FrozenText(live, sorted(texts), known=known)
    if files is not None and machine.is_main:
        files.write(basis.plan, table.known, [_width(encoder) for encoder in live.encoders])
    return Texts(table)


def live_text(basis: Basis, machine: Machine, *, frozen: bool) -> LiveText:
    """Load text encoders and tokenizers; encoders that are trained whole are loaded in the type of what is trained."""
    settings, info = basis.settings, basis.info
    whole = settings.method in WHOLE and settings.rate_of_text_encoder
    dtype = machine.trained_dtype if whole else machine.dtype
    encoders = [part.to(machine.device) for part in load.load_text_encoders(info, dtype=dtype)]
    merge_base_weights(None, encoders, basis.family, settings)
    if settings.fp8_base and not frozen:
        for encoder in encoders:
            keep_in_8_bits(encoder)
    return LiveText(
        encoders,
        load.load_tokenizers(info, settings.tokenizer_cache_dir),
        settings.clip_skip,
        settings.max_token_length,
        machine.device,
        weighted=settings.weighted_captions,
        padded=not settings.no_token_padding,
        strict=settings.strict_tokens,
    )


def _width(encoder: Any) -> int:
    return int(encoder.config.hidden_size)


def _never(texts: list[str]) -> Any:
    raise AssertionError(f"a text that was to be known is not: {texts}")
