"""Fills a studio's folders as after some days of work: jobs that ended, their curves, pictures, logs and models."""

import json
import math
from pathlib import Path

from PIL import Image

from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import State
from mikazuki.paths import Paths
from mikazuki.web.studio import Studio
from tests.models.conftest import fake_safetensors
from tests.web.world import ended_job, line, queued_job, worker

DOWN = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight"
SHAPES: dict[str, tuple[int, ...]] = {DOWN: (4, 768), DOWN.replace("down", "up"): (320, 4)}
RECIPE = {
    "ss_base_model_version": "sd_v1",
    "ss_network_dim": "4",
    "ss_network_alpha": "2.0",
    "ss_learning_rate": "0.001",
    "ss_tag_frequency": json.dumps({"10_sks cat": {"cat": 14, "red": 6}}),
    "ss_dataset_dirs": json.dumps({"10_sks cat": {"n_repeats": 10, "img_count": 14}}),
}
STEPS = 120
EPOCHS = 4
PROMPTS = ("a sks cat on grass", "a sks cat at night")


def studio_of(root: Path) -> Studio:
    """Return a studio that runs nothing, to put things where another one finds them."""
    for name in ("train", "sd-models", "output", "logs", "config"):
        (root / name).mkdir(parents=True, exist_ok=True)
    return Studio(Paths(root))


def finished(studio: Studio, name: str) -> Job:
    """Make a job that trained to its end, with samples, a model and a log."""
    root = studio.paths.root
    output = root / "output"
    fake_safetensors(output / f"{name}.safetensors", SHAPES, RECIPE)
    events = [line("started", pid=1, engine="builtin"), line("stage", name="train", total=STEPS, epochs=EPOCHS)]
    for step in range(1, STEPS + 1):
        loss = 0.02 + 0.2 * math.exp(-step / 30) + 0.02 * math.sin(step * 1.7)
        epoch = 1 + (step - 1) * EPOCHS // STEPS
        values = {"loss/current": loss, "loss/average": 0.02 + 0.2 * math.exp(-step / 30), "lr/unet": 1e-3 / step}
        events.append(line("metric", step=step, values=values))
        events.append(
            line("progress", step=step, total=STEPS, epoch=epoch, epochs=EPOCHS, loss=loss, avg_loss=loss, speed=4.0)
        )
        if step % (STEPS // EPOCHS) == 0:
            events += [_sample(output, name, step, epoch, index) for index in range(len(PROMPTS))]
    model = f"output/{name}.safetensors"
    events.append(line("checkpoint", what="model", path=model, step=STEPS, epoch=EPOCHS, bytes=999))
    events.append(line("done", path=model, bytes=999, grid="", steps=STEPS, seconds=30.0))
    job = ended_job(studio, events, name=name)
    job.log.write_text("".join(f"step {step} of {STEPS}\n" for step in range(1, 401)), encoding="utf-8", newline="\n")
    return job


def _sample(output: Path, name: str, step: int, epoch: int, index: int) -> str:
    path = output / "sample" / f"{name}_{step:06d}_{index:02d}.png"
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (64, 64), (step, 90 + 60 * index, 200 - step)).save(path)
    where = f"output/sample/{path.name}"
    return line("sample", path=where, step=step, epoch=epoch, index=index, prompt=PROMPTS[index], seed=1337)


def failed(studio: Studio, name: str) -> Job:
    """Make a job that failed."""
    hint = "Take a smaller train_batch_size."
    events = [
        line("started", pid=1, engine="builtin"),
        line("warning", code="bitsandbytes", text="No GPU: the optimizer runs in 32 bits."),
        line("failed", code="out-of-memory", message="The GPU has no memory left.", hint=hint, exit_code=1),
    ]
    return ended_job(studio, events, State.FAILED, name=name)


def running(studio: Studio, name: str, seconds: int) -> Job:
    """Put a program into the queue that tells of a step every tenth of a second."""
    return queued_job(studio, worker(seconds * 10, 0.1), name=name)
