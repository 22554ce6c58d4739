"""What this machine computes with, as far as the choice of a torch build goes: asked of nvidia-smi, torch unseen."""

import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

Version = tuple[int, ...]
Capability = tuple[int, int]

ASK_SECONDS = 30
"""A driver that is waking up a card takes a while; a hung one must not hang the installation."""


@dataclass(frozen=True)
class Gpu:
    """One NVIDIA card; ``capability`` is None where the driver does not tell (old ones, some virtual cards)."""

    name: str
    driver: Version
    capability: Capability | None


@dataclass(frozen=True)
class Machine:
    """Operating system and processor as `platform` names them, the NVIDIA cards, and what else is worth saying."""

    system: str
    processor: str
    gpus: tuple[Gpu, ...] = ()
    amd: bool = False
    trouble: str = ""
    """What nvidia-smi said when it was there and failed."""


def parse_version(text: str) -> Version:
    """Read `580.65.06` as (580, 65, 6); parts that are no numbers end it."""
    numbers: list[int] = []
    for part in text.strip().split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)


def parse_gpus(table: str) -> tuple[Gpu, ...]:
    """Read nvidia-smi's csv lines `name, driver_version[, compute_cap]`; the name may hold commas."""
    gpus = []
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.split(",")]
        driver_at = next((i for i, cell in enumerate(cells) if i and len(parse_version(cell)) > 1), None)
        if driver_at is None:
            continue
        capability = parse_version(cells[driver_at + 1]) if len(cells) > driver_at + 1 else ()
        gpus.append(
            Gpu(
                name=", ".join(cells[:driver_at]),
                driver=parse_version(cells[driver_at]),
                capability=(capability[0], capability[1]) if len(capability) == 2 else None,
            )
        )
    return tuple(gpus)


def _ask(program: str, fields: str) -> tuple[int, str]:
    """Return nvidia-smi's exit status and everything it said about ``fields``."""
    try:
        answer = subprocess.run(
            [program, f"--query-gpu={fields}", "--format=csv,noheader"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=ASK_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, str(error)
    return answer.returncode, (answer.stdout + answer.stderr).strip()


def probe() -> Machine:
    """Look at this machine."""
    system, processor = platform.system(), platform.machine().lower()
    amd = Path("/dev/kfd").exists()
    program = shutil.which("nvidia-smi")
    if program is None:
        return Machine(system, processor, amd=amd)
    status, text = _ask(program, "name,driver_version,compute_cap")
    if status:  # drivers older than CUDA 11.6 do not know the field
        status, text = _ask(program, "name,driver_version")
    gpus = parse_gpus(text) if status == 0 else ()
    trouble = "" if gpus else (text.splitlines() or ["it lists no card"])[0]
    return Machine(system, processor, gpus, amd, trouble)
