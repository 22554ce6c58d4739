"""How numbers, tables and errors read in a terminal."""

import os
import shlex
import subprocess
from collections.abc import Iterable, Sequence
from typing import Final

from mikazuki.errors import MikazukiError

UNITS: Final = ("bytes", "kB", "MB", "GB", "TB")


def size(number: float) -> str:
    """Write bytes as people read them: ``2.1 GB``, in powers of 1000."""
    for unit in UNITS[:-1]:
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "bytes" or number >= 100 else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} {UNITS[-1]}"


def duration(seconds: float) -> str:
    """Write seconds as people read them: ``8.2 s``, ``1 min 05 s``, ``2 h 10 min``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes == 0:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def count(number: int, one: str) -> str:
    """Write a number of things: ``1 picture``, ``1,200 pictures``."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def table(rows: Iterable[Sequence[str]], indent: str = "  ") -> list[str]:
    """Lay rows of equal length out in columns, two spaces between them."""
    rows = list(rows)
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return [indent + line.rstrip() for line in lines]


def paragraph(error: MikazukiError) -> str:
    """Write a refusal: what is wrong and where, then what to do; a list of problems keeps its lines."""
    between = "\n" if "\n" in error.message else " "
    return f"{error.message}{between}{error.hint}".strip()


def shell_line(argv: tuple[str, ...]) -> str:
    """Write a command so that it can be pasted into this system's shell."""
    return subprocess.list2cmdline(argv) if os.name == "nt" else shlex.join(argv)
