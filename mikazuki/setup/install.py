"""The steps of an installation: choose torch's build, make `venv/`, install the pins, import them, note it down."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.engines.sd_scripts_place import python_of
from mikazuki.errors import EXIT_FAILED, EXIT_STOPPED, MikazukiError
from mikazuki.setup import stamp, torch_build
from mikazuki.setup.hardware import probe

ROOT: Final = Path(__file__).resolve().parents[2]
GROUPS: Final = ("base", "cuda", "optimizers", "tagging", "test", "dev", "slow")
GIB: Final = 1024**3
MAINLAND_INDEX: Final = "https://mirrors.tuna.tsinghua.edu.cn/pypi/web/simple"
QUICK: Final = ("--retries", "2", "--timeout", "15")
"""For a place that may be out of reach when there is another one to try (timeout in seconds)."""


@dataclass(frozen=True)
class Request:
    """What to install, and where the project and its `venv/` lie."""

    groups: tuple[str, ...] = ("base",)
    torch: str = ""
    """A build by name; empty: chosen by what the machine has."""
    mainland: bool = False
    if_needed: bool = False
    root: Path = ROOT
    folder: str = "venv"
    """Name of the virtual environment's folder."""
    sd_scripts: bool = False
    """Also the upstream trainer, with a virtual environment of its own."""

    @property
    def venv(self) -> Path:
        """The virtual environment."""
        return self.root / self.folder

    @property
    def python(self) -> Path:
        """The Python inside it."""
        return python_of(self.venv)


def say(text: str) -> None:
    """Tell the person one line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def failed(step: str, detail: str, hint: str) -> MikazukiError:
    """Return the error of a step that did not work."""
    return MikazukiError("install-failed", f"Could not {step}: {detail}.", hint, exit_code=EXIT_FAILED)


def groups_for(request: Request, build: str, before: stamp.Installed | None) -> tuple[str, ...]:
    """Return the groups to have in the end: those asked for, those there already, and cuda's with a CUDA build."""
    wanted = {"base", *request.groups, *(before.groups if before else ())} - {"cuda"}
    if build.startswith("cu"):
        wanted.add("cuda")
    return tuple(group for group in GROUPS if group in wanted)


def wanted_state(request: Request, build: str, before: stamp.Installed | None) -> stamp.Installed:
    """Return the note that a finished installation of ``request`` would leave."""
    folder = request.root / "requirements"
    groups = groups_for(request, build, before)
    return stamp.Installed(
        torch=build,
        mainland=request.mainland or (before.mainland if before else False),
        ours=stamp.is_ours(request.venv),
        groups={group: stamp.digest(folder, group, torch_build.TORCH_VERSION) for group in groups},
    )


def python_works(python: Path) -> bool:
    """Whether the Python of `venv/` still starts; it does not once the Python that it was made from is gone."""
    try:
        return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv(request: Request, *, ours: bool) -> None:
    """Make `venv/`; one of ours that an interruption left unfinished is made anew."""
    broken = not python_works(request.python)
    if broken and not ours:
        what = f"use {request.folder}/"
        raise failed(what, "its Python does not start or has no pip", f"Move the folder {request.folder} away.")
    if request.venv.exists() and ((request.venv / stamp.UNFINISHED).exists() or broken):
        say(f"{request.folder}/ was left unfinished or does not start any more; making it anew.")
        shutil.rmtree(request.venv)
        broken = True
    stamp.begin(request.venv, ours=ours)
    if not broken:
        return
    say(f"Making {request.folder}/ with Python {sys.version.split()[0]} ({sys.executable})")
    made = subprocess.run([sys.executable, "-m", "venv", request.venv], check=False)
    if made.returncode:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise failed(
            f"make {request.folder}/",
            f"`python -m venv` of {sys.executable} ended with {made.returncode}",
            f"On Debian and Ubuntu install python{version}-venv (sudo apt install python{version}-venv), or take "
            "another Python: MIKAZUKI_PYTHON=/path/to/python bash install.sh",
        )


def pip(request: Request, arguments: Sequence[str], *, quiet: bool = False) -> int:
    """Run pip of `venv/` and return its exit status; its own words go to the terminal unless ``quiet``."""
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PYTHONUTF8": "1"}
    if request.mainland:
        environment["PIP_INDEX_URL"] = MAINLAND_INDEX
    command = [str(request.python), "-m", "pip", "install", *arguments]
    return subprocess.run(command, env=environment, capture_output=quiet, check=False).returncode


def install_torch(request: Request, build: str, system: str, package: str = torch_build.TORCH) -> None:
    """Install torch's build, or torchvision's that goes with it, from the first place that has it."""
    places = torch_build.sources(build, system, mainland=request.mainland, package=package)
    for place in places[:1]:
        if pip(request, ["--no-deps", "--dry-run", *place], quiet=True):
            places = places[1:]
    for place in places:
        say(f"Installing {' '.join(place)}")
        patience = () if place is places[-1] else QUICK
        if pip(request, ["--no-deps", *patience, *place]) == 0:
            return
    raise failed(
        f"install {package}",
        f"none of the places that have {torch_build.requirement(build, package)} could be reached, or none has it for "
        "this Python; pip's own words stand above",
        "Check the network (a proxy: set HTTPS_PROXY), or put a wheel of it in a folder and run "
        "PIP_FIND_LINKS=FOLDER bash install.sh; in mainland China add --cn.",
    )


def install_groups(request: Request, groups: Sequence[str]) -> None:
    """Install the pins of all groups in one resolution, so that none of them can undo another's."""
    folder = request.root / "requirements"
    files = [part for group in groups for part in ("-r", str(folder / f"{group}.txt"))]
    say(f"Installing {', '.join(f'requirements/{group}.txt' for group in groups)}")
    status = pip(request, [*files, "-c", str(folder / "constraints.txt")])
    if status:
        raise failed(
            "install the packages",
            f"pip ended with {status}; its own words stand above",
            "Check the network (a proxy: set HTTPS_PROXY) and the free space, then run this again: it takes up where "
            "it is needed. In mainland China add --cn.",
        )


def check_space(request: Request, build: str) -> None:
    """Refuse before the first download when the disk cannot hold it."""
    needed = (10 if build.startswith("cu") else 3) * GIB
    free = shutil.disk_usage(request.root).free
    if free < needed:
        raise failed(
            "install",
            f"{request.root} has {free / GIB:.1f} GiB free and {needed / GIB:.0f} GiB are needed",
            "Free some space, or clone the project on another disk.",
        )


def check_imports(request: Request, build: str) -> None:
    """Import everything once in a fresh process."""
    say("Checking by importing (a minute on a slow disk)")
    environment = os.environ | {"PYTHONUTF8": "1", "HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore"}
    checked = subprocess.run(
        [request.python, "-m", "mikazuki.setup.verify", build],
        cwd=request.root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if checked.returncode:
        said = (checked.stderr.strip().splitlines() or [f"ended with {checked.returncode}"])[-1]
        raise failed(
            "use what was installed",
            said,
            "Remove the folder venv and run this again; if it stays so, install another build: --torch cpu, or one of "
            f"{', '.join(build.name for build in torch_build.CUDA_BUILDS)}.",
        )


def install(request: Request) -> None:
    """Bring `venv/` to what is asked for; does nothing, and asks no network, when it is there already."""
    before = stamp.read(request.venv)
    if before and not python_works(request.python):
        before = None
    if request.if_needed and before and not request.torch:
        choice = torch_build.Choice(before.torch, "as before")
    elif request.torch:
        choice = torch_build.Choice(request.torch, "as asked for")
    else:
        choice = torch_build.choose_build(probe())
    wanted = wanted_state(request, choice.build, before)
    if before and (before.torch, before.groups) == (wanted.torch, wanted.groups):
        if not request.if_needed:
            say(f"Everything is installed (torch {torch_build.TORCH_VERSION}, build {wanted.torch}).")
        return
    request = Request(tuple(wanted.groups), choice.build, wanted.mainland, root=request.root)
    say(f"torch {torch_build.TORCH_VERSION}, build {choice.build}: {choice.reason}")
    check_space(request, choice.build)
    make_venv(request, ours=wanted.ours)
    install_torch(request, choice.build, probe().system)
    install_groups(request, request.groups)
    check_imports(request, choice.build)
    stamp.finish(request.venv, wanted)
    say("Installed.")


def parse(arguments: Sequence[str]) -> Request:
    """Read the command line; the environment's MIKAZUKI_TORCH stands for --torch."""
    parser = argparse.ArgumentParser(
        prog="install", description="Make venv/ and install everything Mikazuki needs. Safe to run again."
    )
    parser.add_argument("--if-needed", action="store_true", help="do nothing when an installation is there")
    parser.add_argument("--with", dest="groups", action="append", choices=GROUPS, default=[], help="also this group")
    parser.add_argument(
        "--with-sd-scripts", action="store_true", help="also the upstream trainer, in sd-scripts/ and a venv of its own"
    )
    parser.add_argument("--cn", action="store_true", help="download from mirrors in mainland China")
    parser.add_argument(
        "--torch", choices=torch_build.BUILD_NAMES, default=os.environ.get("MIKAZUKI_TORCH", ""), help="torch's build"
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing: bring a Python too if there is none")
    options = parser.parse_args(arguments)
    if options.torch and options.torch not in torch_build.BUILD_NAMES:
        parser.error(f"MIKAZUKI_TORCH={options.torch}: choose from {', '.join(torch_build.BUILD_NAMES)}")
    groups = ("base", *options.groups)
    return Request(groups, options.torch, options.cn, options.if_needed, sd_scripts=options.with_sd_scripts)


def install_all(request: Request) -> None:
    """Install ours, and then upstream's trainer where it is asked for: its failure leaves ours finished."""
    install(request)
    if request.sd_scripts:
        from mikazuki.setup import sd_scripts_install  # it is built from the steps above

        sd_scripts_install.install(request)


def main(arguments: Sequence[str]) -> int:
    """Install; returns the exit code and never a traceback for what a person can put right."""
    try:
        install_all(parse(arguments))
    except MikazukiError as error:
        sys.stderr.write(f"\n{error.message}\n{error.hint}\n")
        return error.exit_code
    except OSError as error:
        sys.stderr.write(f"\nThe installation was stopped by the system: {error}\nPut that right and run it again.\n")
        return EXIT_FAILED
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run it again whenever you like: it starts the installation afresh.\n")
        return EXIT_STOPPED
    return 0
