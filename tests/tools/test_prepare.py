"""Copies as a whole: sources untouched, hostile files told, nothing foreign overwritten, resume, stop, a kill."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mikazuki.errors import MikazukiError
from mikazuki.events import EventWriter
from mikazuki.paths import repository
from mikazuki.settings.load import dump_toml
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.tools import prepare as program
from mikazuki.tools import prepare_picture
from mikazuki.tools.prepare import prepare


def noise(path: Path, size: tuple[int, int] = (100, 80), mode: str = "RGB", **save: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(list(path.name.encode()))
    Image.fromarray(rng.integers(0, 256, (size[1], size[0], len(mode)), dtype=np.uint8)).save(path, **save)
    return path


def settings(root: Path, **options: Any) -> PrepareSettings:
    asked = {"image_dir": str(root / "in"), "output_dir": str(root / "out"), "resolution": 64, **options}
    return PrepareSettings.model_validate(asked)


def events_in(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def run(root: Path, **options: Any) -> dict[str, Any]:
    return prepare(settings(root, **options), EventWriter(root / "events.jsonl"))


def files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(path.relative_to(folder).as_posix() for path in found)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def test_copies_come_with_their_captions_and_the_source_stays(tmp_path: Path) -> None:
    noise(tmp_path / "in" / "[a] (1).JPG", format="JPEG")
    noise(tmp_path / "in" / "\U0001f600.webp")
    (tmp_path / "in" / "[a] (1).txt").write_bytes(b"a cat\r\n")
    (tmp_path / "in" / "[a] (1).caption").write_bytes(b"another")
    before = contents(tmp_path / "in")
    result = run(tmp_path, mirror=True)
    assert result["written"] == 2
    assert contents(tmp_path / "in") == before
    names = [
        f"[a] (1){part}" for part in ("-mirrored.caption", "-mirrored.png", "-mirrored.txt", ".caption", ".png", ".txt")
    ]
    assert files(tmp_path / "out") == [*names, "\U0001f600-mirrored.png", "\U0001f600.png"]
    assert (tmp_path / "out" / "[a] (1)-mirrored.txt").read_bytes() == b"a cat\r\n"
    with (
        Image.open(tmp_path / "out" / "\U0001f600.png") as plain,
        Image.open(tmp_path / "out" / "\U0001f600-mirrored.png") as mirrored,
    ):
        assert plain.size == (64, 64)
        assert np.array_equal(np.asarray(plain), np.asarray(mirrored)[:, ::-1])


def test_broken_files_are_told_one_by_one_and_the_rest_goes_on(tmp_path: Path) -> None:
    noise(tmp_path / "in" / "good.png")
    whole = (tmp_path / "in" / "good.png").read_bytes()
    (tmp_path / "in" / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "in" / "zero.jpg").touch()
    (tmp_path / "in" / "photo.heic").touch()
    result = run(tmp_path)
    assert (result["written"], result["failed"]) == (1, 2)
    events = events_in(tmp_path / "events.jsonl")
    warnings = " ".join(event["text"] for event in events if event["kind"] == "warning")
    assert all(name in warnings for name in ("cut.png", "zero.jpg", "photo.heic"))
    done = [event["done"] for event in events if event["kind"] == "stage_progress"]
    assert done == [1, 2, 3]


def test_a_folder_of_broken_files_alone_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "zero.png").touch()
    with pytest.raises(MikazukiError, match="Not one picture"):
        run(tmp_path)


@pytest.mark.parametrize(("output", "masks"), [("in", None), ("in/copies", None), (".", None), ("out", "in/masks")])
def test_nothing_is_written_among_the_sources(tmp_path: Path, output: str, masks: str | None) -> None:
    noise(tmp_path / "in" / "a.png")
    before = files(tmp_path)
    with pytest.raises(MikazukiError, match="one in the other"):
        run(tmp_path, output_dir=str(tmp_path / output), mask_output_dir=masks and str(tmp_path / masks))
    assert files(tmp_path) == before


def test_a_second_run_makes_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        noise(tmp_path / "in" / f"{name}.png")
    assert run(tmp_path)["written"] == 3
    made: list[str] = []
    make = prepare_picture.make

    def noted(file: Path, *rest: Any) -> Any:
        made.append(file.name)
        return make(file, *rest)

    monkeypatch.setattr(program, "make", noted)
    assert run(tmp_path)["kept"] == 3
    noise(tmp_path / "in" / "b.png", (90, 70))
    (tmp_path / "out" / "c.png").unlink()
    assert run(tmp_path)["written"] == 2
    assert sorted(made) == ["b.png", "c.png"]
    assert run(tmp_path, resolution=128)["written"] == 3


def test_what_is_not_ours_or_was_changed_stays(tmp_path: Path) -> None:
    noise(tmp_path / "in" / "a.png")
    noise(tmp_path / "in" / "b.png")
    (tmp_path / "in" / "b.txt").write_text("as it came", encoding="utf-8")
    noise(tmp_path / "out" / "a.png", (10, 10))
    foreign = (tmp_path / "out" / "a.png").read_bytes()
    result = run(tmp_path)
    assert (result["written"], result["kept"]) == (1, 1)
    (tmp_path / "out" / "b.txt").write_text("better words", encoding="utf-8")
    run(tmp_path, resolution=128)
    assert (tmp_path / "out" / "a.png").read_bytes() == foreign
    assert (tmp_path / "out" / "b.txt").read_text(encoding="utf-8") == "better words"
    with Image.open(tmp_path / "out" / "b.png") as image:
        assert image.size[0] > 64
    texts = [event["text"] for event in events_in(tmp_path / "events.jsonl") if event["kind"] == "warning"]
    assert sum("left as it is" in text for text in texts) == 3


def test_copies_that_are_no_longer_asked_for_go(tmp_path: Path) -> None:
    for name in ("a", "b"):
        noise(tmp_path / "in" / f"{name}.png")
        (tmp_path / "in" / f"{name}.txt").write_text(name, encoding="utf-8")
    run(tmp_path, words="sks cat", repeats=3)
    assert files(tmp_path / "out")[0] == "3_sks cat/a.png"
    (tmp_path / "out" / "3_sks cat" / "b.txt").write_text("edited", encoding="utf-8")
    result = run(tmp_path, words="sks cat", repeats=5)
    assert result["removed"] == 3
    assert files(tmp_path / "out") == [
        "3_sks cat/b.txt",
        *(f"5_sks cat/{name}" for name in ("a.png", "a.txt", "b.png", "b.txt")),
    ]


def test_several_folders_go_into_one_without_touching_each_other(tmp_path: Path) -> None:
    noise(tmp_path / "in" / "a.png")
    noise(tmp_path / "more" / "a.png", (200, 64))
    run(tmp_path)
    first = contents(tmp_path / "out")
    for _ in range(2):
        result = run(tmp_path, image_dir=str(tmp_path / "more"))
        assert result["removed"] == 0
        assert files(tmp_path / "out") == ["a-2.png", "a.png"]
        assert contents(tmp_path / "out")["a.png"] == first["a.png"]
    assert result["kept"] == 1
    assert run(tmp_path)["kept"] == 1


def test_a_moved_output_folder_is_known_again(tmp_path: Path) -> None:
    noise(tmp_path / "in" / "a.png")
    run(tmp_path)
    (tmp_path / "out").rename(tmp_path / "moved")
    result = run(tmp_path, output_dir=str(tmp_path / "moved"))
    assert (result["kept"], result["written"]) == (1, 0)


def test_a_stop_file_ends_it_and_the_next_run_goes_on(tmp_path: Path) -> None:
    for number in range(30):
        noise(tmp_path / "in" / f"{number:02}.png")
    stop = tmp_path / "stop"
    stop.touch()
    with pytest.raises(KeyboardInterrupt):
        prepare(settings(tmp_path), EventWriter(None), stop)
    first = len(files(tmp_path / "out"))
    assert 0 < first < 30
    stop.unlink()
    result = prepare(settings(tmp_path), EventWriter(None), stop)
    assert (result["kept"], result["written"]) == (first, 30 - first)


@pytest.mark.skipif(sys.platform == "win32", reason="a kill is another thing there")
def test_a_kill_leaves_whole_files_and_the_next_run_goes_on(tmp_path: Path) -> None:
    for number in range(40):
        noise(tmp_path / "in" / f"{number:02}.png", (400, 300))
    (tmp_path / "config.toml").write_text(dump_toml(settings(tmp_path, resolution=256)), encoding="utf-8")
    command = [sys.executable, "-m", "mikazuki.tools.prepare", "--config_file", str(tmp_path / "config.toml")]
    with subprocess.Popen(command, cwd=repository().root, stderr=subprocess.DEVNULL) as child:
        deadline = time.monotonic() + 60
        while len(list((tmp_path / "out").glob("*.png"))) < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
    before = contents(tmp_path / "out")
    assert 5 <= len(before) < 40
    for name in before:
        with Image.open(tmp_path / "out" / name) as image:
            image.load()
    result = run(tmp_path, resolution=256)
    assert result["kept"] >= 3
    assert len(files(tmp_path / "out")) == 40
    assert list((tmp_path / "out").glob(".*.part")) == []


def test_formats_are_written_without_what_the_camera_told(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "camera"
    noise(tmp_path / "in" / "a.jpg", exif=exif)
    for kind, name in (("jpg", "JPEG"), ("webp", "WEBP"), ("png", "PNG")):
        run(tmp_path, image_format=kind, quality=100, output_dir=str(tmp_path / kind))
        with Image.open(tmp_path / kind / f"a.{kind}") as image:
            assert image.format == name
            assert not image.getexif()
    with Image.open(tmp_path / "png" / "a.png") as png, Image.open(tmp_path / "webp" / "a.webp") as webp:
        assert np.array_equal(np.asarray(png), np.asarray(webp))
