from pathlib import Path

import pytest

from mikazuki.engines.sd_scripts import SdScripts
from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings

SETTINGS = TrainSettings(pretrained_model_name_or_path="m", train_data_dir="d")


def test_it_says_that_it_is_not_there(tmp_path: Path) -> None:
    found = SdScripts(tmp_path).available()
    assert not found.ok
    assert str(tmp_path) in found.reason
    assert "builtin" in found.remedy


def test_even_where_it_is_it_refuses_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "train_network.py").touch()
    with pytest.raises(MikazukiError, match="builtin"):
        SdScripts(tmp_path).launch(tmp_path, SETTINGS)
    assert SdScripts(tmp_path).files(SETTINGS) == {}
    assert SdScripts(tmp_path).options() == frozenset()
