"""Imagic on tiny-sd: the learned sentence draws the one picture, and the caption still what it says."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from mikazuki.data.prompts import Prompt
from mikazuki.demo import measure, subject, world
from mikazuki.tools.measure import artist_of
from mikazuki.training.conditions import Condition
from tests.training.methods.test_teaching import SEED, tiny_sd, trained

pytestmark = [pytest.mark.tiny, pytest.mark.slow]

PICTURE: Final = world.Scene("", "", "big", position="in the middle", place="grass")
WISH: Final = world.Scene("red", "circle", "big", position="in the middle", place="snow")
"""What the caption asks for: nothing that the picture shows."""
SEEDS: Final = 8
GUIDANCE: Final = 1.0
"""None: the sentence alone says what is drawn, as it was learned."""
IMAGIC: Final[dict[str, Any]] = {
    "method": "imagic", "learning_rate": 1e-4, "imagic_embedding_lr": 1e-2, "max_train_steps": 250,
    "imagic_embedding_steps": 100, "max_train_epochs": None, "sample_grid": False,
}  # fmt: skip


def one_picture(folder: Path) -> Path:
    """Write the demo's cat with a caption that asks for something else; return the folder."""
    inner = folder / "4_one"
    inner.mkdir(parents=True)
    subject.portrait(PICTURE, np.random.default_rng(SEED)).save(inner / "a.png")
    (inner / "a.txt").write_text(world.caption(WISH), encoding="utf-8")
    return folder


def drawn(model: Path, share: float) -> list[measure.Pixels]:
    """Draw with what was learned and ``share`` of the caption, as a program that is given sentences does."""
    sentences = [load_file(model.with_name(f"x-{name}.safetensors")) for name in ("optimized", "target")]
    learned, target = (found["prompt_embeds"] for found in sentences)
    artist = artist_of(tiny_sd(model))
    encode = artist.condition

    def mixed(texts: list[str]) -> Condition:
        rows = [torch.lerp(learned, target, share) if text else encode([text]).context for text in texts]
        return Condition(torch.cat(rows))

    text = world.caption(WISH)
    prompts = [Prompt(text, world.SIDE, world.SIDE, SEED + number, 20, GUIDANCE) for number in range(SEEDS)]
    return replace(artist, condition=mixed).draw_all(prompts)


def likeness(pictures: list[measure.Pixels], folder: Path) -> float:
    with Image.open(folder / "4_one" / "a.png") as picture:
        reference = np.asarray(picture.convert("RGB").resize((world.SIDE, world.SIDE)))
    return measure.subject_fidelity(pictures, [reference])


def fidelity(pictures: list[measure.Pixels]) -> int:
    return measure.prompt_fidelity(pictures, [WISH] * len(pictures)).both


def test_imagic(tmp_path: Path) -> None:
    folder = one_picture(tmp_path / "pictures")
    model = trained(tmp_path, **IMAGIC, train_data_dir=str(folder))
    learned, asked = drawn(model, 0.0), drawn(model, 1.0)
    assert likeness(learned, folder) > 0.2
    assert fidelity(asked) >= SEEDS - 2
