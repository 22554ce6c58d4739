"""Trains on the recorded inputs of another engine's run and says how far it comes out the same.

`python -m mikazuki.training.replay --config_file JOB/config.toml --recorded FOLDER`. Model, network, optimizer, course
of the rate and loop are those of any training; only batches come from the record, so that nothing random is left. The
settings must train the network that the record begins with (``network_weights``).
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.data.prompts import Prompt
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, MikazukiError
from mikazuki.events import EVENTS_FILE, EventWriter
from mikazuki.files import write_text
from mikazuki.log import set_up_training_log
from mikazuki.models.lean import lean_diffusers
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.train import TrainSettings
from mikazuki.training.__main__ import fail
from mikazuki.training.batches import Batch
from mikazuki.training.batches import Place as Key
from mikazuki.training.conditions import Condition, FrozenText
from mikazuki.training.learner import make_learner
from mikazuki.training.loop import Loop, Quiet
from mikazuki.training.machine import Machine
from mikazuki.training.parts import Parts, load_parts
from mikazuki.training.recording import AFTER, BEFORE, Recorded
from mikazuki.training.report import Report
from mikazuki.training.run import Task, denoising_of, read_task, tell_start, versions
from mikazuki.training.state import Place
from mikazuki.training.trackers import At

ANSWER: Final = "answer.json"
"""In the job's folder: what `replay` found."""
SMALLEST: Final = 1e-12
"""A norm below this counts as this, so that a tensor of zeros has a relative difference too."""


@dataclass(frozen=True)
class AdapterDifference:
    """How far the adapter came out another one; differences are norms relative to the recorded one's."""

    largest: float
    """Of the tensor that differs most."""
    tensor: str
    """That tensor's name."""
    whole: float
    """Of all tensors together."""
    learned: float
    """Of all tensors together, relative to the norm of what the recorded run changed."""


@dataclass(frozen=True)
class Answer:
    """What came of a replay."""

    recorded: list[float]
    """The recorded run's loss at every optimizer step."""
    losses: list[float]
    """Our own."""
    conditions: float
    """Largest difference of the first batch's text conditions, relative to their largest number."""
    pooled: float | None
    """The same of the pooled captions, which SDXL has."""
    text_trained: bool
    """Whether the conditions were our own at every step, as text encoders that learn need."""
    adapter: AdapterDifference


class Losses:
    """A tracker that keeps every step's loss."""

    def __init__(self) -> None:
        """Begin with none."""
        self.seen: list[float] = []

    def log(self, values: Mapping[str, float], at: At) -> None:
        """Keep a step's loss, which comes once a step and in order."""
        if "loss/current" in values:
            self.seen.append(values["loss/current"])
            assert len(self.seen) == at.step, at  # noqa: S101 - a programmer's mistake

    def picture(self, path: Path, index: int, prompt: str) -> None:
        """Do nothing: a replay draws none."""

    def close(self) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class RecordedBatches:
    """Stands where the loop expects a `BatchMaker`: the batch at a place is the recorded one of that number."""

    make_batch: Callable[[int], Batch]
    batches_per_epoch: int
    seed: int

    def make(self, key: Key) -> Batch:
        """Return the batch at a place."""
        epoch, number, _ = key
        return self.make_batch(epoch * self.batches_per_epoch + number)


def replay(settings: TrainSettings, job: Path, folder: Path) -> Answer:
    """Train on the record in ``folder`` and compare, with events in ``job``; raises MikazukiError."""
    recorded = Recorded.read(folder)
    machine = Machine(settings)
    events = EventWriter(job / EVENTS_FILE)
    losses = Losses()
    report = Report(events, [losses], machine.device)
    # latents come from the record, and one thread must ask for its batches in order
    settings = settings.model_copy(update={"cache_latents": False, "max_data_loader_n_workers": 0})
    task = _with_texts(read_task(settings, job), recorded)
    events.emit("started", engine="builtin", output_name=settings.output_name, seed=task.seed, versions=versions())
    parts = load_parts(task, machine, report)
    conditions, pooled = _text_differences(parts, recorded, machine)
    _train(task, machine, report, parts, recorded)
    own = job / AFTER
    parts.method.save(own, {})
    adapter = adapter_difference(load_file(own), load_file(folder / AFTER), load_file(folder / BEFORE))
    answer = Answer(
        recorded=step_losses(recorded, task, len(losses.seen)),
        losses=losses.seen,
        conditions=conditions,
        pooled=pooled,
        text_trained=parts.method.trains_text,
        adapter=adapter,
    )
    path = job / ANSWER
    write_text(path, json.dumps(asdict(answer), indent=2) + "\n")
    seconds = time.time() - task.began
    events.emit("done", path=path, bytes=None, grid=None, steps=len(losses.seen), seconds=seconds)
    return answer


def _with_texts(task: Task, recorded: Recorded) -> Task:
    """Name the recorded captions as prompts, which are texts that must be encoded while the encoders are there."""
    texts = sorted({caption for captions in recorded.captions for caption in captions})
    return replace(task, prompts=[Prompt(text, 64, 64) for text in texts])


def _train(task: Task, machine: Machine, report: Report, parts: Parts, recorded: Recorded) -> None:
    """Run the loop over the recorded batches.

    Text encoders that learn must encode by themselves; others are given what was recorded, so that UNet and network
    get the very same numbers and whatever encoders differ in is told by itself.
    """
    settings, plan, frozen = task.settings, task.plan, not parts.method.trains_text
    if frozen:
        known = recorded.known(machine.device, machine.dtype)
        parts = replace(parts, condition=FrozenText(parts.condition, [], known=known))
    maker: Any = RecordedBatches(lambda number: recorded.batch(number, named=frozen), plan.batches_per_epoch, task.seed)
    learner = make_learner(settings, machine, parts.method, plan.max_train_steps)
    loss = denoising_of(task, machine, parts).loss
    place = Place()
    tell_start(task, machine, report, parts, place)
    Loop(settings, plan, maker, loss, learner, machine, report, Quiet(), place).run()


@torch.no_grad()
def _text_differences(parts: Parts, recorded: Recorded, machine: Machine) -> tuple[float, float | None]:
    """Encode the first batch's captions and say how far that is from the record: context, and pooled captions."""
    theirs = recorded.condition(0)
    with machine.autocast():
        own: Condition = parts.condition(list(recorded.captions[0]))
    pooled = None
    if own.pooled is not None and theirs.pooled is not None:
        pooled = relative(own.pooled, theirs.pooled)
    return relative(own.context, theirs.context), pooled


def relative(own: Tensor, recorded: Tensor) -> float:
    """Return the largest difference in shares of the largest recorded number."""
    own, recorded = own.detach().float().cpu(), recorded.float()
    return float((own - recorded).abs().max() / recorded.abs().max().clamp(min=SMALLEST))


def adapter_difference(
    own: Mapping[str, Tensor], recorded: Mapping[str, Tensor], before: Mapping[str, Tensor]
) -> AdapterDifference:
    """Compare two adapters tensor by tensor.

    Raises:
        MikazukiError: ``adapter-differs`` where they have not the same tensors.
    """
    if shapes(own) != shapes(recorded):
        strange = sorted(set(shapes(own).items()) ^ set(shapes(recorded).items()))[:4]
        raise MikazukiError(
            "adapter-differs",
            f"The engines' adapters have not the same tensors: {len(own)} and {len(recorded)}, such as {strange}.",
            "This is a fault of the builtin engine: please report it with your settings.",
            exit_code=EXIT_FAILED,
        )
    gaps = {name: _norm([own[name].float() - recorded[name].float()]) for name in recorded}
    shares = {name: gap / max(_norm([recorded[name]]), SMALLEST) for name, gap in gaps.items()}
    worst = max(shares, key=lambda name: shares[name])
    gap = _norm([own[name].float() - recorded[name].float() for name in recorded])
    learned = _norm([recorded[name].float() - before[name].float() for name in recorded])
    whole = gap / max(_norm(list(recorded.values())), SMALLEST)
    return AdapterDifference(shares[worst], worst, whole, gap / max(learned, SMALLEST))


def shapes(adapter: Mapping[str, Tensor]) -> dict[str, tuple[int, ...]]:
    """Return the shape of every tensor."""
    return {name: tuple(tensor.shape) for name, tensor in adapter.items()}


def _norm(tensors: Sequence[Tensor]) -> float:
    """Return the Euclidean norm of tensors taken together."""
    return float(torch.stack([tensor.float().square().sum() for tensor in tensors]).sum().sqrt())


def step_losses(recorded: Recorded, task: Task, steps: int) -> list[float]:
    """Return the recorded loss of every optimizer step: the mean over its batches, the last of an epoch may be few."""
    size, per_epoch = task.settings.gradient_accumulation_steps, task.plan.batches_per_epoch
    found: list[float] = []
    first = 0
    while len(found) < steps:
        left = per_epoch - first % per_epoch
        numbers = range(first, first + min(size, left))
        found.append(sum(recorded.loss(number) for number in numbers) / len(numbers))
        first = numbers.stop
    return found


def main() -> int:
    """Read the job's settings, replay, and return the exit code; the border where errors become events."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config_file", type=Path, required=True, help="frozen settings; its folder is the job's")
    parser.add_argument("--recorded", type=Path, required=True, help="folder of the recorded run")
    arguments = parser.parse_args()
    set_up_training_log()
    job = arguments.config_file.parent
    try:
        lean_diffusers()
        settings = parse(TrainSettings, load_toml(arguments.config_file), str(arguments.config_file))
        replay(settings, job, arguments.recorded)
    except Exception as error:  # noqa: BLE001 - the one border of this process
        return fail(error, EventWriter(job / EVENTS_FILE))
    return EXIT_DONE


if __name__ == "__main__":
    sys.exit(main())
