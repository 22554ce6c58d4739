"""Keeps what a person chose for the studio in config/studio.json."""

import json
import os
import threading
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import ValidationError

from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.files import write_text
from mikazuki.web.answers.studio import Preferences, Webhook

FILE: Final = "studio.json"
MIRROR_VARIABLE: Final = "HF_ENDPOINT"
"""Where huggingface_hub looks for another address; jobs inherit it."""


class PreferenceStore:
    """Reads and writes the file; what it holds is checked both ways."""

    def __init__(self, config: Path) -> None:
        """Keep the file in the folder ``config``."""
        self.path = config / FILE
        self._lock = threading.Lock()
        self._mirror_before = os.environ.get(MIRROR_VARIABLE)

    def load(self) -> Preferences:
        """Return what was chosen; what a broken file says is taken as not chosen."""
        try:
            return Preferences.model_validate(json.loads(self.path.read_text(encoding="utf-8")))
        except (OSError, ValueError, ValidationError):
            return Preferences()

    def save(self, wanted: Preferences) -> Preferences:
        """Keep it and let it hold from now on; raises MikazukiErrors with one problem for each wrong value."""
        problems = [*_mirror_problems(wanted.mirror), *_root_problems(wanted.roots)]
        problems += [problem for hook in wanted.webhooks if (problem := webhook_problem(hook))]
        if problems:
            raise MikazukiErrors(problems)
        with self._lock:
            write_text(self.path, json.dumps(wanted.model_dump(), ensure_ascii=False, indent=2) + "\n")
        self.apply(wanted)
        return wanted

    def apply(self, chosen: Preferences) -> None:
        """Let jobs that are started from now on use the mirror."""
        mirror = chosen.mirror.strip().rstrip("/") or self._mirror_before
        if mirror:
            os.environ[MIRROR_VARIABLE] = mirror
        else:
            os.environ.pop(MIRROR_VARIABLE, None)


def _mirror_problems(mirror: str) -> list[MikazukiError]:
    if not mirror.strip() or _is_address(mirror.strip()):
        return []
    hint = "Give an address that begins with https://, or leave it empty for the original."
    return [MikazukiError("mirror-wrong", f"mirror: {mirror!r} is no address.", hint)]


def _root_problems(roots: list[str]) -> list[MikazukiError]:
    problems = []
    for root in roots:
        try:
            fine = Path(root).is_absolute() and Path(root).is_dir()
        except (OSError, ValueError):
            fine = False
        if not fine:
            hint = "Give the absolute path of a folder that is there."
            problems.append(MikazukiError("root-wrong", f"roots: {root!r} is no folder.", hint))
    return problems


def webhook_problem(hook: Webhook) -> MikazukiError | None:
    """Say what is wrong with a webhook's address."""
    if _is_address(hook.url):
        return None
    hint = "Copy it from the service: it begins with https:// (in your own network also http://)."
    return MikazukiError("webhook-wrong", f"webhooks: {hook.url!r} is no address.", hint)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() for c in text)
