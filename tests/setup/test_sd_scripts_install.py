"""Upstream's trainer is fetched from real git repositories; pip and the Pythons are played by a recorder."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mikazuki.engines.sd_scripts_place import PIN, VENV_BESIDE, read_commit
from mikazuki.errors import MikazukiError
from mikazuki.setup import install as steps
from mikazuki.setup import sd_scripts_install, stamp
from mikazuki.setup.hardware import Machine
from mikazuki.setup.install import ROOT, Request
from mikazuki.setup.sd_scripts_install import ADDRESS, FOLDER, OWN_ADDRESS, addresses, fetch, requirements

IDENTITY = ("-c", "user.name=T", "-c", "user.email=t@example.invalid", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *IDENTITY, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


class Upstream(NamedTuple):
    """A repository in upstream's place, and the commit of it that is pinned."""

    folder: Path
    pin: str


@pytest.fixture
def upstream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Upstream:
    """A repository of two commits, the older one pinned, and the address that is asked first."""
    folder = tmp_path / "upstream"
    folder.mkdir()
    git(folder, "init", "--quiet")
    (folder / "requirements.txt").write_text("accelerate==1.6.0\n-e .\n", encoding="utf-8")
    for text in ("pinned", "newer"):
        (folder / "train_network.py").write_text(f"# {text}\n", encoding="utf-8")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "-m", text)
    pin = git(folder, "rev-parse", "HEAD~1")
    monkeypatch.setattr(sd_scripts_install, "PIN", pin)
    monkeypatch.setattr(sd_scripts_install, "ADDRESS", str(tmp_path / "nowhere"))
    monkeypatch.setenv(OWN_ADDRESS, str(folder))
    return Upstream(folder, pin)


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    root = tmp_path / "\u6d4b\u8bd5 root"
    shutil.copytree(ROOT / "requirements", root / "requirements")
    return Request(root=root, torch="cpu")


def test_the_pinned_commit_is_fetched_once(
    upstream: Upstream, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(request_)
    folder = request_.root / FOLDER
    assert read_commit(folder) == upstream.pin
    assert (folder / "train_network.py").read_text(encoding="utf-8") == "# pinned\n"
    monkeypatch.setattr(sd_scripts_install, "git", lambda *_: pytest.fail("nothing is left to do"))
    shutil.rmtree(upstream.folder)
    fetch(request_)


def test_a_checkout_at_another_commit_is_brought_to_the_pinned_one(upstream: Upstream, request_: Request) -> None:
    git(request_.root, "clone", "--quiet", str(upstream.folder), FOLDER)
    folder = request_.root / FOLDER
    assert read_commit(folder) != upstream.pin
    shutil.move(upstream.folder, upstream.folder.with_name("gone"))
    fetch(request_)  # it has the commit already
    assert read_commit(folder) == upstream.pin


def test_changes_of_the_persons_own_are_not_overwritten(upstream: Upstream, request_: Request) -> None:
    git(request_.root, "clone", "--quiet", str(upstream.folder), FOLDER)
    script = request_.root / FOLDER / "train_network.py"
    script.write_text("# mine\n", encoding="utf-8")
    with pytest.raises(MikazukiError, match="changes of your own"):
        fetch(request_)
    assert script.read_text(encoding="utf-8") == "# mine\n"


def test_without_network_it_says_so_and_leaves_nothing_half_done(
    upstream: Upstream, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OWN_ADDRESS, str(upstream.folder / "gone"))
    with pytest.raises(MikazukiError, match="none of 2 addresses") as caught:
        fetch(request_)
    assert "builtin engine needs nothing of it" in caught.value.hint
    assert caught.value.exit_code == 1
    assert list((request_.root / FOLDER).iterdir()) == []


def test_a_copy_without_git_is_taken_as_it_is(request_: Request, capsys: pytest.CaptureFixture[str]) -> None:
    folder = request_.root / FOLDER
    folder.mkdir()
    (folder / "train_network.py").touch()
    fetch(request_)
    assert "taken as it is" in capsys.readouterr().out


def test_no_git_is_said(request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MikazukiError, match="git is not installed"):
        fetch(request_)


def test_mirrors_come_before_the_far_address_and_ones_own_before_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OWN_ADDRESS, raising=False)
    assert addresses(mainland=False) == [ADDRESS]
    monkeypatch.setenv(OWN_ADDRESS, "mine")
    near = addresses(mainland=True)
    assert (near[0], near[-1]) == ("mine", ADDRESS)
    assert len(near) > 2


def test_upstreams_list_is_read(tmp_path: Path) -> None:
    text = "a==1.0\n# b==2\n\nopencv-python==4.10.0.84\nc[torch]==3 # why\nbitsandbytes\n# for us\n-e .\n"
    (tmp_path / "requirements.txt").write_text(text, encoding="utf-8")
    assert requirements(tmp_path, linux=False) == ["a==1.0", "opencv-python==4.10.0.84", "c[torch]==3", "bitsandbytes"]
    assert "opencv-python-headless==4.10.0.84" in requirements(tmp_path, linux=True)


class Programs:
    """Plays the programs of the new venv; git is the real one."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.real = subprocess.run
        self.venv = root / VENV_BESIDE
        self.python = Request(root=root, folder=VENV_BESIDE).python
        self.commands: list[str] = []
        self.failing: dict[str, str] = {}
        monkeypatch.setattr(subprocess, "run", self.run)
        monkeypatch.setattr(sd_scripts_install, "probe", lambda: Machine("Linux", "x86_64"))
        monkeypatch.setattr(sd_scripts_install, "check_space", lambda *_: None)

    def run(self, command: list[Any], **named: Any) -> subprocess.CompletedProcess[str]:
        if command[0] == "git":
            return self.real(command, **named)
        words = " ".join(str(part) for part in command)
        if words.endswith("import pip"):
            return subprocess.CompletedProcess(command, int(not self.python.exists()), "", "")
        self.commands.append(words)
        said = next((text for part, text in self.failing.items() if part in words), None)
        if "-m venv" in words and said is None:
            self.python.parent.mkdir(parents=True)
            self.python.touch()
        packages = self.venv / "packages"
        if "sysconfig" in words:
            packages.mkdir()
        return subprocess.CompletedProcess(command, int(said is not None), str(packages), said or "")

    def said(self, words: str) -> list[str]:
        return [command for command in self.commands if words in command]


@pytest.fixture
def programs(upstream: Upstream, request_: Request, monkeypatch: pytest.MonkeyPatch) -> Programs:
    assert upstream.folder.is_dir()
    return Programs(request_.root, monkeypatch)


def test_a_venv_of_its_own_gets_upstreams_pins_and_ours(programs: Programs, request_: Request) -> None:
    sd_scripts_install.install(request_)
    assert not (request_.root / "venv").exists()
    assert programs.said(f"-m venv {programs.venv}")
    packages = programs.said("accelerate==1.6.0")[0]
    assert "torch==2.13.0 torchvision==0.28.0" in packages
    assert packages.endswith("sd-scripts.txt")
    assert stamp.read(programs.venv) is not None
    assert not list(programs.venv.rglob("*.pth")), "a torchvision that imports is left alone"
    programs.commands.clear()
    sd_scripts_install.install(request_)
    assert programs.commands == []


def test_a_torchvision_without_its_operators_is_mended(programs: Programs, request_: Request) -> None:
    programs.failing = {"-c import torchvision": "RuntimeError: operator torchvision::nms does not exist"}
    sd_scripts_install.install(request_)
    line = (programs.venv / "packages" / sd_scripts_install.STAND_IN).read_text(encoding="utf-8")
    program = f"{line}\nimport torchvision._meta_registrations, torchvision._autograd_registrations"
    assert (
        programs.real([sys.executable, "-S", "-c", _with_a_package("torchvision", program)], check=False).returncode
        == 0
    )


def _with_a_package(name: str, program: str) -> str:
    """Return a program before which an empty package is there."""
    return f"import sys, types; p = types.ModuleType({name!r}); p.__path__ = []; sys.modules[{name!r}] = p\n{program}"


@pytest.mark.parametrize("step", ["-m venv", "torch==", "accelerate==", "train_network"])
def test_a_failing_step_is_no_success(programs: Programs, request_: Request, step: str) -> None:
    programs.failing = {step: "import train_network: no kernel"}
    with pytest.raises(MikazukiError, match="Could not"):
        sd_scripts_install.install(request_)
    assert stamp.read(programs.venv) is None


def test_the_option_installs_ours_first(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(steps, "install", lambda _: done.append("ours"))
    monkeypatch.setattr(sd_scripts_install, "install", lambda _: done.append("upstream"))
    assert steps.main([]) == 0
    assert done == ["ours"]
    assert steps.main(["--with-sd-scripts"]) == 0
    assert done == ["ours", "ours", "upstream"]


def test_the_submodule_is_the_one_that_is_fetched() -> None:
    modules = configparser.ConfigParser()
    modules.read(ROOT / ".gitmodules", encoding="utf-8")
    entry = modules['submodule "sd-scripts"']
    assert (entry["path"], entry["url"]) == (FOLDER, ADDRESS)
    link = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--stage", FOLDER], capture_output=True, text=True, check=False
    ).stdout.split()
    assert not link or link[:2] == ["160000", PIN]


def test_what_goes_on_top_is_pinned_exactly() -> None:
    lines = (ROOT / "requirements" / "sd-scripts.txt").read_text(encoding="utf-8").splitlines()
    assert all("==" in line for line in lines if not line.startswith("#"))
