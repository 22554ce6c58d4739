"""tiny-sd as shipped: small, complete, and it follows prompts whose colour-shape pair it has never seen."""

from pathlib import Path

import pytest
import torch

from mikazuki.models.identify import identify
from mikazuki.models.load import load_base
from mikazuki.tools.measure import artist_of, tiny_sd_fidelity

TINY_SD = Path(__file__).parents[2] / "sd-models" / "tiny-sd"
MOST_BYTES = 24 * 1024 * 1024


def test_is_small_and_of_stable_diffusions_architecture() -> None:
    assert sum(file.stat().st_size for file in TINY_SD.rglob("*") if file.is_file()) <= MOST_BYTES
    info = identify(TINY_SD)
    assert (info.family, info.prediction_type, info.layout, info.has_vae) == ("sd1", "epsilon", "diffusers", True)


@pytest.mark.tiny
def test_follows_its_prompts() -> None:
    base = load_base(identify(TINY_SD), dtype=torch.float32)
    found = tiny_sd_fidelity(artist_of(base))
    assert found.samples == 64
    assert found.both >= 0.9 * 64, found
