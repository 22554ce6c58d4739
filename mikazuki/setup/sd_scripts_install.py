"""Brings the upstream trainer: its code at the pinned commit into `sd-scripts/`, its packages into their own venv."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from mikazuki.engines.sd_scripts_place import PIN, VENV_BESIDE, WITNESS, read_commit
from mikazuki.errors import MikazukiError
from mikazuki.files import write_text
from mikazuki.setup import stamp, torch_build
from mikazuki.setup.hardware import probe
from mikazuki.setup.install import (
    Request,
    check_space,
    failed,
    install_torch,
    make_venv,
    pip,
    python_works,
    say,
)
from mikazuki.setup.sd_scripts import clean_environment, import_problem

ADDRESS: Final = "https://github.com/kohya-ss/sd-scripts.git"
FOLDER: Final = "sd-scripts"
"""The submodule."""

OWN_ADDRESS: Final = "MIKAZUKI_SD_SCRIPTS_FROM"
"""Environment variable: an address or a folder that is asked for upstream's code before any other."""

MAINLAND_ADDRESSES: Final = (
    "https://gitclone.com/github.com/kohya-ss/sd-scripts.git",
    "https://ghfast.top/https://github.com/kohya-ss/sd-scripts.git",
)
"""Go-betweens that copy GitHub. None is trusted: what is checked out is named by its hash."""

PATIENCE: Final = ("-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30")
"""Git's own way to give a silent server up after that many seconds."""

GOES_ON: Final = "The builtin engine needs nothing of it and goes on working."

GROUP: Final = "sd-scripts"
"""The requirements file of ours that goes on top of upstream's, and its name in the venv's note."""

HEADLESS: Final = {"opencv-python": "opencv-python-headless"}
"""Taken instead on Linux: the same library, without the windows that need a desktop's libraries."""

STAND_IN: Final = "mikazuki_torchvision.pth"
STAND_IN_LINE: Final = "import sys; kind = type(sys); " + "; ".join(
    f'sys.modules.setdefault("torchvision.{name}", kind("torchvision.{name}"))'
    for name in ("_meta_registrations", "_autograd_registrations")
)
"""Read by Python when it starts. The package index's Linux build of torchvision needs CUDA's libraries for its own
operators; without them the two modules that register these operators fail, and with them every import of torchvision.
Upstream uses torchvision's picture transforms alone, which need no operator: empty modules stand in for the two."""


def addresses(*, mainland: bool) -> list[str]:
    """Return the places that upstream's code is asked of, in order."""
    own = os.environ.get(OWN_ADDRESS)
    return [*([own] if own else []), *(MAINLAND_ADDRESSES if mainland else ()), ADDRESS]


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git in a folder; it never asks for a password."""
    command = ["git", "-C", str(folder), *arguments]
    environment = os.environ | {"GIT_TERMINAL_PROMPT": "0"}
    try:
        return subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise failed(
            "fetch sd-scripts", "git is not installed", f"Install git and run this again. {GOES_ON}"
        ) from error


def fetch(request: Request) -> None:
    """Bring `sd-scripts/` to the pinned commit; asks no network when it is there.

    Raises MikazukiError ``install-failed``: no git, no address reached, or changes of the person's own in the way.
    """
    folder = request.root / FOLDER
    if read_commit(folder) == PIN and (folder / WITNESS).is_file():
        return
    if (folder / WITNESS).is_file() and read_commit(folder) is None:
        say(f"{FOLDER}/ is no git checkout: taken as it is, its commit is not known.")
        return
    folder.mkdir(exist_ok=True)
    if (folder / ".git").exists() and git(folder, "status", "--porcelain", "--untracked-files=no").stdout.strip():
        raise failed(
            "bring sd-scripts to its pinned commit",
            f"{folder} has changes of your own",
            f"Keep them as a commit or a patch, or move the folder away, and run this again. {GOES_ON}",
        )
    made = not (folder / ".git").exists()
    if made:
        git(folder, "init", "--quiet")
    try:
        _fetch_commit(folder, addresses(mainland=request.mainland))
    except MikazukiError:
        if made:
            shutil.rmtree(folder / ".git")
        raise
    moved = git(folder, "checkout", "--quiet", "--detach", PIN)
    if moved.returncode or read_commit(folder) != PIN:
        said = (moved.stderr.strip().splitlines() or ["git did not say why"])[-1]
        raise failed("check out sd-scripts", said, f"Remove the folder {FOLDER} and run this again. {GOES_ON}")
    if (request.root / ".git").exists():
        git(request.root, "submodule", "init", FOLDER)  # so that `git submodule update` knows it from now on


def _fetch_commit(folder: Path, places: Sequence[str]) -> None:
    """Fetch the pinned commit from the first place that has it: alone where that is allowed, else with its history."""
    if git(folder, "cat-file", "-e", f"{PIN}^{{commit}}").returncode == 0:
        return
    for place in places:
        say(f"Fetching sd-scripts from {place}")
        for what in (["--depth", "1", place, PIN], [place, "+refs/heads/*:refs/remotes/origin/*"]):
            fetched = git(folder, *PATIENCE, "fetch", "--quiet", "--no-tags", *what)
            if fetched.returncode == 0 and git(folder, "cat-file", "-e", f"{PIN}^{{commit}}").returncode == 0:
                return
        say(f"  {(fetched.stderr.strip().splitlines() or ['it does not have the pinned commit'])[-1]}")
    raise failed(
        "fetch sd-scripts",
        f"none of {len(places)} addresses could be reached, or none has commit {PIN[:7]}",
        f"Check the network (a proxy: set HTTPS_PROXY; in mainland China add --cn), or name a clone of it: "
        f"{OWN_ADDRESS}=FOLDER. {GOES_ON}",
    )


def requirements(folder: Path, *, linux: bool) -> list[str]:
    """Return upstream's own list of packages, its package of itself left out: its scripts run in their folder."""
    found = []
    for line in (folder / "requirements.txt").read_text(encoding="utf-8").splitlines():
        text = line.split(" #")[0].strip()
        if not text or text.startswith(("#", "-")):
            continue
        name = re.split(r"[=<>!~\[; ]", text, maxsplit=1)[0]
        found.append(text.replace(name, HEADLESS[name], 1) if linux and name in HEADLESS else text)
    return found


def wanted_note(request: Request, build: str, packages: Sequence[str]) -> stamp.Installed:
    """Return the note that the finished venv will carry: torch's build, and a digest of both lists of packages."""
    ours = (request.root / "requirements" / f"{GROUP}.txt").read_bytes().replace(b"\r\n", b"\n")
    versions = "\n".join([*packages, *torch_build.VERSIONS.values()]).encode()
    return stamp.Installed(
        torch=build,
        mainland=request.mainland,
        ours=stamp.is_ours(request.venv),
        groups={GROUP: hashlib.sha256(ours + versions).hexdigest()[:16]},
    )


def install(request: Request) -> None:
    """Fetch upstream's trainer and bring its venv to what it needs; does nothing where both are there.

    Args:
        request: As the main installation was asked for; torch's build is that one's, or the one named.
    """
    main = stamp.read(request.venv)
    request = replace(request, folder=VENV_BESIDE, mainland=request.mainland or bool(main and main.mainland))
    fetch(request)
    checkout = request.root / FOLDER
    build = request.torch or (main.torch if main else torch_build.choose_build(probe()).build)
    system = probe().system
    packages = requirements(checkout, linux=system == "Linux")
    wanted, before = wanted_note(request, build, packages), stamp.read(request.venv)
    if before and (before.torch, before.groups) == (wanted.torch, wanted.groups) and python_works(request.python):
        say(f"sd-scripts is installed (commit {(read_commit(checkout) or 'unknown')[:7]}).")
        return
    check_space(request, build)
    make_venv(request, ours=wanted.ours)
    for package in (torch_build.TORCH, torch_build.TORCHVISION):
        install_torch(request, build, system, package)
    _install_packages(request, packages)
    _mend_torchvision(request)
    _check(request, checkout)
    stamp.finish(request.venv, wanted)
    say("sd-scripts is installed.")


def _install_packages(request: Request, packages: Sequence[str]) -> None:
    say("Installing what sd-scripts needs")
    ours = str(request.root / "requirements" / f"{GROUP}.txt")
    torch = [f"{name}=={version}" for name, version in torch_build.VERSIONS.items()]
    if pip(request, [*torch, *packages, "-r", ours]):
        raise failed(
            "install the packages of sd-scripts",
            "pip's own words stand above",
            f"Check the network and the free space, then run this again; in mainland China add --cn. {GOES_ON}",
        )


def _python_says(request: Request, program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(request.python), "-c", program], env=clean_environment(), capture_output=True, text=True,
        encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip


def _mend_torchvision(request: Request) -> None:
    """Put the stand-in beside a torchvision that cannot register its operators; any other one is left alone."""
    tried = _python_says(request, "import torchvision")
    if tried.returncode == 0 or "torchvision::" not in tried.stderr:
        return
    packages = _python_says(request, "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip()
    write_text(Path(packages) / STAND_IN, STAND_IN_LINE + "\n")


def _check(request: Request, checkout: Path) -> None:
    say("Checking sd-scripts by importing it")
    problem = import_problem(checkout, request.python)
    if problem:
        raise failed(
            "use sd-scripts",
            problem,
            f"Remove the folder {VENV_BESIDE} and run this again; Python here is {sys.version.split()[0]}. {GOES_ON}",
        )
