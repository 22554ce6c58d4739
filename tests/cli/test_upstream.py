"""The command that reads upstream's options."""

import argparse
import sys
from pathlib import Path

import pytest

from mikazuki.cli import upstream
from mikazuki.engines.sd_scripts_place import Place, python_of
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, MikazukiError
from mikazuki.settings.upstream.options import encode
from mikazuki.settings.upstream.scripts import SCRIPTS

SCRIPT = """
import argparse

def setup_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", type=int, default=3)
    return parser
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with all the scripts, each with one option."""
    folder = tmp_path / "sd-scripts"
    folder.mkdir()
    for script in SCRIPTS.values():
        (folder / script.file).write_text(SCRIPT, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where options are stored, instead of in the package."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(upstream, "_file", lambda script: folder / f"{script}.json")
    return folder


def run(*words: str) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser()
    upstream.add_arguments(parser)
    return upstream.run(parser.parse_args(words))


def test_it_stores_and_then_finds_nothing_changed(
    checkout: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--checkout", str(checkout), "--python", sys.executable)
    assert run("--write", *words) == EXIT_DONE
    assert len(list(data.glob("*.json"))) == len(SCRIPTS)
    assert run(*words) == EXIT_DONE
    assert "are as stored" in capsys.readouterr().out


def test_it_tells_what_changed_and_changes_nothing(
    checkout: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "train_db.json").write_text(encode({"only": {"type": "int", "default": 4}}), encoding="utf-8")
    (checkout / "train_new.py").write_text(SCRIPT, encoding="utf-8")
    assert run("--checkout", str(checkout), "--python", sys.executable) == EXIT_FAILED
    said = capsys.readouterr().out
    assert "train_new is a script that is not known here" in said
    assert "train_db: only was {'type': 'int', 'default': 4}, is {'type': 'int', 'default': 3}" in said
    assert "train_network: only is new" in said
    assert [path.name for path in data.iterdir()] == ["train_db.json"]


def test_a_folder_without_upstream_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match=r"no train_network\.py") as refusal:
        run("--checkout", str(tmp_path))
    assert refusal.value.code == "upstream-missing"


def test_the_environment_names_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(tmp_path / "elsewhere"))
    with pytest.raises(MikazukiError, match="elsewhere"):
        run()


def test_its_python_is_found_beside_it(
    checkout: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = python_of(tmp_path / "venv-sd-scripts")
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    monkeypatch.delenv("MIKAZUKI_SD_SCRIPTS_PYTHON", raising=False)
    assert run("--write", "--checkout", str(checkout)) == EXIT_DONE
    assert len(list(data.iterdir())) == len(SCRIPTS)


def test_a_checkout_without_an_environment_is_refused(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream, "find_place", lambda folder: Place(folder, None))
    with pytest.raises(MikazukiError, match="has no Python environment") as refusal:
        run("--checkout", str(checkout))
    assert refusal.value.code == "upstream-python-missing"


def test_the_stored_options_are_found_in_the_package() -> None:
    assert "network_dim" in upstream.stored("train_network")
    assert upstream.stored("train_nothing") == {}


def test_it_shows_one_scripts_options_without_a_checkout(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--show", "train_db.py", "--language", "zh-CN") == EXIT_DONE
    said = capsys.readouterr().out
    assert said.startswith("# train_db\n")
    assert "| `no_token_padding` | true、false |" in said
    with pytest.raises(MikazukiError, match="Did you mean train_db"):
        run("--show", "train_dbb")
