"""Says what is installed, what is missing or wrong, and what to do about each."""

import json
import locale
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Literal

from mikazuki.engines.machine import cpu_threads, gpus, memory_available
from mikazuki.engines.sd_scripts_place import FOLDER_VARIABLE, PIN, find_place
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import identify
from mikazuki.paths import Paths
from mikazuki.preparing.preflight import check_writable
from mikazuki.setup.sd_scripts import import_problem
from mikazuki.text import size

LEAST_FREE_BYTES: Final = 5_000_000_000
INSTALLER: Final = "run install.ps1" if os.name == "nt" else "run install.sh"
EXACT: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;#]+)")

ASK_TORCH: Final = """
import json, torch
cuda = torch.cuda.is_available()
print(json.dumps({
    "version": torch.__version__, "cuda": torch.version.cuda, "available": cuda,
    "gpus": [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())] if cuda else [],
    "known": all(torch.cuda.get_device_capability(i)[0] * 10 <= max(
        (int(a.split("_")[1].rstrip("af")) for a in torch.cuda.get_arch_list() if a.startswith("sm_")), default=0)
        for i in range(torch.cuda.device_count())) if cuda else True,
}))
"""
"""Asked of another process, since importing torch takes a second and must not be this one's business."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    name: str
    state: Literal["ok", "warn", "fail"]
    text: str
    remedy: str = ""


def examine(paths: Paths) -> Iterator[Finding]:
    """Yield what each look finds."""
    looks: tuple[Callable[[], Finding], ...] = (
        _python,
        _venv,
        _torch,
        _gpu,
        lambda: _pins(paths),
        lambda: _machine(paths),
        lambda: _folders(paths),
        lambda: _tiny_sd(paths),
        lambda: _sd_scripts(paths),
        _encoding,
        lambda: _commit(paths),
    )
    for look in looks:
        yield look()


def _python() -> Finding:
    text = f"{sys.version.split()[0]} at {sys.executable}"
    if sys.version_info < (3, 11):  # noqa: UP036 - this is the program that tells people
        return Finding("Python", "fail", text, f"Python 3.11 or newer is needed: {INSTALLER}")
    return Finding("Python", "ok", text)


def _venv() -> Finding:
    if sys.prefix == sys.base_prefix:
        return Finding("venv", "warn", "not in a virtual environment", f"{INSTALLER}, and use train.sh or train.ps1")
    return Finding("venv", "ok", sys.prefix)


def _torch() -> Finding:
    try:
        answer = subprocess.run(
            [sys.executable, "-c", ASK_TORCH], capture_output=True, text=True, timeout=120, check=True
        )
        told: dict[str, Any] = json.loads(answer.stdout.strip().splitlines()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError) as error:
        said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()[-1]
        return Finding("torch", "fail", f"cannot be imported: {said}", f"{INSTALLER}, which repairs the installation")
    if not told["known"]:
        return Finding(
            "torch", "fail", f"{told['version']} holds no code for {', '.join(told['gpus'])}",
            f"delete the folder venv and {INSTALLER}: it chooses the build that knows the card",
        )  # fmt: skip
    where = ", ".join(told["gpus"]) or "CPU only"
    if gpus() and not told["available"]:
        return Finding(
            "torch", "fail", f"{told['version']} sees no GPU, though the driver shows one",
            f"delete the folder venv and {INSTALLER}; after a driver update, restart the machine first",
        )  # fmt: skip
    return Finding("torch", "ok", f"{told['version']} (CUDA {told['cuda'] or 'none'}), {where}")


def _gpu() -> Finding:
    found = gpus()
    if not found:
        return Finding("GPU", "warn", "nvidia-smi shows none: trainings run on the CPU, fit for the demo only")
    return Finding("GPU", "ok", "; ".join(f"{g.name} {size(g.total)}, driver {g.driver}" for g in found))


def read_pins(folder: Path) -> dict[str, str]:
    """Return package -> version of the lists that a training needs; those for tests and tools are not among them."""
    pins: dict[str, str] = {}
    for file in (folder / "base.txt",):
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        pins |= {found[1]: found[2] for line in text.splitlines() if (found := EXACT.match(line.strip()))}
    return pins


def _pins(paths: Paths) -> Finding:
    pins = read_pins(paths.requirements)
    if not pins:
        return Finding("packages", "warn", f"no list of pins in {paths.requirements}", "restore it with git checkout")
    wrong = [text for name, pin in pins.items() if (text := _difference(name, pin))]
    if wrong:
        return Finding("packages", "fail", "; ".join(wrong), f"{INSTALLER}, which installs the pinned versions")
    return Finding("packages", "ok", f"all {len(pins)} as pinned")


def _difference(name: str, pin: str) -> str | None:
    try:
        found = version(name)
    except PackageNotFoundError:
        return f"{name} is missing"
    return None if found.split("+")[0] == pin else f"{name} is {found}, not {pin}"


def _machine(paths: Paths) -> Finding:
    free = shutil.disk_usage(paths.root).free
    text = f"{cpu_threads()} threads, {size(memory_available())} of memory free, {size(free)} of disk free"
    if free < LEAST_FREE_BYTES:
        return Finding("machine", "warn", text, "free some disk space: models and states need gigabytes")
    return Finding("machine", "ok", text)


def _folders(paths: Paths) -> Finding:
    problems = []
    for folder in (paths.output, paths.logs, paths.train):
        try:
            check_writable(folder, folder.name)
        except MikazukiError as error:
            problems.append(error.message)
    if problems:
        return Finding("folders", "fail", " ".join(problems), "change the folders' permissions or owner")
    return Finding("folders", "ok", f"{paths.output.name}, {paths.logs.name}, {paths.train.name} can be written to")


def _tiny_sd(paths: Paths) -> Finding:
    folder = paths.models / "tiny-sd"
    try:
        info = identify(folder)
    except MikazukiError as error:
        return Finding("tiny-sd", "warn", error.message, "the demo needs it: restore it with git checkout sd-models")
    return Finding("tiny-sd", "ok", f"{folder} ({size(info.bytes)})")


def _sd_scripts(paths: Paths) -> Finding:
    """Look at upstream's trainer; whatever is wrong with it, the builtin engine trains."""
    place = find_place(None if os.environ.get(FOLDER_VARIABLE) else paths.sd_scripts)
    bring = f"{INSTALLER} --with-sd-scripts"
    if not place.there:
        return Finding("sd-scripts", "ok", f"not there; the builtin engine needs nothing of it ({bring} brings it)")
    commit = place.commit
    text = f"{place.folder}, {f'commit {commit[:7]}' if commit else 'no git checkout, so its commit is not known'}"
    if place.python is None:
        return Finding("sd-scripts", "warn", f"{text}; its packages are not installed", bring)
    problem = import_problem(place.folder, place.python)
    if problem:
        return Finding("sd-scripts", "warn", f"{text}; it cannot be imported: {problem}", f"{bring}, which repairs it")
    if commit not in {None, PIN}:
        remedy = f"{bring} brings the pinned one, whose options are known here"
        return Finding("sd-scripts", "warn", f"{text}, not the pinned {PIN[:7]}; its imports work", remedy)
    return Finding("sd-scripts", "ok", f"{text}; its imports work with {place.python}")


def _encoding() -> Finding:
    files, names = locale.getpreferredencoding(do_setlocale=False), sys.getfilesystemencoding()
    if names.lower().replace("-", "") != "utf8":
        return Finding("text", "warn", f"file names are {names}", "set the environment variable PYTHONUTF8=1")
    return Finding("text", "ok", f"file names {names}, default for files {files}")


def _commit(paths: Paths) -> Finding:
    try:
        found = subprocess.run(
            ["git", "-C", str(paths.root), "log", "-1", "--format=%h of %cs"],
            capture_output=True, text=True, timeout=10, check=True,
        ).stdout.strip()  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return Finding("version", "warn", "not a git checkout, so it cannot be updated by git pull")
    return Finding("version", "ok", f"commit {found}")
