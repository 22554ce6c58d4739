"""The command `tag`: a run in a process of its own, a dry run, the queue, taking back, where models go."""

import json
from pathlib import Path
from typing import Any

import pytest

from mikazuki.cli import main as cli
from mikazuki.cli.tag import result_lines
from mikazuki.cli.tag_view import TagView, progress_text
from tests.tagging import world

RED = "red thing, hero (story), green thing, blue thing\n"


@pytest.fixture
def folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two pictures, one captioned; the present folder has a tagger `wd`."""
    world.wd(root / "wd")
    for name in ("a", "b"):
        world.picture(root / "set" / f"{name}.png")
    (root / "set" / "a.txt").write_text("mine\n", encoding="utf-8")
    monkeypatch.chdir(root)
    return root / "set"


def tag(*words: str) -> int:
    return cli.main(["tag", *words])


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}


def test_a_run_and_taking_it_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tag("set", "--model", "wd", "--threads", "1", "--on_conflict", "overwrite") == 0
    assert texts(folder) == {"a.txt": RED, "b.txt": RED}
    said = capsys.readouterr().out
    assert "2 pictures captioned of 2" in said
    job = said.rpartition("--undo ")[2].strip()
    assert tag("--undo", job) == 0
    assert "1 file of" in capsys.readouterr().out
    assert texts(folder) == {"a.txt": "mine\n"}


def test_a_dry_run_shows_the_differences(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("set", "--model", "wd", "--threads", "1", "--on_conflict", "append", "--dry_run")
    assert tag(*words) == 0
    said = capsys.readouterr().out
    assert "-mine\n+mine, red thing" in said
    assert "2 pictures would be captioned" in said
    assert "--undo" not in said
    assert tag(*words, "--json") == 0
    last: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [(Path(one["caption"]).name, one["before"]) for one in last["changes"]] == [
        ("a.txt", "mine"),
        ("b.txt", None),
    ]
    assert texts(folder) == {"a.txt": "mine\n"}


def test_a_run_that_fails_says_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "wd" / "model.onnx").write_bytes(b"broken")
    assert tag("set", "--model", "wd") == 1
    assert "onnxruntime cannot load" in capsys.readouterr().err


def test_the_queue(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tag("set", "--model", "wd", "--queue", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (Path(told["folder"]) / "queue.json").is_file()
    assert texts(folder) == {"a.txt": "mine\n"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "train_data_dir is missing"),
        (["nowhere", "--model", "wd"], "no folder or picture"),
        (["set", "--model", "wd-vit-v33"], "Did you mean wd-vit-v3"),
        (["set", "--tresh", "0.5"], "did you mean thresh"),
        (["--undo", "nothing"], "no job 'nothing'"),
        (["--where", "nothing"], "--list names"),
    ],
)
def test_wrong_requests(folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    assert folder
    assert tag(*words) == 2
    assert said in capsys.readouterr().err


def test_where_and_list(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://mirror/")
    assert tag("--where", "wd-vit-v3") == 0
    place = folder.parent / "sd-models" / "taggers" / "wd-vit-tagger-v3"
    said = capsys.readouterr().out
    assert "https://mirror/SmilingWolf/wd-vit-tagger-v3/resolve/main/model.onnx\n" in said
    assert f"-> {place / 'selected_tags.csv'}\n" in said
    world.wd(place)
    world.cl(place.with_name("own"))
    assert tag("--where", "wd-vit-v3") == 0
    assert "is complete" in capsys.readouterr().out
    assert tag("--list", "--json") == 0
    found = {one["name"]: (one["kind"], one["here"]) for one in json.loads(capsys.readouterr().out)["models"]}
    assert found["wd-vit-tagger-v3"] == ("wd", True)
    assert found["cl_tagger_1_01"] == ("cl", False)
    assert found["own"] == ("cl", True)


def test_what_is_said_at_the_end() -> None:
    last = {"written": 1, "total": 5, "seconds": 2.0, "unchanged": 0, "skipped": 2, "failed": 1}
    stopped = result_lines({"kind": "stopped", **last}, "id", dry_run=False, stopped=True)
    assert stopped[0] == (
        "1 picture captioned of 5 in 2.0 s; 2 pictures done or captioned before; "
        "1 picture could not be read or written."
    )
    assert [line.rpartition("tag ")[2] for line in stopped[1:]] == ["--resume id", "--undo id"]
    by_force = result_lines({}, "id", dry_run=False, stopped=True)
    assert [line.rpartition("tag ")[2] for line in by_force] == ["--resume id", "--undo id"]


def test_the_view(capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    event = {"kind": "progress", "time": 0, "step": 8, "total": 500, "speed": 4.0, "eta": 123.0}
    assert progress_text(event) == "8/500 pictures, 4.0 a second, 2 min 03 s left"
    now = [0.0]
    view = TagView(sys.stdout, terminal=False, clock=lambda: now[0])
    view.handle(event)
    assert capsys.readouterr().out == ""
    now[0] = 11.0
    view.handle(event)
    assert capsys.readouterr().out.startswith("  8/500 pictures")
    terminal = TagView(sys.stdout, terminal=True, clock=lambda: now[0])
    terminal.handle(event)
    assert "8/500 pictures" in capsys.readouterr().out
