"""Copies pictures into a new folder, ready to train on: ``--config_file FOLDER/config.toml``."""

import sys
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageOps

from mikazuki.data.folders import Notice
from mikazuki.data.mask_places import MASKS_SUFFIX
from mikazuki.data.prepare_plan import MIRRORED, Item, check_places, find_sources, make_plan, sources_of
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.events import EventWriter
from mikazuki.files import replacing, sweep, write_bytes
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.text import count
from mikazuki.tools.over_pictures import digest, digest_of_settings, in_threads, run_over_pictures, stamp_or_none, tell
from mikazuki.tools.prepare_crop import placing
from mikazuki.tools.prepare_ledger import Ledger
from mikazuki.tools.prepare_models import Matting, Upscaling
from mikazuki.tools.prepare_picture import Kit, Made, make
from mikazuki.tools.prepare_video import Frames, take_frames
from mikazuki.tools.program import stop_file

ONE_PICTURE: Final = frozenset({"corrupt-pictures", "mask-size", "crop-box", "file-problem", "picture-too-long"})
"""Codes of errors that concern a single picture: it is left out with a warning, and the rest goes on."""
_MOST_WORKERS: Final = 8
_SAVE: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "png": ("PNG", {}),
    "webp": ("WEBP", {"method": 4}),
    "jpg": ("JPEG", {"subsampling": 0}),
}
"""Pillow's name of each format, and how it is written."""
_ELSEWHERE: Final = (
    "image_dir", "output_dir", "leave_out", "recursive", "skip_duplicates", "crop_boxes", "repeats", "words",
    "by_folder",
)  # fmt: skip
"""Options that change nothing about how a copy is made."""


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
        tell(events, [*found.notices, *frames.notices, *plan.notices])
        return _Run(kit, ledger, events, stop).do(plan.items)


def _kit(settings: PrepareSettings) -> Kit:
    matting = Matting.load(Path(settings.matting_model)) if settings.matting_model else None
    upscaling = Upscaling.load(Path(settings.upscale_model)) if settings.upscale_model else None
    return Kit(settings, placing(settings), matting, upscaling)


def _frames(settings: PrepareSettings, root: Path, videos: list[Path], folder: Path, events: EventWriter) -> Frames:
    if not videos:
        return Frames((), ())
    if settings.frames_every is None:
        text = f"{count(len(videos), 'video')} left alone; set frames_every to take pictures out."
        return Frames((), (Notice("videos-skipped", text),))
    events.emit("stage", name="frames", text=f"taking pictures out of {count(len(videos), 'video')}")
    return take_frames(root, videos, folder, settings.frames_every, settings.max_frames)


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
        text = f"preparing {count(len(todo), 'picture')}"
        self._events.emit("stage", name="prepare", text=text, total=len(items))
        kept, bad, written = len(items) - len(todo), 0, 0
        self._output.mkdir(parents=True, exist_ok=True)
        outcomes = in_threads(self._one, todo, _MOST_WORKERS, self._stop)
        for done, outcome in enumerate(outcomes, start=kept + 1):
            tell(self._events, outcome.notes)
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
    models = [stamp_or_none(Path(path)) for path in (settings.matting_model, settings.upscale_model) if path]
    return digest_of_settings(settings, _ELSEWHERE, models)


def recipe(item: Item, way: str) -> str:
    """Sum up what a copy is made of and how; as long as it stays the same, so does the copy."""
    paths = [item.source.origin, *item.captions, *([item.mask] if item.mask else [])]
    others = [(str(path), stamp_or_none(path)) for path in paths]
    box = item.box.model_dump() if item.box else None
    facts = [way, str(item.source.name), others, box]
    return digest(facts)


def main() -> int:
    """Run as a program; an empty file `stop` beside the settings file asks for an end."""
    return run_over_pictures(PrepareSettings, partial(prepare, stop=stop_file()), __doc__)


if __name__ == "__main__":
    sys.exit(main())
