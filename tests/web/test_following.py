"""Events of a job as a stream: from any place, for many, to the end, with one reader."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import State, Status, write_status
from mikazuki.web import following
from mikazuki.web.following import END, PING, Feed, Followers, aligned, read_part
from mikazuki.web.studio import Studio
from tests.web import world

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "LOOK_SECONDS", 0.01)


async def collected(stream: AsyncIterator[bytes]) -> list[tuple[int, dict[str, object]]]:
    """Return (id, event) of every message until the end."""
    text = b"".join([part async for part in stream])
    assert text.endswith(END)
    blocks = [block for block in text.removesuffix(END).decode().split("\n\n") if block and not block.startswith(":")]
    found = []
    for block in blocks:
        head, data = block.split("\n")
        found.append((int(head.removeprefix("id: ")), json.loads(data.removeprefix("data: "))))
    return found


async def test_an_ended_job_is_replayed_whole(studio: Studio) -> None:
    job = world.ended_job(studio, [*world.events_of(2), world.line("done", steps=2)])
    found = await collected(studio.followers.follow(job, 0))
    assert [event["kind"] for _, event in found] == [
        "started", "stage", "metric", "progress", "metric", "progress", "done"
    ]  # fmt: skip
    assert found[-1][0] == job.events.stat().st_size


async def test_from_any_offset_nothing_is_missing_and_nothing_torn(studio: Studio) -> None:
    job = world.ended_job(studio, [*world.events_of(2), world.line("done", steps=2)])
    whole = await collected(studio.followers.follow(job, 0))
    for start in range(-3, job.events.stat().st_size + 5, 7):
        begins = [0, *(offset for offset, _ in whole)]
        expected = [pair for pair, begin in zip(whole, begins, strict=False) if begin >= start]
        assert await collected(studio.followers.follow(job, start)) == expected


async def test_a_reload_goes_on_where_it_was(studio: Studio) -> None:
    job = world.ended_job(studio, [*world.events_of(20), world.line("done", steps=20)])
    whole = await collected(studio.followers.follow(job, 0))
    seen = whole[:13]
    assert seen + await collected(studio.followers.follow(job, seen[-1][0])) == whole


async def test_a_torn_line_is_left_out(studio: Studio) -> None:
    job = world.ended_job(studio, [world.line("started"), '{"kind": "prog\n', world.line("done"), '{"half'])
    assert [event["kind"] for _, event in await collected(studio.followers.follow(job, 0))] == ["started", "done"]


def test_a_line_longer_than_a_part_comes_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PART_BYTES", 10)
    path = tmp_path / "events.jsonl"
    path.write_text(world.line("a", text="x" * 100) + world.line("b"), encoding="utf-8")
    first = read_part(path, 0)
    assert first.messages.count(b"data:") == 1
    assert read_part(path, first.end).end == path.stat().st_size
    assert aligned(path, 3) == first.end


async def test_many_listeners_share_one_reader(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    job = world.ended_job(studio, [])
    write_status(job, Status(State.QUEUED))
    job.place.write_text("{}", encoding="utf-8")
    reads = []
    real = following.read_part

    def counted(path: Path, start: int) -> following.Part:
        reads.append(start)
        return real(path, start)

    monkeypatch.setattr(following, "read_part", counted)
    listeners = [asyncio.create_task(collected(studio.followers.follow(job, 0))) for _ in range(20)]
    await asyncio.sleep(0.1)
    (feed,) = studio.followers._feeds.values()
    assert feed.listeners == 20
    before = len(reads)
    for step in range(10):
        with job.events.open("a", encoding="utf-8") as file:
            file.write(world.line("progress", step=step))
        await asyncio.sleep(0.05)
    assert len(reads) - before < 100, "twenty listeners that read for themselves need 200"
    write_status(job, Status(State.DONE))
    for listener in listeners:
        assert [event["step"] for _, event in await listener] == list(range(10))
    assert not studio.followers._feeds


async def test_what_is_written_right_before_the_end_is_not_lost(studio: Studio) -> None:
    job = world.ended_job(studio, world.events_of(1))
    job.place.write_text("{}", encoding="utf-8")
    for _ in range(5):
        write_status(job, Status(State.QUEUED))
        listener = asyncio.create_task(collected(studio.followers.follow(job, 0)))
        await asyncio.sleep(0.03)
        with job.events.open("a", encoding="utf-8") as file:
            file.write(world.line("done"))
        write_status(job, Status(State.DONE))
        assert (await listener)[-1][1]["kind"] == "done"
        job.events.write_text("".join(world.events_of(1)), encoding="utf-8")


async def test_long_silence_is_filled_with_pings(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PING_SECONDS", 0.02)
    job = world.queued_job(studio)
    stream = studio.followers.follow(job, 0)
    assert await anext(stream) == PING
    assert await anext(stream) == PING
    await stream.aclose()
    assert not studio.followers._feeds


async def test_the_end_of_the_studio_ends_the_stream(studio: Studio) -> None:
    job = world.queued_job(studio)
    listener = asyncio.create_task(_all(Followers(studio.queue, studio.closing).follow(job, 0)))
    await asyncio.sleep(0.05)
    studio.closing.set()
    assert await asyncio.wait_for(listener, 5) == []


async def _all(stream: AsyncIterator[bytes]) -> list[bytes]:
    return [part async for part in stream]


async def test_a_reader_that_breaks_cuts_off_and_is_logged(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_feed: Feed) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(Feed, "_has_ended", broken)
    job = world.queued_job(studio)
    assert await asyncio.wait_for(_all(studio.followers.follow(job, 0)), 5) == []
    assert "could not be followed" in caplog.text


async def test_a_deleted_job_ends(studio: Studio) -> None:
    feed = Feed(Job(studio.paths.jobs / "gone"), studio.closing)
    assert await asyncio.wait_for(_all(feed.messages(0)), 5) == [END]
