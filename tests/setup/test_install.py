"""The steps of an installation, with every program it runs played by a recorder."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.setup import install, stamp
from mikazuki.setup.hardware import Gpu, Machine
from mikazuki.setup.install import Request, main

RTX_4090 = Machine("Linux", "x86_64", (Gpu("RTX 4090", (581, 0), (8, 9)),))


class Programs:
    """Plays subprocess.run: notes the commands, makes venv's Python, fails those whose words are in ``failing``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.commands: list[str] = []
        self.failing: set[str] = set()

    def run(self, command: list[Any], **_: Any) -> subprocess.CompletedProcess[str]:
        words = " ".join(str(part) for part in command)
        python = Request(root=self.root).python
        if words.endswith("import pip"):
            return subprocess.CompletedProcess(command, 0 if python.exists() else 1, "", "")
        self.commands.append(words)
        status = int(any(words_of in words for words_of in self.failing))
        if "-m venv" in words and not status:
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return subprocess.CompletedProcess(command, status, "", "import torch: no kernel")

    def said(self, words: str) -> list[str]:
        return [command for command in self.commands if words in command]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    root = tmp_path / "\u6d4b\u8bd5 folder"
    shutil.copytree(install.ROOT / "requirements", root / "requirements")
    played = Programs(root)
    monkeypatch.setattr(subprocess, "run", played.run)
    monkeypatch.setattr(install, "probe", lambda: Machine("Linux", "x86_64"))
    monkeypatch.setattr(install, "check_space", lambda *_: None)
    monkeypatch.delenv("MIKAZUKI_TORCH", raising=False)
    return played


def test_a_second_run_starts_no_program(programs: Programs) -> None:
    install.install(Request(root=programs.root))
    assert len(programs.said("-m venv")) == 1
    assert programs.said("mikazuki.setup.verify cpu")
    programs.commands.clear()
    install.install(Request(root=programs.root))
    install.install(Request(root=programs.root, if_needed=True))
    assert programs.commands == []


def test_tests_come_on_top_and_stay(programs: Programs) -> None:
    install.install(Request(root=programs.root))
    programs.commands.clear()
    install.install(Request(("base", "test"), root=programs.root, if_needed=True))
    assert not programs.said("-m venv")
    assert "base.txt" in programs.said("test.txt")[0]
    programs.commands.clear()
    install.install(Request(root=programs.root, if_needed=True))
    assert programs.commands == []


def test_changed_pins_are_installed(programs: Programs) -> None:
    install.install(Request(root=programs.root))
    programs.commands.clear()
    (programs.root / "requirements" / "base.txt").write_text("numpy==1.0\n", encoding="utf-8")
    install.install(Request(root=programs.root, if_needed=True))
    assert programs.said("base.txt")


def test_a_new_card_changes_the_build_when_asked_to_install(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    install.install(Request(root=programs.root))
    monkeypatch.setattr(install, "probe", lambda: RTX_4090)
    programs.commands.clear()
    install.install(Request(root=programs.root, if_needed=True))
    assert programs.commands == []
    install.install(Request(root=programs.root))
    assert programs.said("torch==2.13.0+cu130")
    assert programs.said("cuda.txt")


@pytest.mark.parametrize("step", ["-m venv", "torch==", "base.txt", "mikazuki.setup.verify"])
def test_a_failing_step_is_no_success_and_the_next_run_repairs(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    monkeypatch.setattr(install, "parse", lambda _: Request(root=programs.root))
    programs.failing = {step}
    assert main([]) == 1
    said = capsys.readouterr()
    assert "Could not" in said.err
    assert "Installed." not in said.out
    assert stamp.read(programs.root / "venv") is None
    programs.failing = set()
    programs.commands.clear()
    assert main([]) == 0
    assert programs.said("-m venv"), "a venv that was left unfinished is made anew"
    assert stamp.read(programs.root / "venv") is not None


def test_a_venv_of_the_person_is_kept(programs: Programs) -> None:
    python = Request(root=programs.root).python
    python.parent.mkdir(parents=True)
    python.touch()
    (programs.root / "venv" / "theirs").touch()
    programs.failing = {"base.txt"}
    for _ in range(2):  # an installation that fails in between does not make it ours either
        with pytest.raises(MikazukiError):
            install.install(Request(root=programs.root))
    programs.failing = set()
    install.install(Request(root=programs.root))
    assert not programs.said("-m venv")
    assert (programs.root / "venv" / "theirs").exists()


def test_torch_comes_from_the_first_place_that_has_it(programs: Programs) -> None:
    programs.failing = {"--dry-run", "whl/cpu"}
    install.install(Request(root=programs.root))
    installs = [command for command in programs.said("torch==") if "--dry-run" not in command]
    assert "whl/cpu" in installs[0]
    assert installs[1].endswith("torch==2.13.0")


def test_the_disk_is_looked_at_first(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    usage = shutil.disk_usage(programs.root)._replace(free=2**30)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(MikazukiError, match=r"1\.0 GiB free and 10 GiB are needed"):
        install.check_space(Request(root=programs.root), "cu130")


def test_mirrors_are_remembered(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def pip(request: Request, arguments: list[str], *, quiet: bool = False) -> int:
        del arguments, quiet
        seen.append(str(request.mainland))
        return 0

    monkeypatch.setattr(install, "pip", pip)
    install.install(Request(root=programs.root, mainland=True))
    (programs.root / "requirements" / "base.txt").write_text("numpy==1.0\n", encoding="utf-8")
    install.install(Request(root=programs.root, if_needed=True))
    assert set(seen) == {"True"}


def test_the_command_line_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIKAZUKI_TORCH", "cu126")
    request = install.parse(["--if-needed", "--with", "test", "--with", "dev", "--cn"])
    assert request == Request(("base", "test", "dev"), "cu126", mainland=True, if_needed=True)
    assert install.parse(["--torch", "cpu"]).torch == "cpu"
    monkeypatch.setenv("MIKAZUKI_TORCH", "cu999")
    with pytest.raises(SystemExit, match="2"):
        install.parse([])


def test_every_group_has_exact_pins_and_no_address() -> None:
    for name in (*install.GROUPS, "constraints"):
        text = (install.ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        assert all("==" in line for line in lines), name
        assert not any(word in text for word in ("://", "\ntorch==", "--index", "--find")), name
