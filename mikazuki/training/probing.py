"""Measures a training: two real steps on the batch that takes most memory, and nothing written."""

import platform
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import psutil
import torch

from mikazuki.data.buckets import Size
from mikazuki.data.entries import Entry
from mikazuki.data.plan import Bucket, Plan
from mikazuki.errors import MikazukiError
from mikazuki.events import EventWriter
from mikazuki.settings.probe import STEPS
from mikazuki.settings.train import TrainSettings
from mikazuki.training.loop import Loop, Quiet
from mikazuki.training.machine import Machine
from mikazuki.training.memory import is_out_of_memory
from mikazuki.training.report import Report, memory_used
from mikazuki.training.run import prepare, read_task
from mikazuki.training.state import Place

QUIET: Final[dict[str, Any]] = {
    "cache_info": False,
    "sample_prompts": None,
    "sanity_prompt": None,
    "sample_at_first": False,
    "sample_every_n_steps": None,
    "sample_every_n_epochs": None,
    "sample_grid": False,
    "save_merged_model": False,
    "save_state": False,
    "no_metadata": True,
    "resume": None,
    "initial_step": None,
    "initial_epoch": None,
    "log_with": None,
    "huggingface_repo_id": None,
    "max_data_loader_n_workers": 0,
    "validation_split": 0.0,
    "epoch_pause_frequency": None,
    "halve_batch_on_oom": False,
    "num_processes": 1,
    "lr_scheduler": "constant",
    "lr_scheduler_type": None,
    "lr_warmup_steps": 0,
    "cache_text_encoder_outputs_to_disk": False,
    "imagic_embedding_steps": 1,
}
"""What a measurement does otherwise than the training: it writes nothing, and its two steps learn everything."""


@dataclass(frozen=True)
class Measure:
    """What two steps took: bytes, and seconds of an optimizer step; ``seconds`` is None where memory ran out."""

    memory: int
    """The most that was taken: on a GPU what torch reserved, without one the process's resident memory."""
    free: int
    """What a training may take here."""
    seconds: float | None
    pictures: int
    """Pictures at once."""
    size: Size
    device: str
    precision: str
    spills: bool
    """Whether this system's driver moves what does not fit into main memory instead of saying so."""


@dataclass
class Stopwatch(Quiet):
    """A keeper that writes nothing down but when steps ended."""

    device: torch.device
    ends: list[float] = field(default_factory=list)

    def after_step(self, _place: Place) -> None:
        """Wait for the step's arithmetic, and look at the clock."""
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)
        self.ends.append(time.perf_counter())


def measure(settings: TrainSettings, job: Path, memory: int | None) -> Measure:
    """Do `STEPS` optimizer steps on the largest batch of a training.

    Args:
        settings: Those of the training; what it would write or tell others is left out.
        job: The folder of the measurement itself.
        memory: Bytes to pretend as the card's; None: what is free.

    Raises:
        MikazukiError: What reading model and data raises, ``no-pictures``; a lack of memory is an answer.
    """
    own = as_measured(settings)
    accumulated = own.gradient_accumulation_steps
    task = read_task(own, job)
    plan = heaviest(task.plan, accumulated)
    task = replace(task, plan=plan, prompts=[], state=None, place=Place(0, 0, 0))
    machine = Machine(own)
    free = limited(machine.device, memory)
    watch = Stopwatch(machine.device)
    seconds = None
    try:
        loop, _ = prepare(task, machine, Report(EventWriter(None), device=machine.device))
        seconds = timed(loop, watch) * settings.gradient_accumulation_steps / accumulated
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
    return Measure(
        memory=peak(machine.device),
        free=free,
        seconds=seconds,
        pictures=plan.datasets[plan.buckets[0].dataset].batch_size,
        size=plan.buckets[0].resolution,
        device=str(machine.device),
        precision=machine.precision,
        spills=machine.device.type == "cuda" and spills(platform.uname()),
    )


def as_measured(settings: TrainSettings) -> TrainSettings:
    """Return the settings of a measurement: it writes nothing, and what learns at any time learns in both steps."""
    stop = settings.stop_text_encoder_training
    own = {
        "gradient_accumulation_steps": min(settings.gradient_accumulation_steps, STEPS),
        "cache_latents": settings.cache_latents or settings.cache_latents_to_disk,
        "cache_latents_to_disk": False,
        # a share of nothing is left: it says that they never learn
        "text_encoder_ratio": None if settings.text_encoder_ratio else settings.text_encoder_ratio,
        "stop_text_encoder_training": None if stop and stop > 0 else stop,
        "pivotal_ratio": 1.0 if settings.pivotal_ratio else 0.0,
    }
    return settings.model_copy(update={**QUIET, **own})


def timed(loop: Loop, watch: Stopwatch) -> float:
    """Run a loop of `STEPS` and return the seconds of the last one."""
    loop.keeper = watch
    loop.run()
    return watch.ends[-1] - watch.ends[-2]


def heaviest(plan: Plan, accumulated: int) -> Plan:
    """Return a plan of `STEPS` steps on the batch that takes most memory.

    It is of the bucket with most pixels a batch, shown as full as the training ever has it, and of its pictures those
    with the longest captions. Pictures that are yet to be drawn count for those that are there.

    Raises:
        MikazukiError: ``no-pictures`` where none is there.
    """
    there = [entry for entry in plan.entries if entry.picture.is_file()]
    if not there:
        raise MikazukiError("no-pictures", "None of the training's pictures is there yet.", "Draw or copy them first.")
    batches = {(one.dataset, one.resolution): min(one.count, plan.batch_of(one.dataset)) for one in plan.buckets}
    dataset, bucket = max(
        {(one.dataset, one.bucket) for one in there},
        key=lambda key: (key[1][0] * key[1][1] * batches[key], key[1], key[0]),
    )
    batch = -(-batches[dataset, bucket] // plan.processes)
    own = [one for one in there if (one.dataset, one.bucket) == (dataset, bucket)]
    longest = sorted(own, key=lambda one: (-len(one.caption), str(one.picture)))[:batch]
    count = batch * accumulated * STEPS
    return replace(
        plan,
        entries=tuple(_repeated(longest, count)),
        buckets=(Bucket(bucket, count, dataset),),
        num_train_images=count,
        num_reg_images=0,
        batches_per_epoch=accumulated * STEPS,
        steps_per_epoch=STEPS,
        max_train_steps=STEPS,
        max_train_epochs=1,
        datasets=tuple(
            replace(one, batch_size=batch) if number == dataset else one for number, one in enumerate(plan.datasets)
        ),
        validation=(),
        processes=1,
        turns=(),
        concepts=(),
        lengths=None,
    )


def _repeated(entries: Sequence[Entry], count: int) -> list[Entry]:
    """Return the entries with repeats that make ``count`` together."""
    each, more = divmod(count, len(entries))
    return [replace(entry, repeats=each + (number < more)) for number, entry in enumerate(entries)]


def limited(device: torch.device, memory: int | None) -> int:
    """Return the bytes that a training may take, and on a GPU let torch refuse what goes beyond.

    So a driver that would rather move memory out than refuse has no say in it.
    """
    if device.type != "cuda":
        return memory or psutil.virtual_memory().available + memory_used(device)
    free, total = torch.cuda.mem_get_info(device)
    allowed = min(free, memory or free)
    torch.cuda.set_per_process_memory_fraction(min(1.0, allowed / total), device)
    return allowed


def peak(device: torch.device) -> int:
    """Return the most bytes this process has taken so far: on a GPU by torch, without one in main memory."""
    used = memory_used(device)
    if device.type == "cuda":
        return used
    most = getattr(psutil.Process().memory_info(), "peak_wset", 0) or _high_water()
    return int(max(most, used))


def _high_water(status: Path = Path("/proc/self/status")) -> int:
    """Return the largest resident memory in bytes, as Linux and macOS keep it.

    Linux hands the figure of ``getrusage`` on from a parent to what it starts, so the other one is read there.
    """
    with suppress(OSError):
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * unit


def spills(system: platform.uname_result) -> bool:
    """Tell whether NVIDIA's driver moves what does not fit into main memory here: under Windows, also within WSL."""
    return system.system == "Windows" or "microsoft" in system.release.lower()
