"""Methods beside lora teach tiny-sd the demo's cat, which it has never seen, and leave what it knew alone."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
import torch

from mikazuki.data.prompts import Prompt
from mikazuki.demo import measure, subject, world
from mikazuki.models.embeddings import read_embeddings
from mikazuki.models.hypernetworks import Hypernetwork, read_hypernetwork
from mikazuki.models.identify import identify
from mikazuki.models.load import BaseModel, load_base, text_core
from mikazuki.settings.words import token_names
from mikazuki.tools.measure import artist_of, draw_scenes, subject_prompts, with_lora
from mikazuki.training.methods.hypernetwork import attach
from mikazuki.training.methods.words import GrownEmbedding, add_tokens, written_out
from tests.training import making

pytestmark = [pytest.mark.tiny, pytest.mark.slow]

ROOT: Final = Path(__file__).parents[3]
TINY_SD: Final = ROOT / "sd-models" / "tiny-sd"
WORD: Final = "mikacat"
SEED: Final = 2000
SCENES: Final = 24

DEMO: Final[dict[str, Any]] = {
    "train_batch_size": 4, "min_bucket_reso": 64, "lr_scheduler": "cosine", "max_train_epochs": 4, "seed": 1337,
    "bucket_reso_steps": 16,
}  # fmt: skip
DREAMBOOTH: Final = {"method": "dreambooth", "learning_rate": 1e-4, "reg_data_dir": str(ROOT / "train" / "demo-reg")}
HYPERNETWORK: Final = {
    "method": "hypernetwork", "learning_rate": 3e-3, "save_model_as": "pt",
    "reg_data_dir": str(ROOT / "train" / "demo-reg"),
}  # fmt: skip
INVERSION: Final = {
    "method": "textual_inversion", "learning_rate": 5e-3, "token_string": WORD, "init_word": "cat",
    "num_vectors_per_token": 4, "use_object_template": True, "max_train_epochs": 8,
}  # fmt: skip
PIVOTAL: Final = {
    "method": "pivotal_tuning", "learning_rate": 1e-3, "text_encoder_lr": 5e-4, "network_dim": 16, "network_alpha": 8,
    "token_string": WORD, "init_word": "cat", "num_vectors_per_token": 4,
    "reg_data_dir": str(ROOT / "train" / "demo-reg"),
}  # fmt: skip


def trained(folder: Path, **more: Any) -> Path:
    """Train on the demo's pictures and return the file."""
    settings = making.settings_for(TINY_SD, ROOT / "train" / "demo", folder, **DEMO | more)
    return making.run(settings, folder / "job").file


def tiny_sd(path: Path = TINY_SD) -> BaseModel:
    return load_base(identify(path), dtype=torch.float32)


def knowing(word: Path) -> tuple[BaseModel, list[Prompt]]:
    """Return tiny-sd with the word of an embedding file, and the subject's prompts with that word in them."""
    base, (rows,) = tiny_sd(), read_embeddings(word, ("emb_params",)).values()
    tokens = token_names(WORD, len(rows))
    embeddings = text_core(base.text_encoders[0]).embeddings
    add_tokens(base.tokenizers[0], tokens, embeddings.token_embedding.num_embeddings)
    embeddings.token_embedding = GrownEmbedding(embeddings.token_embedding, rows)
    said = [replace(one, text=one.text.replace(subject.TRIGGER, WORD)) for one in subject_prompts(SEED)]
    return base, [replace(one, text=written_out(one.text, [tokens])) for one in said]


def likeness(base: BaseModel, prompts: list[Prompt]) -> float:
    references = [world.pixels(picture) for picture in subject.portraits(SCENES, SEED)]
    return measure.subject_fidelity(artist_of(base).draw_all(prompts), references)


def fidelity(base: BaseModel) -> int:
    """Return how many of 24 scenes that have nothing to do with the subject show what was asked for."""
    every = list(world.scenes(held=False))
    scenes = [every[number] for number in np.random.default_rng(SEED).choice(len(every), SCENES, replace=False)]
    return measure.prompt_fidelity(draw_scenes(artist_of(base), scenes, SEED), scenes).both


def test_dreambooth(tmp_path: Path) -> None:
    before, after = tiny_sd(), tiny_sd(trained(tmp_path, **DREAMBOOTH))
    prompts = subject_prompts(SEED)
    assert likeness(after, prompts) > likeness(before, prompts) + 0.15
    assert fidelity(after) >= fidelity(before) - 1


def test_hypernetwork(tmp_path: Path) -> None:
    """What a file that web UIs load has learned acts where it is put before the attention of a base model."""
    file = read_hypernetwork(trained(tmp_path, **HYPERNETWORK))
    network = Hypernetwork(file.widths, file.spec).eval()
    network.load_state_dict(dict(file.tensors))
    base, prompts = tiny_sd(), subject_prompts(SEED)
    attach(network, base.unet)
    learned, kept = likeness(base, prompts), fidelity(base)
    network.strength = 0.0
    assert learned > likeness(base, prompts) + 0.06
    assert kept >= fidelity(base) - 4


def test_pivotal_tuning(tmp_path: Path) -> None:
    """The word's own file and the network's, together as a UI loads them; captions tell the rest of each picture."""
    pictures = tmp_path / "pictures"
    shutil.copytree(ROOT / "train" / "demo", pictures)
    for path in pictures.rglob("*.txt"):
        path.write_text(path.read_text(encoding="utf-8").replace(subject.TRIGGER, WORD), encoding="utf-8")
    path = trained(tmp_path, **PIVOTAL, train_data_dir=str(pictures))
    before = likeness(tiny_sd(), subject_prompts(SEED))
    base, prompts = knowing(path.with_name(f"x-{WORD}.safetensors"))
    assert likeness(base, prompts) > before + 0.03, "the word alone draws some of it"
    with with_lora(base, path):
        assert likeness(base, prompts) > before + 0.15


def test_textual_inversion(tmp_path: Path) -> None:
    """Without the word in them, prompts give what they gave, bit for bit: only the subject needs to be measured."""
    learned, prompts = knowing(trained(tmp_path, **INVERSION))
    assert likeness(learned, prompts) > likeness(tiny_sd(), subject_prompts(SEED)) + 0.12
