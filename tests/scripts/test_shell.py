"""install.sh and train.sh run for real, players in place of Python and uv, in a folder with a space and Chinese."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("bash", "dirname", "basename", "cat", "mkdir", "chmod", "cp")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="bash scripts are for Linux and macOS")

SUITABLE = '#!/bin/sh\necho "$@" >> "$PLAYED"\nexit "${SETUP_STATUS:-0}"\n'
PRETEND = "import sys; sys.version_info = (3, 8, 1); sys.version = '3.8.1'; sys.executable = '/usr/bin/python3'; "
TOO_OLD = f'#!/bin/sh\n[ "$1" = -c ] && exec "{sys.executable}" -c "{PRETEND}$2"\nexit 1\n'
UV = """#!/bin/sh
[ "$1 $2 $3" = "python install 3.11" ] && [ -z "$UV_FAILS" ] || exit 1
mkdir -p "$UV_PYTHON_INSTALL_DIR/cpython-3.11.9/bin"
cp "$SUITABLE" "$UV_PYTHON_INSTALL_DIR/cpython-3.11.9/bin/python3"
"""


class House:
    """A copy of the scripts in a folder with a space and Chinese letters, and a PATH with nothing but what is put."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "\u6d4b\u8bd5 folder" / "mikazuki"
        self.bin = folder / "bin"
        self.played = folder / "played.txt"
        for made in (self.root, self.bin):
            made.mkdir(parents=True)
        for name in ("install.sh", "train.sh"):
            shutil.copy(ROOT / name, self.root / name)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        self.program(folder / "suitable", SUITABLE)
        self.environment = {
            "PATH": str(self.bin),
            "PLAYED": str(self.played),
            "SUITABLE": str(folder / "suitable"),
            "LC_ALL": "C.UTF-8",
        }

    def program(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def run(
        self, script: str, *arguments: str, cwd: Path | None = None, more: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.bin / "bash"), str(self.root / script), *arguments],
            env=self.environment | (more or {}),
            cwd=cwd or os.sep,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def calls(self) -> list[str]:
        """Return what the suitable Python was called with, its suitability test left out."""
        lines = self.played.read_text(encoding="utf-8").splitlines() if self.played.exists() else []
        return [line for line in lines if not line.startswith("-c ")]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_no_python_at_all_is_said_with_the_way_out(house: House) -> None:
    done = house.run("install.sh")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer: no Python was found" in done.stderr
    assert "bash install.sh --yes" in done.stderr


def test_a_python_that_is_too_old_is_named(house: House) -> None:
    house.program(house.bin / "python3", TOO_OLD)
    done = house.run("install.sh")
    assert done.returncode == 1
    assert "Python 3.8.1 (/usr/bin/python3) is too old" in done.stderr


@pytest.mark.parametrize(("arguments", "more"), [(["--yes"], {}), ([], {"MIKAZUKI_YES": "1"})])
def test_uv_brings_one_when_told_to(house: House, arguments: list[str], more: dict[str, str]) -> None:
    house.program(house.bin / "uv", UV)
    done = house.run("install.sh", *arguments, more=more)
    assert done.returncode == 0, done.stderr
    assert house.calls() == [" ".join(["-m mikazuki.setup", *arguments])]
    assert (house.root / ".python" / "versions" / "cpython-3.11.9").is_dir()


def test_uv_that_fails_is_no_success(house: House) -> None:
    house.program(house.bin / "uv", UV)
    done = house.run("install.sh", "--yes", more={"UV_FAILS": "1"})
    assert done.returncode == 1
    assert "Python could not be brought" in done.stderr
    assert house.calls() == []


def test_the_newest_named_python_is_taken_and_its_failure_is_passed_on(house: House) -> None:
    house.program(house.bin / "python3", TOO_OLD)
    house.program(house.bin / "python3.12", SUITABLE)
    assert house.run("install.sh", "--cn").returncode == 0
    assert house.calls() == ["-m mikazuki.setup --cn"]
    assert house.run("install.sh", more={"SETUP_STATUS": "0"}).returncode == 0
    failing = SUITABLE.replace("exit ", 'case "$1" in -c) exit 0 ;; esac; exit ')
    house.program(house.bin / "python3.12", failing)
    assert house.run("install.sh", more={"SETUP_STATUS": "7"}).returncode == 7


def test_an_installation_that_is_there_is_asked_through_its_own_python(house: House) -> None:
    house.program(house.root / "venv" / "bin" / "python", SUITABLE)
    (house.root / "venv" / ".mikazuki-install").touch()
    assert house.run("install.sh").returncode == 0
    assert house.calls() == ["-m mikazuki.setup"]


def _ready_to_train(house: House, *, installs: bool = True) -> None:
    house.program(house.root / "install.sh", f"exit {int(not installs)}\n")
    house.program(house.root / "venv" / "bin" / "python", '#!/bin/sh\nfor a in "$@"; do echo "$a"; done > "$PLAYED"\n')


def test_the_block_goes_to_the_program_and_what_is_added_comes_last(house: House) -> None:
    _ready_to_train(house)
    assert house.run("train.sh", "--set", "seed=7 8").returncode == 0
    given = house.played.read_text(encoding="utf-8").splitlines()
    assert given[:3] == ["-m", "mikazuki", "train"]
    assert given[-2:] == ["--set", "seed=7 8"]
    pairs = [(given[i], given[i + 1].partition("=")[0]) for i in range(3, len(given), 2)]
    assert {flag for flag, _ in pairs} == {"--set"}
    assert {"pretrained_model_name_or_path", "train_data_dir", "sample_sampler"} <= {name for _, name in pairs}


def test_a_file_is_found_from_where_the_person_stands_and_replaces_the_block(house: House) -> None:
    _ready_to_train(house)
    mine = house.root.parent / "my settings.toml"
    mine.touch()
    assert house.run("train.sh", "my settings.toml", "--dry-run", cwd=mine.parent).returncode == 0
    assert house.played.read_text(encoding="utf-8").splitlines() == ["-m", "mikazuki", "train", str(mine), "--dry-run"]


def test_nothing_is_trained_after_a_failed_installation(house: House) -> None:
    _ready_to_train(house, installs=False)
    assert house.run("train.sh").returncode == 1
    assert not house.played.exists()
