"""One training from frozen settings to a saved file: load, prepare, train, save, clean up."""

import os
import secrets
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from torch import nn

from mikazuki import __version__
from mikazuki.data.plan import Plan, make_plan
from mikazuki.data.prompts import Prompt, read_prompts
from mikazuki.errors import MikazukiError
from mikazuki.events import EVENTS_FILE, STOP_FILE, EventWriter
from mikazuki.files import sweep
from mikazuki.models import load
from mikazuki.models.families import FAMILIES, Family
from mikazuki.models.identify import ModelInfo, check_family, identify
from mikazuki.models.steps import bucket_step
from mikazuki.models.text import sdxl_time_ids
from mikazuki.settings.train import TrainSettings
from mikazuki.training.batches import BatchMaker
from mikazuki.training.checkpoints import Checkpoints
from mikazuki.training.conditions import Conditioner, FrozenText, LiveText
from mikazuki.training.latents import PictureEncoder
from mikazuki.training.loop import Denoising, Loop
from mikazuki.training.machine import Machine
from mikazuki.training.metadata import RunFacts, build_metadata
from mikazuki.training.methods.lora import LoraMethod
from mikazuki.training.optimizers import build_optimizer
from mikazuki.training.report import Report, open_trackers
from mikazuki.training.sampling import Artist
from mikazuki.training.state import Place, State, find_state, load_state


@dataclass(frozen=True)
class Task:
    """What is to be done, known before anything heavy is loaded."""

    settings: TrainSettings
    job: Path
    info: ModelInfo
    family: Family
    plan: Plan
    prompts: list[Prompt]
    state: State | None
    seed: int
    began: float


@dataclass(frozen=True)
class Parts:
    """The loaded model with what is trained in it."""

    unet: nn.Module
    vae: nn.Module
    vae_scale: float
    encoder: PictureEncoder
    condition: Conditioner
    method: LoraMethod


def read_task(settings: TrainSettings, job: Path) -> Task:
    """Check everything that headers, pictures and text files tell; raises MikazukiError."""
    began = time.time()
    info = identify(settings.pretrained_model_name_or_path, settings.v_parameterization)
    check_family(info, settings.model_type)
    plan = make_plan(settings, family_step=bucket_step(info), verify=False)
    prompts = read_prompts(Path(settings.sample_prompts), settings.resolution) if settings.sample_prompts else []
    folder = find_state(settings)
    state = load_state(folder, settings) if folder else None
    seed = settings.seed if settings.seed is not None else (state.seed if state else secrets.randbelow(2**32))
    return Task(settings, job, info, FAMILIES[info.family], plan, prompts, state, seed, began)


def train(settings: TrainSettings, job: Path) -> bool:
    """Train as the settings say, with events, log and stop file in ``job``; return False when stopped by a person."""
    machine = Machine(settings.mixed_precision)
    events = EventWriter(job / EVENTS_FILE if machine.is_main else None)
    if machine.is_main:
        sweep(Path(settings.output_dir))
    task = read_task(settings, job)
    events.emit(
        "started",
        pid=os.getpid(),
        engine="builtin",
        output_name=settings.output_name,
        seed=task.seed,
        versions=versions(),
    )
    report = Report(events, open_trackers(settings) if machine.is_main else [], machine.device)
    try:
        loop, checkpoints = prepare(task, machine, report)
        finished = loop.run()
        finish(task, checkpoints, loop.place, report, finished=finished)
    finally:
        report.close()
    return finished


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    names = ("torch", "diffusers", "transformers", "accelerate", "safetensors", "numpy", "pillow")
    return {"mikazuki": __version__, **{name: version(name) for name in names}}


def prepare(task: Task, machine: Machine, report: Report) -> tuple[Loop, Checkpoints]:
    """Load the model, encode what is encoded once, and put the loop together."""
    settings = task.settings
    torch.manual_seed(task.seed)
    parts = load_parts(task, machine, report)
    groups = parts.method.groups()
    optimizer = machine.prepare(build_optimizer(settings.optimizer_type, settings.optimizer_args, groups))
    place = Place()
    if task.state:
        place = task.state.place
        parts.method.load_weights(task.state.weights)
        load_optimizer(optimizer, task.state.optimizer)
        machine.load_scaler_state(task.state.scaler)
    artist = make_artist(task, machine, parts) if task.prompts else None
    facts = RunFacts(task.info, task.plan, task.seed, task.began, machine.precision)
    checkpoints = Checkpoints(
        settings=settings,
        plan=task.plan,
        method=parts.method,
        machine=machine,
        report=report,
        optimizer=optimizer,
        seed=task.seed,
        stop_file=task.job / STOP_FILE,
        metadata=lambda at: build_metadata(settings, facts, step=at.current_step, epoch=at.current_epoch),
        prompts=task.prompts,
        artist=artist,
        samples=list(task.state.samples) if task.state else [],
    )
    denoising = Denoising(
        parts.unet,
        parts.condition,
        machine,
        v_prediction=task.info.prediction_type == "v_prediction",
        gamma=settings.min_snr_gamma,
    )
    maker = BatchMaker(task.plan, settings, task.seed, parts.encoder, parts.vae_scale, task.family.name == "sdxl")
    loop = Loop(settings, task.plan, maker, denoising, optimizer, machine, report, checkpoints, place, task.seed)
    modules, parameters = parts.method.counts()
    report.stage(
        "train",
        "training",
        total=task.plan.max_train_steps,
        epochs=task.plan.max_train_epochs,
        first=place.current_step,
        parameters=parameters,
        modules=modules,
        device=str(machine.device),
        precision=machine.precision,
    )
    if settings.sample_at_first and place.current_step == 0:
        checkpoints.draw(place, "000000")
    return loop, checkpoints


def load_optimizer(optimizer: Any, state: dict[str, Any]) -> None:
    """Set an optimizer's state, but let the learning rates be what the settings say now."""
    rates = [group["base_lr"] for group in optimizer.param_groups]
    optimizer.load_state_dict(state)
    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["base_lr"] = rate


def load_parts(task: Task, machine: Machine, report: Report) -> Parts:
    """Load part by part, each one's work done before the next is in memory."""
    settings, info = task.settings, task.info
    report.stage("load_model", f"loading {info.path}")
    vae = load.load_vae(info, dtype=torch.float32, vae_path=settings.vae)
    encoder = PictureEncoder(vae, machine.device, keep=settings.cache_latents)
    if settings.cache_latents:
        report.stage("cache_latents", f"encoding {len(task.plan.entries)} pictures")
        for _ in encoder.fill(task.plan.entries, flips=settings.flip_aug, batch=settings.train_batch_size):
            pass
        vae.to("cpu")
    report.stage("prepare", "loading text encoders and UNet")
    condition, encoders = load_text(task, machine)
    unet = load.load_unet(info, dtype=machine.dtype).to(machine.device)
    choose_attention(unet, settings)
    if settings.gradient_checkpointing:
        unet.enable_gradient_checkpointing()
        unet.train()
    torch.manual_seed(task.seed)
    method = LoraMethod(unet, encoders, task.family, settings)
    return Parts(unet, vae, float(vae.config.scaling_factor), encoder, condition, method)


def load_text(task: Task, machine: Machine) -> tuple[Conditioner, list[nn.Module]]:
    """Load the text encoders and return what encodes with them.

    Encoders that are not trained encode every text of the run here, once, and are freed before the UNet comes; only
    captions that are shuffled, which nobody knows beforehand, keep them.
    """
    settings = task.settings
    encoders = [part.to(machine.device) for part in load.load_text_encoders(task.info, dtype=machine.dtype)]
    tokenizers = load.load_tokenizers(task.info, settings.tokenizer_cache_dir)
    live = LiveText(encoders, tokenizers, settings.clip_skip, settings.max_token_length, machine.device)
    if settings.rate_of_text_encoder or settings.shuffle_caption:
        return live, encoders
    captions = [entry.caption for entry in task.plan.entries]
    prompts = [text for prompt in task.prompts for text in (prompt.text, prompt.negative)]
    with machine.autocast():
        return FrozenText(live, [*captions, *prompts, ""]), []


def choose_attention(unet: Any, settings: TrainSettings) -> None:
    """Set the attention kernel; diffusers' own default is torch's. Raises MikazukiError ``xformers-missing``."""
    if settings.xformers:
        try:
            unet.enable_xformers_memory_efficient_attention()
        except (ImportError, ValueError) as error:
            raise MikazukiError(
                "xformers-missing",
                f"xformers is set, but it cannot be used here: {error}.",
                "Leave xformers off: torch's own attention (sdpa) is as fast.",
            ) from error
    elif not settings.sdpa:
        from diffusers.models.attention_processor import AttnProcessor

        unet.set_attn_processor(AttnProcessor())


def make_artist(task: Task, machine: Machine, parts: Parts) -> Artist:
    """Return what draws the sample pictures."""

    def sizes(height: int, width: int) -> torch.Tensor | None:
        if task.family.name != "sdxl":
            return None
        size = torch.tensor([[height, width]])
        return sdxl_time_ids(size, torch.zeros_like(size), size).to(machine.device)

    config: Any = parts.vae.config
    return Artist(
        unet=parts.unet,
        vae=parts.vae,
        condition=parts.condition,
        size_condition=sizes,
        precision=machine.autocast,
        prediction_type=task.info.prediction_type,
        vae_scale=parts.vae_scale,
        latent_factor=2 ** (len(config.block_out_channels) - 1),
        latent_channels=config.latent_channels,
        sampler=task.settings.sample_sampler,
        device=machine.device,
    )


def finish(task: Task, checkpoints: Checkpoints, place: Place, report: Report, *, finished: bool) -> None:
    """Write the last files: the state when stopped, else the final adapter, its state if wanted, and the grid."""
    if not finished:
        report.stage("save", "saving the state")
        folder = checkpoints.save_state(place, f"-step{place.current_step:08d}")
        report.events.emit("stopped", step=place.current_step, state=folder)
        return
    report.stage("save", "saving")
    path = checkpoints.save_model(place, "")
    if task.settings.save_state:
        checkpoints.save_state(place, "")
    grid = checkpoints.draw_grid(place)
    report.events.emit(
        "done",
        path=path,
        bytes=path.stat().st_size,
        grid=grid,
        steps=place.current_step,
        seconds=time.time() - task.began,
    )
