"""The real upstream trainer through our launcher: SD1.5, LoRA, 128 px, to its end and ended in every way.

Needs its checkout (MIKAZUKI_SD_SCRIPTS, MIKAZUKI_SD_SCRIPTS_PYTHON or the submodule with its venv), a full-size SD1.5
file (MIKAZUKI_REFERENCE names the folder of ``sd15_reference.safetensors``), 7 GB of memory, and minutes.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from mikazuki.engines.sd_scripts import SdScripts
from mikazuki.jobs.events import Event, EventReader
from mikazuki.jobs.folder import Job, all_jobs
from mikazuki.jobs.process import State, read_status
from tests.cli import world

PATIENCE = 1800
STEPS = 5
ROOT = Path(__file__).parents[2]
MODEL = Path(os.environ.get("MIKAZUKI_REFERENCE", "")) / "sd15_reference.safetensors"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="signals of a terminal"),
    pytest.mark.skipif(not MODEL.is_file() or not SdScripts().available().ok, reason="upstream and SD1.5 are not here"),
]


def start(root: Path) -> subprocess.Popen[str]:
    config = world.make(
        root, pretrained_model_name_or_path=str(MODEL), engine="sd-scripts", resolution=128, bucket_reso_steps=64,
        network_train_unet_only=True, seed=1,
    )  # fmt: skip
    argv = [sys.executable, "-m", "mikazuki", "train", str(config), "--set", "max_train_epochs="]
    argv += ["--set", f"max_train_steps={STEPS}"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def job_of(root: Path) -> Job:
    (job,) = all_jobs(root / "logs" / "jobs")
    return job


def events(root: Path) -> list[Event]:
    return [event for job in all_jobs(root / "logs" / "jobs") for event in EventReader(job.events).read()]


def wait_for_step(root: Path, process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Wait until it trains and return the supervisor and all below it."""
    end = time.monotonic() + PATIENCE
    while not any(event["kind"] == "progress" for event in events(root)):
        assert time.monotonic() < end, "waited too long"
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.2)
    supervisor = psutil.Process(read_status(job_of(root)).pid)
    return [supervisor, *supervisor.children(recursive=True)]


def none_left(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=30)
    return not alive


def test_five_steps_to_a_file(root: Path) -> None:
    said, _ = start(root).communicate(timeout=PATIENCE)
    found = events(root)
    kinds = [event["kind"] for event in found]
    assert (kinds[0], kinds[-1]) == ("started", "done"), said
    stages = [event["name"] for event in found if event["kind"] == "stage"]
    assert {"load_model", "cache_latents", "train"} <= set(stages)
    steps = [event["step"] for event in found if event["kind"] == "progress"]
    assert (steps[0], steps[-1]) == (1, STEPS)
    assert steps == sorted(steps)
    losses = [event["values"] for event in found if event["kind"] == "metric"]
    assert len([values for values in losses if "loss/current" in values]) == STEPS
    (model,) = [event for event in found if event["kind"] == "checkpoint" and event["what"] == "model"]
    assert Path(model["path"]) == root / "output" / "demo.safetensors"
    assert model["bytes"] == Path(model["path"]).stat().st_size
    assert read_status(job_of(root)).state is State.DONE


@pytest.mark.parametrize(
    ("victim", "kind", "state"),
    [
        ("trainer", signal.SIGKILL, State.FAILED),
        ("launcher", signal.SIGTERM, State.FAILED),
        ("command line", signal.SIGINT, State.STOPPED),
    ],
)
def test_every_end_is_told_truly_and_leaves_nothing_over(
    victim: str, kind: signal.Signals, state: State, root: Path
) -> None:
    process = start(root)
    tree = wait_for_step(root, process)
    pid = {"command line": process.pid, "launcher": tree[1].pid, "trainer": tree[2].pid}[victim]
    os.kill(pid, kind)
    said, _ = process.communicate(timeout=PATIENCE)
    assert read_status(job_of(root)).state is state, said
    assert events(root)[-1]["kind"] == state.value
    assert none_left(tree)
    assert not (root / "output" / "demo.safetensors").exists()
