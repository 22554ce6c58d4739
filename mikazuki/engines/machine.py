"""What this machine has: processor threads to use, memory, and NVIDIA's own word on its GPUs."""

import csv
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

MIB: Final = 2**20


@dataclass(frozen=True)
class Gpu:
    """One NVIDIA GPU as its driver tells it; memory in bytes."""

    index: int
    name: str
    total: int
    free: int
    driver: str


def cpu_threads(quota: Path = Path("/sys/fs/cgroup/cpu.max")) -> int:
    """Return how many threads arithmetic should use: the physical cores this process may run on, at least 1.

    OMP_NUM_THREADS, where a person set it, wins. A container's quota and a process' affinity bound it.
    """
    wish = os.environ.get("OMP_NUM_THREADS", "")
    if wish.isdigit() and int(wish) > 0:
        return int(wish)
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    cores = psutil.cpu_count(logical=False) or allowed
    return max(1, min(cores, allowed, _quota(quota)))


def _quota(path: Path) -> int:
    """Return the whole CPUs a container may use, rounded up; a large number where there is no limit."""
    try:
        limit, period = path.read_text(encoding="ascii").split()
        return -(-int(limit) // int(period))
    except (OSError, ValueError):
        return 1 << 16


def memory_available() -> int:
    """Return the main memory that programs can still take, in bytes."""
    return int(psutil.virtual_memory().available)


def gpus() -> list[Gpu]:
    """Ask nvidia-smi for the GPUs; an empty list without it or when it fails."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return []
    query = "--query-gpu=index,name,memory.total,memory.free,driver_version"
    try:
        answer = subprocess.run(
            [program, query, "--format=csv,noheader,nounits"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return parse_gpus(answer.stdout)


def parse_gpus(text: str) -> list[Gpu]:
    """Read nvidia-smi's table (index, name, MiB in all, MiB free, driver); lines it cannot fill are left out."""
    found = []
    for row in csv.reader(text.splitlines(), skipinitialspace=True):
        try:
            index, name, total, free, driver = row
            found.append(Gpu(int(index), name, int(total) * MIB, int(free) * MIB, driver))
        except ValueError:
            continue
    return found
