"""The stream of everything: a snapshot, then what changes, for all from one look."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from mikazuki.web import stream
from mikazuki.web.stream import PING, Seen, changes
from mikazuki.web.studio import Studio
from tests.web import world

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LOOK_SECONDS", 0.02)


def parsed(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.split("\n\n"):
        if block and not block.startswith(":"):
            event, data = block.split("\n")
            found.append((event.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


async def until(listening: AsyncIterator[str], kind: str) -> Any:
    """Return the data of the next message of a kind."""
    async with asyncio.timeout(5):
        async for text in listening:
            for event, data in parsed(text):
                if event == kind:
                    return data
    raise AssertionError("the stream has ended")


async def test_first_everything_then_changes(studio: Studio) -> None:
    old, first = world.ended_job(studio, []), world.queued_job(studio)
    listening = studio.hub.listen()
    told = dict(parsed(await anext(listening)))
    assert [row["id"] for row in told["jobs"]["jobs"]] == [first.id, old.id]
    assert told["queue"] == {"paused": False, "order": [first.id]}
    assert told["machine"]["cpu_count"] >= 1
    second = await asyncio.to_thread(world.queued_job, studio)
    changed = await until(listening, "jobs")
    assert second.id in [row["id"] for row in changed["jobs"]]
    assert old.id not in [row["id"] for row in changed["jobs"]], "only what changed"
    await asyncio.to_thread(studio.queue.pause)
    assert (await until(listening, "queue"))["paused"] is True
    await asyncio.to_thread(studio.queue.delete, old.id)
    assert (await until(listening, "jobs"))["removed"] == [old.id]
    await listening.aclose()


async def test_nobody_listens_nobody_looks(studio: Studio) -> None:
    listening = studio.hub.listen()
    await anext(listening)
    await listening.aclose()
    looks = studio.hub._looks
    await asyncio.sleep(0.1)
    assert studio.hub._looks == looks
    again = studio.hub.listen()
    assert parsed(await anext(again))[0][0] == "jobs"
    await again.aclose()


async def test_many_listeners_cost_one_look(studio: Studio) -> None:
    listening = [studio.hub.listen() for _ in range(20)]
    for one in listening:
        await anext(one)
    assert studio.hub._looks <= 5
    for one in listening:
        await one.aclose()


async def test_one_that_does_not_read_is_cut_off(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_WAITING", 2)
    slow = studio.hub.listen()
    await anext(slow)
    for _ in range(4):
        studio.hub._send("text")
    assert [text async for text in slow] == []


async def test_silence_is_filled_and_the_studios_end_ends_it(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "PING_SECONDS", 0.01)
    monkeypatch.setattr(stream, "MACHINE_EVERY", 1_000_000)
    listening = studio.hub.listen()
    await anext(listening)
    assert await anext(listening) == PING
    studio.closing.set()
    async with asyncio.timeout(5):
        assert [text async for text in listening if text != PING] == []


async def test_a_look_that_breaks_cuts_everybody_off_and_is_logged(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    listening = studio.hub.listen()
    await anext(listening)

    def broken(_before: Seen) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(studio.hub, "_look", broken)
    async with asyncio.timeout(5):
        assert [text async for text in listening] == []
    assert "could not be looked at" in caplog.text


def test_a_row_that_left_the_newest_is_not_removed() -> None:
    assert changes(Seen(paused=False), Seen(paused=False), []) == []
