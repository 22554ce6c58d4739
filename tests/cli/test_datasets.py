"""The command `datasets`: made, filled, deleted and brought back."""

import argparse
import json
from pathlib import Path

import pytest
from PIL import Image

from mikazuki.cli import datasets
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, MikazukiError
from mikazuki.paths import Paths


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository."""
    monkeypatch.setattr(datasets, "repository", lambda: Paths(tmp_path / "repo"))
    return tmp_path / "repo"


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    datasets.add_arguments(parser)
    return datasets.run(parser.parse_args(words))


def test_from_making_to_restoring(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("make", "cats", "--words", "sks cat") == EXIT_DONE
    folder = root / "train" / "cats" / "10_sks cat"
    assert capsys.readouterr().out.strip() == str(folder)

    source = tmp_path / "source"
    (source / "10_sks cat").mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(source / "10_sks cat" / "a.png")
    (source / "10_sks cat" / "a.txt").write_text("x", encoding="utf-8")
    (source / "note.md").write_text("x", encoding="utf-8")
    assert _run("add", "cats", str(source)) == EXIT_DONE
    out = capsys.readouterr().out
    assert "2 files added" in out
    assert "note.md: it is neither a picture" in out
    assert _run("add", "cats", str(source / "note.md")) == EXIT_FAILED
    (source / "b.txt").write_text("x", encoding="utf-8")
    assert _run("add", "cats", str(source / "b.txt")) == EXIT_DONE
    (folder / "b.txt").unlink()
    capsys.readouterr()

    assert _run("list", "--json") == EXIT_DONE
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["name"], found["pictures"], found["captions"]) == ("cats", 1, 1)

    assert _run("delete", str(folder / "a.png")) == EXIT_DONE
    ids = capsys.readouterr().out.split("restore ")[1].split()
    assert list(folder.iterdir()) == []
    assert _run("restore", *ids) == EXIT_DONE
    assert {path.name for path in folder.iterdir()} == {"a.png", "a.txt"}
    capsys.readouterr()
    assert _run("list") == EXIT_DONE
    assert "cats: 1 picture, 1 with a caption" in capsys.readouterr().out


def test_a_data_set_that_is_not_there(root: Path, tmp_path: Path) -> None:
    for words in (["add", "none", str(tmp_path)], ["delete", str(tmp_path)]):
        with pytest.raises(MikazukiError) as refused:
            _run(*words)
        assert refused.value.code == "dataset-not-found"
    assert not root.exists()
