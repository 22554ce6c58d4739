import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mikazuki.cli import main as cli
from mikazuki.cli.ending import read_end
from mikazuki.jobs.folder import Job, all_jobs
from mikazuki.jobs.process import State, read_status
from mikazuki.preparing import training
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.train import TrainSettings
from mikazuki.text import shell_line
from tests.cli import stand_in, world

PATIENCE = 180


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "choose", lambda *_: stand_in.StandIn())


def only_job(root: Path) -> Job:
    (job,) = all_jobs(root / "logs" / "jobs")
    return job


def train(config: Path, what: str, *more: str) -> int:
    return cli.main(["train", str(config), "--set", f"training_comment={what}", *more])


@pytest.mark.usefixtures("engine")
def test_a_training_from_summary_to_result(root: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(config, "done", "--set", "network_dim=8") == 0
    said = capsys.readouterr().out
    for words in (
        "6 pictures x 2",
        "24 steps: 2 epochs of 12 steps",
        "LoRA of rank 8 (alpha 1) in UNet and text encoder",
        "training 10 parameters in 2 modules on cpu, fp32",
        "saved at step 24: output/demo.safetensors (96.6 kB)",
        "Done in 4.5 s.",
        "sample grid: output/demo-grid.png",
    ):
        assert words in said, said
    job = only_job(root)
    assert read_status(job).state is State.DONE
    assert job.log.read_text(encoding="utf-8").strip() == "a line of the log"


@pytest.mark.usefixtures("engine")
def test_the_job_holds_all_that_is_needed_to_run_it_again(root: Path, config: Path) -> None:
    (root / "prompts.txt").write_text("\ufeffsks cat --d 1\n", encoding="utf-8")
    assert train(config, "done", "--set", f"sample_prompts={root}/prompts.txt", "--set", "network_dim=8") == 0
    job = only_job(root)
    frozen = parse(TrainSettings, load_toml(job.config), "frozen")
    assert (frozen.network_dim, frozen.training_comment, frozen.max_train_epochs) == (8, "done", 2)
    assert frozen.seed is not None, "the seed is drawn and written down"
    assert (job.folder / "prompts.txt").read_text(encoding="utf-8") == "sks cat --d 1\n"
    assert (job.folder / "engine.txt").read_text(encoding="utf-8") == "demo"
    facts = job.facts()
    assert (facts["engine"], facts["family"], facts["cwd"]) == ("stand-in", "sd1", str(Path.cwd()))
    assert facts["command"][0] == sys.executable


@pytest.mark.usefixtures("engine")
def test_resuming_takes_the_states_folder_and_seed(root: Path, config: Path) -> None:
    state = world.save_state(root / "output" / "demo-000001-state", 12, {"output_name": "demo", "network_dim": 4})
    assert train(config, "done", "--set", "resume=last") == 0
    frozen = parse(TrainSettings, load_toml(only_job(root).config), "frozen")
    assert (frozen.resume, frozen.seed) == (str(state), 77)


@pytest.mark.usefixtures("engine")
def test_a_dry_run_starts_and_writes_nothing(root: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = world.everything_in(root)
    assert train(config, "crash", "--dry-run") == 0
    assert world.everything_in(root) == before
    said = capsys.readouterr().out
    assert "Nothing was started" in said
    assert "6 pictures" in said


@pytest.mark.usefixtures("engine")
def test_programs_get_one_json_object_a_line(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(config, "done", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0]["totals"]["max_train_steps"] == 24
    assert [line.get("kind") for line in lines[1:]] == [
        "job", "started", "stage", "stage", "progress", "checkpoint", "done",
    ]  # fmt: skip


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("failed", ("The loss is nan. Lower learning_rate.", "log.txt")),
        ("memory", ("The GPU's memory is too small", "gradient_checkpointing = true", "log.txt")),
        ("crash", ("ZeroDivisionError: nobody foresaw this", "exit code 1", "log.txt")),
        ("killed", ("SIGKILL", "memory runs out", "log.txt")),
    ],
)
def test_failures_say_why(
    what: str, words: tuple[str, ...], root: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(config, what) == 1
    said = capsys.readouterr().err
    assert [word for word in words if word not in said] == [], said
    assert read_status(only_job(root)).state is State.FAILED


def start(config: Path, what: str) -> subprocess.Popen[str]:
    """Run the command line as a process of its own."""
    argv = [sys.executable, stand_in.__file__, "train", str(config), "--set", f"training_comment={what}"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_until_training(root: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not any("progress" in read_end(job.events) for job in all_jobs(root / "logs" / "jobs")):
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_one_interrupt_saves_and_says_how_to_go_on(kind: signal.Signals, root: Path, config: Path) -> None:
    process = start(config, "stop")
    wait_until_training(root)
    process.send_signal(kind)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    job = only_job(root)
    assert "Stopping: the state is saved" in said
    again = shlex.split(said.strip().splitlines()[-1])
    assert again[1:] == [
        "-m", "mikazuki", "train", str(job.config), "--set", "resume=output/demo-step00000001-state",
    ]  # fmt: skip
    assert read_status(job).state is State.STOPPED


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
def test_a_second_interrupt_ends_it_at_once(root: Path, config: Path) -> None:
    process = start(config, "deaf")
    wait_until_training(root)
    job = only_job(root)
    pid = read_status(job).pid
    assert pid is not None
    process.send_signal(signal.SIGINT)
    end = time.monotonic() + PATIENCE
    while not job.stop.exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    assert "nothing was saved since the last checkpoint" in said
    assert read_status(job).state is State.STOPPED
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_commands_can_be_pasted() -> None:
    if os.name != "nt":
        assert shell_line(("a b", "c")) == "'a b' c"


def test_the_end_of_a_long_log(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    assert read_end(path) == ""
    path.write_bytes(b"x" * 50 + "\u732b".encode())
    assert read_end(path, 5).endswith("x\u732b")
