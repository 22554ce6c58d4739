"""The builtin engine: how `accelerate launch` starts our own trainer, and with what environment."""

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from mikazuki.engines.contract import Availability, Launch
from mikazuki.engines.machine import cpu_threads, gpus
from mikazuki.paths import repository
from mikazuki.settings.target import METHODS
from mikazuki.settings.train import TrainSettings

TRAINER: Final = "mikazuki.training"
NEEDS: Final = ("torch", "accelerate", "diffusers", "transformers", "safetensors")
ACCELERATE_CONFIG: Final = "accelerate.json"
FROZEN_CONFIG: Final = "config.toml"

ENVIRONMENT: Final = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "PYTHONUTF8": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONNOUSERSITE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""Nothing is downloaded behind a person's back, text is UTF-8, output appears at once, packages are the venv's."""

ON_A_PROCESSOR: Final = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "-1",
    "MALLOC_TOP_PAD_": str(256 * 2**20),
}
"""Lets the C library (glibc; others take no notice) keep the memory of a step for the next one.

By itself it gives every large tensor back at once, and the system hands its pages out anew, zeroed, at every step: a
step of SD1.5 at 128 px took 2.9 s so and takes 2.3 s without (2 cores).
"""


class Builtin:
    """Our own trainer: no submodule, no download."""

    name: Final = "builtin"
    methods: Final = METHODS
    families: Final = ("sd1", "sd2", "sdxl")

    def available(self) -> Availability:
        """Look for the packages it needs without importing them."""
        missing = [package for package in NEEDS if find_spec(package) is None]
        if not missing:
            return Availability(ok=True)
        return Availability(
            ok=False,
            reason=f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed in {sys.prefix}",
            remedy="run install.sh (Windows: install.ps1), which completes the installation",
        )

    def options(self) -> frozenset[str]:
        """All of them."""
        return frozenset(TrainSettings.model_fields)

    def files(self, settings: TrainSettings) -> dict[str, str]:
        """Bring accelerate's own settings along, so that a default file this user may have is not read."""
        kind = ("MULTI_GPU" if gpus() else "MULTI_CPU") if settings.num_processes > 1 else "NO"
        config = {
            "compute_environment": "LOCAL_MACHINE",
            "distributed_type": kind,
            "num_machines": 1,
            "num_processes": settings.num_processes,
            "mixed_precision": _precision(settings),
            "use_cpu": kind == "MULTI_CPU",
            "debug": False,
        }
        return {ACCELERATE_CONFIG: json.dumps(config, indent=2) + "\n"}

    def launch(self, job_dir: Path, settings: TrainSettings) -> Launch:
        """Build the command; every flag that accelerate would otherwise guess, with a warning, is given."""
        if settings.num_processes > 1 and not gpus():
            return Launch(_on_cpu(job_dir, settings.num_processes), Path.cwd(), _cpu_environment(settings))
        several = ("--multi_gpu", "--main_process_port", "0") if settings.num_processes > 1 else ()
        argv = (
            sys.executable,
            "-m",
            "accelerate.commands.launch",
            "--config_file",
            str(job_dir / ACCELERATE_CONFIG),
            "--num_processes",
            str(settings.num_processes),
            "--num_machines",
            "1",
            "--mixed_precision",
            _precision(settings),
            "--dynamo_backend",
            "no",
            # Not given, accelerate sets OMP_NUM_THREADS to 1, which makes a training on the CPU many times slower.
            "--num_cpu_threads_per_process",
            str(max(1, cpu_threads() // settings.num_processes)),
            *several,
            "-m",
            TRAINER,
            "--config_file",
            str(job_dir / FROZEN_CONFIG),
        )
        return Launch(argv, Path.cwd(), _environment(settings))


def _on_cpu(job_dir: Path, processes: int) -> tuple[str, ...]:
    """Start several processes on one CPU: accelerate leaves that to MPI, torch's own launcher needs nothing more."""
    launcher = (sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", str(processes))
    return (*launcher, "-m", TRAINER, "--config_file", str(job_dir / FROZEN_CONFIG))


def _cpu_environment(settings: TrainSettings) -> dict[str, str]:
    threads = max(1, cpu_threads() // settings.num_processes)
    return _environment(settings) | {"ACCELERATE_USE_CPU": "true", "OMP_NUM_THREADS": str(threads)}


def _precision(settings: TrainSettings) -> str:
    """`auto` needs a look at the GPU, which is the trainer's to take: accelerate gets `no` and is overruled."""
    return "no" if settings.mixed_precision == "auto" else settings.mixed_precision


def _environment(settings: TrainSettings) -> dict[str, str]:
    """Return what to add to the environment; PYTHONPATH lets the trainer start from any folder."""
    found = os.environ.get("PYTHONPATH")
    root = str(repository().root)
    env = {**ENVIRONMENT, "PYTHONPATH": os.pathsep.join([root, found]) if found else root}
    if not gpus():
        env |= ON_A_PROCESSOR
    if settings.huggingface_repo_id or settings.resume_from_huggingface:
        # the one thing that a person asked to fetch or send; the library takes either word for it
        del env["HF_HUB_OFFLINE"], env["TRANSFORMERS_OFFLINE"]
    if settings.gpu_ids:
        env["CUDA_VISIBLE_DEVICES"] = settings.gpu_ids.replace(" ", "")
    if os.name == "nt":
        env["USE_LIBUV"] = "0"  # torch for Windows is built without it
    return env
