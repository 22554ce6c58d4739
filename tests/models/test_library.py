"""Models below folders: each told by its header, broken ones with their reason, nothing read twice."""

import os
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.models import library
from mikazuki.models.library import FoundModel, Library, files_beside, find_models, preview_beside, read_model, stem_of
from mikazuki.paths import repository
from mikazuki.settings.identity import FACTS
from tests.models.conftest import WriteHeader

DOWN = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k"


def _lora(rank: int, width: int) -> dict[str, tuple[int, ...]]:
    return {
        f"{DOWN}.lora_down.weight": (rank, width),
        f"{DOWN}.lora_up.weight": (320, rank),
        f"{DOWN}.alpha": (),
    }


@pytest.mark.parametrize(("width", "family"), [(768, "sd1"), (1024, "sd2"), (2048, "sdxl"), (16, "")])
def test_a_lora_without_metadata(safetensors_of: WriteHeader, width: int, family: str) -> None:
    found = read_model(safetensors_of(_lora(8, width)))
    assert (found.kind, found.family, found.rank, found.layout, found.problem) == ("lora", family, 8, "lora", "")


def test_what_the_metadata_says_goes_before(safetensors_of: WriteHeader) -> None:
    path = safetensors_of(_lora(8, 768), metadata={"ss_base_model_version": "sdxl_base_v1-0", "ss_network_dim": "4"})
    found = read_model(path)
    assert (found.family, found.rank) == ("sdxl", 8)


def test_other_networks(safetensors_of: WriteHeader) -> None:
    shapes = {f"{DOWN}.hada_w1_a": (320, 4), f"{DOWN}.hada_w1_b": (4, 768)}
    found = read_model(safetensors_of(shapes, metadata={"ss_network_dim": "4"}))
    assert (found.kind, found.layout, found.rank) == ("lycoris", "loha", 4)


def test_small_kinds(safetensors_of: WriteHeader) -> None:
    assert read_model(safetensors_of({"emb_params": (2, 768)})).kind == "embedding"
    assert read_model(safetensors_of({"decoder.conv_in.weight": (4, 4, 3, 3)})).kind == "vae"


def test_broken_files_are_told_with_their_reason(tmp_path: Path, safetensors_of: WriteHeader) -> None:
    cut = safetensors_of(_lora(8, 768), name="cut.safetensors")
    cut.write_bytes(cut.read_bytes()[:-10])
    (tmp_path / "page.safetensors").write_text("<html>", encoding="utf-8")
    (tmp_path / "empty.ckpt").write_bytes(b"")
    for name, words in {"cut.safetensors": "incomplete", "page.safetensors": "web page", "empty.ckpt": "no"}.items():
        found = read_model(tmp_path / name)
        assert found.kind == "unknown"
        assert words in found.problem


def test_the_model_of_the_demo_is_a_base_model() -> None:
    found = read_model(repository().models / "tiny-sd")
    assert (found.kind, found.family, found.layout, found.name) == ("base", "sd1", "diffusers", "tiny-sd")
    assert found.bytes > 1_000_000


def test_states_hidden_folders_and_parts_of_models_are_left_out(tmp_path: Path, safetensors_of: WriteHeader) -> None:
    safetensors_of({"x": (1,)}, name="a.safetensors")
    for name in ("run-state/model.safetensors", ".part/b.safetensors", "whole/unet/c.safetensors", "sub/d.pt"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "run-state" / FACTS).write_text("{}", encoding="utf-8")
    (tmp_path / "whole" / "model_index.json").write_text("{}", encoding="utf-8")
    names = [str(path.relative_to(tmp_path)) for path in find_models([tmp_path, tmp_path / "nowhere"])]
    assert names == ["a.safetensors", str(Path("sub/d.pt")), "whole"]


def test_nothing_is_read_twice_until_it_changes(safetensors_of: WriteHeader, monkeypatch: pytest.MonkeyPatch) -> None:
    path = safetensors_of(_lora(8, 768))
    shelf, read = Library(), list[Path]()

    def counted(one: Path) -> FoundModel:
        read.append(one)
        return read_model(one)

    monkeypatch.setattr(library, "read_model", counted)
    for _ in range(3):
        assert [model.rank for model in shelf.models([path.parent, path.parent])] == [8]
    assert len(read) == 1
    safetensors_of(_lora(4, 768))
    os.utime(path, (1, 1))
    assert shelf.model(path).rank == 4
    path.unlink()
    assert shelf.models([path.parent]) == []
    with pytest.raises(MikazukiError) as refused:
        shelf.model(path)
    assert refused.value.code == "model-not-found"


def test_what_lies_beside_a_model(tmp_path: Path) -> None:
    for name in ("a.safetensors", "a.png", "a.preview.png", "a.json", "ab.png", "a.b.safetensors", "a.b.png"):
        (tmp_path / name).write_bytes(b"")
    assert preview_beside(tmp_path / "a.safetensors") == tmp_path / "a.preview.png"
    assert {path.name for path in files_beside(tmp_path / "a.safetensors")} == {"a.png", "a.preview.png", "a.json"}
    assert stem_of(tmp_path / "a.b.safetensors") == "a.b"
    assert stem_of(tmp_path / "sd-v1.5") == "sd-v1.5"
