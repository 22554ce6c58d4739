import json
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from mikazuki.cli import main as cli
from mikazuki.cli.queue import ACTIONS, ONE_JOB, WHOLE_QUEUE, start_time
from mikazuki.cli.queue import PROGRAMS as PROGRAMS_OF_QUEUE
from mikazuki.errors import MikazukiError
from mikazuki.jobs.folder import Job
from mikazuki.jobs.place import Place, read_place
from mikazuki.jobs.process import Child, State, Status, read_status, write_status
from mikazuki.jobs.queue import Queue
from mikazuki.jobs.runner import Runner
from mikazuki.preparing import training
from mikazuki.settings.program_forms import PROGRAMS
from tests.cli.stand_in import StandIn
from tests.jobs import world as jobs_world
from tests.tagging import world as tagging_world

ZONE = timezone(timedelta(hours=8))
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)


@pytest.fixture
def queue(root: Path) -> Queue:
    return Queue(root / "logs" / "jobs")


def place_of(job: Job) -> Place:
    found = read_place(job)
    assert found is not None
    return found


class Shell:
    """Calls `queue` and reads what it said."""

    def __init__(self, queue: Queue, capsys: pytest.CaptureFixture[str]) -> None:
        self.queue, self.capsys = queue, capsys

    def __call__(self, *words: object, code: int = 0) -> str:
        found = cli.main(["queue", "--jobs", str(self.queue.jobs_dir), *map(str, words)])
        said = self.capsys.readouterr()
        assert found == code, said
        return said.out + said.err

    def json(self, *words: object, code: int = 0) -> Any:
        return json.loads(self(*words, "--json", code=code).splitlines()[-1])


@pytest.fixture
def shell(queue: Queue, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(queue, capsys)


def test_add_asks_what_train_asks(shell: Shell, queue: Queue, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "engines_for", lambda _settings: (StandIn(),))
    made = shell.json("add", config, "--network_dim", "4", "--set", "seed=5", "--gpus", "0,1", "--hold")
    assert made["position"] == 0
    (job_id,) = queue.order()
    assert made["id"] == job_id
    job = queue.find(job_id)
    assert "network_dim = 4" in job.config.read_text(encoding="utf-8")
    place = place_of(job)
    assert (place.gpus, place.held) == (("0", "1"), True)
    assert shell.json("add", config, code=2)["errors"][0]["code"] == "output-in-use"
    said = shell("add", config, "--output_name", "first", "--position", "0", "--at", "2099-01-01 10:00")
    assert "place 0 in the queue" in said
    assert place_of(queue.find("first")).not_before
    assert shell.json("add", config, "--network_dim", "0", code=2)["errors"][0]["code"] == "settings-wrong"
    assert "no settings file" in shell("add", code=2)


def test_a_program_is_added_by_its_file(shell: Shell, queue: Queue, root: Path) -> None:
    assert tuple(PROGRAMS) == PROGRAMS_OF_QUEUE
    tagging_world.picture(root / "in" / "a.png")
    file = root / "prepare.toml"
    file.write_text(f"image_dir = '{root / 'in'}'\noutput_dir = '{root / 'out'}'\n", encoding="utf-8")
    made = shell.json("add", "--program", "prepare", file, "--hold")
    job = queue.find(made["id"])
    assert (job.facts()["program"], place_of(job).held) == ("prepare", True)
    assert shell.json("add", "--program", "prepare", file, code=2)["errors"][0]["code"] == "output-in-use"
    assert "options stand in the file alone" in shell("add", "--program", "prepare", file, "--seed", "1", code=2)
    assert "no settings file" in shell("add", "--program", "prepare", code=2)
    assert "does" in shell("show", job.id)


def test_a_key_is_not_kept_and_that_is_said(
    shell: Shell, queue: Queue, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "engines_for", lambda _settings: (StandIn(),))
    monkeypatch.setenv("WANDB_API_KEY", "old")
    assert "WANDB_API_KEY" in shell("add", config, "--wandb_api_key", "very-secret-key")
    assert "very-secret-key" not in queue.find("demo").config.read_text(encoding="utf-8")


def test_ordering_what_waits(shell: Shell, queue: Queue) -> None:
    jobs = {name: jobs_world.add(queue, name) for name in ("cat", "dog", "owl")}
    shell("move", "owl", 0)
    shell("hold", "cat")
    shell("schedule", "dog", "--at", "2099-01-01 10:00", "--gpus", "1")
    said = shell("list")
    assert said.index("-owl-") < said.index("-cat-") < said.index("-dog-")
    assert "held back" in said
    assert "waits for its time" in said
    shell("release", "cat")
    assert not place_of(jobs["cat"]).held
    assert shell.json("pause") == {"ok": True, "paused": True}
    assert "paused" in shell("list")
    shell("resume-all")
    assert not queue.paused
    found = shell.json("list", "--text", "dog")
    assert (found["total"], found["jobs"][0]["position"], found["jobs"][0]["gpus"]) == (1, 2, ["1"])
    shell("stop", "owl")
    assert queue.order() == [jobs["cat"].id, jobs["dog"].id]


def test_lists_say_what_to_do_when_empty_and_what_is_left_out(shell: Shell, queue: Queue) -> None:
    assert "queue add" in shell("list")
    assert "empty" in shell("bin")
    for number in range(3):
        jobs_world.add(queue, f"n{number}")
    assert "and 1 more" in shell("list", "--limit", 2)
    assert shell.json("list", "--state", "done") == {"jobs": [], "total": 0, "paused": False}


def test_one_job(shell: Shell, queue: Queue) -> None:
    job = jobs_world.add(queue, "cat")
    said = shell("show", "cat")
    for words in (job.id, "queued", "lora sd1 fake", "0 in the queue", str(job.folder)):
        assert words in said
    found = shell.json("show", "cat")
    assert found["id"] == job.id
    assert found["facts"]["name"] == "cat"
    assert shell.json("show", "bird", code=2)["errors"][0]["code"] == "job-not-found"


def test_a_log_is_read_and_searched(shell: Shell, queue: Queue) -> None:
    job = jobs_world.add(queue, "cat")
    assert shell("log", "cat") == ""
    job.log.write_text("steps: 1/2\rsteps: 2/2\n损失 LOSS 0.5\nloss 0.4\n", encoding="utf-8")
    assert shell("log", "cat") == "steps: 2/2\n损失 LOSS 0.5\nloss 0.4\n"
    assert shell("log", "cat", "--search", "loss") == "2: 损失 LOSS 0.5\n3: loss 0.4\n"
    assert [hit["line"] for hit in shell.json("log", "cat", "--search", "LOSS")["hits"]] == [2, 3]
    assert "No line" in shell("log", "cat", "--search", "owl", code=1)


def test_two_jobs_are_compared(shell: Shell, queue: Queue, config: Path) -> None:
    shell("add", config, "--hold", "--seed", 1)
    shell("add", config, "--hold", "--output_name", "other", "--network_dim", 8, "--seed", 1)
    first, second = queue.order()
    assert {row["option"]: (row["left"], row["right"]) for row in shell.json("diff", first, second)} == {
        "output_name": ("demo", "other"),
        "network_dim": (4, 8),
    }
    assert "network_dim" in shell("diff", first, second)
    assert "same settings" in shell("diff", first, first)


def test_again_and_to_a_file(shell: Shell, queue: Queue, tmp_path: Path) -> None:
    job = jobs_world.add(queue, "cat")
    write_status(job, Status(State.DONE))
    made = shell.json("retry", job.id)
    assert queue.order() == [made["id"]]
    assert shell.json("resume", job.id, code=2)["errors"][0]["code"] == "state-not-found"
    file = tmp_path / "mine.toml"
    shell("clone", job.id, "-o", file)
    assert file.read_text(encoding="utf-8") == job.config.read_text(encoding="utf-8")
    assert shell.json("clone", job.id, "-o", file, code=2)["errors"][0]["code"] == "config-exists"


def test_to_the_bin_and_back(shell: Shell, queue: Queue) -> None:
    job = jobs_world.add(queue, "cat")
    binned = shell.json("remove", "cat")
    assert not job.folder.exists()
    assert job.id in shell("bin")
    assert shell.json("bin")[0]["id"] == binned["bin"]
    assert "nothing" in shell("restore", "bird", code=2)
    shell("restore", "cat")
    assert job.folder.is_dir()
    shell("remove", "cat")
    assert "for good" in shell("purge", "cat")
    assert queue.bin.rows() == []


def start(queue: Queue, what: str) -> Child:
    job = jobs_world.add(queue, "cat", what)
    child = Child.start(job, job.facts()["start"]["command"], {}, queue.jobs_dir)
    jobs_world.wait_for(job.events.exists)
    return child


def test_speaking_to_what_runs(shell: Shell, queue: Queue) -> None:
    child = start(queue, "wait")
    job = child.job
    shell("sample", "cat")
    shell("save", "cat")
    assert (job.folder / "sample").exists()
    assert (job.folder / "save").exists()
    assert shell.json("remove", "cat", code=2)["errors"][0]["code"] == "job-running"
    assert shell.json("stop", "cat")["state"] == "stopping"
    jobs_world.wait_for(lambda: child.poll() is not None)
    assert "Stopped" in shell("follow", "cat", code=130)
    child.conclude([{"kind": "stopped", "time": 1.0}])


def test_at_once(shell: Shell, queue: Queue) -> None:
    child = start(queue, "deaf")
    assert shell.json("stop", "cat", "--now")["state"] == "stopped"
    jobs_world.wait_for(lambda: child.poll() is not None)
    child.conclude([])


def test_following_replays_and_ends_as_the_job_did(shell: Shell, queue: Queue) -> None:
    for what, code in (("done", 0), ("crash", 1)):
        job = jobs_world.add(queue, what, what)
        runner = Runner(queue, ("cpu",))
        jobs_world.tick_until_over(runner, job)
        runner.close()
        assert ("Done" if code == 0 else "no kernel image") in shell("follow", job.id, code=code)
    lines = shell("follow", "done", "--json").splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["started", "done"]


def test_running_the_queue_until_it_is_empty(shell: Shell, queue: Queue) -> None:
    jobs = [jobs_world.add(queue, name) for name in ("a", "b")]
    held = jobs_world.add(queue, "held", held=True)
    said = shell("run", "--until-empty")
    assert [read_status(job).state for job in (*jobs, held)] == [State.DONE, State.DONE, State.QUEUED]
    assert f"{jobs[0].id}: done" in said
    assert said.index(jobs[0].id) < said.index(jobs[1].id)


def test_only_one_runs_the_queue(shell: Shell, queue: Queue) -> None:
    runner = Runner(queue, ("cpu",))
    runner.tick()
    assert shell.json("run", "--until-empty", code=1)["errors"][0]["code"] == "runner-exists"
    runner.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_ends_the_runner_and_no_training(queue: Queue) -> None:
    job = jobs_world.add(queue, "cat", "wait")
    argv = [sys.executable, "-m", "mikazuki", "queue", "--jobs", str(queue.jobs_dir), "run"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        jobs_world.wait_for(job.events.exists)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0, out
    assert jobs_world.state(job) is State.RUNNING
    (job.folder / "go").touch()
    jobs_world.wait_for(lambda: jobs_world.state(job) is State.DONE)


def test_settings_are_for_add_alone(shell: Shell) -> None:
    assert shell.json("list", "--network_dim", "4", code=2)["errors"][0]["code"] == "flag-unknown"


def test_every_action_is_declared(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert {*ONE_JOB, *WHOLE_QUEUE} <= ACTIONS.keys()
    for action in ACTIONS:
        with pytest.raises(SystemExit) as ended:
            shell(action, "--help")
        assert ended.value.code == 0
        assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:30", datetime(2026, 11, 21, 22, 30, tzinfo=ZONE)),
        ("09:00", datetime(2026, 11, 22, 9, 0, tzinfo=ZONE)),
        ("12:00", datetime(2026, 11, 22, 12, 0, tzinfo=ZONE)),
        ("2027-01-31T22:30+00:00", datetime(2027, 1, 31, 22, 30, tzinfo=timezone.utc)),  # noqa: UP017
        ("now", None),
    ],
)
def test_times(text: str, expected: datetime | None) -> None:
    assert start_time(text, NOON) == (expected.timestamp() if expected else None)


def test_a_date_without_a_zone_is_this_machines() -> None:
    found = start_time("2027-01-31 22:30", NOON)
    assert found == time.mktime((2027, 1, 31, 22, 30, 0, 0, 0, -1))


@pytest.mark.parametrize("text", ["soon", "25:00", "2027-13-01", "22:30:99"])
def test_wrong_times(text: str) -> None:
    with pytest.raises(MikazukiError) as caught:
        start_time(text, NOON)
    assert caught.value.code == "time-wrong"


def test_jobs_are_found_by_id(queue: Queue) -> None:
    assert isinstance(queue.find(jobs_world.add(queue, "x").id), Job)
