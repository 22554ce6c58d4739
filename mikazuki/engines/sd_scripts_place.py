"""Where the upstream trainer's checkout and its Python lie, and at which commit, found without starting anything."""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.paths import repository
from mikazuki.settings.upstream import scripts

PIN: Final = "48d368fa557731ad0488c07304dfeba8c07910eb"
"""The commit that the contract files were read off and that the submodule names."""

FOLDER_VARIABLE: Final = scripts.FOLDER_VARIABLE
PYTHON_VARIABLE: Final = scripts.PYTHON_VARIABLE

NEEDS: Final = ("torch", "accelerate", "diffusers", "transformers", "safetensors", "toml", "voluptuous", "imagesize")
"""Packages that every script imports, the last three among them only upstream needs."""

VENVS: Final = ("venv", ".venv")
VENV_BESIDE: Final = "venv-sd-scripts"
WITNESS: Final = "train_network.py"
_COMMIT: Final = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Place:
    """A checkout and the Python to run it with."""

    folder: Path
    python: Path | None
    """None where there is none with a virtual environment's layout."""

    @property
    def there(self) -> bool:
        """Whether the scripts are there; an unfetched submodule is an empty folder."""
        return (self.folder / WITNESS).is_file()

    @property
    def commit(self) -> str | None:
        """The commit that is checked out, or None where it is no git checkout."""
        return read_commit(self.folder)

    def missing(self) -> list[str]:
        """Return the packages that its Python lacks, as far as its folders show."""
        if self.python is None:
            return list(NEEDS)
        places = list(package_folders(self.python))
        return [name for name in NEEDS if not any(_has(place, name) for place in places)]


def find_place(folder: str | Path | None = None, python: str | Path | None = None) -> Place:
    """Return a checkout and its Python.

    Args:
        folder: The checkout; None: named by the environment, else the repository's submodule.
        python: Its Python; None: as `find_python` finds it.
    """
    named = folder or os.environ.get(FOLDER_VARIABLE) or repository().sd_scripts
    home = Path(named).expanduser().absolute()
    return Place(home, Path(python).expanduser().absolute() if python else find_python(home))


def find_python(folder: Path) -> Path | None:
    """Return the Python for a checkout: named by the environment, in its own venv, beside it, or this very one."""
    named = os.environ.get(PYTHON_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    homes = [*(folder / name for name in VENVS), folder.parent / VENV_BESIDE, repository().root / VENV_BESIDE]
    for home in homes:
        python = python_of(home)
        if python.exists():
            return python
    here = Place(folder, Path(sys.executable))
    return None if here.missing() else here.python


def python_of(venv: Path) -> Path:
    """Return where a virtual environment's Python lies."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def package_folders(python: Path) -> Iterator[Path]:
    """Yield the folders in which a virtual environment's packages may lie; for this Python, those it looks in."""
    if python == Path(sys.executable):
        yield from (Path(entry) for entry in sys.path if entry)
    home = python.parent.parent
    yield home / "Lib" / "site-packages"
    for lib in ("lib", "lib64"):
        yield from (home / lib).glob("python3*/site-packages")


def read_commit(folder: Path) -> str | None:
    """Read the commit of a checkout or submodule off its files, without git; None where they do not say."""
    git = folder / ".git"
    try:
        if git.is_file():
            git = folder / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref:"):
            return head if _COMMIT.fullmatch(head) else None
        return _commit_of(git, head.removeprefix("ref:").strip())
    except OSError:
        return None


def _commit_of(git: Path, ref: str) -> str | None:
    own = git / ref
    if own.is_file():
        return own.read_text(encoding="utf-8").strip()
    for line in (git / "packed-refs").read_text(encoding="utf-8").splitlines():
        commit, _, name = line.partition(" ")
        if name == ref:
            return commit
    return None


def _has(folder: Path, package: str) -> bool:
    return (folder / package).is_dir() or (folder / f"{package}.py").is_file()
