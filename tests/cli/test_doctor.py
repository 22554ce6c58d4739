import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mikazuki.cli import doctor as command
from mikazuki.cli import main as cli
from mikazuki.engines.sd_scripts_place import FOLDER_VARIABLE, PIN, PYTHON_VARIABLE
from mikazuki.paths import Paths
from mikazuki.preparing import doctor
from mikazuki.preparing.doctor import Finding, examine, read_pins
from mikazuki.setup.sd_scripts import SCRIPTS


@pytest.fixture
def no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask a torch of one line: the real one takes seconds."""
    answer: dict[str, object] = {"version": "2.13.0", "cuda": None, "available": False, "gpus": [], "known": True}
    monkeypatch.setattr(doctor, "ASK_TORCH", f"print({json.dumps(json.dumps(answer))})")


def look(root: Path) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(Paths(root))}


@pytest.mark.usefixtures("no_torch")
def test_a_bare_folder(tmp_path: Path) -> None:
    found = look(tmp_path)
    assert found["Python"].state == "ok"
    assert found["torch"].text.startswith("2.13.0")
    assert found["packages"].state == "warn"
    assert found["folders"].state == "ok"
    assert found["tiny-sd"].state == "warn"
    assert found["tiny-sd"].remedy
    assert found["version"].state == "warn"
    assert list(tmp_path.iterdir()) == [], "looking leaves nothing behind"


@pytest.mark.usefixtures("no_torch")
def test_packages_that_are_not_as_pinned_are_named(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    pins = "# pins\npydantic==0.0.1  # why\nno-such-package==1.0\n\npytest>=1\n"
    (tmp_path / "requirements" / "base.txt").write_text(pins, encoding="utf-8")
    assert read_pins(tmp_path / "requirements") == {"pydantic": "0.0.1", "no-such-package": "1.0"}
    found = look(tmp_path)["packages"]
    assert found.state == "fail"
    assert "not 0.0.1" in found.text
    assert "no-such-package is missing" in found.text
    assert "install" in found.remedy


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("raise ImportError('libcuda is gone')", "libcuda is gone"),
        ("print('nonsense')", "cannot be imported"),
        ("pass", "cannot be imported"),
    ],
)
def test_a_torch_that_does_not_load(program: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ASK_TORCH", program)
    found = look(tmp_path)["torch"]
    assert found.state == "fail"
    assert words in found.text


@pytest.mark.parametrize(("state", "code"), [("ok", 0), ("warn", 0), ("fail", 1)])
def test_the_exit_code_tells_whether_trainings_can_work(
    state: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def examine_nothing(_paths: Paths) -> list[Finding]:
        make: Callable[..., Finding] = Finding
        return [make("thing", state, "as it is", "mend it")]

    monkeypatch.setattr(command, "examine", examine_nothing)
    assert cli.main(["doctor"]) == code
    assert "- thing: mend it" in capsys.readouterr().out
    assert cli.main(["doctor", "--json"]) == code
    assert json.loads(capsys.readouterr().out)[0]["state"] == state


@pytest.mark.tiny
def test_the_real_torch_is_seen(tmp_path: Path) -> None:
    assert look(tmp_path)["torch"].state == "ok"


class Upstream:
    """A stand-in for upstream's checkout: a commit, and a script that imports or does not."""

    def __init__(self, folder: Path, script: str = "", commit: str | None = PIN) -> None:
        folder.mkdir()
        for name in SCRIPTS:
            (folder / f"{name}.py").write_text(script, encoding="utf-8")
        if commit:
            (folder / ".git").mkdir()
            (folder / ".git" / "HEAD").write_text(f"{commit}\n", encoding="utf-8")


@pytest.fixture
def this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take this Python for upstream's."""
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    monkeypatch.setenv(PYTHON_VARIABLE, sys.executable)


@pytest.mark.usefixtures("this_python")
@pytest.mark.parametrize(
    ("script", "commit", "state", "words"),
    [
        ("", PIN, "ok", f"commit {PIN[:7]}; its imports work"),
        ("", None, "ok", "its commit is not known; its imports work"),
        ("", "0" * 40, "warn", f"commit 0000000, not the pinned {PIN[:7]}; its imports work"),
        ("import no_such_package", PIN, "warn", "cannot be imported: import train_network: No module named"),
    ],
)
def test_upstreams_trainer_is_tried(tmp_path: Path, script: str, commit: str | None, state: str, words: str) -> None:
    Upstream(tmp_path / "sd-scripts", script, commit)
    found = doctor._sd_scripts(Paths(tmp_path))
    assert found.state == state
    assert words in found.text
    assert ("--with-sd-scripts" in found.remedy) == (state == "warn")


@pytest.mark.usefixtures("this_python")
def test_a_checkout_elsewhere_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Upstream(tmp_path / "mine")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    assert "mine, commit" in doctor._sd_scripts(Paths(tmp_path)).text


def test_no_upstream_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    found = doctor._sd_scripts(Paths(tmp_path))
    assert (found.state, found.remedy) == ("ok", "")
    assert "builtin engine needs nothing of it" in found.text
