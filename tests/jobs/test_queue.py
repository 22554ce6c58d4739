import json
import os
import random
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.jobs.folder import Job, all_jobs, create, read_json
from mikazuki.jobs.place import read_place
from mikazuki.jobs.process import Child, State, Status, read_status, write_status
from mikazuki.jobs.queue import Queue
from tests.jobs import world


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(tmp_path / "a b \u732b" / "jobs")


def names(queue: Queue) -> list[str]:
    return [job.facts()["name"] for job, _ in queue.waiting()]


def test_jobs_wait_in_the_order_they_came(queue: Queue) -> None:
    assert queue.order() == []
    for name in "abc":
        world.add(queue, name)
    assert names(queue) == ["a", "b", "c"]
    world.add(queue, "next", position=0)
    world.add(queue, "third", position=2)
    assert names(queue) == ["next", "a", "third", "b", "c"]


def test_moving(queue: Queue) -> None:
    jobs = {name: world.add(queue, name) for name in "abcd"}
    queue.move(jobs["d"].id, 0)
    assert names(queue) == ["d", "a", "b", "c"]
    queue.move(jobs["d"].id, 2)
    assert names(queue) == ["a", "b", "d", "c"]
    queue.move(jobs["a"].id, 99)
    assert names(queue) == ["b", "d", "c", "a"]
    for _ in range(80):
        queue.move(names_to_id(queue, 2), 1)
    assert sorted(names(queue)) == ["a", "b", "c", "d"]


def names_to_id(queue: Queue, position: int) -> str:
    return queue.order()[position]


def test_when_where_and_whether(queue: Queue) -> None:
    job = world.add(queue)
    queue.schedule(job.id, 2e9, ("1",), held=True)
    place = read_place(job)
    assert place is not None
    assert (place.not_before, place.gpus, place.held) == (2e9, ("1",), True)
    queue.release(job.id)
    queue.hold(job.id)
    queue.release(job.id)
    place = read_place(job)
    assert place is not None
    assert (place.not_before, place.held) == (2e9, False)


def test_pausing_outlives_the_process(queue: Queue) -> None:
    assert not queue.paused
    queue.pause()
    queue.pause()
    assert Queue(queue.jobs_dir).paused
    queue.resume()
    queue.resume()
    assert not Queue(queue.jobs_dir).paused


def test_ids_may_be_shortened_while_they_are_unique(queue: Queue) -> None:
    one, two = world.add(queue, "cat"), world.add(queue, "dog")
    assert queue.find("cat") == one
    assert queue.find(two.id) == two
    for part, code in {"20": "job-ambiguous", "bird": "job-not-found", "": "job-not-found"}.items():
        with pytest.raises(MikazukiError) as caught:
            queue.find(part)
        assert caught.value.code == code


def test_a_queued_job_is_taken_out(queue: Queue) -> None:
    job = world.add(queue)
    assert queue.stop(job.id).state is State.STOPPED
    assert queue.order() == []
    assert "before it began" in read_status(job).reason
    for act in (queue.stop, queue.hold):
        with pytest.raises(MikazukiError, match="stopped"):
            act(job.id)


def start(queue: Queue, what: str) -> Child:
    job = world.add(queue, what=what)
    command = job.facts()["start"]["command"]
    child = Child.start(job, command, {}, queue.jobs_dir)
    world.wait_for(job.events.exists)
    return child


def test_a_running_job_is_asked_to_save(queue: Queue) -> None:
    child = start(queue, "wait")
    with pytest.raises(MikazukiError, match="still runs"):
        queue.delete(child.job.id)
    asked = queue.stop(child.job.id)
    assert asked.state is State.STOPPING
    assert asked.asked is not None
    world.wait_for(lambda: child.poll() is not None)
    assert queue.status(child.job).state is State.STOPPED
    assert child.conclude([{"kind": "stopped", "time": 5.0}]).state is State.STOPPED


def test_a_running_job_is_ended_at_once(queue: Queue) -> None:
    child = start(queue, "deaf")
    assert queue.stop(child.job.id, "now").state is State.STOPPED
    world.wait_for(lambda: child.poll() is not None)
    assert child.conclude([]).state is State.STOPPED
    assert "nothing was saved" in read_status(child.job).reason


def test_orders_go_to_running_jobs_alone(queue: Queue) -> None:
    waiting = world.add(queue)
    with pytest.raises(MikazukiError, match="does not run"):
        queue.ask(waiting.id, "sample")
    child = start(queue, "wait")
    queue.ask(child.job.id, "save")
    assert (child.job.folder / "save").exists()
    facts = child.job.facts()
    child.job.facts_file.write_text(json.dumps({**facts, "sample_now": False}), encoding="utf-8")
    with pytest.raises(MikazukiError, match="cannot draw") as caught:
        queue.ask(child.job.id, "sample")
    assert caught.value.code == "order-unknown"
    child.end(0.5)
    child.conclude([])


def test_again_with_the_same_files_and_command(queue: Queue) -> None:
    job = world.add(queue, "cat")
    (job.folder / "dataset.toml").write_text(f"path = {job.folder}\n", encoding="utf-8")
    world.tell(job, kind="done")
    write_status(job, Status(State.DONE, exit_code=0))
    other = queue.retry(job.id)
    assert other.id != job.id
    facts = other.facts()
    assert facts["id"] == other.id
    assert facts["from"] == job.id
    assert facts["start"]["command"][2] == str(other.folder)
    assert (other.folder / "dataset.toml").read_text(encoding="utf-8") == f"path = {other.folder}\n"
    assert other.config.read_text(encoding="utf-8") == job.config.read_text(encoding="utf-8")
    assert not other.events.exists()
    assert queue.order() == [other.id]
    assert queue.clone(other.id) == 'output_name = "cat"\n'


def test_two_jobs_of_one_second_never_share_an_id(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    class Noon(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2026, 11, 21, 12, tzinfo=tz)

    drawn = iter(["aaaa", "aaaa", "bbbb", "bbbb", "cccc"])
    monkeypatch.setattr("mikazuki.jobs.folder.secrets.token_hex", lambda _bytes: next(drawn))
    for module in ("folder", "queue"):
        monkeypatch.setattr(f"mikazuki.jobs.{module}.datetime", Noon)
    first, second = world.add(queue, "cat"), world.add(queue, "cat")
    jobs = (first, second, queue.retry(second.id))
    assert [job.id[-4:] for job in jobs] == ["aaaa", "bbbb", "cccc"]


def test_what_does_not_say_how_it_starts_cannot_be_repeated(queue: Queue) -> None:
    job = create(queue.jobs_dir, "old", {"config.toml": ""}, {"command": ["x"]})
    with pytest.raises(MikazukiError) as caught:
        queue.retry(job.id)
    assert caught.value.code == "job-cannot-start"


def test_a_job_that_was_deleted_comes_back(queue: Queue) -> None:
    job = world.add(queue)
    before = job.config.read_bytes()
    item = queue.delete(job.id)
    assert queue.order() == []
    assert not job.folder.exists()
    assert [row.name for row in queue.bin.rows()] == [job.id]
    queue.bin.restore(item)
    assert job.config.read_bytes() == before
    # it was taken out of the queue, so nothing begins by itself
    assert queue.order() == []


def test_a_folder_that_was_made_by_others_is_no_queued_job(queue: Queue) -> None:
    job = create(queue.jobs_dir, "direct", {"config.toml": ""}, {})
    assert queue.order() == []
    assert queue.status(job).state is State.LOST


def test_many_threads_and_processes_add_at_once(queue: Queue) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: world.add(queue, f"n{number}"), range(24)))
    ranks = [place.rank for _, place in queue.waiting()]
    assert len(set(ranks)) == 24


ACTS = ("add", "add", "move", "schedule", "pause", "resume", "stop", "delete", "retry")


def change_for_ever(jobs_dir: Path, chance: random.Random) -> None:
    """Do one thing with the queue after another."""
    queue = Queue(jobs_dir)
    while True:
        order = queue.order()
        act = chance.choice(ACTS)
        if act == "add" or not order:
            world.add(queue, "demo", position=chance.choice([None, 0, 2]))
            continue
        one = chance.choice(order)
        if act == "move":
            queue.move(one, chance.randrange(9))
        elif act == "schedule":
            queue.schedule(one, chance.random() * 1e9, ("0",), held=chance.random() < 0.5)
        elif act in {"pause", "resume"}:
            getattr(queue, act)()
        else:
            getattr(queue, act)(one)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX word")
def test_kills_at_any_moment_leave_a_readable_queue(queue: Queue) -> None:
    queue.jobs_dir.mkdir(parents=True)
    chance = random.Random(7)
    for number in range(20):
        worker = os.fork()
        if worker == 0:
            try:
                change_for_ever(queue.jobs_dir, random.Random(number))
            finally:
                os._exit(3)
        time.sleep(chance.uniform(0.01, 0.1))
        os.kill(worker, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(worker, 0)[1]), "it ended by itself: one of its changes failed"
        jobs = all_jobs(queue.jobs_dir)
        for job in jobs:
            assert read_json(job.state), job.id
            assert read_json(job.place), job.id
            assert job.facts()["id"] == job.id
            assert job.config.read_text(encoding="utf-8")
        assert set(queue.order()) <= {job.id for job in jobs}
        for row in queue.bin.rows():
            assert (queue.bin.folder / row.id / "item" / "job.json").is_file()
        # the lock went with its holder
        world.add(queue, "alive")
        assert queue.order()


def test_a_full_disk_leaves_nothing_half_made(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    from mikazuki.jobs import folder

    written: list[Path] = []

    def refuse(path: Path, text: str) -> None:
        written.append(path)
        if len(written) > 1:
            raise MikazukiError("disk-full", "The disk is full.")
        path.write_text(text, encoding="utf-8")

    world.add(queue, "before")
    monkeypatch.setattr(folder, "write_text", refuse)
    with pytest.raises(MikazukiError, match="full"):
        world.add(queue, "after")
    assert names(queue) == ["before"]
    assert [path.name for path in queue.jobs_dir.iterdir() if not path.name.startswith(".")] == queue.order()
    assert isinstance(queue.find("before"), Job)
