"""Full-size models against recorded runs of upstream: conditions, predicted noise and loss of the first step."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.models import load
from mikazuki.models.families import FAMILIES, FamilyName
from mikazuki.models.identify import ModelInfo, identify
from mikazuki.models.lora_spec import LoraSpec
from mikazuki.models.text import encode_sd, encode_sdxl, sdxl_time_ids
from mikazuki.training.networks.lora import build_network

CONTRACT: Final = Path(__file__).parents[3] / "shared" / "contract"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CONTRACT / "reference").is_dir(), reason="the recorded runs are not beside this checkout"),
]


def reference_model(name: str, folder: Path) -> ModelInfo:
    """Make the full-size checkpoint by its fixed rule, once, in MIKAZUKI_REFERENCE or a temporary folder."""
    path = Path(os.environ.get("MIKAZUKI_REFERENCE") or folder) / f"{name}_reference.safetensors"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        script = CONTRACT / "reference" / "make_checkpoint.py"
        subprocess.run([sys.executable, script, CONTRACT / f"ckpt_{name}_keys.json", part], check=True)
        part.rename(path)
    return identify(path)


def relative(own: Tensor, recorded: Tensor) -> float:
    """Return the largest difference in shares of the largest number."""
    return float((own - recorded).abs().max() / recorded.abs().max())


def recorded_steps(name: str) -> dict[str, Tensor]:
    steps: dict[str, Tensor] = load_file(CONTRACT / "reference" / name / "steps.safetensors")
    return steps


def assert_first_step(unet_output: Tensor, steps: dict[str, Tensor]) -> None:
    """Hold predicted noise and loss of step 0 to the recorded ones."""
    error = relative(unet_output, steps["00.noise_pred"])
    assert error < 1e-5, error
    per_picture = (unet_output - steps["00.noise"]).square().mean(dim=(1, 2, 3))
    loss = (per_picture * steps["00.loss_weights"]).mean()
    assert float(loss) == pytest.approx(float(steps["00.loss"]), rel=1e-5)


@torch.no_grad()
def test_sd15(tmp_path: Path) -> None:
    info, steps = reference_model("sd15", tmp_path), recorded_steps("sd15")
    assert info.family == "sd1"
    (encoder,) = load.load_text_encoders(info, dtype=torch.float32)
    network = build_network(None, [encoder], FAMILIES["sd1"], LoraSpec(4, 2.0))
    weights = load_file(CONTRACT / "reference" / "sd15" / "lora_before.safetensors")
    network.load_weights({name: tensor for name, tensor in weights.items() if name.startswith("lora_te")})
    assert relative(encode_sd(encoder, steps["00.input_ids"]), steps["00.cond"]) < 1e-4
    unet = load.load_unet(info, dtype=torch.float32)
    assert_first_step(unet(steps["00.noisy_latents"], steps["00.timesteps"], steps["00.cond"]).sample, steps)


@torch.no_grad()
def test_sdxl(tmp_path: Path) -> None:
    info, steps = reference_model("sdxl", tmp_path), recorded_steps("sdxl")
    family: FamilyName = "sdxl"
    assert info.family == family
    encoders = load.load_text_encoders(info, dtype=torch.float32)
    # upstream multiplies by the projection turned the other way; the model's authors, diffusers and the UIs as we do
    projection = encoders[1].text_projection
    projection.weight = torch.nn.Parameter(projection.weight.T.contiguous())
    for step in ("00", "01", "02", "03"):
        context, pooled = encode_sdxl(encoders, steps[f"{step}.input_ids1"], steps[f"{step}.input_ids2"])
        assert relative(context, torch.cat((steps[f"{step}.cond1"], steps[f"{step}.cond2"]), dim=-1)) < 1e-4
        assert relative(pooled, steps[f"{step}.pool2"]) < 1e-4
    del encoders
    unet = load.load_unet(info, dtype=torch.float32)
    sizes = [steps[f"00.{name}"] for name in ("original_sizes_hw", "crop_top_lefts", "target_sizes_hw")]
    added = {"text_embeds": steps["00.pool2"], "time_ids": sdxl_time_ids(*sizes)}
    context = torch.cat((steps["00.cond1"], steps["00.cond2"]), dim=-1)
    output = unet(steps["00.noisy_latents"], steps["00.timesteps"], context, added_cond_kwargs=added).sample
    assert_first_step(output, steps)
