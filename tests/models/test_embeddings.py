"""Embedding files: every form that people have is read, ours are read by others, foreign files are refused."""

from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn

from mikazuki.errors import MikazukiError
from mikazuki.models.classify import kind_of
from mikazuki.models.embeddings import bundled, read_embeddings, save_embeddings, save_sentence, tensor_names
from mikazuki.models.families import SD1, SD2, SDXL

VECTORS = torch.arange(8.0).reshape(2, 4)


def test_names_are_the_families() -> None:
    assert tensor_names(SD1) == tensor_names(SD2) == ("emb_params",)
    assert tensor_names(SDXL) == ("clip_l", "clip_g")


@pytest.mark.parametrize("ending", ["safetensors", "pt", "ckpt"])
def test_what_is_written_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"x.{ending}"
    size = save_embeddings(path, {"emb_params": VECTORS}, {"modelspec.title": "x"})
    assert size == path.stat().st_size
    assert torch.equal(read_embeddings(path, ("emb_params",))["emb_params"], VECTORS)


def test_a_file_tells_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    save_embeddings(path, {"emb_params": VECTORS}, {"modelspec.title": "x"}, "fp16")
    assert load_file(path)["emb_params"].dtype == torch.float16
    with safe_open(path, "pt") as file:
        assert file.metadata() == {"modelspec.title": "x"}
    assert kind_of({"emb_params": (2, 4)}) != "lora"


def test_older_forms_are_read(tmp_path: Path) -> None:
    classic = tmp_path / "classic.pt"
    torch.save({"string_to_token": {"*": 265}, "string_to_param": {"*": nn.Parameter(VECTORS)}, "name": "x"}, classic)
    concept = tmp_path / "learned_embeds.bin"
    torch.save({"<cat>": VECTORS[0]}, concept)
    assert torch.equal(read_embeddings(classic, ("emb_params",))["emb_params"], VECTORS)
    assert torch.equal(read_embeddings(concept, ("emb_params",))["emb_params"], VECTORS[:1])


def test_one_of_two_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    save_file({"clip_g": VECTORS}, path)
    assert read_embeddings(path, ("clip_l", "clip_g")).keys() == {"clip_g"}


@pytest.mark.parametrize("held", [{"a": VECTORS, "b": VECTORS + 1}, {"emb_params": torch.zeros(1, 2, 3)}])
def test_another_file_is_refused(tmp_path: Path, held: dict[str, torch.Tensor]) -> None:
    path = tmp_path / "x.safetensors"
    save_file(held, path)
    with pytest.raises(MikazukiError) as caught:
        read_embeddings(path, ("emb_params",))
    assert caught.value.code == "not-an-embedding"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match=r"[Cc]orrect weights") as caught:
        read_embeddings(tmp_path / "x.safetensors", ("emb_params",))
    assert caught.value.code == "model-not-found"


def test_a_file_without_names_is_none(tmp_path: Path) -> None:
    """Such as the sentences that imagic saves, or a list."""
    for held in (VECTORS, [VECTORS]):
        torch.save(held, tmp_path / "x.pt")
        with pytest.raises(MikazukiError) as caught:
            read_embeddings(tmp_path / "x.pt", ("emb_params",))
        assert caught.value.code == "not-an-embedding"


def test_names_in_a_bundle() -> None:
    """One tensor as the older embedding format names it, two as SDXL's embeddings do."""
    one, two = torch.zeros(2, 3), torch.ones(2, 4)
    assert set(bundled("<a.b>", {"emb_params": one})) == {"bundle_emb.<a_b>.string_to_param.*"}
    assert set(bundled("x", {"clip_l": one, "clip_g": two})) == {"bundle_emb.x.clip_l", "bundle_emb.x.clip_g"}


def test_a_sentence_is_a_batch_of_one(tmp_path: Path) -> None:
    context, pooled = torch.rand(77, 4), torch.rand(6)
    save_sentence(tmp_path / "a.pt", {"context": context}, {})
    assert torch.equal(torch.load(tmp_path / "a.pt", weights_only=True), context.unsqueeze(0))
    for name in ("b.pt", "b.safetensors"):
        path = tmp_path / name
        save_sentence(path, {"context": context.half(), "pooled": pooled}, {"x": "y"})
        held = load_file(path) if path.suffix == ".safetensors" else torch.load(path, weights_only=True)
        assert torch.equal(held["prompt_embeds"], context.half().float().unsqueeze(0))
        assert torch.equal(held["pooled_prompt_embeds"], pooled.unsqueeze(0))
