"""Trainings by upstream's scripts through the command line, with the stand-in for them: events, states, ends."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from mikazuki.cli.ending import read_end
from mikazuki.jobs.events import Event, EventReader
from mikazuki.jobs.folder import Job, all_jobs
from mikazuki.jobs.process import State, read_status, true_status
from tests.cli import world
from tests.engines import stand_in_upstream

PATIENCE = 120
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")


@pytest.fixture
def upstream(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of stand-ins, named in the environment."""
    folder = stand_in_upstream.checkout(root / "sd scripts")
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(folder))
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS_PYTHON", sys.executable)
    return folder


def settings(root: Path, **changes: object) -> Path:
    return world.make(root, engine="sd-scripts", bucket_reso_steps=64, **changes)


def start(config: Path, *more: str) -> subprocess.Popen[str]:
    argv = [sys.executable, stand_in_upstream.__file__, "train", str(config), *more]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run(config: Path, *more: str) -> tuple[int, str]:
    process = start(config, *more)
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def only_job(root: Path) -> Job:
    (job,) = all_jobs(root / "logs" / "jobs")
    return job


def events(root: Path) -> list[Event]:
    return EventReader(only_job(root).events).read()


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def slow(root: Path, **changes: object) -> tuple[subprocess.Popen[str], psutil.Process, psutil.Process, psutil.Process]:
    """Start a training that stands still at step 3; return command line, supervisor, launcher and trainer."""
    process = start(settings(root, training_comment="slow", **changes))
    wait_for(lambda: any(one["kind"] == "progress" for job in all_jobs(root / "logs" / "jobs")
                         for one in EventReader(job.events).read()))  # fmt: skip
    wait_for(lambda: "epoch 2" in read_end(only_job(root).log))
    supervisor = psutil.Process(read_status(only_job(root)).pid)
    launcher, trainer = supervisor.children(recursive=True)
    return process, supervisor, launcher, trainer


def gone(*processes: psutil.Process) -> bool:
    return not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes)


@pytest.mark.usefixtures("upstream")
def test_a_training_from_settings_to_file(root: Path) -> None:
    code, said = run(settings(root, save_every_n_epochs=1))
    assert code == 0, said
    kinds = [event["kind"] for event in events(root)]
    assert (kinds[0], kinds[-1]) == ("started", "done")
    assert {"stage", "progress", "checkpoint"} <= set(kinds)
    saved = {Path(one["path"]).name for one in events(root) if one["kind"] == "checkpoint"}
    assert saved == {"demo-000001.safetensors", "demo.safetensors"}
    job = only_job(root)
    assert read_status(job).state is State.DONE
    assert Path(events(root)[-1]["path"]) == root / "output" / "demo.safetensors"
    assert "num train images * repeats" in job.log.read_text(encoding="utf-8")
    assert job.facts()["engine"] == "sd-scripts"
    assert (root / "logs" / "tokenizers" / "openai_clip-vit-large-patch14" / "vocab.json").is_file()


@pytest.mark.tiny
@pytest.mark.usefixtures("upstream")
def test_accelerate_stands_in_between(root: Path) -> None:
    code = "import sys; from tests.engines.stand_in_upstream import command_line as c; sys.exit(c(accelerate=True))"
    argv = [sys.executable, "-c", code, "train", str(settings(root))]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert events(root)[-1]["kind"] == "done"
    assert "default" not in only_job(root).log.read_text(encoding="utf-8"), "accelerate had to guess a value"


@pytest.mark.usefixtures("upstream")
@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("crash", ("nobody foresaw this",)),
        ("memory", ("memory", "gradient_checkpointing")),
        ("nothing", ("No data found",)),
    ],
)
def test_failures_say_why_even_where_upstreams_exit_code_is_0(what: str, words: tuple[str, ...], root: Path) -> None:
    code, said = run(settings(root, training_comment=what))
    assert code == 1, said
    assert events(root)[-1]["kind"] == "failed"
    assert read_status(only_job(root)).state is State.FAILED
    log = read_end(only_job(root).log)
    assert [word for word in words if word not in said + log] == [], said


@pytest.mark.usefixtures("upstream")
def test_an_interrupt_ends_it_and_names_the_state_that_was_saved_before(root: Path) -> None:
    process, *tree = slow(root, save_every_n_epochs=1, save_state=True)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    assert "cannot save on request" in said
    job = only_job(root)
    assert read_status(job).state is State.STOPPED
    last = events(root)[-1]
    assert (last["kind"], last["step"], Path(last["state"]).name) == ("stopped", 2, "demo-000001-state")
    assert f"resume={last['state']}" in said.replace("'", "")
    wait_for(lambda: gone(*tree))


@pytest.mark.usefixtures("upstream")
def test_without_a_state_a_stop_says_so_and_going_on_with_one_is_offered(root: Path) -> None:
    config = settings(root)
    process, *tree = slow(root)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "There is no state to go on from" in said
    wait_for(lambda: gone(*tree))
    state = root / "output" / "demo-000001-state"
    state.mkdir(parents=True)
    (state / "random_states_0.pkl").touch()
    (state / "train_state.json").write_text(json.dumps({"current_epoch": 1, "current_step": 12}), encoding="utf-8")
    code, said = run(config, "--set", "resume=last", "--dry-run")
    assert code == 0, said
    assert f'resume = "{state}"' in said
    assert "skip_until_initial_step = true" in said


@pytest.mark.usefixtures("upstream")
@pytest.mark.parametrize(
    ("victim", "kind"), [("trainer", signal.SIGKILL), ("launcher", signal.SIGTERM), ("supervisor", signal.SIGKILL)]
)
def test_whoever_is_killed_it_is_a_failure_and_nothing_is_left_over(
    victim: str, kind: signal.Signals, root: Path
) -> None:
    process, supervisor, launcher, trainer = slow(root)
    {"supervisor": supervisor, "launcher": launcher, "trainer": trainer}[victim].send_signal(kind)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, said
    assert read_status(only_job(root)).state is State.FAILED
    wait_for(lambda: gone(supervisor, launcher, trainer))


@pytest.mark.usefixtures("upstream")
@pytest.mark.parametrize(("how", "state"), [("stop file", State.STOPPED), ("killed launcher", State.FAILED)])
def test_a_training_outlives_its_command_line_and_its_end_is_told_all_the_same(
    how: str, state: State, root: Path
) -> None:
    process, supervisor, launcher, trainer = slow(root)
    process.kill()
    process.communicate(timeout=PATIENCE)
    job = only_job(root)
    assert true_status(job).state is State.RUNNING
    if how == "stop file":
        job.stop.touch()
    else:
        launcher.kill()
    wait_for(lambda: gone(supervisor, launcher, trainer))
    assert true_status(job).state is state
    assert events(root)[-1]["kind"] == state.value


def test_a_dry_run_shows_command_and_files_and_writes_nothing(root: Path, upstream: Path) -> None:
    config = settings(root)
    before = world.everything_in(root)
    code, said = run(config, "--dry-run")
    assert code == 0, said
    assert world.everything_in(root) == before
    line = next(line for line in said.splitlines() if "train_network.py" in line)
    assert shlex.split(line)[0] == sys.executable
    assert f'image_dir = "{root}/train/2_sks cat"' in said
    assert 'network_module = "networks.lora"' in said
    assert f"sd-scripts in {upstream}" in said


def test_a_dry_run_for_programs_holds_the_command_and_every_file(root: Path, upstream: Path) -> None:
    code, said = run(settings(root), "--dry-run", "--json")
    assert code == 0, said
    command = json.loads(said.splitlines()[-1])
    assert str(upstream / "train_network.py") in command["argv"]
    assert {"config.toml", "sd_scripts.toml", "dataset.toml"} <= command["files"].keys()


def test_without_the_checkout_nothing_starts_and_the_way_is_shown(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(root / "nowhere"))
    config = settings(root)
    before = world.everything_in(root)
    code, said = run(config)
    assert code == 2
    assert "--with-sd-scripts" in said
    assert world.everything_in(root) == before
