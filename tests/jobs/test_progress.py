import json
from pathlib import Path

from mikazuki.jobs.folder import Job
from mikazuki.jobs.progress import ProgressReader
from mikazuki.jobs.rows import make_row
from tests.jobs import world


def test_the_newest_numbers_count(tmp_path: Path) -> None:
    job = Job(tmp_path)
    reader = ProgressReader(job.events)
    assert reader.refresh().stage == ""
    world.tell(job, kind="stage", name="cache_latents", text="...")
    assert reader.refresh().stage == "cache_latents"
    world.tell(job, kind="stage", name="train", text="...", total=90, epochs=3, first=30)
    assert (reader.refresh().step, reader.refresh().total, reader.refresh().epochs) == (30, 90, 3)
    more = {"total": 90, "epoch": 2, "epochs": 3, "loss": 0.5, "speed": 2.5, "eta": 20.0, "memory": 10}
    world.tell(job, kind="progress", step=40, avg_loss=0.4, **more)
    world.tell(job, kind="metric", step=41, values={"loss/current": 0.1})
    found = reader.refresh()
    assert (found.step, found.epoch, found.loss, found.speed, found.eta, found.memory) == (40, 2, 0.4, 2.5, 20.0, 10)
    world.tell(job, kind="progress", step=41, avg_loss=None, **{**more, "loss": None, "eta": None})
    assert (reader.refresh().loss, reader.refresh().eta) == (None, None)


def test_what_was_made(tmp_path: Path) -> None:
    job = Job(tmp_path)
    reader = ProgressReader(job.events)
    for step in (2, 10):
        (tmp_path / f"s{step}").mkdir()
        world.tell(job, kind="checkpoint", what="model", path=f"m{step}", step=step)
        world.tell(job, kind="checkpoint", what="state", path=str(tmp_path / f"s{step}"), step=step)
        world.tell(job, kind="sample", path=f"p{step}.png", step=step, index=0)
        world.tell(job, kind="sample", path=f"q{step}.png", step=step, index=1)
    world.tell(job, kind="sample", path="base.png", step=0, index=0)  # of the grid, at the very end
    found = reader.refresh()
    assert (found.output, found.sample, found.newest_state()) == ("m10", "p10.png", str(tmp_path / "s10"))
    (tmp_path / "s10").rmdir()
    assert reader.refresh().newest_state() == str(tmp_path / "s2")
    world.tell(job, kind="checkpoint", what="removed", path=str(tmp_path / "s2"), step=10)
    assert reader.refresh().newest_state() is None


def test_the_end(tmp_path: Path) -> None:
    job = Job(tmp_path)
    reader = ProgressReader(job.events)
    (tmp_path / "s").mkdir()
    world.tell(job, kind="stopped", step=7, state=str(tmp_path / "s"))
    found = reader.refresh()
    assert (found.step, found.newest_state()) == (7, str(tmp_path / "s"))
    assert found.last is not None
    world.tell(job, kind="done", path="x.safetensors", steps=9)
    assert (reader.refresh().output, reader.refresh().step) == ("x.safetensors", 9)


def test_broken_values_are_nothing(tmp_path: Path) -> None:
    job = Job(tmp_path)
    world.tell(job, kind="progress", step="x", total=True, loss=[], epoch=None)
    world.tell(job, kind="checkpoint", what="state", path=None)
    found = ProgressReader(job.events).refresh()
    assert (found.step, found.total, found.loss, found.states) == (0, 0, None, {})


def test_the_parts_of_a_stage_are_how_far_a_program_without_steps_is(tmp_path: Path) -> None:
    job = Job(tmp_path)
    reader = ProgressReader(job.events)

    def far(program: str) -> tuple[int, int]:
        job.facts_file.write_text(json.dumps({"program": program}), encoding="utf-8")
        row = make_row(job, reader.refresh())
        return row.step, row.total

    world.tell(job, kind="stage", name="prepare", text="...", total=90)
    assert far("prepare") == (0, 90)
    world.tell(job, kind="stage_progress", name="prepare", done=30, total=90)
    assert (far("prepare"), far("train")) == ((30, 90), (0, 90))
    world.tell(job, kind="stage", name="tag", text="...", total=8)
    assert far("tag") == (0, 8)
    world.tell(job, kind="stage_progress", name="tag", done=1, total=2)
    world.tell(job, kind="progress", name="tag", step=3, total=8)
    assert far("tag") == (3, 8), "what it counts itself counts first"
