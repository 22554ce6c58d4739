import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mikazuki.engines import builtin
from mikazuki.engines.builtin import Builtin
from mikazuki.engines.machine import Gpu
from mikazuki.settings.train import TrainSettings

ENGINE = Builtin()


def settings(**changes: object) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **changes})


def value_after(argv: tuple[str, ...], flag: str) -> str:
    return argv[argv.index(flag) + 1]


def test_the_command_names_the_trainer_and_the_frozen_settings(tmp_path: Path) -> None:
    argv = ENGINE.launch(tmp_path, settings()).argv
    assert argv[:3] == (sys.executable, "-m", "accelerate.commands.launch")
    assert argv[-4:] == ("-m", "mikazuki.training", "--config_file", str(tmp_path / "config.toml"))
    assert value_after(argv, "--config_file") == str(tmp_path / "accelerate.json")
    assert "--multi_gpu" not in argv


def test_auto_precision_is_left_to_the_trainer_and_others_are_passed_on(tmp_path: Path) -> None:
    assert value_after(ENGINE.launch(tmp_path, settings()).argv, "--mixed_precision") == "no"
    assert value_after(ENGINE.launch(tmp_path, settings(mixed_precision="bf16")).argv, "--mixed_precision") == "bf16"


def test_threads_are_given_and_shared_among_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    assert value_after(ENGINE.launch(tmp_path, settings()).argv, "--num_cpu_threads_per_process") == "8"
    monkeypatch.setattr(builtin, "gpus", lambda: [Gpu(0, "card", 8, 8, "1")])
    two = ENGINE.launch(tmp_path, settings(num_processes=2)).argv
    assert value_after(two, "--num_cpu_threads_per_process") == "4"
    assert "--multi_gpu" in two


def test_several_processes_without_a_gpu_share_the_processor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    monkeypatch.setattr(builtin, "gpus", list)
    launch = ENGINE.launch(tmp_path, settings(num_processes=2))
    assert launch.argv[1:6] == ("-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2")
    assert (launch.env["ACCELERATE_USE_CPU"], launch.env["OMP_NUM_THREADS"]) == ("true", "4")


def test_memory_is_kept_from_step_to_step_where_the_processor_computes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtin, "gpus", list)
    assert ENGINE.launch(tmp_path, settings()).env["MALLOC_TRIM_THRESHOLD_"] == "-1"
    monkeypatch.setattr(builtin, "gpus", lambda: [Gpu(0, "card", 8, 8, "1")])
    assert "MALLOC_TRIM_THRESHOLD_" not in ENGINE.launch(tmp_path, settings()).env


def test_only_a_run_that_was_asked_to_goes_online(tmp_path: Path) -> None:
    assert "HF_HUB_OFFLINE" not in ENGINE.launch(tmp_path, settings(huggingface_repo_id="me/cat")).env


def test_the_environment_is_offline_and_finds_the_package_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    env = ENGINE.launch(tmp_path, settings(gpu_ids="0, 1")).env
    assert (env["HF_HUB_OFFLINE"], env["PYTHONUTF8"], env["CUDA_VISIBLE_DEVICES"]) == ("1", "1", "0,1")
    root, rest = env["PYTHONPATH"].split(os.pathsep)
    assert (Path(root) / "mikazuki" / "__init__.py").is_file()
    assert rest == "elsewhere"
    assert "CUDA_VISIBLE_DEVICES" not in ENGINE.launch(tmp_path, settings()).env


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ENGINE.available().ok
    monkeypatch.setattr(builtin, "NEEDS", ("json", "no_such_package"))
    found = ENGINE.available()
    assert not found.ok
    assert "no_such_package is not installed" in found.reason


def test_it_takes_every_option() -> None:
    assert ENGINE.options() == frozenset(TrainSettings.model_fields)


@pytest.mark.tiny
def test_accelerate_starts_a_module_with_our_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real launcher, with a module that only writes down how it was started."""
    (tmp_path / "stand_in.py").write_text(
        "import json, os, sys\n"
        "told = {'argv': sys.argv[1:], 'threads': os.environ['OMP_NUM_THREADS']}\n"
        "open(os.path.join(os.path.dirname(__file__), 'told.json'), 'w').write(json.dumps(told))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.setattr(builtin, "TRAINER", "stand_in")
    for name, text in ENGINE.files(settings()).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    launch = ENGINE.launch(tmp_path, settings())
    env = {**os.environ, **launch.env, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(launch.argv, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert told == {"argv": ["--config_file", str(tmp_path / "config.toml")], "threads": "3"}
    assert "default" not in done.stderr, "accelerate had to guess a value"
