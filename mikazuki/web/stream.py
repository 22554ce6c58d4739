"""Tells everybody who listens what changes in the studio: jobs, the queue, the machine."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from mikazuki.web.answers.jobs import JobRow
from mikazuki.web.answers.studio import MachineReading
from mikazuki.web.job_rows import answer_row

if TYPE_CHECKING:
    from mikazuki.web.studio import Studio

logger = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
MACHINE_EVERY: Final = 2
"""Looks between two readings of the machine."""

PING_SECONDS: Final = 15.0
PING: Final = ": ping\n\n"
NEWEST: Final = 20
"""Ended jobs that a new listener is told of."""

MOST_WAITING: Final = 100
"""Messages that a listener may be behind; one that is further is cut off, comes again and gets a new snapshot."""


@dataclass(frozen=True)
class Seen:
    """What one look found."""

    rows: dict[str, JobRow] = field(default_factory=dict)
    paused: bool = False
    order: tuple[str, ...] = ()
    machine: MachineReading | None = None


def message(event: str, data: dict[str, Any] | BaseModel) -> str:
    """Return one message of an event stream."""
    text = data.model_dump_json() if isinstance(data, BaseModel) else json.dumps(data, ensure_ascii=False)
    return f"event: {event}\ndata: {text}\n\n"


def _jobs(rows: list[JobRow], removed: list[str]) -> str:
    return message("jobs", {"jobs": [row.model_dump(mode="json") for row in rows], "removed": removed})


def snapshot(seen: Seen) -> list[str]:
    """Return the messages that tell everything anew."""
    told = [_jobs(list(seen.rows.values()), []), message("queue", {"paused": seen.paused, "order": list(seen.order)})]
    return [*told, message("machine", seen.machine)] if seen.machine else told


def changes(before: Seen, after: Seen, deleted: list[str]) -> list[str]:
    """Return the messages that lead from one look to the next; ``deleted`` are ids that are there no more."""
    told = []
    changed = [row for row_id, row in after.rows.items() if before.rows.get(row_id) != row]
    if changed or deleted:
        told.append(_jobs(changed, deleted))
    if (before.paused, before.order) != (after.paused, after.order):
        told.append(message("queue", {"paused": after.paused, "order": list(after.order)}))
    if after.machine is not None and after.machine is not before.machine:
        told.append(message("machine", after.machine))
    return told


class Hub:
    """Looks once for all listeners, and only while there are any."""

    def __init__(self, studio: "Studio") -> None:
        """Tell of this studio."""
        self._studio = studio
        self._seen: Seen | None = None
        self._looks = 0
        self._task: asyncio.Task[None] | None = None
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._beginning = asyncio.Lock()

    async def listen(self) -> AsyncGenerator[str, None]:
        """Yield a snapshot, then changes, and pings in between; ends with the studio."""
        mailbox: asyncio.Queue[str | None] = asyncio.Queue(MOST_WAITING)
        async with self._beginning:
            seen = self._seen
            if seen is None:
                seen = (await asyncio.to_thread(self._look, Seen()))[0]
            self._seen = seen
            begin = snapshot(seen)  # no await between this and the next line: nothing is missed or told twice
            self._listeners.add(mailbox)
            if self._task is None:
                self._task = asyncio.create_task(self._watch())
                self._task.add_done_callback(self._settle)
        try:
            yield "".join(begin)
            while (text := await _next(mailbox)) is not None:
                yield text
        finally:
            self._listeners.discard(mailbox)
            if not self._listeners and self._task is not None:
                self._task.cancel()
                self._task = self._seen = None

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self._studio.closing.is_set():
                self._send(None)
                return
            before = self._seen or Seen()
            after, deleted = await asyncio.to_thread(self._look, before)
            self._seen = after
            told = changes(before, after, deleted)
            if told:
                self._send("".join(told))

    def _settle(self, task: "asyncio.Task[None]") -> None:
        """Cut the listeners off where a look broke: they come again and begin anew."""
        if not task.cancelled() and (error := task.exception()):
            logger.error("the studio could not be looked at", exc_info=error)
            self._seen = None
            self._send(None)

    def _send(self, text: str | None) -> None:
        for mailbox in self._listeners:
            if text is None or mailbox.full():
                while not mailbox.empty():
                    mailbox.get_nowait()
                mailbox.put_nowait(None)
            else:
                mailbox.put_nowait(text)

    def _look(self, before: Seen) -> tuple[Seen, list[str]]:
        """Return what there is now, and which of the jobs seen before were deleted."""
        studio = self._studio
        rows = {row.id: answer_row(row) for row in studio.index.live(NEWEST)}
        order = sorted((row for row in rows.values() if row.position is not None), key=lambda row: row.position or 0)
        machine = studio.machine.read() if self._looks % MACHINE_EVERY == 0 else before.machine
        self._looks += 1
        gone = [row_id for row_id in before.rows if row_id not in rows and not (studio.paths.jobs / row_id).is_dir()]
        return Seen(rows, studio.queue.paused, tuple(row.id for row in order), machine), gone


async def _next(mailbox: "asyncio.Queue[str | None]") -> str | None:
    """Return the next message, or a ping where none comes for a while; None ends the stream."""
    try:
        async with asyncio.timeout(PING_SECONDS):
            return await mailbox.get()
    except TimeoutError:
        return PING
