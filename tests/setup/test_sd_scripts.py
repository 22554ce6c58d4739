"""The trial import of the upstream trainer, with small files in its place."""

import os
import sys
from pathlib import Path

import pytest

from mikazuki.setup.sd_scripts import clean_environment, import_problem

HERE = Path(sys.executable)


def test_what_imports_is_no_problem(tmp_path: Path) -> None:
    folder = tmp_path / "\u6d4b\u8bd5 folder"
    folder.mkdir()
    (folder / "train.py").write_text("import helper\n", encoding="utf-8")
    (folder / "helper.py").touch()
    assert import_problem(folder, HERE, ("train",)) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import no_such_package", "import train: No module named 'no_such_package'"),
        ("raise SystemExit", "import train: SystemExit"),
        ("print('noise'); raise RuntimeError('operator x::nms does not exist')", "operator x::nms"),
        ("import os; os._exit(9)", "ended with 9"),
    ],
)
def test_what_does_not_work_is_said_in_one_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "train.py").write_text(text, encoding="utf-8")
    said = import_problem(tmp_path, HERE, ("train",))
    assert words in said
    assert "\n" not in said


def test_an_import_that_hangs_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text("import time; time.sleep(60)", encoding="utf-8")
    assert "not done after" in import_problem(tmp_path, HERE, ("train",), seconds=0.3)


def test_a_python_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "does not start" in import_problem(tmp_path, tmp_path / "python", ("train",))


def test_nothing_of_this_venv_reaches_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "ours")
    made = clean_environment({"MORE": "1"})
    assert "PYTHONPATH" not in made
    assert made["PYTHONNOUSERSITE"] == made["HF_HUB_OFFLINE"] == made["MORE"] == "1"
    assert os.environ["PYTHONPATH"] == "ours"
