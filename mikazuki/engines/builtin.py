"""The builtin engine: how `accelerate launch` starts our own trainer, and with what environment."""

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from mikazuki.engines.contract import Availability, Launch
from mikazuki.engines.machine import cpu_threads
from mikazuki.paths import repository
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


class Builtin:
    """Our own trainer: no submodule, no download."""

    name: Final = "builtin"
    methods: Final = ("lora",)
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
        several = settings.num_processes > 1
        config = {
            "compute_environment": "LOCAL_MACHINE",
            "distributed_type": "MULTI_GPU" if several else "NO",
            "num_machines": 1,
            "num_processes": settings.num_processes,
            "mixed_precision": _precision(settings),
            "use_cpu": False,
            "debug": False,
        }
        return {ACCELERATE_CONFIG: json.dumps(config, indent=2) + "\n"}

    def launch(self, job_dir: Path, settings: TrainSettings) -> Launch:
        """Build the command; every flag that accelerate would otherwise guess, with a warning, is given."""
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


def _precision(settings: TrainSettings) -> str:
    """`auto` needs a look at the GPU, which is the trainer's to take: accelerate gets `no` and is overruled."""
    return "no" if settings.mixed_precision == "auto" else settings.mixed_precision


def _environment(settings: TrainSettings) -> dict[str, str]:
    """Return what to add to the environment; PYTHONPATH lets the trainer start from any folder."""
    found = os.environ.get("PYTHONPATH")
    root = str(repository().root)
    env = {**ENVIRONMENT, "PYTHONPATH": os.pathsep.join([root, found]) if found else root}
    if settings.gpu_ids:
        env["CUDA_VISIBLE_DEVICES"] = settings.gpu_ids.replace(" ", "")
    if os.name == "nt":
        env["USE_LIBUV"] = "0"  # torch for Windows is built without it
    return env
