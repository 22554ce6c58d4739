"""Drawing: the picture is the one that diffusers' pipelines draw with the file we wrote."""

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
from diffusers.pipelines.stable_diffusion_xl.pipeline_stable_diffusion_xl import StableDiffusionXLPipeline
from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from torch import Tensor
from transformers.models.clip.modeling_clip import CLIPTextModel, CLIPTextModelWithProjection

from mikazuki.data.prompts import Prompt
from mikazuki.events import EventWriter
from mikazuki.models import load
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import identify
from mikazuki.settings.options.sample import SAMPLERS
from mikazuki.settings.train import TrainSettings
from mikazuki.training.machine import Machine
from mikazuki.training.report import Report
from mikazuki.training.run import prepare, read_task
from mikazuki.training.sampling import Artist
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings

pytestmark = pytest.mark.tiny

PROMPT = Prompt("a red square, left", 64, 80, seed=3, steps=6, scale=4.0)


def artist_of(settings: TrainSettings, folder: Path) -> Artist:
    """Return what would draw the samples of a training."""
    prompts = folder / "prompts.txt"
    prompts.write_text(f"{PROMPT.text}\n", encoding="utf-8")
    folder.joinpath("job").mkdir()
    task = read_task(making.set_anew(settings, sample_prompts=str(prompts)), folder / "job")
    _, checkpoints = prepare(task, Machine(task.settings), Report(EventWriter(None)))
    assert checkpoints.artist is not None
    return checkpoints.artist


@torch.no_grad()
def pixels(artist: Artist, prompt: Prompt) -> Tensor:
    return artist.decode(artist.latents([prompt]))[0]


def pipeline(folder: Path, family: FamilyName) -> Any:
    """Return diffusers' own pipeline over a model folder."""
    tokenizers = load.load_tokenizers(identify(folder))
    parts = {
        "vae": AutoencoderKL.from_pretrained(folder / "vae"),
        "unet": UNet2DConditionModel.from_pretrained(folder / "unet"),
        "text_encoder": CLIPTextModel.from_pretrained(folder / "text_encoder"),
        "tokenizer": tokenizers[0],
        "scheduler": DDIMScheduler.from_pretrained(folder / "scheduler"),
    }
    if family == "sdxl":
        second = CLIPTextModelWithProjection.from_pretrained(folder / "text_encoder_2")
        return StableDiffusionXLPipeline(
            **parts, text_encoder_2=second, tokenizer_2=tokenizers[1], add_watermarker=False
        )
    return StableDiffusionPipeline(**parts, safety_checker=None, feature_extractor=None, requires_safety_checker=False)


def drawn_by(pipe: Any, prompt: Prompt) -> Tensor:
    pipe.set_progress_bar_config(disable=True)
    generator = torch.Generator().manual_seed(int(prompt.seed or 0))
    picture = pipe(
        prompt=prompt.text,
        negative_prompt=prompt.negative,
        width=prompt.width,
        height=prompt.height,
        num_inference_steps=prompt.steps,
        guidance_scale=prompt.scale,
        generator=generator,
        output_type="pt",
    ).images[0]
    assert isinstance(picture, Tensor)
    return picture


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_diffusers_draws_the_same_with_our_file(
    tiny_model: GetModel, train_tiny: MakeRun, tmp_path: Path, family: FamilyName
) -> None:
    """SD2's tiny model predicts v."""
    folder = tiny_model(family, "diffusers")
    done = train_tiny(folder, learning_rate=1.2, max_train_steps=2)
    artist = artist_of(making.set_anew(done.settings, network_weights=str(done.file)), tmp_path)
    ours = pixels(artist, PROMPT)
    pipe = pipeline(folder, family)
    without = drawn_by(pipe, PROMPT)
    pipe.load_lora_weights(str(done.file.parent), weight_name=done.file.name)
    theirs = drawn_by(pipe, PROMPT)
    assert float((theirs - without).abs().max()) > 0.02
    assert float((ours - theirs).abs().max()) <= 1e-4


def test_negative_prompt_size_seed_and_scale_count(make_settings: MakeSettings, tmp_path: Path) -> None:
    artist = artist_of(make_settings(), tmp_path)
    picture = artist.draw(PROMPT)
    assert picture.shape == (80, 64, 3)
    assert picture.dtype == np.uint8
    assert np.array_equal(picture, artist.draw(PROMPT))
    text, width, height = PROMPT.text, PROMPT.width, PROMPT.height
    for other in (
        Prompt("a wide thing", width, height, 3, 6, 4.0),
        Prompt(text, width, height, 4, 6, 4.0),
        Prompt(text, width, height, 3, 7, 4.0),
        Prompt(text, width, height, 3, 6, 9.0),
        Prompt(text, width, height, 3, 6, 4.0, "a wide thing"),
        Prompt(text, width, height, 3, 6, 1.0),
    ):
        assert not np.array_equal(picture, artist.draw(other)), other


def test_every_prompt_has_its_sampler(make_settings: MakeSettings, tmp_path: Path) -> None:
    artist = artist_of(make_settings(sample_sampler="euler"), tmp_path)
    names = [None, *(name for name in get_args(SAMPLERS) if not name.startswith("k_"))]
    small = replace(PROMPT, height=64, steps=4)
    pictures = dict(zip(names, artist.draw_all([replace(small, sampler=name) for name in names]), strict=True))
    assert all(picture.std() > 1 for picture in pictures.values())
    assert np.array_equal(pictures.pop(None), pictures["euler"])
    assert len({picture.tobytes() for picture in pictures.values()}) == len(pictures)


def test_prompts_of_one_kind_are_drawn_together_and_keep_their_order(
    make_settings: MakeSettings, tmp_path: Path
) -> None:
    artist = artist_of(make_settings(sample_sampler="euler_a"), tmp_path)
    small = replace(PROMPT, steps=3)
    prompts = [
        replace(small, seed=4),
        replace(small, sampler="ddim"),
        small,
        replace(small, seed=5, sampler="euler_a"),
    ]
    assert list(artist._batches(prompts)) == [[0, 2, 3], [1]]
    for prompt, picture in zip(prompts, artist.draw_all(prompts), strict=True):
        # a batch rounds otherwise in the last digits
        assert np.abs(picture.astype(int) - artist.draw(prompt)).max() <= 1
