import json
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.tagging.hubs import HUBS
from mikazuki.tagging.known import KNOWN, SHORT_NAMES, kind_of, onnx_file, source_of, where
from tests.tagging import world


def test_names(tmp_path: Path) -> None:
    assert source_of("wd-vit-tagger-v3", tmp_path).folder == tmp_path / "wd-vit-tagger-v3"
    assert source_of("wd14-moat-v2", tmp_path).name == "wd-v1-4-moat-tagger-v2"
    assert source_of("SmilingWolf/wd-vit-tagger-v3", tmp_path).known == KNOWN["wd-vit-tagger-v3"]
    other = source_of("owner/some-tagger", tmp_path)
    assert (other.name, other.folder, other.repository) == (
        "some-tagger",
        tmp_path / "some-tagger",
        "owner/some-tagger",
    )
    own = world.wd(tmp_path / "my tagger")
    assert source_of(str(own), tmp_path).name == "my tagger"
    assert source_of("my tagger", tmp_path).folder == own
    assert set(SHORT_NAMES.values()) <= set(KNOWN)


@pytest.mark.parametrize("model", ["wd-vit-tager-v3", "./nowhere/a", "a/b/c", "C:\\a/b"])
def test_what_is_no_model(tmp_path: Path, model: str) -> None:
    with pytest.raises(MikazukiError) as error:
        source_of(model, tmp_path)
    assert error.value.code == "tagger-unknown"
    assert model != "wd-vit-tager-v3" or "wd-vit-tagger-v3" in error.value.hint


def test_kinds_by_their_files(tmp_path: Path) -> None:
    assert kind_of(world.wd(tmp_path / "a")) == "wd"
    assert kind_of(world.cl(tmp_path / "b")) == "cl"
    assert kind_of(world.deepdanbooru(tmp_path / "c")) == "deepdanbooru"
    for missing in ("model.onnx", "selected_tags.csv"):
        (world.wd(tmp_path / missing) / missing).unlink()
        assert kind_of(tmp_path / missing) is None
    captioner = tmp_path / "d"
    captioner.mkdir()
    (captioner / "config.json").write_text("{}", encoding="utf-8")
    assert kind_of(captioner) is None
    (captioner / "model.safetensors").write_bytes(b"")
    assert kind_of(captioner) == "captioner"
    index = captioner / "model.safetensors.index.json"
    for names, kind in ((["model.safetensors"], "captioner"), (["model.safetensors", "other.safetensors"], None)):
        index.write_text(json.dumps({"weight_map": dict(enumerate(names))}), encoding="utf-8")
        assert kind_of(captioner) == kind
    index.write_text("[]", encoding="utf-8")
    assert kind_of(captioner) is None
    assert kind_of(tmp_path / "nothing") is None


def test_any_onnx_file_will_do_but_the_usual_name_comes_first(tmp_path: Path) -> None:
    (tmp_path / "a.onnx").write_bytes(b"")
    assert onnx_file(tmp_path) == tmp_path / "a.onnx"
    (tmp_path / "model.onnx").write_bytes(b"")
    assert onnx_file(tmp_path) == tmp_path / "model.onnx"


def test_where_names_what_is_still_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://mirror/")
    hub = HUBS["huggingface"]
    source = source_of("cl_tagger_1_01", tmp_path)
    address = "https://mirror/cella110n/cl_tagger/resolve/main/cl_tagger_1_01"
    model = (f"{address}/model.onnx", source.folder / "model.onnx")
    assert where(source, hub) == [
        model,
        (f"{address}/tag_mapping.json", source.folder / "tag_mapping.json"),
    ]
    source.folder.mkdir()
    (source.folder / "tag_mapping.json").write_text("{}", encoding="utf-8")
    assert where(source, hub) == [model]
    assert where(source_of("a/b", tmp_path), hub) == [("https://mirror/a/b/tree/main", tmp_path / "b")]
    assert where(source, HUBS["modelscope"]) == []
