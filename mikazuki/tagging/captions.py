"""From what a model saw in a picture to the files that change: caption and sidecar, and their differences."""

import difflib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.data.caption_files import CaptionFile, caption_bytes, read_caption, write_caption
from mikazuki.data.captions import caption_path
from mikazuki.data.file_history import Change
from mikazuki.data.file_history import carry_out as write_file
from mikazuki.errors import MikazukiError
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.reader import Reading
from mikazuki.tagging.rules import caption_words, framed, merged

MAKER: Final = "mikazuki"
"""By this word under `made_by` a sidecar is known as ours; another one is never written over."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A picture's caption, as it is (None: there is none) and as it will be, and the bytes of its sidecar."""

    picture: Path
    caption: Path
    old: CaptionFile | None
    text: str
    sidecar: bytes | None = None

    @property
    def before(self) -> str:
        """The caption's text as it is."""
        return self.old.text if self.old else ""

    @property
    def changes_caption(self) -> bool:
        """Whether the caption will be another one."""
        return self.text != self.before

    @property
    def sidecar_path(self) -> Path:
        """Where the sidecar lies."""
        return self.picture.with_suffix(".json")


def is_captioned(picture: Path, extension: str) -> bool:
    """Say whether a picture has a caption that is not empty; raises MikazukiError ``caption-not-readable``."""
    old = read_caption(caption_path(picture, extension))
    return old is not None and bool(old.text.strip())


def plan(picture: Path, reading: Reading, settings: TagSettings, model: str) -> Plan:
    """Work out a picture's new caption.

    Raises:
        MikazukiError: ``caption-not-readable`` for the one that is there; ``sidecar-not-ours``.
    """
    caption = caption_path(picture, settings.caption_extension)
    old = read_caption(caption)
    if reading.tags:
        words = caption_words(reading.tags, settings, model)
    else:
        words = framed([text] if (text := " ".join(reading.text.split())) else [], settings, model)
    new = Plan(picture, caption, old, merged(old.text if old else "", words, settings))
    if not settings.json_sidecar:
        return new
    _check_sidecar(new.sidecar_path)
    return Plan(picture, caption, old, new.text, sidecar_bytes(new.text, reading, model))


def sidecar_bytes(text: str, reading: Reading, model: str) -> bytes:
    """Return the sidecar's JSON: the caption, the model, and every tag from the surest down."""
    document: dict[str, Any] = {
        "made_by": MAKER,
        "version": 1,
        "model": model,
        "caption": text,
        "tags": [
            {"name": tag.name, "category": tag.category, "confidence": round(tag.confidence, 5)}
            for tag in sorted(reading.tags, key=lambda tag: -tag.confidence)
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def changes(plan: Plan) -> list[Change]:
    """Return the files that a plan writes, with what they hold before and after; none where nothing changes."""
    found = []
    if plan.changes_caption:
        old = plan.caption.read_bytes() if plan.old else None
        found.append(Change(plan.caption, old, caption_bytes(plan.text)))
    if plan.sidecar is not None:
        before = plan.sidecar_path.read_bytes() if plan.sidecar_path.is_file() else None
        if before != plan.sidecar:
            found.append(Change(plan.sidecar_path, before, plan.sidecar))
    return found


def carry_out(plan: Plan, found: list[Change]) -> None:
    """Write a plan's files, each in one piece.

    Raises:
        MikazukiError: ``caption-changed`` where somebody wrote the caption since; ``disk-full``, ``not-writable``.
    """
    for change in found:
        if change.path == plan.caption:
            write_caption(plan.caption, plan.text, seen=plan.old.modified if plan.old else None)
        else:
            write_file(change)


def difference(plan: Plan) -> str:
    """Return a caption's change as a unified diff, empty where nothing changes."""
    if not plan.changes_caption:
        return ""
    name = str(plan.caption)
    before = plan.before.splitlines()
    lines = difflib.unified_diff(before, plan.text.splitlines(), name if plan.old else os.devnull, name, lineterm="")
    return "\n".join(lines) + "\n"


def as_record(plan: Plan) -> dict[str, Any]:
    """Return a caption's change for programs."""
    before = plan.before if plan.old else None
    return {"picture": str(plan.picture), "caption": str(plan.caption), "before": before, "after": plan.text}


def _check_sidecar(path: Path) -> None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or found.get("made_by") != MAKER:
        raise MikazukiError(
            "sidecar-not-ours",
            f"{path} is there and was not made by a tagger of ours; it stays as it is.",
            "Move it away, or leave json_sidecar out.",
        )
