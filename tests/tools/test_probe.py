"""The program that measures: its settings name the training's, its answer has every figure."""

from dataclasses import fields
from pathlib import Path

import pytest
from accelerate.state import AcceleratorState

from mikazuki.errors import MikazukiError
from mikazuki.events import EventWriter
from mikazuki.settings.load import dump_toml
from mikazuki.settings.probe import ProbeSettings
from mikazuki.tools.probe import probe
from mikazuki.training.probing import Measure
from tests.models import tiny
from tests.training import making


@pytest.mark.tiny
def test_a_training_is_measured(tmp_path: Path) -> None:
    pictures = making.draw_dataset(tmp_path / "pictures")
    settings = making.settings_for(tiny.make("sd1", tmp_path / "model"), pictures, tmp_path / "run")
    path = tmp_path / "training.toml"
    path.write_text(dump_toml(settings), encoding="utf-8")
    AcceleratorState._reset_state(True)
    answer = probe(ProbeSettings(training=str(path), memory=10**9), EventWriter(None))
    assert answer.keys() == {field.name for field in fields(Measure)}
    assert answer["free"] == 10**9
    assert answer["seconds"] > 0
    assert not (tmp_path / "run").exists()


def test_settings_that_are_wrong_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "training.toml"
    path.write_text("network_dimm = 3\n", encoding="utf-8")
    with pytest.raises(MikazukiError) as found:
        probe(ProbeSettings(training=str(path)), EventWriter(None))
    assert found.value.code == "settings-wrong"
