"""Whether the upstream trainer can be imported by the Python of its venv: asked of a process of its own."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

SCRIPTS: Final = ("train_network", "sdxl_train_network", "sd3_train_network", "flux_train_network")
"""What is imported for a trial: between them they reach every package that upstream's trainings need."""

PROBE_SECONDS: Final = 180
"""Importing them takes 16 seconds from a cold disk; one on a network takes longer."""

PROBE: Final = """
import importlib, sys
sys.path.insert(0, "")
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except BaseException as error:
        sys.exit(f"import {name}: {str(error) or type(error).__name__}")
"""


def clean_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for another venv's Python: nothing of this one's, no user packages, UTF-8, no network."""
    own = {key: value for key, value in os.environ.items() if key not in {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}}
    return own | {"PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1", "HF_HUB_OFFLINE": "1"} | dict(more or {})


def import_problem(
    folder: Path, python: Path, modules: tuple[str, ...] = SCRIPTS, seconds: float = PROBE_SECONDS
) -> str:
    """Import upstream's scripts with ``python`` in their ``folder``.

    Returns:
        What does not work, in one line; an empty text if everything does.
    """
    try:
        tried = subprocess.run(
            [str(python.absolute()), "-c", PROBE, *modules],
            cwd=folder, env=clean_environment({"PYTHONWARNINGS": "ignore"}), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"importing it was not done after {seconds:.0f} seconds"
    except OSError as error:
        return f"{python} does not start: {error.strerror or error}"
    if tried.returncode == 0:
        return ""
    return (tried.stderr.strip().splitlines() or [f"the import ended with {tried.returncode}"])[-1]
