"""Reads what the machine is doing now: GPUs by nvidia-smi, the rest by psutil, at most once in two seconds."""

import csv
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Final

import psutil

from mikazuki.paths import existing_ancestor
from mikazuki.web.answers.studio import GpuReading, MachineReading

KEPT_SECONDS: Final = 2.0
MIB: Final = 2**20
QUERY: Final = "index,name,memory.total,memory.used,utilization.gpu,temperature.gpu,power.draw"


class Machine:
    """The machine, asked once for all who want to know."""

    def __init__(self, folder: Path) -> None:
        """Tell the disk that ``folder`` lies on."""
        self._folder = folder
        self._lock = threading.Lock()
        self._last: MachineReading | None = None
        self._at = 0.0
        psutil.cpu_percent()  # the first call begins the measuring

    def read(self) -> MachineReading:
        """Return a reading not older than `KEPT_SECONDS`."""
        with self._lock:
            if self._last is None or time.monotonic() - self._at > KEPT_SECONDS:
                self._last, self._at = self._read(), time.monotonic()
            return self._last

    def _read(self) -> MachineReading:
        memory = psutil.virtual_memory()
        disk = shutil.disk_usage(existing_ancestor(self._folder))
        return MachineReading(
            gpus=read_gpus(),
            cpu_percent=psutil.cpu_percent(),
            cpu_count=psutil.cpu_count() or 1,
            memory_total=memory.total,
            memory_used=memory.total - memory.available,
            disk_total=disk.total,
            disk_free=disk.free,
        )


def read_gpus() -> list[GpuReading]:
    """Ask nvidia-smi; an empty list without it or when it fails."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return []
    command = [program, f"--query-gpu={QUERY}", "--format=csv,noheader,nounits"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    return parse_gpus(answer.stdout)


def parse_gpus(text: str) -> list[GpuReading]:
    """Read the table of `QUERY`; what a card does not tell (``[N/A]``) is None, lines without memory are left out."""
    found = []
    for row in csv.reader(text.splitlines(), skipinitialspace=True):
        try:
            index, name, total, used, *rest = row
            utilisation, temperature, power = map(_number, rest)
            reading = GpuReading(
                index=int(index),
                name=name,
                total=int(total) * MIB,
                used=int(used) * MIB,
                utilisation=utilisation,
                temperature=temperature,
                power=power,
            )
        except ValueError:
            continue
        found.append(reading)
    return found


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
