"""The command that starts an upstream script: `accelerate launch` with nothing left to guess, and its environment."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from mikazuki.engines.machine import cpu_threads, gpus
from mikazuki.settings.upstream.launch import LaunchSettings

ACCELERATE_CONFIG: Final = "accelerate.json"

ENVIRONMENT: Final = {
    "PYTHONUTF8": "1",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONUNBUFFERED": "1",
    "PYTHONNOUSERSITE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "COLUMNS": "200",
}
"""Text is UTF-8, output appears at once, packages are the venv's, and rich breaks no line of the log at 80 columns."""

OFFLINE: Final = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


def threads_of(launch: LaunchSettings) -> int:
    """Return the processor threads of each process. Left to accelerate it is 1, which makes a CPU many times slower."""
    here = max(1, launch.num_processes // launch.num_machines)
    return launch.num_cpu_threads_per_process or max(1, cpu_threads() // here)


def accelerate_config(launch: LaunchSettings) -> str:
    """Write accelerate's own settings, so that a default file this user may have is not read."""
    kind = "NO" if not launch.several else "MULTI_GPU" if gpus() else "MULTI_CPU"
    config: dict[str, Any] = {
        "compute_environment": "LOCAL_MACHINE",
        "distributed_type": kind,
        "num_machines": launch.num_machines,
        "machine_rank": launch.machine_rank,
        "num_processes": launch.num_processes,
        "mixed_precision": launch.mixed_precision,
        "use_cpu": kind == "MULTI_CPU",
        "debug": False,
    }
    return json.dumps(config, indent=2) + "\n"


def accelerate_command(python: Path, config: Path, launch: LaunchSettings) -> tuple[str, ...]:
    """Return what stands before the script: its Python and the launcher, every value given."""
    if launch.several and not gpus():
        return _on_cpu(python, launch)
    return (
        str(python), "-m", "accelerate.commands.launch",
        "--config_file", str(config),
        "--num_processes", str(launch.num_processes),
        "--num_machines", str(launch.num_machines),
        "--machine_rank", str(launch.machine_rank),
        "--mixed_precision", launch.mixed_precision,
        # Scripts compile by an option of their own.
        "--dynamo_backend", "no",
        "--num_cpu_threads_per_process", str(threads_of(launch)),
        *(("--multi_gpu",) if launch.several else ()),
        *_meeting(launch),
    )  # fmt: skip


def _meeting(launch: LaunchSettings) -> tuple[str, ...]:
    """Say where processes find one another: on one machine by a free port, so that two trainings never collide."""
    port = launch.main_process_port
    if port is None and launch.several:
        port = 0 if launch.num_machines == 1 else 29500
    found = () if port is None else ("--main_process_port", str(port))
    return (*found, "--main_process_ip", launch.main_process_ip) if launch.main_process_ip else found


def _on_cpu(python: Path, launch: LaunchSettings) -> tuple[str, ...]:
    """Start several processes on one CPU: accelerate leaves that to MPI, torch's own launcher needs nothing more."""
    return (str(python), "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", str(launch.num_processes))


def environment(launch: LaunchSettings, *, offline: bool) -> dict[str, str]:
    """Return what to add to the environment; mirrors and proxies (HF_ENDPOINT, HTTPS_PROXY) pass through anyway."""
    env = {**ENVIRONMENT, **(OFFLINE if offline else {})}
    if launch.gpu_ids:
        env["CUDA_VISIBLE_DEVICES"] = launch.gpu_ids.replace(" ", "")
    if launch.several and not gpus():
        env |= {"ACCELERATE_USE_CPU": "true", "OMP_NUM_THREADS": str(threads_of(launch))}
    if os.name == "nt":
        env["USE_LIBUV"] = "0"  # torch for Windows is built without it
    return env


def best_precision() -> str:
    """Return what `auto` means on this machine: bf16 from compute capability 8.0 on, fp16 below, `no` on a CPU."""
    capability = _capability()
    if capability is None:
        return "no"
    return "bf16" if capability >= 8.0 else "fp16"


def _capability() -> float | None:
    """Ask nvidia-smi for the lowest compute capability; None without a GPU."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return None
    argv = [program, "--query-gpu=compute_cap", "--format=csv,noheader"]
    try:
        answer = subprocess.run(argv, capture_output=True, text=True, timeout=10, check=True)
        return min((float(line) for line in answer.stdout.split()), default=None)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
