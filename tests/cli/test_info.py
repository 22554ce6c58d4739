import json
from pathlib import Path

import pytest

from mikazuki.cli import main as cli
from tests.cli import world


def test_a_lora_with_its_recipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = world.safetensors(tmp_path / "cat.safetensors", world.LORA, {"ss_seed": "7", "ss_long": "x" * 500})
    assert cli.main(["info", str(path)]) == 0
    said = capsys.readouterr().out
    for words in ("LoRA", "4 (1 module)", "UNet: 1 module", "ss_seed", "(500 characters)"):
        assert words in said, said
    assert cli.main(["info", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["metadata"]["ss_long"] == "x" * 500


def test_a_base_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = world.safetensors(tmp_path / "base.safetensors", world.SDXL)
    assert cli.main(["info", str(path)]) == 0
    assert "sdxl" in capsys.readouterr().out


def test_a_vae(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shapes: world.Shapes = {"decoder.conv_in.weight": (8, 4, 3, 3), "encoder.conv_in.weight": (8, 3, 3, 3)}
    assert cli.main(["info", str(world.safetensors(tmp_path / "v.safetensors", shapes))]) == 0
    assert "VAE" in capsys.readouterr().out


def test_what_is_not_there_and_what_is_no_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.safetensors").write_text("text", encoding="utf-8")
    assert cli.main(["info", str(tmp_path / "b.safetensors")]) == 2
    assert "a.safetensors" in capsys.readouterr().err
    assert cli.main(["info", str(tmp_path / "a.safetensors")]) == 2
