import json
import os
from pathlib import Path

import pytest

from mikazuki.engines import sd_scripts_launch
from mikazuki.engines.machine import Gpu
from mikazuki.engines.sd_scripts_launch import (
    accelerate_command,
    accelerate_config,
    best_precision,
    environment,
)
from mikazuki.settings.upstream.launch import LaunchSettings

PYTHON = Path("python")
CONFIG = Path("a.json")


@pytest.fixture
def two_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sd_scripts_launch, "gpus", lambda: [Gpu(0, "card", 8, 8, "1"), Gpu(1, "card", 8, 8, "1")])


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sd_scripts_launch, "gpus", list)


def flags(launch: LaunchSettings) -> dict[str, str]:
    """Return flag -> value, empty for a switch."""
    words = accelerate_command(PYTHON, CONFIG, launch)[3:]
    following = (*words[1:], "--")
    return {
        word: "" if after.startswith("--") else after
        for word, after in zip(words, following, strict=True)
        if word.startswith("--")
    }


@pytest.mark.usefixtures("no_gpu")
def test_one_process_leaves_nothing_to_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "6")
    assert flags(LaunchSettings(mixed_precision="bf16")) == {
        "--config_file": "a.json",
        "--num_processes": "1",
        "--num_machines": "1",
        "--machine_rank": "0",
        "--mixed_precision": "bf16",
        "--dynamo_backend": "no",
        "--num_cpu_threads_per_process": "6",
    }


@pytest.mark.usefixtures("two_gpus")
def test_several_gpus_share_threads_and_meet_at_a_free_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    found = flags(LaunchSettings(num_processes=2))
    assert found["--num_cpu_threads_per_process"] == "4"
    assert found["--main_process_port"] == "0"
    assert "--multi_gpu" in found
    assert json.loads(accelerate_config(LaunchSettings(num_processes=2)))["distributed_type"] == "MULTI_GPU"


@pytest.mark.usefixtures("two_gpus")
def test_several_machines_say_where_they_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    launch = LaunchSettings(num_processes=4, num_machines=2, machine_rank=1, main_process_ip="10.0.0.1")
    found = flags(launch)
    assert (found["--num_machines"], found["--machine_rank"]) == ("2", "1")
    assert (found["--main_process_ip"], found["--main_process_port"]) == ("10.0.0.1", "29500")
    assert found["--num_cpu_threads_per_process"] == "4", "two of the four processes are on this machine"


@pytest.mark.usefixtures("no_gpu")
def test_several_processes_without_a_gpu_go_by_torchs_own_launcher() -> None:
    launch = LaunchSettings(num_processes=2, num_cpu_threads_per_process=3)
    words = accelerate_command(PYTHON, CONFIG, launch)
    assert words == ("python", "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2")
    env = environment(launch, offline=True)
    assert (env["ACCELERATE_USE_CPU"], env["OMP_NUM_THREADS"]) == ("true", "3")


@pytest.mark.usefixtures("no_gpu")
def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    env = environment(LaunchSettings(gpu_ids="0, 2"), offline=True)
    assert (env["CUDA_VISIBLE_DEVICES"], env["PYTHONNOUSERSITE"], env["PYTHONUTF8"]) == ("0,2", "1", "1")
    assert env["HF_HUB_OFFLINE"] == "1"
    online = environment(LaunchSettings(), offline=False)
    assert not {"HF_HUB_OFFLINE", "CUDA_VISIBLE_DEVICES", "HF_ENDPOINT"} & online.keys()
    monkeypatch.setattr(os, "name", "nt")
    assert environment(LaunchSettings(), offline=False)["USE_LIBUV"] == "0"


@pytest.mark.parametrize(("capability", "precision"), [(None, "no"), (7.5, "fp16"), (8.0, "bf16"), (12.0, "bf16")])
def test_auto_precision_goes_by_the_card(
    capability: float | None, precision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sd_scripts_launch, "_capability", lambda: capability)
    assert best_precision() == precision
