"""Reads the options of a checked-out sd-scripts with its own Python, and compares them with the stored ones."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.settings.upstream import probe
from mikazuki.settings.upstream.scripts import SCRIPTS

Declared = Mapping[str, Mapping[str, Any]]
"""Option -> what it takes, as a data file has it."""

SECONDS: Final = 600
"""Longest time that reading may take: importing its libraries from a cold disk is slow."""

LEFT_OUT: Final = frozenset({"gen_img_diffusers", "train_textual_inversion_XTI"})
"""Scripts of upstream that its own pinned libraries cannot import any more."""


def read_checkout(
    checkout: Path, python: Path, scripts: Sequence[str] = tuple(SCRIPTS)
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return script -> its options, asked of the scripts' parsers.

    Args:
        checkout: Folder with upstream's scripts.
        python: The interpreter of its environment.
        scripts: Names of the scripts, without ``.py``.

    Raises:
        MikazukiError: ``upstream-unreadable``: its Python cannot be started, or a script cannot be imported.
    """
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "options.json"
        _run([str(python), probe.__file__, str(output), *scripts], checkout)
        found: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    failed = [f"{script}: {reason}" for script, reason in found.items() if isinstance(reason, str)]
    if failed:
        raise MikazukiError(
            "upstream-unreadable",
            f"These scripts of {checkout} cannot be imported: {'; '.join(failed)}.",
            "Install its requirements into its environment, or check out the commit that belongs to this version.",
            exit_code=EXIT_FAILED,
        )
    return found


def _run(command: list[str], checkout: Path) -> None:
    environment = {**os.environ, "PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1", "HF_HUB_OFFLINE": "1"}
    try:
        done = subprocess.run(
            command, cwd=checkout, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MikazukiError(
            "upstream-unreadable",
            f"{command[0]} could not read the options of {checkout}: {error}.",
            "Name the checkout with --checkout and its Python with --python.",
            exit_code=EXIT_FAILED,
        ) from error
    if done.returncode:
        last = (done.stderr.strip() or "no message").splitlines()[-1]
        raise MikazukiError(
            "upstream-unreadable",
            f"{command[0]} could not read the options of {checkout}: {last}.",
            "Install its requirements into its environment: install.sh --with-sd-scripts.",
            exit_code=EXIT_FAILED,
        )


def new_scripts(checkout: Path) -> list[str]:
    """Return the names of entry scripts in a checkout that there is no data of."""
    found = {path.stem for path in checkout.glob("*.py") if "def setup_parser(" in path.read_text(encoding="utf-8")}
    return sorted(found - SCRIPTS.keys() - LEFT_OUT)


def differences(script: str, ours: Declared, theirs: Declared) -> Iterator[str]:
    """Yield a sentence for each option that a checkout has otherwise than the stored data."""
    for name in theirs.keys() - ours.keys():
        yield f"{script}: {name} is new: {theirs[name]}"
    for name in ours.keys() - theirs.keys():
        yield f"{script}: {name} is gone"
    for name in ours.keys() & theirs.keys():
        if ours[name] != theirs[name]:
            yield f"{script}: {name} was {ours[name]}, is {theirs[name]}"
