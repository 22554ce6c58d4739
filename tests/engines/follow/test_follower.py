import json
import math
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mikazuki.engines.follow.follower import Follower, Watched, exit_as_text, tree_memory
from mikazuki.events import EventWriter
from tests.engines.follow.recordings import CONSOLE, EVENTS
from tests.engines.follow.test_outputs import PNG, safetensors

OWN = 'Traceback (most recent call last):\n  File "train_network.py", line 1734, in <module>\n'
LAUNCHER = (
    "Traceback (most recent call last):\n"
    '  File "accelerate/commands/launch.py", line 769, in simple_launcher\n'
    "subprocess.CalledProcessError: Command '['python', 'train_network.py']' "
)


class World:
    """A run's folders, a clock, and the follower under test."""

    def __init__(self, folder: Path, **watched: Any) -> None:
        self.out, self.logs, self.file = folder / "out1", folder / "logs", folder / "events.jsonl"
        self.out.mkdir()
        self.logs.mkdir()
        self.now = 0.0
        told: dict[str, Any] = {"output_dir": self.out, "output_name": "rec", "logging_dir": self.logs, **watched}
        self.follower = Follower(EventWriter(self.file), Watched(**told), clock=lambda: self.now)

    def say(self, text: str | bytes) -> None:
        self.follower.feed(text.encode() if isinstance(text, str) else text)
        self.poll()

    def poll(self) -> None:
        self.now += 1.0
        self.follower.poll()

    def end(self, exit_code: int, *, stopped: bool = False) -> dict[str, Any]:
        self.follower.close(exit_code, stopped=stopped)
        return self.events()[-1]

    def events(self, kind: str = "") -> list[dict[str, Any]]:
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []
        return [event for line in lines if kind in {"", (event := json.loads(line))["kind"]}]


def bar(done: int, total: int, loss: str) -> str:
    return "".join(
        f"\rsteps:  50%|#####     | {done}/{total} [00:10<00:20,  2.00s/it{more}]"
        for more in ("", f", avr_loss={loss}")
    )


def test_the_recorded_run_from_start_to_end(tmp_path: Path) -> None:
    world = World(tmp_path, precision="no")
    world.follower.start(os.getpid(), seed=42, versions={"sd-scripts": "48d368fa"})
    before, between, after = _parts(CONSOLE.read_bytes())
    run = world.logs / "20261121145648" / "network_train"
    run.mkdir(parents=True)
    shutil.copy(EVENTS, run / "events.out.tfevents.1.host")
    world.say(before)
    safetensors(world.out / "rec-000001.safetensors")
    (world.out / "rec-000001-state").mkdir()
    (world.out / "rec-000001-state" / "random_states_0.pkl").write_bytes(b"12")
    (world.out / "sample").mkdir()
    (world.out / "sample" / "rec_e000001_00_20261121145753_1.png").write_bytes(PNG)
    world.say(between)
    world.poll()
    safetensors(world.out / "rec.safetensors")
    world.say(after)
    done = world.end(0)

    started = world.events("started")[0]
    assert (started["engine"], started["seed"], started["output_name"]) == ("sd-scripts", 42, "rec")
    assert [event["name"] for event in world.events("stage")][:4] == ["load_model", "cache_latents", "prepare", "train"]
    assert world.events("stage")[3]["precision"] == "no"
    progress = world.events("progress")
    assert (progress[0]["step"], progress[-1]["step"], progress[-1]["total"]) == (1, 4, 4)
    assert progress[-1]["loss"] == pytest.approx(1.1638, abs=1e-4), "it comes from TensorBoard"
    assert progress[1]["loss"] == pytest.approx(1.2086, abs=1e-4)
    assert progress[-1]["memory"] > 1e6
    metrics = [(event["step"], event["values"].get("loss/current")) for event in world.events("metric")]
    assert [step for step, _loss in metrics] == [1, 2, 3, 4]
    assert world.events("metric")[1]["values"]["loss/epoch_average"] == pytest.approx(1.1731, abs=1e-4)
    saved = [
        (event["what"], Path(event["path"]).name, event["epoch"], event["step"]) for event in world.events("checkpoint")
    ]
    assert saved == [
        ("model", "rec-000001.safetensors", 1, 2),
        ("state", "rec-000001-state", 1, 2),
        ("model", "rec.safetensors", 2, 4),
    ]
    (sample,) = world.events("sample")
    assert (sample["prompt"], sample["index"], sample["seed"]) == ("a photo of sks thing", 0, 1)
    assert (sample["epoch"], sample["step"], sample["sanity"]) == (1, 2, False)
    assert (done["kind"], done["steps"], Path(done["path"]).name) == ("done", 4, "rec.safetensors")
    assert done["bytes"] == (world.out / "rec.safetensors").stat().st_size


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Cut where the first model is saved, and where the second epoch begins."""
    first, second = data.index(b"\nsaving checkpoint"), data.index(b"epoch 2/2")
    return data[:first], data[first:second], data[second:]


def test_exit_0_without_data_is_a_failure_with_its_cause(tmp_path: Path) -> None:
    world = World(tmp_path)
    text = "No data found. Please verify arguments"
    world.say(f"2026-11-21 15:01:09 ERROR    {text:<60} train_network.py:576\n")
    last = world.end(0)
    assert (last["kind"], last["code"], last["exit_code"]) == ("failed", "no-pictures", 1)


def test_exit_0_without_a_file_is_a_failure(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.say(bar(1, 1, "0.1") + "\nbye\n")
    last = world.end(0)
    assert (last["kind"], last["code"], last["lines"]) == ("failed", "no-result", ["bye"])


def test_exit_0_with_a_loss_that_is_no_number_is_a_failure(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.say(bar(1, 2, "1.1"))
    world.say(bar(2, 2, "nan"))
    safetensors(world.out / "rec.safetensors")
    last = world.end(0)
    assert (last["kind"], last["code"]) == ("failed", "loss-not-finite")
    assert [event["code"] for event in world.events("warning")] == ["loss-not-finite"]


def test_a_loss_that_came_back_is_none(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.say(bar(1, 2, "nan"))
    world.say(bar(2, 2, "0.9"))
    safetensors(world.out / "rec.safetensors")
    assert world.end(0)["kind"] == "done"


def test_runs_that_only_look_need_write_nothing(tmp_path: Path) -> None:
    last = World(tmp_path, makes_model=False).end(0)
    assert (last["kind"], last["path"]) == ("done", None)


def test_a_traceback_becomes_its_cause_and_advice_for_these_settings(tmp_path: Path) -> None:
    world = World(tmp_path, settings={"train_batch_size": 8})
    world.say(bar(3, 9, "0.1"))
    world.say(f"{OWN}torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.\n")
    world.say(f"{LAUNCHER}returned non-zero exit status 1.\n")
    last = world.end(1)
    assert (last["kind"], last["code"], last["exit_code"]) == ("failed", "gpu-out-of-memory", 1)
    assert "train_batch_size = 1 (now 8)" in last["hint"]
    assert last["lines"][-1].startswith("torch.OutOfMemoryError")


def test_what_is_not_known_gives_its_own_words_the_last_lines_and_the_exit_code(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.say(f"{OWN}ValueError: something new\n{LAUNCHER}returned non-zero exit status 1.\n")
    last = world.end(1)
    assert last["code"] == "trainer-failed"
    assert last["message"] == "The trainer ended with exit code 1: ValueError: something new"
    assert last["lines"][-1] == "ValueError: something new"


@pytest.mark.parametrize(
    ("exit_code", "code"),
    [(-signal.SIGKILL, "out-of-memory"), (-signal.SIGSEGV, "trainer-crashed"), (3221225477, "trainer-crashed")],
)
def test_a_dead_child_that_said_nothing(tmp_path: Path, exit_code: int, code: str) -> None:
    world = World(tmp_path)
    world.say(bar(3, 9, "0.1"))
    assert world.end(exit_code)["code"] == code


def test_a_stop_names_the_last_whole_state(tmp_path: Path) -> None:
    world = World(tmp_path)
    state = world.out / "rec-step00000002-state"
    text = f"2026-11-21 15:01:09 INFO     {'saving state at step 2':<60} train_util.py:5964\n"
    world.say(bar(2, 9, "0.1") + text)
    state.mkdir()
    (state / "random_states_0.pkl").write_bytes(b"1")
    world.poll()
    world.poll()
    world.say(bar(4, 9, "0.1") + text.replace("step 2", "step 4"))
    (world.out / "rec-step00000004-state").mkdir()
    last = world.end(-signal.SIGTERM, stopped=True)
    assert (last["kind"], last["step"], last["state"]) == ("stopped", 4, str(state))


def test_a_stop_without_a_state_says_so(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.say(bar(5, 9, "0.1"))
    last = world.end(1, stopped=True)
    assert (last["kind"], last["step"], last["state"]) == ("stopped", 5, None)


def test_a_state_that_was_removed_is_not_named(tmp_path: Path) -> None:
    world = World(tmp_path)
    state = world.out / "rec-000001-state"
    state.mkdir()
    (state / "random_states_0.pkl").write_bytes(b"1")
    world.say(f"2026-11-21 15:01:09 INFO     {'saving state at epoch 1':<60} train_util.py:5942\nepoch 2/3\n")
    world.poll()
    world.poll()
    assert [event["what"] for event in world.events("checkpoint")] == ["state"]
    world.say(f"2026-11-21 15:01:19 INFO     {f'removing old state: {state}':<160} train_util.py:5956\nepoch 3/3\n")
    assert world.end(1, stopped=True)["state"] is None


def test_a_fast_run_does_not_fill_the_events(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.follower.feed("".join(bar(step, 1000, "0.1") for step in range(1, 1001)).encode())
    world.poll()
    assert [event["step"] for event in world.events("progress")] == [1, 1000]


def test_a_stage_tells_how_far_it_is_and_its_end_once(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.say("caching latents...\n")
    for done in (0, 1, 2, 2):
        world.say(f"\r 50%|#####     | {done}/2 [00:01<00:01,  1.29s/it]")
    world.say("\n")
    assert [(event["done"], event["total"]) for event in world.events("stage_progress")] == [(0, 2), (1, 2), (2, 2)]


def test_a_file_belongs_to_the_step_that_announced_it(tmp_path: Path) -> None:
    world = World(tmp_path)
    safetensors(world.out / "rec-000001.safetensors")
    world.say(
        f"epoch 1/3\n{bar(2, 9, '0.1')}\nsaving checkpoint: /o/rec-000001.safetensors\nepoch 2/3\n{bar(3, 9, '0.1')}"
    )
    (saved,) = world.events("checkpoint")
    assert (saved["step"], saved["epoch"]) == (2, 1)


def test_given_prompts_count_more_than_the_logs_order(tmp_path: Path) -> None:
    world = World(tmp_path, prompts=("zero", "one"))
    folder = world.out / "sample"
    folder.mkdir()
    for index in (1, 0, 2):
        (folder / f"rec_000003_{index:02d}_20261121145753.png").write_bytes(PNG)
    world.poll()
    found = [(event["index"], event["prompt"], event["step"]) for event in world.events("sample")]
    assert found == [(0, "zero", 3), (1, "one", 3), (2, "", 3)]


def test_what_was_removed_is_told(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.say("removing old checkpoint: /o/rec-000001.safetensors\n")
    (removed,) = world.events("checkpoint")
    assert (removed["what"], removed["path"]) == ("removed", str(world.out / "rec-000001.safetensors"))


def test_the_memory_of_a_tree_is_its_members(tmp_path: Path) -> None:
    own = tree_memory(os.getpid())
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, cwd=tmp_path) as child:
        together = tree_memory(os.getpid())
        alone = tree_memory(child.pid)
        child.communicate(b"\n")
    assert own is not None
    assert together is not None
    assert alone is not None
    assert math.isclose(together, own + alone, rel_tol=0.2)
    assert tree_memory(child.pid) is None


def test_exit_codes_are_written_as_launchers_write_them() -> None:
    assert exit_as_text(0) == ""
    assert exit_as_text(2) == "returned non-zero exit status 2."
    assert exit_as_text(-9) == "died with <Signals.SIGKILL: 9>."
    assert exit_as_text(-200) == "returned non-zero exit status -200."
