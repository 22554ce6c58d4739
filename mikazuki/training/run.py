"""One training from frozen settings to a saved file: check, load, train, save, clean up."""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from mikazuki import __version__
from mikazuki.data.class_pictures import class_orders
from mikazuki.data.one_picture import one_picture
from mikazuki.data.plan import Plan, make_plan
from mikazuki.data.sample_prompts import sample_prompts
from mikazuki.data.templates import worded
from mikazuki.errors import MikazukiError
from mikazuki.events import EVENTS_FILE, STOP_FILE, EventWriter
from mikazuki.files import size_of, sweep
from mikazuki.models.families import FAMILIES
from mikazuki.models.identify import ModelInfo, check_family, identify
from mikazuki.models.steps import bucket_step
from mikazuki.settings.places import output_folder
from mikazuki.settings.train import TrainSettings
from mikazuki.training.artist import make_artist
from mikazuki.training.batches import BatchMaker
from mikazuki.training.checkpoints import Checkpoints
from mikazuki.training.class_pictures import draw_class_pictures
from mikazuki.training.debug_dataset import write_debug
from mikazuki.training.denoising import Denoising
from mikazuki.training.hub import Hub
from mikazuki.training.latents import cache_notices
from mikazuki.training.learner import make_learner
from mikazuki.training.loop import Loop
from mikazuki.training.machine import Machine
from mikazuki.training.merged import Merger
from mikazuki.training.metadata import RunFacts, begin_hashes, file_metadata
from mikazuki.training.methods import DrawsSheet
from mikazuki.training.modelspec import read_thumbnail
from mikazuki.training.optimizers import averaged_weights
from mikazuki.training.orders import Orders
from mikazuki.training.parts import Basis, Parts, load_parts, make_encoder, vae_of
from mikazuki.training.parts_of_batches import PartsOfBatches
from mikazuki.training.report import Report
from mikazuki.training.sources import vae_scale
from mikazuki.training.split import LossSplit
from mikazuki.training.state import Place, State, find_state, load_state
from mikazuki.training.trackers import open_trackers
from mikazuki.training.validation import Validator

DEBUG_FOLDER = "dataset"
"""Where in the job's folder debug_dataset writes."""


@dataclass(frozen=True)
class Task(Basis):
    """What is to be done, known before anything heavy is loaded; ``place`` is where the run begins."""

    job: Path
    state: State | None
    place: Place
    thumbnail: str | None
    began: float


def read_task(settings: TrainSettings, job: Path) -> Task:
    """Check everything that headers, pictures and text files tell; raises MikazukiError."""
    began = time.time()
    info = identify(settings.pretrained_model_name_or_path, settings.v_parameterization)
    check_family(info, settings.wanted_family)
    settings = settings.on_family(info.family)
    plan = plan_of(settings, info)
    folder = find_state(settings)
    state = load_state(folder, settings) if folder else None
    place = state.place if state else first_place(settings, plan)
    seed = settings.seed if settings.seed is not None else (state.seed if state else secrets.randbelow(2**32))
    prompts = sample_prompts(settings, plan, seed)
    thumbnail = read_thumbnail(settings.metadata_thumbnail) if settings.metadata_thumbnail else None
    return Task(settings, info, FAMILIES[info.family], plan, prompts, seed, job, state, place, thumbnail, began)


def plan_of(settings: TrainSettings, info: ModelInfo) -> Plan:
    """Return the plan of the data, from headers and text files alone; raises MikazukiError."""
    return one_picture(worded(make_plan(settings, family_step=bucket_step(info), verify=False), settings), settings)


def train(settings: TrainSettings, job: Path) -> bool:
    """Train as the settings say, with events, log and stop file in ``job``; return False when stopped by a person."""
    machine = Machine(settings)
    events = EventWriter(job / EVENTS_FILE if machine.is_main else None)
    if machine.is_main:
        sweep(output_folder(settings))
    task = read_task(settings, job)
    events.emit(
        "started",
        pid=os.getpid(),
        engine="builtin",
        output_name=settings.output_name,
        seed=task.seed,
        versions=versions(),
    )
    complete = with_class_pictures(task, machine, events)
    if complete is None:
        machine.close()
        return False
    task = complete
    if settings.debug_dataset:
        show_dataset(task, machine, events)
        return True
    with reporting(task, machine, events) as (report, hub):
        loop, checkpoints = prepare(task, machine, report, hub)
        finished = loop.run()
        finish(task, checkpoints, loop.place, report, finished=finished)
    machine.close()
    return finished


def with_class_pictures(task: Task, machine: Machine, events: EventWriter) -> Task | None:
    """Draw the class pictures that are missing and return the task with them; None when stopped by a person.

    The plan counts them before they are there; afterwards it is made once more, from the files.
    """
    orders = class_orders(task.settings, bucket_step(task.info))
    if not orders:
        return task
    report = Report(events, device=machine.device)
    if not draw_class_pictures(task, orders, machine, report, (task.job / STOP_FILE).exists):
        events.emit("stopped", step=task.place.current_step, state=None, path=None)
        return None
    return replace(task, plan=plan_of(task.settings, task.info))


@contextmanager
def reporting(task: Task, machine: Machine, events: EventWriter) -> Iterator[tuple[Report, Hub]]:
    """Give what tells of a training and what uploads its files; both are closed at the end, however it comes."""
    report = Report(events, open_trackers(task.settings) if machine.is_main else [], machine.device)
    hub = Hub(task.settings, report)
    try:
        for notice in cache_notices(task.plan) if task.settings.cache_latents else ():
            report.warn(notice.code, notice.text)
        yield report, hub
    finally:
        hub.close()
        report.close()


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    names = ("torch", "diffusers", "transformers", "accelerate", "safetensors", "numpy", "pillow")
    return {"mikazuki": __version__, **{name: version(name) for name in names}}


def show_dataset(task: Task, machine: Machine, events: EventWriter) -> None:
    """Write the first epoch's pictures as they would be trained on, and nothing else (``debug_dataset``)."""
    folder = task.job / DEBUG_FOLDER
    shown = 0
    if machine.is_main:
        encoder = make_encoder(task, vae_of(task), machine.device)
        shown = write_debug(task.plan, make_maker(task, encoder, machine), folder)
    events.emit("done", path=folder, bytes=None, pictures=shown, grid=None, steps=0, seconds=time.time() - task.began)


def make_maker(task: Task, encoder: Any, machine: Machine) -> BatchMaker:
    """Return what makes the batches of this process."""
    scale = vae_scale(task.info, task.settings.vae)
    return BatchMaker(
        task.plan, task.settings, task.seed, encoder, scale, task.family.name == "sdxl", rank=machine.rank
    )


def prepare(task: Task, machine: Machine, report: Report, hub: Hub | None = None) -> tuple[Loop, Checkpoints]:
    """Load the model, encode what is encoded once, and put the loop together."""
    settings, plan = task.settings, task.plan
    facts = RunFacts(task.info, plan, task.seed, task.began, machine.precision, task.thumbnail)
    torch.manual_seed(task.seed)
    parts = load_parts(task, machine, report)
    if machine.is_main and machine.device.type != "cpu":
        # only now: the file has just been read, and lies in the system's memory. Without a GPU the first steps need
        # all of the processor, and the hash waits for the first file that is saved
        begin_hashes(settings, facts)
    learner = make_learner(settings, machine, parts.method, plan.max_train_steps)
    place = task.place
    if task.state:
        learner.resume(task.state)
        report.load_state_dict(task.state.report)
    draws = bool(task.prompts) or (settings.sample_grid and isinstance(parts.method, DrawsSheet))
    checkpoints = Checkpoints(
        settings=settings,
        plan=plan,
        method=parts.method,
        machine=machine,
        report=report,
        optimizer=learner.optimizer,
        seed=task.seed,
        stop_file=task.job / STOP_FILE,
        metadata=lambda at: file_metadata(settings, facts, step=at.current_step, epoch=at.current_epoch),
        prompts=task.prompts,
        artist=make_artist(task, machine, parts.unet, parts.vae(), parts.condition) if draws else None,
        samples=list(task.state.samples) if task.state else [],
        views=(lambda: averaged_weights(learner.optimizer),),
        ema=learner.ema,
        hub=hub,
        scheduler=learner.schedule.state_dict,
        written=task.state.written if task.state else (),
        orders=Orders(task.job, machine),
        merger=Merger(settings, task.info) if settings.save_merged_model else None,
    )
    denoising = denoising_of(task, machine, parts)
    denoising.split = LossSplit(machine) if plan.num_reg_images else None
    loss = denoising.loss
    maker = make_maker(task, parts.encoder, machine)
    validator = Validator(maker, loss, machine.device, checkpoints.showing) if plan.validation else None
    cut = PartsOfBatches(learner, report, parts.unet, settings.gradient_checkpointing)
    loop = Loop(settings, plan, maker, loss, learner, machine, report, checkpoints, place, validator, denoising.split)
    loop.parts = cut if settings.halve_batch_on_oom else None
    tell_start(task, machine, report, parts, place)
    if settings.sample_at_first and place.current_step == 0:
        checkpoints.draw(place, "e000000")
    return loop, checkpoints


def denoising_of(task: Task, machine: Machine, parts: Parts) -> Denoising:
    """Return what a batch's loss is."""
    v = task.info.prediction_type == "v_prediction"
    base = parts.method.switched_off
    return Denoising(parts.unet, parts.condition, machine, task.settings, v_prediction=v, base=base)


def tell_start(task: Task, machine: Machine, report: Report, parts: Parts, place: Place) -> None:
    """Tell what is trained, on what, and from which step on."""
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


def first_place(settings: TrainSettings, plan: Plan) -> Place:
    """Return where a run without a state begins: initial_step, or the beginning of initial_epoch (from 1).

    Raises MikazukiError ``nothing-left`` where that is behind the last step.
    """
    step = settings.initial_step
    if step is None:
        step = plan.steps_before((settings.initial_epoch or 1) - 1)
    if step >= plan.max_train_steps:
        option = "initial_epoch" if settings.initial_step is None else "initial_step"
        raise MikazukiError(
            "nothing-left",
            f"{option} {getattr(settings, option)} leaves nothing to train: the whole training is "
            f"{plan.max_train_steps} steps, {plan.steps_per_epoch} an epoch.",
            f"Lower {option}, or raise max_train_epochs or max_train_steps, which count what is done already.",
        )
    epoch, rest = plan.place_of(step)
    return Place(step, epoch, rest * settings.gradient_accumulation_steps)


def finish(task: Task, checkpoints: Checkpoints, place: Place, report: Report, *, finished: bool) -> None:
    """Write the last files: of a stopped run what it is to leave, else the final file, its state and the grid."""
    if not finished:
        report.stage("save", "saving what a stopped training leaves")
        model, state = checkpoints.save_stopped(place)
        report.events.emit("stopped", step=place.current_step, state=state, path=model)
        return
    report.stage("save", "saving")
    saved = checkpoints.save_last(place)
    path = saved or checkpoints.newest
    grid, sheet = checkpoints.draw_grid(place), checkpoints.draw_sheet(place)
    report.events.emit(
        "done",
        path=path,
        bytes=size_of(path) if path and path.exists() else None,
        grid=grid or sheet,
        steps=place.current_step,
        seconds=time.time() - task.began,
        text=None if saved else nothing_at_the_end(path),
    )


def nothing_at_the_end(newest: Path | None) -> str:
    """Say that save_model_on_train_end is off, and what there is instead; ``newest`` was saved last on the way."""
    there = f"the newest model of this run is {newest}" if newest else "this run has saved no model on the way either"
    return f"No model was saved at the end, as save_model_on_train_end is off; {there}."
