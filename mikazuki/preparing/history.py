"""How fast earlier runs of the same kind went, read from their job folders."""

from pathlib import Path
from typing import Any

from mikazuki.errors import MikazukiError
from mikazuki.jobs.events import EventReader
from mikazuki.jobs.folder import Job, all_jobs
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.train import TrainSettings

ALIKE = (
    "method",
    "resolution",
    "train_batch_size",
    "gradient_accumulation_steps",
    "gradient_checkpointing",
    "mixed_precision",
    "network_train_unet_only",
    "num_processes",
)
"""Options that a step's time depends on most."""

RUNS_LOOKED_AT = 50


def expected_seconds(jobs_dir: Path, settings: TrainSettings, model_bytes: int, steps: int) -> float | None:
    """Estimate a training's seconds by the newest finished run like it on this machine; None without one.

    Alike means: a base model of the same size in bytes (so of the same family and precision) and the same `ALIKE`.
    What does not grow with the steps (loading, encoding, saving) counts as it did then.
    """
    for job in all_jobs(jobs_dir)[:RUNS_LOOKED_AT]:
        if job.facts().get("model_bytes") == model_bytes and _is_alike(job, settings):
            found = _seconds(job, steps)
            if found is not None:
                return found
    return None


def _is_alike(job: Job, settings: TrainSettings) -> bool:
    try:
        other = parse(TrainSettings, load_toml(job.config), str(job.config))
    except MikazukiError:
        return False
    return all(getattr(other, name) == getattr(settings, name) for name in ALIKE)


def _seconds(job: Job, steps: int) -> float | None:
    """Scale a finished run's time between its first and last progress to ``steps``, and add the rest as it was."""
    events = EventReader(job.events).read()
    done = next((event for event in events if event["kind"] == "done"), None)
    progress = [event for event in events if event["kind"] == "progress"]
    if done is None or len(progress) < 2:
        return None
    first, last = progress[0], progress[-1]
    counted = _number(last, "step") - _number(first, "step")
    if counted <= 0:
        return None
    spent = _number(last, "time") - _number(first, "time")
    return spent / counted * steps + max(0.0, _number(done, "seconds") - spent)


def _number(event: dict[str, Any], name: str) -> float:
    value = event.get(name)
    return float(value) if isinstance(value, (int, float)) else 0.0
