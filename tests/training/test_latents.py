"""Latents: kept or encoded anew they are the same, and they are the VAE's own."""

import numpy as np
import pytest
import torch

from mikazuki.data.load import training_pixels
from mikazuki.data.plan import make_plan
from mikazuki.models import load
from mikazuki.models.identify import identify
from mikazuki.training.latents import Encoded, PictureEncoder
from tests.training.conftest import GetModel, MakeRun, MakeSettings

pytestmark = pytest.mark.tiny


def test_a_sample_is_drawn_from_the_posterior() -> None:
    encoded = Encoded(torch.full((4, 8, 8), 3.0), torch.full((4, 8, 8), 0.5), torch.zeros(3, 2))
    drawn = torch.stack([encoded.sample(torch.Generator().manual_seed(seed)) for seed in range(50)])
    assert float(drawn.mean()) == pytest.approx(3, abs=0.05)
    assert float(drawn.std()) == pytest.approx(0.5, abs=0.05)


def test_pictures_become_the_vaes_posterior(tiny_model: GetModel, make_settings: MakeSettings) -> None:
    vae = load.load_vae(identify(tiny_model()), dtype=torch.float32)
    entry = make_plan(make_settings(), family_step=4).entries[0]
    for flip in (False, True):
        pixels = torch.from_numpy(training_pixels(entry)[0].astype(np.float32)).permute(2, 0, 1)[None] / 127.5 - 1
        with torch.no_grad():
            expected = vae.encode(pixels.flip(3) if flip else pixels).latent_dist
        (encoded,) = PictureEncoder(vae, torch.device("cpu"), keep=False).encode([(entry, flip)])
        assert torch.allclose(encoded.mean, expected.mean[0], atol=1e-4)
        assert torch.allclose(encoded.deviation, expected.std[0], atol=1e-4)
        assert encoded.sizes.tolist() == [[64, 64], [0, 0], [64, 64]]


def test_what_is_kept_is_encoded_once(
    tiny_model: GetModel, make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    vae = load.load_vae(identify(tiny_model()), dtype=torch.float32)
    entries = make_plan(make_settings(), family_step=4).entries
    encoder = PictureEncoder(vae, torch.device("cpu"), keep=True)
    assert list(encoder.fill(entries, flips=True, batch=4)) == [4, 6, 8]
    monkeypatch.setattr(vae, "encode", None)
    assert len(encoder.encode([(entries[0], True), (entries[1], False)])) == 2


@pytest.mark.parametrize("options", [{}, {"flip_aug": True, "train_batch_size": 2}])
@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_caching_changes_nothing(
    tiny_model: GetModel, train_tiny: MakeRun, family: str, options: dict[str, object]
) -> None:
    """Pictures are encoded in other company, which changes a CPU's sums in their last digit."""
    kept, anew = (train_tiny(tiny_model(family), at=str(k), cache_latents=k, **options) for k in (True, False))
    assert kept.losses() == pytest.approx(anew.losses(), rel=1e-5)
    assert {event["name"] for event in kept.of("stage")} - {event["name"] for event in anew.of("stage")} == {
        "cache_latents"
    }
