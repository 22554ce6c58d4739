import sqlite3
from dataclasses import asdict
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.jobs import index as module
from mikazuki.jobs.folder import Job, create
from mikazuki.jobs.index import INDEX_FILE, Index
from mikazuki.jobs.process import Child, State, Status, write_status
from mikazuki.jobs.progress import Progress
from mikazuki.jobs.queue import Queue
from mikazuki.jobs.rows import JobRow, make_row
from mikazuki.web.answers.jobs import JobRow as Answer
from tests.jobs import world


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(tmp_path / "jobs")


def ended(queue: Queue, name: str, state: State = State.DONE, **status: object) -> Job:
    job = world.add(queue, name)
    write_status(job, Status(state, **{"started": 10.0, "ended": 20.0, "exit_code": 0, **status}))  # type: ignore[arg-type]
    return job


def test_what_waits_comes_first_then_the_newest(queue: Queue) -> None:
    old = ended(queue, "old")
    facts = old.facts_file.read_text(encoding="utf-8")
    old.facts_file.write_text(facts.replace(old.facts()["created"], "2020-01-01T00:00:00+00:00"), encoding="utf-8")
    ended(queue, "new", State.FAILED, reason="out of memory")
    world.add(queue, "second")
    world.add(queue, "first", position=0, held=True)
    index = Index(queue, ("0",))
    page = index.listed()
    assert [row.name for row in page.rows] == ["first", "second", "new", "old"]
    assert [row.position for row in page.rows] == [0, 1, None, None]
    assert page.total == 4
    first, second, new, _ = page.rows
    assert "released" in first.reason
    assert "turn" in second.reason
    assert (new.state, new.reason, new.exit_code, new.started, new.ended) == ("failed", "out of memory", 0, 10.0, 20.0)
    assert (new.program, new.method, new.family, new.engine) == ("train", "lora", "sd1", "fake")


def test_search_and_parts(queue: Queue) -> None:
    for number in range(7):
        ended(queue, f"Cat {number}" if number % 2 else f"dog {number}", State.DONE if number else State.STOPPED)
    index = Index(queue)
    assert [row.name for row in index.listed(text="CAT", limit=2).rows] == [
        row.name for row in index.listed(text="cat").rows
    ][:2]
    assert index.listed(text="cat").total == 3
    assert index.listed(text="cat-3 LORA").total == 1
    assert index.listed(state="stopped").total == 1
    assert len(index.listed(start=5).rows) == 2
    assert index.listed(text="bird").rows == ()


def test_a_running_job_is_fresh_at_every_read(queue: Queue) -> None:
    job = world.add(queue, "a", "wait")
    start = job.facts()["start"]
    child = Child.start(job, start["command"], {}, Path(start["cwd"]), gpus=("0",))
    index = Index(queue)
    world.wait_for(lambda: index.row(job.id).step > 2)
    row = index.row(job.id)
    assert (row.state, row.total, row.stage, row.gpus, row.position) == ("running", 99, "train", ("0",), None)
    assert row.eta == 1.0
    (job.folder / "go").touch()
    world.wait_for(lambda: child.poll() is not None)
    # nobody has written the end down, and still it is true
    row = index.listed().rows[0]
    assert (row.state, row.stage, row.eta, row.output) == ("done", "", None, "x.safetensors")
    child.conclude([])
    assert index.row(job.id).state == "done"


def test_states_are_true(queue: Queue) -> None:
    job = world.add(queue, "a")
    write_status(job, Status(State.RUNNING, 2**22 + 5, 1.0, started=1.0))
    job.log.touch()
    direct = create(queue.jobs_dir, "direct", {"config.toml": 'output_name = "direct"\n'}, {})
    index = Index(queue)
    rows = {row.name: row for row in index.listed().rows}
    assert rows["a"].state == "lost"
    assert (rows["a"].ended or 0) == job.log.stat().st_mtime
    assert rows["direct"].state == "lost"
    assert "never began" in rows["direct"].reason
    write_status(direct, Status(State.DONE))
    assert index.row(direct.id).state == "done"


def test_old_jobs_say_what_their_settings_do(queue: Queue) -> None:
    text = 'output_name = "mine"\nmethod = "lora"\nmodel_type = "sdxl"\n'
    job = create(queue.jobs_dir, "x", {"config.toml": text}, {"engine": "builtin"})
    (queue.jobs_dir / "no job").mkdir()
    write_status(job, Status(State.DONE))
    (row,) = Index(queue).listed().rows
    assert (row.name, row.method, row.family, row.engine) == ("mine", "lora", "sdxl", "builtin")


def test_the_database_spares_reading_and_loses_nothing_when_deleted(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [ended(queue, f"j{number}") for number in range(5)]
    rows = Index(queue).listed().rows
    made: list[str] = []

    def watched(job: Job, progress: Progress) -> JobRow:
        made.append(job.id)
        return make_row(job, progress)

    monkeypatch.setattr(module, "make_row", watched)
    assert Index(queue).listed().rows == rows
    assert made == []
    write_status(jobs[2], Status(State.FAILED, reason="changed"))
    assert Index(queue).listed(state="failed").total == 1
    assert made == [jobs[2].id]
    (queue.jobs_dir / INDEX_FILE).unlink()
    assert {row.id for row in Index(queue).listed().rows} == {row.id for row in rows}
    assert len(made) == 6


@pytest.mark.parametrize("broken", ["text", "fields", "version"])
def test_a_broken_database_is_made_anew(queue: Queue, broken: str) -> None:
    job = ended(queue, "a")
    before = Index(queue).listed().rows
    file = queue.jobs_dir / INDEX_FILE
    if broken == "text":
        file.write_bytes(b"this is no database" * 100)
    else:
        base = sqlite3.connect(file)
        with base:
            if broken == "fields":
                base.execute("UPDATE rows SET row = '{\"id\": 1}'")
            else:
                base.execute("PRAGMA user_version = 99")
        base.close()
    assert Index(queue).listed().rows == before
    assert Index(queue).row(job.id).state == "done"
    base = sqlite3.connect(file)
    assert base.execute("SELECT count(*) FROM rows").fetchone() == (1,)
    base.close()


def test_a_database_that_another_process_holds_is_no_hindrance(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.05)
    ended(queue, "a")
    Index(queue).listed()
    base = sqlite3.connect(queue.jobs_dir / INDEX_FILE, isolation_level=None)
    base.execute("BEGIN EXCLUSIVE")
    try:
        ended(queue, "b")
        assert Index(queue).listed().total == 2
    finally:
        base.execute("ROLLBACK")
        base.close()


def test_deleted_jobs_leave_the_list(queue: Queue) -> None:
    job = ended(queue, "a")
    index = Index(queue)
    assert index.listed().total == 1
    queue.delete(job.id)
    assert index.listed().total == 0
    assert Index(queue).listed().total == 0
    with pytest.raises(MikazukiError, match="no job"):
        index.row(job.id)


def test_a_folder_without_jobs_is_an_empty_list(queue: Queue) -> None:
    assert Index(queue).listed().total == 0
    assert not queue.jobs_dir.exists()


def test_live_rows(queue: Queue) -> None:
    for number in range(4):
        ended(queue, f"j{number}")
    world.add(queue, "waits")
    assert [row.state for row in Index(queue).live(newest=2)] == ["queued", "done", "done"]


def test_the_fields_are_those_of_the_studios_answer(queue: Queue) -> None:
    world.add(queue, "a")
    (row,) = Index(queue).listed().rows
    assert Answer(**{**asdict(row), "gpus": list(row.gpus)}).id == row.id


def test_thousands_are_read_once(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    queue.jobs_dir.mkdir()
    for number in range(300):
        folder = queue.jobs_dir / f"20260101-000000-j-{number:04x}"
        folder.mkdir()
        (folder / "config.toml").touch()
        (folder / "state.json").write_text('{"state": "done"}', encoding="utf-8")
    index = Index(queue)
    assert index.listed().total == 300

    def refuse(_job: Job) -> Status:
        raise AssertionError("read again")

    monkeypatch.setattr(module, "read_status", refuse)
    assert index.listed(limit=3).total == 300


def test_one_ended_row_is_not_read_again_until_it_changes(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    job = ended(queue, "a")
    index = Index(queue)
    row = index.listed().rows[0]
    made: list[str] = []

    def watched(job: Job, progress: Progress) -> JobRow:
        made.append(job.id)
        return make_row(job, progress)

    monkeypatch.setattr(module, "make_row", watched)
    assert index.row(job.id) == row
    assert made == []
    write_status(job, Status(State.FAILED))
    assert index.row(job.id).state == "failed"
    queue.delete(job.id)
    with pytest.raises(MikazukiError):
        index.row(job.id)
