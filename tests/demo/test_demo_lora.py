"""The demo as a person runs it: one command, and the LoRA shows its subject and leaves the rest alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from PIL import Image

from mikazuki.models.adapters import load_adapter
from mikazuki.models.identify import identify
from mikazuki.models.load import load_base
from mikazuki.models.metadata import read_metadata
from mikazuki.tools.measure import LoraMeasures, lora_measures

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.tiny


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the demo into a folder with a space and Chinese characters in its name."""
    folder = tmp_path_factory.mktemp("演示 demo")
    settings = [f"output_dir={folder}", f"logging_dir={folder / 'logs'}"]
    flags = [part for setting in settings for part in ("--set", setting)]
    command = [sys.executable, "-m", "mikazuki", "train", "config/default.toml", *flags]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def measured(demo: Path) -> LoraMeasures:
    return lora_measures(
        load_base(identify(ROOT / "sd-models" / "tiny-sd"), dtype=torch.float32), demo / "demo.safetensors"
    )


def test_shows_the_subject(measured: LoraMeasures) -> None:
    assert measured.subject_lora > measured.subject_base + 0.25, measured


def test_keeps_what_the_model_knew(measured: LoraMeasures) -> None:
    assert measured.prior_change < 0.04, measured
    assert measured.prior_likeness_to_subject < 0.15, measured
    assert measured.prior_fidelity_lora >= measured.prior_fidelity_base - 4, measured


def test_trains_both_parts(demo: Path) -> None:
    state = load_adapter(demo / "demo.safetensors")
    for part in ("lora_te_", "lora_unet_"):
        ups = [tensor for name, tensor in state.items() if name.startswith(part) and name.endswith("lora_up.weight")]
        assert ups
        assert all(float(up.float().abs().max()) > 0 for up in ups), part


def test_leaves_everything_a_person_looks_for(demo: Path) -> None:
    metadata = read_metadata(demo / "demo.safetensors")
    assert metadata["ss_output_name"] == "demo"
    assert json.loads(metadata["ss_dataset_dirs"]) == {"10_sks cat": {"n_repeats": 10, "img_count": 14}}
    with Image.open(demo / "demo-grid.png") as sheet:
        assert sheet.width > 3 * 192
    assert list((demo / "logs").glob("*/network_train/events.out.tfevents.*"))
    (job,) = (demo / "logs" / "jobs").iterdir()
    kinds = [json.loads(line)["kind"] for line in (job / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert kinds[0] == "started"
    assert kinds[-1] == "done"
    assert not list(demo.glob("**/*.part"))
