"""Measures a model that draws the small world: does it follow its prompts, does a LoRA show the demo's subject.

python -m mikazuki.tools.measure sd-models/tiny-sd [--lora output/demo.safetensors]
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from mikazuki.data.prompts import Prompt
from mikazuki.demo import measure, subject, world
from mikazuki.models.identify import identify
from mikazuki.models.load import BaseModel, load_base
from mikazuki.training.conditions import LiveText
from mikazuki.training.networks import Network, attach_file
from mikazuki.training.sampling import Artist

Pictures = list[NDArray[np.uint8]]

STEPS: Final = 20
SCALE: Final = 4.0
SUBJECT_PROMPTS: Final = 24
REFERENCES: Final = 24
PRIOR_PROMPTS: Final = 24


def artist_of(base: BaseModel) -> Artist:
    """Return what draws with a base model on the CPU in fp32 with DDIM."""
    device = torch.device("cpu")
    return Artist(
        unet=base.unet,
        vae=base.vae,
        condition=LiveText(base.text_encoders, base.tokenizers, None, 75, device),
        size_condition=lambda _height, _width: None,
        precision=nullcontext,
        prediction_type=base.prediction_type,
        vae_scale=base.vae_scale,
        latent_factor=2 ** (len(base.vae.config.block_out_channels) - 1),
        latent_channels=base.vae.config.latent_channels,
        sampler="ddim",
        device=device,
    )


@contextmanager
def with_lora(base: BaseModel, path: Path) -> Iterator[Network]:
    """Attach a file of any kind of network to a base model for a while."""
    network = attach_file(base.unet, base.text_encoders, base.family, path)
    try:
        yield network
    finally:
        network.detach()


def _prompts(texts: list[str], seed: int) -> list[Prompt]:
    return [Prompt(text, world.SIDE, world.SIDE, seed + i, STEPS, SCALE) for i, text in enumerate(texts)]


def draw_scenes(artist: Artist, scenes: list[world.Scene], seed: int) -> Pictures:
    """Draw each scene's caption with a seed of its own."""
    return artist.draw_all(_prompts([world.caption(scene) for scene in scenes], seed))


def tiny_sd_fidelity(artist: Artist, count: int = 64, seed: int = 1000) -> measure.PromptFidelity:
    """Draw ``count`` held-out scenes and count how many pictures show what was asked for."""
    scenes = measure.held_out_scenes(count, seed)
    return measure.prompt_fidelity(draw_scenes(artist, scenes, seed), scenes)


@dataclass(frozen=True, slots=True)
class LoraMeasures:
    """What a LoRA of the demo's subject did; likeness 0 to 1, change 0 to 1, fidelities as counts of PRIOR_PROMPTS."""

    subject_base: float
    subject_lora: float
    prior_change: float
    prior_likeness_to_subject: float
    prior_fidelity_base: int
    prior_fidelity_lora: int


def subject_prompts(seed: int) -> list[Prompt]:
    """Return prompts that name the subject, in every place."""
    places = list(world.PLACES)
    scenes = [world.Scene("", "", "big", place=places[i % len(places)]) for i in range(SUBJECT_PROMPTS)]
    return _prompts([subject.caption(scene) for scene in scenes], seed)


def lora_measures(base: BaseModel, path: Path, seed: int = 2000) -> LoraMeasures:
    """Draw with and without the LoRA, the same prompts and seeds, and compare."""
    artist = artist_of(base)
    references = [world.pixels(picture) for picture in subject.portraits(REFERENCES, seed)]
    every = list(world.scenes(held=False))
    chosen = np.random.default_rng(seed).choice(len(every), PRIOR_PROMPTS, replace=False)
    scenes = [every[number] for number in chosen]

    def both() -> tuple[Pictures, Pictures]:
        return artist.draw_all(subject_prompts(seed)), draw_scenes(artist, scenes, seed)

    subject_base, prior_base = both()
    with with_lora(base, path):
        subject_lora, prior_lora = both()

    def likeness(pictures: Pictures) -> float:
        return measure.subject_fidelity(pictures, references)

    return LoraMeasures(
        subject_base=likeness(subject_base),
        subject_lora=likeness(subject_lora),
        prior_change=measure.prior_change(prior_base, prior_lora),
        prior_likeness_to_subject=likeness(prior_lora),
        prior_fidelity_base=measure.prompt_fidelity(prior_base, scenes).both,
        prior_fidelity_lora=measure.prompt_fidelity(prior_lora, scenes).both,
    )


def main() -> None:
    """Measure and write JSON to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="base model")
    parser.add_argument("--lora", type=Path, help="LoRA of the demo's subject")
    arguments = parser.parse_args()
    base = load_base(identify(arguments.model), dtype=torch.float32)
    found = lora_measures(base, arguments.lora) if arguments.lora else tiny_sd_fidelity(artist_of(base))
    sys.stdout.write(json.dumps(asdict(found), indent=1) + "\n")


if __name__ == "__main__":
    main()
