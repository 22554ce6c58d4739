import json
import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mikazuki.engines import sd_scripts_launch
from mikazuki.engines.sd_scripts_place import Place
from mikazuki.engines.sd_scripts_run import Run, config_toml, files_of, launch_of
from mikazuki.errors import MikazukiError
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.scripts import SCRIPTS
from tests.cli import world


@pytest.fixture(autouse=True)
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sd_scripts_launch, "gpus", list)


def run(root: Path, script: str = "train_network", **more: Any) -> Run:
    values = {
        "pretrained_model_name_or_path": str(world.safetensors(root / "m.safetensors", world.SD1)),
        "train_data_dir": str(world.pictures(root / "train")),
        "output_dir": str(root / "out"),
        "logging_dir": str(root / "logs"),
        "output_name": "cat",
        **more,
    }
    return Run(SCRIPTS[script], values, LaunchSettings(mixed_precision="bf16"))


def test_upstreams_file_has_neither_secrets_nor_what_stands_in_other_files(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("\ufeffa cat\n", encoding="utf-8")
    secret = {"huggingface_token": "hf_x"}
    found = files_of(run(tmp_path, sample_prompts=str(tmp_path / "p.txt"), seed=3, **secret), "abc")
    assert found["prompts.txt"] == "a cat\n"
    assert tomllib.loads(found["sd_scripts.toml"]) == {
        "pretrained_model_name_or_path": str(tmp_path / "m.safetensors"),
        "output_dir": str(tmp_path / "out"),
        "logging_dir": str(tmp_path / "logs"),
        "output_name": "cat",
        "seed": 3,
        "mixed_precision": "bf16",
    }
    assert not [name for name, text in found.items() if "hf_x" in text]
    assert found.keys() == {"accelerate.json", "dataset.toml", "prompts.txt", "sd_scripts.toml", "follow.json"}


def test_without_a_dataset_file_the_data_options_stay(tmp_path: Path) -> None:
    found = files_of(run(tmp_path, in_json="m.json"), None)
    values = tomllib.loads(found["sd_scripts.toml"])
    assert (values["in_json"], values["train_data_dir"]) == ("m.json", str(tmp_path / "train"))
    assert "dataset.toml" not in found


def test_going_on_counts_on_from_the_states_step_where_the_script_can(tmp_path: Path) -> None:
    found = tomllib.loads(files_of(run(tmp_path, resume="s"), None)["sd_scripts.toml"])
    assert found["skip_until_initial_step"] is True
    full = tomllib.loads(files_of(run(tmp_path, "train_db", resume="s"), None)["sd_scripts.toml"])
    assert "skip_until_initial_step" not in full


def test_lists_of_numbers_are_of_one_type() -> None:
    text = config_toml({"block_lr": [1, 0.5], "args": ("a=1", "b=\u732b"), "n": [1, 2]})
    assert tomllib.loads(text) == {"block_lr": [1.0, 0.5], "args": ["a=1", "b=\u732b"], "n": [1, 2]}
    assert "1.0" in text


def test_the_command_names_the_script_and_the_jobs_files(tmp_path: Path) -> None:
    job = tmp_path / "JOB"
    place = Place(tmp_path / "up", tmp_path / "python")
    launch = launch_of(run(tmp_path), job, place)
    assert launch.argv[:3] == (str(tmp_path / "python"), "-m", "accelerate.commands.launch")
    begin = launch.argv.index(str(tmp_path / "up" / "train_network.py"))
    assert launch.argv[begin + 1 :] == (
        "--config_file", str(job / "sd_scripts.toml"), "--dataset_config", str(job / "dataset.toml"),
        "--tokenizer_cache_dir", str(tmp_path / "logs" / "tokenizers"),
    )  # fmt: skip
    assert launch.command[:4] == (sys.executable, "-m", "mikazuki.engines.sd_scripts_supervisor", str(job))
    assert launch.command[4:] == ("--", *launch.argv)
    assert not launch.saves_on_stop


def test_only_what_needs_no_network_is_cut_off_from_it(tmp_path: Path) -> None:
    place = Place(tmp_path / "up", tmp_path / "python")

    def offline(one: Run) -> bool:
        return "HF_HUB_OFFLINE" in launch_of(one, tmp_path, place).env

    assert offline(run(tmp_path))
    assert not offline(run(tmp_path, huggingface_repo_id="me/cat"))
    assert not offline(run(tmp_path, pretrained_model_name_or_path="me/model"))
    assert not offline(run(tmp_path, "flux_train_network")), "T5's tokenizer may have to be fetched"


def test_the_supervisor_finds_this_package_and_keeps_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    path = launch_of(run(tmp_path), tmp_path, Place(tmp_path, tmp_path)).env["PYTHONPATH"]
    root, rest = path.split(os.pathsep)
    assert (Path(root) / "mikazuki" / "__init__.py").is_file()
    assert rest == "elsewhere"


def test_the_follow_file_says_where_traces_lie(tmp_path: Path) -> None:
    facts = json.loads(files_of(run(tmp_path, wandb_api_key="k"), "abc")["follow.json"])
    assert (facts["output_dir"], facts["output_name"]) == (str(tmp_path / "out"), "cat")
    assert (facts["commit"], facts["precision"], facts["script"]) == ("abc", "bf16", "train_network")
    assert "wandb_api_key" not in facts["settings"]


def test_prompts_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        files_of(run(tmp_path, sample_prompts=str(tmp_path / "none.txt")), None)
    assert caught.value.code == "prompts-not-found"
