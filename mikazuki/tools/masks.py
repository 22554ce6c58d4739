"""Makes masks of pictures, by a model or of their transparency: ``--config_file FOLDER/config.toml``."""

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image

from mikazuki.data.decoding import decode
from mikazuki.data.folders import Notice
from mikazuki.data.mask_plan import MaskItem, MaskPlan, make_plan
from mikazuki.data.mask_shapes import Shape, shaped
from mikazuki.data.mask_store import write_mask
from mikazuki.data.masks import Mask
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.events import EventWriter
from mikazuki.files import sweep
from mikazuki.settings.masking import MaskSettings
from mikazuki.text import count
from mikazuki.tools.over_pictures import digest, digest_of_settings, in_threads, run_over_pictures, stamp_or_none, tell
from mikazuki.tools.prepare_ledger import Ledger
from mikazuki.tools.prepare_models import Matting
from mikazuki.tools.program import stop_file

NAMES_TOLD: Final = 100
"""Masks that a dry run names one by one."""
_MOST_WORKERS: Final = 4
_ALIKE: Final = frozenset({"image_dir", "mask_output_dir", "recursive", "only", "existing", "dry_run", "models_dir"})
"""Options that change nothing about what a mask looks like."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one mask: whether it was written, and what a person should know."""

    item: MaskItem
    written: bool
    notes: tuple[Notice, ...] = ()


def make_masks(settings: MaskSettings, events: EventWriter, stop: Path | None = None) -> dict[str, Any]:
    """Make the masks; return how many were written, stood already, or could not be made.

    A mask that was not made here, or was changed since, is never replaced unless `existing` is `replace`; whatever is
    replaced stays as a former version.

    Args:
        settings: What is asked for.
        events: Told of stages, progress and everything that was left out.
        stop: While this file exists the work ends after the pictures under way, as by Ctrl-C.

    Raises:
        MikazukiError: What `make_plan` and the model raise, `nothing-masked` when not one mask could be made,
            `disk-full`, `not-writable`.
        KeyboardInterrupt: It was stopped; what is finished stays.
    """
    plan = make_plan(settings)
    tell(events, plan.notices)
    return _Run(settings, plan, events, stop).do()


class _Run:
    """One run over the pictures of a plan."""

    def __init__(self, settings: MaskSettings, plan: MaskPlan, events: EventWriter, stop: Path | None) -> None:
        self._settings = settings
        self._plan = plan
        self._events = events
        self._stop = stop
        self._ledger = Ledger.read(plan.output, Path(settings.image_dir))
        self._way = fingerprint(settings, plan.model)
        self._shape = Shape(settings.threshold, settings.grow, settings.soften, settings.invert)
        self._matting: Matting | None = None

    def do(self) -> dict[str, Any]:
        """Make all masks that are asked for."""
        items = self._plan.items
        todo = [item for item in items if self._is_due(item)]
        self._events.emit("stage", name="masks", text=f"making {count(len(todo), 'mask')}", total=len(items))
        if self._settings.dry_run:
            names = [f"{item.name} -> {item.place}" for item in todo[:NAMES_TOLD]]
            return self._summary(written=0, kept=len(items) - len(todo), failed=0, due=len(todo), names=names)
        if todo and self._plan.model is not None:
            self._matting = Matting.load(self._plan.model, "model")
        for folder in {item.place.parent for item in todo}:
            sweep(folder)
        written, failed = self._work(todo, len(items))
        if failed and not written and len(todo) == len(items):
            hint = "The warnings say why for each."
            raise MikazukiError("nothing-masked", "Not one mask could be made.", hint, exit_code=EXIT_FAILED)
        return self._summary(written=written, kept=len(items) - len(todo), failed=failed)

    def _summary(self, **numbers: Any) -> dict[str, Any]:
        return {"path": self._plan.output, **numbers}

    def _is_due(self, item: MaskItem) -> bool:
        """Say whether a mask is to be made: there is none, or the one that is there may go and is out of date."""
        if item.there is None:
            return True
        if self._settings.existing == "keep" or self._ledger.is_made(_key(item), recipe(item, self._way)):
            return False
        if self._settings.existing == "replace" or self._ledger.may_write(item.there):
            return True
        text = f"{item.there} was not made here, or was changed since: it is left as it is."
        tell(self._events, (Notice("mask-kept", text),))
        return False

    def _work(self, todo: list[MaskItem], total: int) -> tuple[int, int]:
        """Make masks; return how many were written, and how many could not be."""
        written, failed, before = 0, 0, total - len(todo)
        for outcome in in_threads(self._one, todo, _MOST_WORKERS, self._stop):
            tell(self._events, outcome.notes)
            written += outcome.written
            failed += not outcome.written
            if outcome.written:
                item = outcome.item
                self._ledger.add(_key(item), recipe(item, self._way), [item.place])
            self._events.emit("stage_progress", name="masks", done=before + written + failed, total=total)
        return written, failed

    def _one(self, item: MaskItem) -> Outcome:
        """Make one mask; what is wrong with the picture alone becomes a note."""
        try:
            decoded = decode(item.picture)
        except MikazukiError as error:
            return Outcome(item, False, (Notice(error.code, error.message),))
        notes = tuple(Notice("picture-odd", f"{item.name}: {note}.") for note in decoded.notes)
        found = self._found(decoded.image)
        if found is None:
            text = f"{item.name} has no transparency: no mask can be made of it."
            return Outcome(item, False, (*notes, Notice("no-transparency", text)))
        mask = shaped(found, self._shape)
        if not mask.any():
            text = f"The mask of {item.name} would be black all over, and nothing of it would count: it is not written."
            return Outcome(item, False, (*notes, Notice("mask-empty", text)))
        write_mask(item.place, mask)
        return Outcome(item, True, notes)

    def _found(self, picture: Image.Image) -> Mask | None:
        """Return the bare mask of a picture; None where it has to be made of alpha, and there is none."""
        if self._matting is not None:
            return np.asarray(self._matting(picture.convert("RGB")), dtype=np.uint8)
        return np.asarray(picture.getchannel("A"), dtype=np.uint8) if picture.mode == "RGBA" else None


def _key(item: MaskItem) -> str:
    return item.name.rpartition(".")[0]


def fingerprint(settings: MaskSettings, model: Path | None) -> str:
    """Sum up all that settings and the model say about how a mask is made."""
    return digest_of_settings(settings, _ALIKE, stamp_or_none(model) if model is not None else None)


def recipe(item: MaskItem, way: str) -> str:
    """Sum up what a mask is made of and how; as long as it stays the same, so does the mask."""
    return digest([way, item.name, stamp_or_none(item.picture)])


def main() -> int:
    """Run as a program; an empty file `stop` beside the settings file asks for an end."""
    return run_over_pictures(MaskSettings, partial(make_masks, stop=stop_file()), __doc__)


if __name__ == "__main__":
    sys.exit(main())
