"""Masks by a real small model and of transparency: values worked out by hand, nothing of a person's overwritten."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from mikazuki.data.mask_store import former_masks
from mikazuki.errors import MikazukiError
from mikazuki.events import EventWriter
from mikazuki.paths import repository
from mikazuki.settings.load import dump_toml
from mikazuki.settings.masking import MaskSettings
from mikazuki.tools import masks as program
from mikazuki.tools.masks import make_masks
from tests.tools.saliency import bright_model


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two pictures of 8x8, each with a column of greys and a white square, and the model."""
    bright_model(tmp_path / "models" / "bright.onnx")
    for name in ("a.png", "10_sks cat/b.png"):
        picture(tmp_path / "in" / name)
    return tmp_path


def picture(path: Path) -> Path:
    pixels = np.zeros((8, 8, 3), np.uint8)
    pixels[2:6, 2:6] = 255
    pixels[:, 7] = 102
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


def settings(root: Path, **options: Any) -> MaskSettings:
    asked = {"image_dir": str(root / "in"), "model": "bright", "models_dir": str(root / "models"), **options}
    return MaskSettings.model_validate(asked)


def run(root: Path, **options: Any) -> dict[str, Any]:
    done = make_masks(settings(root, **options), EventWriter(root / "events.jsonl"))
    assert done.pop("path") == Path(options.get("mask_output_dir") or root / "in-masks")
    return done


def warnings_in(root: Path) -> list[dict[str, Any]]:
    lines = (root / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [event for event in map(json.loads, lines) if event["kind"] == "warning"]


def mask(root: Path, name: str = "a.png") -> NDArray[np.uint8]:
    with Image.open(root / "in-masks" / name) as image:
        assert (image.mode, image.format) == ("L", "PNG")
        return np.asarray(image)


def by_hand(grey: int, white: int = 255, black: int = 0) -> NDArray[np.uint8]:
    expected = np.full((8, 8), black, np.uint8)
    expected[2:6, 2:6] = white
    expected[:, 7] = grey
    return expected


def test_a_model_marks_what_is_bright(root: Path) -> None:
    before = (root / "in" / "a.png").read_bytes()
    assert run(root) == {"written": 2, "kept": 0, "failed": 0}
    assert np.array_equal(mask(root), by_hand(102))
    assert np.array_equal(mask(root, "10_sks cat/b.png"), by_hand(102))
    assert (root / "in" / "a.png").read_bytes() == before


def test_shape_options_act(root: Path) -> None:
    run(root, threshold=0.5)
    assert np.array_equal(mask(root), by_hand(0))
    run(root, threshold=0.3, existing="renew")
    assert np.array_equal(mask(root), by_hand(255))
    run(root, threshold=0.5, grow=-1, invert=True, existing="renew")
    expected = np.full((8, 8), 255, np.uint8)
    expected[3:5, 3:5] = 0
    assert np.array_equal(mask(root), expected)


def test_transparency_makes_masks_and_pictures_without_are_told(root: Path) -> None:
    half = Image.new("RGBA", (8, 6), (9, 9, 9, 255))
    half.paste((0, 0, 0, 51), (0, 0, 4, 6))
    half.save(root / "in" / "half.webp", lossless=True, exact=True)
    Image.new("RGBA", (4, 4), (9, 9, 9, 0)).save(root / "in" / "clear.png")
    done = run(root, source="alpha")
    assert done == {"written": 1, "kept": 0, "failed": 3}
    assert mask(root, "half.png").tolist() == [[51] * 4 + [255] * 4] * 6
    said = [(event["code"], event["text"].split()[0]) for event in warnings_in(root)]
    assert ("no-transparency", "a.png") in said
    assert [code for code, _ in said].count("mask-empty") == 1
    assert not (root / "in-masks" / "clear.png").exists()


def test_a_mask_of_a_persons_own_stays_unless_told(root: Path) -> None:
    own = root / "in-masks" / "a.jpg"
    own.parent.mkdir()
    Image.new("L", (8, 8), 77).save(own)
    before = own.read_bytes()
    assert run(root) == {"written": 1, "kept": 1, "failed": 0}
    assert run(root, threshold=0.5, existing="renew") == {"written": 1, "kept": 1, "failed": 0}
    assert "was not made here" in warnings_in(root)[-1]["text"]
    assert own.read_bytes() == before
    assert run(root, threshold=0.5, existing="replace") == {"written": 1, "kept": 1, "failed": 0}
    assert np.array_equal(mask(root), by_hand(0))
    assert not own.exists()
    (former,) = former_masks(root / "in-masks" / "a.png")
    assert former.path.read_bytes() == before


def test_a_mask_painted_over_one_made_here_is_a_persons_own(root: Path) -> None:
    run(root)
    Image.new("L", (8, 8), 3).save(root / "in-masks" / "a.png")
    assert run(root, threshold=0.5, existing="renew") == {"written": 1, "kept": 1, "failed": 0}
    assert (mask(root) == 3).all()


def test_what_stands_is_not_made_again_until_something_changes(root: Path) -> None:
    run(root)
    stamp = (root / "in-masks" / "a.png").stat().st_mtime_ns
    for existing in ("keep", "renew", "replace"):
        assert run(root, existing=existing) == {"written": 0, "kept": 2, "failed": 0}
    assert (root / "in-masks" / "a.png").stat().st_mtime_ns == stamp
    Image.new("RGB", (8, 8), "white").save(root / "in" / "a.png")
    assert run(root, existing="renew") == {"written": 1, "kept": 1, "failed": 0}
    assert (mask(root) == 255).all()


def test_a_dry_run_names_masks_and_writes_nothing(root: Path) -> None:
    done = run(root, dry_run=True)
    assert done == {
        "written": 0,
        "kept": 0,
        "failed": 0,
        "due": 2,
        "names": [f"{name} -> {root / 'in-masks' / name}" for name in ("10_sks cat/b.png", "a.png")],
    }
    assert not (root / "in-masks").exists()


def test_hostile_pictures_are_told_one_by_one_and_the_rest_goes_on(root: Path) -> None:
    grey = np.asarray(Image.open(root / "in" / "a.png").convert("L"), np.uint16)
    Image.fromarray(grey * 257).save(root / "in" / "deep.png")
    Image.open(root / "in" / "a.png").quantize(4).save(root / "in" / "palette.png")
    white = Image.new("RGB", (8, 8), "white")
    Image.open(root / "in" / "a.png").save(root / "in" / "moving.png", save_all=True, append_images=[white])
    whole = (root / "in" / "a.png").read_bytes()
    (root / "in" / "cut.png").write_bytes(whole[: len(whole) // 2])
    (root / "in" / "zero.png").touch()
    done = run(root)
    assert done == {"written": 5, "kept": 0, "failed": 2}
    for name in ("deep.png", "palette.png", "moving.png"):
        assert np.array_equal(mask(root, name), by_hand(102)), name
    texts = [event["text"] for event in warnings_in(root)]
    assert len(texts) == 3
    assert all(any(name in text for text in texts) for name in ("moving.png: of 2 frames", "cut.png", "zero.png"))


def test_when_nothing_comes_out_the_run_has_failed(root: Path) -> None:
    with pytest.raises(MikazukiError, match="Not one mask") as caught:
        run(root, source="alpha")
    assert (caught.value.code, caught.value.exit_code) == ("nothing-masked", 1)


def test_a_stop_keeps_what_is_finished_and_the_next_run_goes_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        picture(root / "in" / f"{number}.png")
    monkeypatch.setattr(program, "_MOST_WORKERS", 1)
    stop = root / "stop"
    stop.touch()
    with pytest.raises(KeyboardInterrupt):
        make_masks(settings(root), EventWriter(None), stop)
    stood = sorted((root / "in-masks").rglob("*.png"))
    assert 0 < len(stood) < 8
    assert run(root) == {"written": 8 - len(stood), "kept": len(stood), "failed": 0}


def test_a_kill_leaves_each_mask_whole(root: Path) -> None:
    for number in range(60):
        picture(root / "in" / f"{number}.png")
    config = root / "job" / "config.toml"
    config.parent.mkdir()
    config.write_text(dump_toml(settings(root)), encoding="utf-8")
    command = [sys.executable, "-m", "mikazuki.tools.masks", "--config_file", str(config)]
    process = subprocess.Popen(command, cwd=repository().root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not list((root / "in-masks").glob("*.png")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    stood = sorted((root / "in-masks").rglob("[!.]*.png"))
    assert stood
    for path in stood:
        assert np.array_equal(mask(root, path.relative_to(root / "in-masks").as_posix()), by_hand(102))
    assert run(root) == {"written": 62 - len(stood), "kept": len(stood), "failed": 0}
    assert list((root / "in-masks").rglob("*.part")) == []
