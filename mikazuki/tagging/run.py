"""A whole run: find the pictures, load the model, read batch after batch, tell of it."""

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.events import STOP_FILE, EventWriter
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.captions import is_captioned
from mikazuki.tagging.found import find_pictures
from mikazuki.tagging.history import done_pictures
from mikazuki.tagging.known import wanted_source
from mikazuki.tagging.open import open_model
from mikazuki.tagging.pipeline import batches
from mikazuki.tagging.reader import Reader
from mikazuki.tagging.writing import Writer

PROGRESS_SECONDS: Final = 0.3


def run(settings: TagSettings, folder: Path, events: EventWriter) -> tuple[bool, dict[str, Any]]:
    """Tag or caption all pictures.

    Args:
        settings: What is asked for.
        folder: The job's: history and differences go there, the order to stop comes from there.
        events: Takes progress and warnings; a picture that cannot be read or written to is a warning.

    Returns:
        Whether it came to its end (False: it was asked to stop), and the numbers of its last event.

    Raises:
        MikazukiError: What stops a whole run.
    """
    began = time.monotonic()
    source = wanted_source(settings)
    writer = Writer(settings, source.name, folder, events)
    events.emit("stage", name="find", text="looking for pictures")
    pictures = _pictures(writer)
    whole = True
    if pictures:
        events.emit("stage", name="load_model", text=f"loading {source.name}")
        reader = open_model(source, settings, partial(_say_fetching, events))
        _check_device(reader, settings, events)
        events.emit("stage", name="tag", text=f"reading pictures with {source.name}", total=len(pictures))
        whole = _read_all(pictures, reader, writer)
    numbers = {**asdict(writer.tally), "seconds": round(time.monotonic() - began, 3)}
    return whole, {"path": Path(settings.train_data_dir).absolute(), "model": source.name, **numbers}


def _say_fetching(events: EventWriter, name: str, share: float | None) -> None:
    if share is None:
        events.emit("stage", name="download", text=f"fetching {name}")
    else:
        events.emit("stage_progress", name="download", done=int(share * 100), total=100)


def _pictures(writer: Writer) -> list[Path]:
    """Find the pictures and leave out those that are done or keep their captions."""
    settings = writer.settings
    place = Path(settings.train_data_dir)
    found = find_pictures(place, recursive=settings.recursive, extension=settings.caption_extension)
    for notice in found.notices:
        writer.events.emit("warning", code=notice.code, text=notice.text)
    done = done_pictures(writer.folder)
    if settings.resume:
        before = done_pictures(Path(settings.resume)) - done
        writer.history.finish(Path(picture) for picture in sorted(before))
        done |= before
    left = [picture for picture in found.pictures if str(picture) not in done and not _keeps(picture, settings)]
    writer.tally.total, writer.tally.skipped = len(left), len(found.pictures) - len(left)
    return left


def _keeps(picture: Path, settings: TagSettings) -> bool:
    """Say whether a picture's caption stays as it is, so that the model need not read the picture."""
    if settings.on_conflict != "keep" or settings.json_sidecar:
        return False
    try:
        return is_captioned(picture, settings.caption_extension)
    except MikazukiError:
        # told of when its turn comes
        return False


def _check_device(reader: Reader, settings: TagSettings, events: EventWriter) -> None:
    if settings.device not in {"auto", reader.where}:
        text = f"device = {settings.device!r} did not start; this computes on {reader.where}. The log says why."
        events.emit("warning", code="device-not-used", text=text)


def _read_all(pictures: Sequence[Path], reader: Reader, writer: Writer) -> bool:
    """Read and write, a batch being written while the model reads the next; return whether all was done."""
    settings = writer.settings
    pace = _Pace(writer)
    groups = batches(
        pictures,
        reader,
        batch_size=settings.batch_size,
        workers=settings.max_data_loader_n_workers,
        stopped=(writer.folder / STOP_FILE).exists,
    )
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="captions") as thread:
        writing: Future[None] | None = None
        for group in groups:
            if writing is not None:
                writing.result()
                pace.tell()
            writing = thread.submit(writer.finish, group)
        if writing is not None:
            writing.result()
    pace.tell(last=True)
    return writer.tally.done >= writer.tally.total


class _Pace:
    """Tells how far a run is, not too often."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._began = self._said = time.monotonic()

    def tell(self, *, last: bool = False) -> None:
        """Say pictures done, of how many, pictures a second and the seconds left."""
        now, tally = time.monotonic(), self._writer.tally
        if now - self._said < PROGRESS_SECONDS and not last:
            return
        self._said = now
        speed = tally.done / (now - self._began) if now > self._began else 0.0
        eta = (tally.total - tally.done) / speed if speed else None
        self._writer.events.emit(
            "progress", name="tag", step=tally.done, total=tally.total, speed=speed, eta=eta, written=tally.written
        )
