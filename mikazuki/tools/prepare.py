"""Copies pictures into a new folder, ready to train on: ``--config_file FOLDER/config.toml``."""

import hashlib
import json
import os
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageOps

from mikazuki.data.folders import Notice, counted
from mikazuki.data.mask_places import MASKS_SUFFIX
from mikazuki.data.prepare_plan import MIRRORED, Item, check_places, find_sources, make_plan, sources_of
from mikazuki.data.scan import stamp_of
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.events import EventWriter
from mikazuki.files import replacing, sweep, write_bytes
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.tools.prepare_crop import placing
from mikazuki.tools.prepare_ledger import Ledger
from mikazuki.tools.prepare_models import Matting, Upscaling
from mikazuki.tools.prepare_picture import Kit, Made, make
from mikazuki.tools.prepare_video import Frames, take_frames
from mikazuki.tools.program import run_program, stop_file

ONE_PICTURE: Final = frozenset({"corrupt-pictures", "mask-size", "crop-box", "file-problem", "picture-too-long"})
"""Codes of errors that concern a single picture: it is left out with a warning, and the rest goes on."""
_MOST_WORKERS: Final = 8
_SAVE: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "png": ("PNG", {}),
    "webp": ("WEBP", {"method": 4}),
    "jpg": ("JPEG", {"subsampling": 0}),
}
"""Pillow's name of each format, and how it is written."""


@dataclass(slots=True)
class Outcome:
    """What came of one copy: the files that were written, pictures among them, and what a person should know."""

    item: Item
    files: list[Path] = field(default_factory=list)
    notes: list[Notice] = field(default_factory=list)
    pictures: int = 0
    bad: bool = False


def prepare(settings: PrepareSettings, events: EventWriter, stop: Path | None = None) -> dict[str, Any]:
    """Make the copies; return how many were written, stood already, or could not be made.

    What was made by an earlier run from the same source in the same way is not made again. Files that were not made
    here, or were changed since, are never overwritten.

    Args:
        settings: What is asked for.
        events: Told of stages, progress and everything that was left out.
        stop: While this file exists the work ends after the pictures under way, as by Ctrl-C.

    Raises:
        MikazukiError: What `check_places`, `find_sources`, `make_plan`, `placing`, `take_frames` and the models raise,
            `nothing-prepared` when not one picture could be copied, `disk-full`, `not-writable`.
        KeyboardInterrupt: It was stopped; what is finished stays.
    """
    check_places(settings)
    found = find_sources(settings)
    kit = _kit(settings)
    with tempfile.TemporaryDirectory(prefix="mikazuki-frames-", ignore_cleanup_errors=True) as folder:
        frames = _frames(settings, found.root, found.videos, Path(folder), events)
        ledger = Ledger.read(Path(settings.output_dir), found.root)
        plan = make_plan(settings, [*sources_of(found), *frames.sources], found, ledger.others)
        _tell(events, [*found.notices, *frames.notices, *plan.notices])
        return _Run(kit, ledger, events, stop).do(plan.items)


def _kit(settings: PrepareSettings) -> Kit:
    matting = Matting.load(Path(settings.matting_model)) if settings.matting_model else None
    upscaling = Upscaling.load(Path(settings.upscale_model)) if settings.upscale_model else None
    return Kit(settings, placing(settings), matting, upscaling)


def _frames(settings: PrepareSettings, root: Path, videos: list[Path], folder: Path, events: EventWriter) -> Frames:
    if not videos:
        return Frames((), ())
    if settings.frames_every is None:
        text = f"{counted(len(videos), 'video')} left alone; set frames_every to take pictures out."
        return Frames((), (Notice("videos-skipped", text),))
    events.emit("stage", name="frames", text=f"taking pictures out of {counted(len(videos), 'video')}")
    return take_frames(root, videos, folder, settings.frames_every, settings.max_frames)


def _tell(events: EventWriter, notices: Iterable[Notice]) -> None:
    for notice in notices:
        events.emit("warning", code=notice.code, text=notice.text)


class _Run:
    """One run over the copies of a plan."""

    def __init__(self, kit: Kit, ledger: Ledger, events: EventWriter, stop: Path | None) -> None:
        settings = self._settings = kit.settings
        self._kit = kit
        self._events = events
        self._stop = stop
        self._output = Path(settings.output_dir)
        self._masks = Path(settings.mask_output_dir or f"{settings.output_dir.rstrip('/')}{MASKS_SUFFIX}")
        self._ledger = ledger
        self._way = fingerprint(settings)

    def do(self, items: tuple[Item, ...]) -> dict[str, Any]:
        """Make all copies that do not stand yet."""
        removed = self._ledger.remove_others(item.key for item in items)
        for folder in {place / item.folder for item in items for place in (self._output, self._masks)}:
            sweep(folder)
        recipes = {item.key: recipe(item, self._way) for item in items}
        todo = [item for item in items if not self._ledger.is_made(item.key, recipes[item.key])]
        text = f"preparing {counted(len(todo), 'picture')}"
        self._events.emit("stage", name="prepare", text=text, total=len(items))
        kept, bad, written = len(items) - len(todo), 0, 0
        for done, outcome in enumerate(self._outcomes(todo), start=kept + 1):
            _tell(self._events, outcome.notes)
            bad += outcome.bad
            written += outcome.pictures > 0
            kept += not outcome.bad and not outcome.pictures
            if not outcome.bad:
                self._ledger.add(outcome.item.key, recipes[outcome.item.key], outcome.files)
            self._events.emit("stage_progress", name="prepare", done=done, total=len(items))
        if bad and not written and not kept:
            hint = "The warnings say why for each; name a folder with whole pictures."
            raise MikazukiError("nothing-prepared", "Not one picture could be copied.", hint, exit_code=EXIT_FAILED)
        return {"path": self._output, "written": written, "kept": kept, "failed": bad, "removed": len(removed)}

    def _outcomes(self, items: list[Item]) -> Iterator[Outcome]:
        """Make copies with several threads, a few ahead; yield them as they are finished."""
        self._output.mkdir(parents=True, exist_ok=True)
        Image.init()
        workers = min(_MOST_WORKERS, os.cpu_count() or 1)
        waiting = iter(items)
        with ThreadPoolExecutor(max_workers=workers) as pool:
            running: set[Future[Outcome]] = {pool.submit(self._one, item) for item in islice(waiting, 2 * workers)}
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
                if self._stop is None or not self._stop.exists():
                    running |= {pool.submit(self._one, item) for item in islice(waiting, len(done))}
        if next(waiting, None) is not None:
            raise KeyboardInterrupt

    def _one(self, item: Item) -> Outcome:
        """Make one copy; what is wrong with the picture alone becomes a note."""
        outcome = Outcome(item)
        try:
            made = make(item.source.file, item.mask, item.box, self._kit, item.source.name.stem)
            outcome.notes = [Notice("picture-changed", f"{item.source.name}: {note}.") for note in made.notes]
            self._write(item, made, outcome)
        except MikazukiError as error:
            if error.code not in ONE_PICTURE:
                raise
            outcome.bad = True
            outcome.notes.append(Notice(error.code, error.message))
        return outcome

    def _write(self, item: Item, made: Made, outcome: Outcome) -> None:
        """Write the pictures before their captions, so that a caption never stands alone."""
        self._write_one(item, item.stem, made.picture, made.mask, outcome)
        if self._settings.mirror:
            mask = made.mask and ImageOps.mirror(made.mask)
            self._write_one(item, item.stem + MIRRORED, ImageOps.mirror(made.picture), mask, outcome)

    def _write_one(
        self, item: Item, stem: str, picture: Image.Image, mask: Image.Image | None, outcome: Outcome
    ) -> None:
        folder = self._output / item.folder
        outcome.pictures += self._save(folder / f"{stem}.{self._settings.image_format}", picture, outcome)
        if mask is not None:
            self._save(self._masks / item.folder / f"{stem}.png", mask, outcome)
        for caption in item.captions:
            path = folder / f"{stem}{caption.suffix}"
            if self._is_free(path, outcome):
                write_bytes(path, _bytes_of(caption))

    def _save(self, path: Path, picture: Image.Image, outcome: Outcome) -> bool:
        """Write a picture, unless what is there stays; say whether it was written."""
        if not self._is_free(path, outcome):
            return False
        kind, options = _SAVE[path.suffix.removeprefix(".")]
        quality = self._settings.quality
        if kind == "WEBP" and quality == 100:
            options = {**options, "lossless": True, "exact": True}
        with replacing(path) as part:
            picture.save(part, format=kind, **options, quality=quality)
        return True

    def _is_free(self, path: Path, outcome: Outcome) -> bool:
        """Say whether a file may be written, and note it as written; else tell that it stays as it is."""
        if self._ledger.may_write(path):
            outcome.files.append(path)
            return True
        text = f"{path} is there and was not made here, or was changed since: it is left as it is."
        outcome.notes.append(Notice("file-kept", text))
        return False


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        text = f"{path} cannot be read: {error.strerror or error}."
        raise MikazukiError("file-problem", text, "Make it readable.") from error


def fingerprint(settings: PrepareSettings) -> str:
    """Sum up all that settings say about how a copy is made; where it comes from and goes to is no part of that."""
    elsewhere = {
        "image_dir",
        "output_dir",
        "leave_out",
        "recursive",
        "skip_duplicates",
        "crop_boxes",
        "repeats",
        "words",
    }
    facts = settings.model_dump(mode="json", exclude=elsewhere | {"by_folder"})
    models = [_stamp(Path(path)) for path in (settings.matting_model, settings.upscale_model) if path]
    return hashlib.sha256(json.dumps([facts, models], sort_keys=True).encode()).hexdigest()[:16]


def recipe(item: Item, way: str) -> str:
    """Sum up what a copy is made of and how; as long as it stays the same, so does the copy."""
    others = [
        (str(path), _stamp(path)) for path in (item.source.origin, *item.captions, *([item.mask] if item.mask else []))
    ]
    box = item.box.model_dump() if item.box else None
    facts = [way, str(item.source.name), others, box]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        return stamp_of(path)
    except OSError:
        return None


def main() -> int:
    """Run as a program; an empty file `stop` beside the settings file asks for an end."""
    # decode.check has a bound of its own, and says so in words
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    return run_program(PrepareSettings, partial(prepare, stop=stop_file()), __doc__)


if __name__ == "__main__":
    sys.exit(main())
