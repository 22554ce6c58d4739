"""The launcher's keys of a script's settings file."""

from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.upstream.launch import LaunchSettings, parse_run
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import SCRIPTS
from tests.settings.upstream.world import right

SD = "train_network"


@pytest.mark.parametrize(
    ("launch", "words"),
    [
        ({"num_machines": 0}, "num_machines = 0 is out of bounds"),
        ({"num_machines": 2, "num_processes": 2}, "num_machines needs main_process_ip"),
        ({"num_machines": 2, "num_processes": 3, "main_process_ip": "a"}, "num_processes 3 is that of all 2 machines"),
        ({"machine_rank": 1}, "machine_rank 1 must be below num_machines 1"),
        ({"main_process_port": 65536}, "main_process_port"),
        ({"gpu_ids": "first"}, "names no GPUs"),
        ({"num_cpu_threads_per_process": "many"}, "num_cpu_threads_per_process"),
    ],
)
def test_what_cannot_be_started_is_refused(launch: dict[str, Any], words: str) -> None:
    with pytest.raises(MikazukiError) as caught:
        parse_run(SD, launch, right(SD), "a.toml")
    assert caught.value.code == "settings-wrong"
    assert words in caught.value.message


def test_faults_of_both_parts_make_one_answer() -> None:
    with pytest.raises(MikazukiError) as caught:
        parse_run(SD, {"machine_rank": 1}, right(SD) | {"seed": "x"}, "a.toml")
    assert "machine_rank 1" in caught.value.message
    assert "seed = 'x'" in caught.value.message


def test_what_is_right_is_taken_apart() -> None:
    launch = {"num_machines": 2, "num_processes": 4, "machine_rank": 1, "main_process_ip": "10.0.0.1", "gpu_ids": ""}
    machine, checked = parse_run(SD, launch, right(SD), "a.toml")
    assert (machine.several, machine.gpu_ids, machine.machine_rank) == (True, None, 1)
    assert checked.script == SD
    assert not LaunchSettings().several


def test_no_script_has_an_option_of_that_name_but_the_precision() -> None:
    theirs = {name for script in SCRIPTS for name in options_of(script)}
    assert LaunchSettings.model_fields.keys() & theirs == {"mixed_precision"}
