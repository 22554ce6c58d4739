"""The command `models`: listed, renamed, deleted and brought back."""

import argparse
import json
from pathlib import Path

import pytest

from mikazuki.cli import models
from mikazuki.errors import EXIT_DONE, MikazukiError
from mikazuki.paths import Paths
from tests.models.conftest import fake_safetensors

DOWN = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight"


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An adapter in an output folder."""
    monkeypatch.setattr(models, "repository", lambda: Paths(tmp_path))
    (tmp_path / "output").mkdir()
    shapes: dict[str, tuple[int, ...]] = {DOWN: (4, 768), DOWN.replace("down", "up"): (320, 4)}
    return fake_safetensors(tmp_path / "output" / "cat.safetensors", shapes)


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    models.add_arguments(parser)
    return models.run(parser.parse_args(words))


def test_from_listing_to_restoring(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("list", "--json") == EXIT_DONE
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["path"], found["kind"], found["family"], found["rank"]) == (str(model), "lora", "sd1", 4)
    assert _run("list") == EXIT_DONE
    assert "lora, rank 4" in capsys.readouterr().out

    assert _run("rename", str(model), "dog") == EXIT_DONE
    renamed = model.with_name("dog.safetensors")
    assert capsys.readouterr().out.strip() == str(renamed)
    assert _run("delete", str(renamed)) == EXIT_DONE
    ids = capsys.readouterr().out.split("restore ")[1].split()
    assert not renamed.exists()
    assert _run("restore", *ids) == EXIT_DONE
    assert renamed.exists()


def test_names_and_paths_that_cannot_be(model: Path) -> None:
    for words, code in (
        (["rename", str(model), "a/b"], "name-wrong"),
        (["delete", str(model.parent)], "model-not-found"),
    ):
        with pytest.raises(MikazukiError) as refused:
            _run(*words)
        assert refused.value.code == code
