"""Keeps a model busy: pictures are read ahead in threads, the model reads batch after batch."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from PIL import Image

from mikazuki.errors import MikazukiError
from mikazuki.tagging.pictures import on_white
from mikazuki.tagging.reader import Reader, Reading

BATCHES_AHEAD: Final = 2
"""Batches that are read ahead of the one under way."""

FEEDERS: Final = 2
"""Batches that are with the model at once: one under way, one getting ready."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture with what the model saw in it, or why it could not be read."""

    picture: Path
    reading: Reading | None = None
    problem: MikazukiError | None = None


def batches(
    pictures: Sequence[Path],
    reader: Reader,
    *,
    batch_size: int,
    workers: int,
    stopped: Callable[[], bool] = lambda: False,
) -> Generator[list[Seen], None, None]:
    """Yield what a model sees in pictures, in their order, a batch at a time.

    Once ``stopped`` says so no further batch than the first is begun, and those under way are the last.
    Two threads feed the model: while it computes for one, the other lays out the next batch, or names what was seen.
    """
    Image.preinit()
    size = max(1, min(batch_size, reader.batch_size))

    def prepare(picture: Path) -> Any:
        return reader.prepare(on_white(picture, reader.least_side))

    threads = min(workers, os.cpu_count() or 1)
    with (
        ThreadPoolExecutor(max_workers=threads, thread_name_prefix="pictures") as pool,
        ThreadPoolExecutor(max_workers=FEEDERS, thread_name_prefix="model") as model,
    ):
        under_way: deque[Future[list[Seen]]] = deque()
        for number, group in enumerate(_groups(pictures, prepare, pool, size)):
            if number and stopped():
                break
            under_way.append(model.submit(_read, group, reader))
            if len(under_way) == FEEDERS:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _groups(
    pictures: Sequence[Path], prepare: Callable[[Path], Any], pool: ThreadPoolExecutor, size: int
) -> Iterator[list[tuple[Path, Future[Any]]]]:
    """Yield groups of `size` pictures under preparation, those behind them begun as well."""
    left = iter(pictures)
    waiting: deque[tuple[Path, Future[Any]]] = deque()
    try:
        while True:
            missing = size * (1 + BATCHES_AHEAD) - len(waiting)
            waiting.extend((picture, pool.submit(prepare, picture)) for picture in islice(left, missing))
            if not waiting:
                return
            yield [waiting.popleft() for _ in range(min(size, len(waiting)))]
    finally:
        for _, future in waiting:
            future.cancel()


def _read(group: list[tuple[Path, Future[Any]]], reader: Reader) -> list[Seen]:
    ready: list[tuple[Path, Any]] = []
    problems: dict[Path, MikazukiError] = {}
    for picture, future in group:
        try:
            ready.append((picture, future.result()))
        except MikazukiError as error:
            problems[picture] = error
    readings = reader.read([value for _, value in ready]) if ready else []
    seen = dict(zip((picture for picture, _ in ready), readings, strict=True))
    return [Seen(picture, seen.get(picture), problems.get(picture)) for picture, _ in group]
