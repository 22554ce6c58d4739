"""Two subjects in one training: each prompt gives its own, and neither leaks into the other's."""

import json
from pathlib import Path
from typing import Final

import pytest
import torch

from mikazuki.data.prompts import Prompt
from mikazuki.demo import measure, second_subject, subject, world
from mikazuki.models.identify import identify
from mikazuki.models.load import load_base
from mikazuki.tools.measure import SCALE, STEPS, Pictures, artist_of, with_lora
from tests.training import making

pytestmark = [pytest.mark.tiny, pytest.mark.slow]

ROOT: Final = Path(__file__).parents[2]
TINY_SD: Final = ROOT / "sd-models" / "tiny-sd"
SAMPLES: Final = 64
"""Half of them of each subject."""
MOST_CONFUSED: Final = 3
"""5 % of the samples."""
SEED: Final = 2000


def concepts(folder: Path) -> str:
    """Write the second subject's pictures, and return both concepts with the pictures of their class."""
    second_subject.write_pictures(folder / "fish")
    shared = {"class_data_dir": str(ROOT / "train" / "demo-reg" / "1_shape"), "num_repeats": 5}
    cat = {
        "instance_data_dir": str(ROOT / "train" / "demo" / "10_sks cat"),
        "instance_token": "sks",
        "class_token": "cat",
    }
    fish = {"instance_data_dir": str(folder / "fish"), "instance_token": "ohwx", "class_token": "fish"}
    # a caption that has both tokens stays as it is
    return json.dumps([{**cat, **shared}, {**fish, **shared}])


def prompts(trigger: str) -> list[Prompt]:
    """Return prompts that name one subject, in every place, each with noise of its own."""
    places = list(world.PLACES.values())
    texts = [f"a big {trigger} in the middle, {places[number % len(places)][0]}" for number in range(SAMPLES // 2)]
    return [Prompt(text, world.SIDE, world.SIDE, SEED + n, STEPS, SCALE) for n, text in enumerate(texts)]


def confused(pictures: Pictures, own: Pictures, other: Pictures) -> int:
    """Count the pictures that are not nearer to their own subject than to the other one."""
    return sum(measure.likeness(picture, own) <= measure.likeness(picture, other) for picture in pictures)


def test_each_prompt_gives_its_own_subject(tmp_path: Path) -> None:
    settings = making.settings_for(
        TINY_SD, tmp_path, tmp_path, train_data_dir=None, concepts_list=concepts(tmp_path), train_batch_size=4,
        min_bucket_reso=64, lr_scheduler="cosine", max_train_epochs=6, seed=1337, learning_rate=1e-3,
        text_encoder_lr=5e-4, network_dim=16, network_alpha=8, sample_grid=False,
    )  # fmt: skip
    file = making.run(settings, tmp_path / "job").file
    base = load_base(identify(TINY_SD), dtype=torch.float32)
    cats = [world.pixels(picture) for picture in subject.portraits(24, SEED)]
    fish = [world.pixels(picture) for picture in second_subject.portraits(24, SEED)]
    with with_lora(base, file):
        artist = artist_of(base)
        drawn_cats, drawn_fish = (
            artist.draw_all(prompts(trigger)) for trigger in (subject.TRIGGER, second_subject.TRIGGER)
        )
    wrong = confused(drawn_cats, cats, fish) + confused(drawn_fish, fish, cats)
    assert wrong <= MOST_CONFUSED
    assert measure.subject_fidelity(drawn_cats, cats) > 0.2
    assert measure.subject_fidelity(drawn_fish, fish) > 0.2
