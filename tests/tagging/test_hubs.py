"""Addresses of files and pages at the places that models come from."""

import pytest

from mikazuki.settings.base import choices
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.hubs import HUBS


def test_every_choice_is_a_place() -> None:
    assert list(HUBS) == choices(TagSettings.model_fields["download_from"])
    assert [hub.name for hub in HUBS.values()] == list(HUBS)


def test_addresses() -> None:
    modelscope = HUBS["modelscope"]
    repository = modelscope.repository("SmilingWolf/wd-vit-tagger-v3")
    assert modelscope.address(repository, "a b/model.onnx") == (
        "https://modelscope.cn/models/fireicewolf/wd-vit-tagger-v3/resolve/master/a%20b/model.onnx"
    )
    assert modelscope.page("a/b") == "https://modelscope.cn/models/a/b/files"
    mirror = HUBS["hf-mirror"]
    assert mirror.address("a/b", "model.onnx") == "https://hf-mirror.com/a/b/resolve/main/model.onnx"
    assert mirror.repository("SmilingWolf/x") == "SmilingWolf/x"


def test_the_environment_names_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://near/")
    monkeypatch.setenv("MODELSCOPE_ENDPOINT", "")
    assert HUBS["huggingface"].home == "http://near"
    assert HUBS["hf-mirror"].home == "https://hf-mirror.com"
    assert HUBS["modelscope"].home == "https://modelscope.cn"
