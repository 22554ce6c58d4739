"""What the programs that go over a folder of pictures share: threads, digests, warnings, their border."""

import hashlib
import json
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image

from mikazuki.data.folders import Notice
from mikazuki.data.scan import Stamp, stamp_of
from mikazuki.events import EventWriter
from mikazuki.settings.base import Settings
from mikazuki.tools.program import AnySettings, Work, run_program

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


def in_threads(
    one: Callable[[Item], Outcome], items: Iterable[Item], workers: int, stop: Path | None
) -> Iterator[Outcome]:
    """Do pictures with several threads, a few ahead; yield what came of them as they are finished.

    Args:
        one: What is done to a picture.
        items: All of them.
        workers: Threads at most; there are no more than cores.
        stop: When this file exists no further picture is begun.

    Raises:
        KeyboardInterrupt: It was stopped before all were done.
    """
    Image.init()
    workers = min(workers, os.cpu_count() or 1)
    waiting = iter(items)
    with ThreadPoolExecutor(max_workers=workers) as pool:
        running: set[Future[Outcome]] = {pool.submit(one, item) for item in islice(waiting, 2 * workers)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
            if stop is None or not stop.exists():
                running |= {pool.submit(one, item) for item in islice(waiting, len(done))}
    if next(waiting, None) is not None:
        raise KeyboardInterrupt


def digest(facts: Any) -> str:
    """Sum up in 16 digits what something is made of and how; facts are what JSON can say."""
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def digest_of_settings(settings: Settings, elsewhere: Iterable[str], models: Any) -> str:
    """Sum up settings but for what stands ``elsewhere``, and the stamps of the models that they name."""
    facts = settings.model_dump(mode="json", exclude=set(elsewhere))
    return digest([dict(sorted(facts.items())), models])


def stamp_or_none(path: Path) -> Stamp | None:
    """Return a file's stamp, None where there is none."""
    try:
        return stamp_of(path)
    except OSError:
        return None


def tell(events: EventWriter, notices: Iterable[Notice]) -> None:
    """Tell of what was left out, or is odd."""
    for notice in notices:
        events.emit("warning", code=notice.code, text=notice.text)


def run_over_pictures(settings_class: type[AnySettings], work: Work[AnySettings], description: str | None) -> int:
    """Do as `run_program` does, without warnings of large pictures; return the exit code."""
    # decoding has a bound of its own, and says so in words
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    return run_program(settings_class, work, description)
