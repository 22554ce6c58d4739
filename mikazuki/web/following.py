"""Follows jobs' events for everybody who listens: one reader a job, however many they are."""

import asyncio
import json
import logging
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import true_status
from mikazuki.jobs.queue import Queue

logger = logging.getLogger(__name__)

LOOK_SECONDS: Final = 0.25
STATE_EVERY: Final = 4
"""Looks between two looks at a job's state, while its events stand still."""

PART_BYTES: Final = 1 << 18
PING_SECONDS: Final = 15.0
PING: Final = b": ping\n\n"
END: Final = b"event: end\ndata: {}\n\n"


@dataclass(frozen=True)
class Part:
    """Whole lines of an events file as messages, and where they begin and end in it (bytes)."""

    start: int
    end: int
    messages: bytes


def read_part(path: Path, start: int) -> Part:
    """Return the next whole lines from an offset, some `PART_BYTES` at most; lines that a kill has torn are left out.

    A file that is not there yet has none.
    """
    try:
        with path.open("rb") as file:
            file.seek(start)
            data = file.read(PART_BYTES)
            if data and b"\n" not in data:
                data += file.readline()
    except OSError:  # not there yet, or for a moment not to be read: the next look finds it
        return Part(start, start, b"")
    whole = data[: data.rfind(b"\n") + 1]
    at, found = start, []
    for line in whole.splitlines(keepends=True):
        at += len(line)
        if _is_event(line):
            found.append(b"id: %d\ndata: %s\n\n" % (at, line.strip()))
    return Part(start, at, b"".join(found))


def _is_event(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def whole_end(path: Path) -> int:
    """Return where the last whole line of a file ends; 0 where there is none."""
    try:
        with path.open("rb") as file:
            end = file.seek(0, 2)
            while end:
                start = max(0, end - PART_BYTES)
                file.seek(start)
                found = file.read(end - start).rfind(b"\n") + 1
                if found:
                    return start + found
                end = start
    except OSError:
        pass
    return 0


def aligned(path: Path, start: int) -> int:
    """Return the beginning of the first line at or after an offset; behind the last whole line it is that one's end."""
    end = whole_end(path)
    if start <= 0 or start >= end:
        return min(max(start, 0), end)
    with path.open("rb") as file:
        file.seek(start - 1)
        file.readline()
        return file.tell()


class Feed:
    """The events of one job; a task looks for new ones while somebody listens."""

    def __init__(self, job: Job, closing: threading.Event) -> None:
        """Begin at the end of what there is: what came before, each listener reads for itself."""
        self.job = job
        self.listeners = 0
        self._closing = closing
        self._newest = Part(0, 0, b"")
        self._over = self._broken = False
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def messages(self, start: int) -> AsyncGenerator[bytes, None]:
        """Yield what happened from an offset on, and pings in between; ends after the end of the job."""
        self.listeners += 1
        if self._task is None:
            self._task = asyncio.create_task(self._watch())
            self._task.add_done_callback(self._settle)
        try:
            at = await asyncio.to_thread(aligned, self.job.events, start)
            while not (self._closing.is_set() or self._broken):
                if at < self._newest.end:
                    part = self._newest if self._newest.start == at else await self._read(at)
                    at = part.end
                    if part.messages:
                        yield part.messages
                elif self._over:
                    yield END
                    return
                elif not await _happens(self._changed, PING_SECONDS):
                    yield PING
        finally:
            self.listeners -= 1
            if not self.listeners and self._task is not None:
                self._task.cancel()
                self._task = None

    async def _read(self, at: int) -> Part:
        return await asyncio.to_thread(read_part, self.job.events, at)

    async def _watch(self) -> None:
        end = await asyncio.to_thread(whole_end, self.job.events)
        self._tell(Part(end, end, b""))
        looks = 0
        while not self._over:
            # its state first: what it wrote before its end is then read after that is known
            ended = looks % STATE_EVERY == 0 and await asyncio.to_thread(self._has_ended)
            part = await self._read(self._newest.end)
            if part.end > part.start:
                self._tell(part)
            elif ended or self._closing.is_set():
                self._over = ended
                self._tell(self._newest)
            looks = 0 if ended else looks + 1
            await asyncio.sleep(LOOK_SECONDS)

    def _tell(self, part: Part) -> None:
        """Wake all listeners."""
        self._newest = part
        self._changed.set()
        self._changed = asyncio.Event()

    def _settle(self, task: "asyncio.Task[None]") -> None:
        """Cut the listeners off where the reader broke: they come again and get a new one."""
        if not task.cancelled() and (error := task.exception()):
            logger.error("the events of %s could not be followed", self.job.id, exc_info=error)
            self._broken = True
            self._tell(self._newest)

    def _has_ended(self) -> bool:
        return not self.job.folder.is_dir() or true_status(self.job).over


async def _happens(event: asyncio.Event, seconds: float) -> bool:
    """Wait for an event; say whether it came in time."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True


class Followers:
    """The feeds of the jobs that somebody follows."""

    def __init__(self, queue: Queue, closing: threading.Event) -> None:
        """Follow jobs of ``queue`` until ``closing`` is set."""
        self._queue = queue
        self._closing = closing
        self._feeds: dict[str, Feed] = {}

    async def find(self, job_id: str) -> Job:
        """Return a job; raises MikazukiError ``job-not-found``."""
        return await asyncio.to_thread(self._queue.find, job_id)

    async def follow(self, job: Job, start: int) -> AsyncGenerator[bytes, None]:
        """Yield a job's events from an offset on, as messages."""
        feed = self._feeds.setdefault(job.id, Feed(job, self._closing))
        try:
            async with aclosing(feed.messages(start)) as messages:
                async for message in messages:
                    yield message
        finally:
            if not feed.listeners:
                self._feeds.pop(job.id, None)
