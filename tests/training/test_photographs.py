"""Real photographs on full-size models through train.sh, as a person does it: a few steps, by hand, minutes."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from mikazuki.models.adapters import load_adapter
from tests.models.test_reference import pytestmark, reference_model

__all__ = ["pytestmark"]
ROOT: Final = Path(__file__).parents[2]
ORIENTATION: Final = 0x0112
PHOTOGRAPHS: Final = (
    ("skimage", "data/astronaut.png", 1),
    ("skimage", "data/chelsea.png", 6),
    ("skimage", "data/coffee.png", 3),
    ("skimage", "data/rocket.jpg", 8),
    ("sklearn", "datasets/images/china.jpg", 1),
    ("sklearn", "datasets/images/flower.jpg", 6),
)
"""Package, file in it, and the EXIF orientation it is stored with; sizes from 451 x 300 to 640 x 427."""
STORED_AS: Final = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def write_photographs(folder: Path) -> None:
    """Write the photographs as JPEGs whose pixels lie as a turned camera stores them."""
    folder.mkdir(parents=True)
    for number, (package, name, orientation) in enumerate(PHOTOGRAPHS):
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            pytest.skip(f"{package} is not installed: requirements/slow.txt")
        picture = Image.open(Path(spec.origin).parent / name).convert("RGB")
        turned = STORED_AS[orientation]
        stored = picture if turned is None else picture.transpose(turned)
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        stored.save(folder / f"照片 {number}.jpg", quality=92, exif=exif)
        (folder / f"照片 {number}.txt").write_text(f"a photo of sks thing number {number}\n", encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="train.sh is for bash")
@pytest.mark.parametrize(("name", "side"), [("sd15", 256), ("sdxl", 256)])
def test_photographs_train(name: str, side: int, tmp_path: Path) -> None:
    info = reference_model(name, tmp_path)
    write_photographs(tmp_path / "我的 照片" / "2_sks thing")
    settings = {
        "pretrained_model_name_or_path": info.path,
        "train_data_dir": tmp_path / "我的 照片",
        "reg_data_dir": "",
        "output_dir": tmp_path / "out",
        "logging_dir": tmp_path / "logs",
        "output_name": name,
        "resolution": f"{side},{side}",
        "min_bucket_reso": 128,
        "max_bucket_reso": 512,
        "bucket_reso_steps": 64,
        "train_batch_size": 1,
        "max_train_epochs": "",
        "max_train_steps": 3,
        "save_every_n_epochs": "",
        "sample_prompts": "",
        "sample_every_n_epochs": "",
        "network_dim": 8,
        "mixed_precision": "bf16",
    }
    flags = [part for key, value in settings.items() for part in ("--set", f"{key}={value}")]
    done = subprocess.run(
        ["bash", "train.sh", *flags], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(load_adapter(tmp_path / "out" / f"{name}.safetensors")) in {792, 2958}
    (events,) = (tmp_path / "logs" / "jobs").glob("*/events.jsonl")
    progress = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines() if '"progress"' in line]
    assert [event["step"] for event in progress][-1] == 3
