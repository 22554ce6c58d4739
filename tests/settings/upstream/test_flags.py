"""Every option of every training as a flag."""

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.flags import take_flags
from mikazuki.settings.load import parse
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.flags import any_training
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.options import COMMAND_LINE, options_of
from mikazuki.settings.upstream.scripts import SCRIPTS


def test_it_has_every_option_that_a_settings_file_may_hold() -> None:
    trained = [name for name, script in SCRIPTS.items() if script.trains]
    theirs = {name for script in trained for name in options_of(script)} - COMMAND_LINE
    assert (
        any_training().model_fields.keys()
        == theirs | TrainSettings.model_fields.keys() | LaunchSettings.model_fields.keys()
    )
    assert "H" not in any_training().model_fields, "no option of a training"


def test_words_are_read_by_the_kind_of_the_option() -> None:
    words = (
        "--blocks_to_swap 8 --ae 2024 --apply_t5_attn_mask --network_args a=1 b=2 --num_machines=2 --flip_aug x.toml"
    )
    rest, values = take_flags(words.split(), any_training())
    assert rest == ["x.toml"]
    assert values == {
        "blocks_to_swap": 8, "ae": "2024", "apply_t5_attn_mask": True, "network_args": ["a=1", "b=2"],
        "num_machines": 2, "flip_aug": True,
    }  # fmt: skip


def test_options_that_take_several_words_take_them_all() -> None:
    rest, values = take_flags(["--base_weights", "a", "b", "--split_mode"], any_training())
    assert (rest, values) == ([], {"base_weights": ["a", "b"], "split_mode": True})


def test_our_own_definition_still_decides_what_ours_may_hold() -> None:
    values = {"pretrained_model_name_or_path": "m", "train_data_dir": "d", "blocks_to_swap": 8}
    with pytest.raises(MikazukiError, match="blocks_to_swap is not an option"):
        parse(TrainSettings, values, "x")
