"""The commands of a comparison: what is put into the engines' own."""

import sys
from pathlib import Path

from mikazuki.engines import compare, upstream_recorder
from mikazuki.engines.contract import Launch
from mikazuki.training import recording as reader
from mikazuki.training import replay


def test_the_recorder_stands_right_before_the_script(tmp_path: Path) -> None:
    settings = str(tmp_path / "sd_scripts.toml")
    argv = (
        "python",
        "-m",
        "accelerate",
        "--config_file",
        "a.json",
        "s/train.py",
        "--config_file",
        settings,
        "--x",
        "1",
    )
    launch = Launch(argv, tmp_path, {"A": "1"}, supervisor=("supervise", "--"), saves_on_stop=False)
    found = compare.recording(launch, tmp_path, tmp_path / "record")
    assert found.argv[:5] == argv[:5]
    assert found.argv[5:7] == (upstream_recorder.__file__, str(tmp_path / "record"))
    assert found.argv[7:] == argv[5:]
    assert (found.env, found.supervisor, found.saves_on_stop) == ({"A": "1"}, ("supervise", "--"), False)


def test_the_replay_is_started_as_the_trainer_is() -> None:
    launch = Launch((sys.executable, "-m", "mikazuki.training", "--config_file", "c.toml"), Path())
    found = compare.replaying(launch, Path("record")).argv
    assert found == (sys.executable, "-m", replay.__name__, "--config_file", "c.toml", "--recorded", "record")


def test_both_sides_of_the_boundary_know_the_same_names() -> None:
    assert (compare.BEFORE, compare.AFTER, compare.ANSWER) == (reader.BEFORE, reader.AFTER, replay.ANSWER)
