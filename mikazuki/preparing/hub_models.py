"""Where a base model lies that is named by its path, or as ``owner/name`` at Hugging Face."""

import re
from pathlib import Path
from typing import Final

from mikazuki.errors import MikazukiError
from mikazuki.settings.fetch import folder_of

_REPOSITORY: Final = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


def is_repository(source: str) -> bool:
    """Say whether a text could be a repository's name."""
    return _REPOSITORY.fullmatch(source) is not None and ".." not in source


def find_model(source: str, base: Path, models: Path) -> Path:
    """Return where a base model lies.

    Args:
        source: A path, or ``owner/name`` of a repository.
        base: Where relative paths begin.
        models: The folder that models are fetched into.

    Raises:
        MikazukiError: ``model-not-fetched`` where a repository is meant that is not here yet, ``path-wrong`` where
            nothing is named.
    """
    if not source.strip():
        raise MikazukiError("path-wrong", "It is not said of which base model.", "Name a file, a folder or owner/name.")
    path = base / source
    if path.exists() or path.parent.exists() or not is_repository(source):
        return path
    fetched = models / folder_of(source)
    if not (fetched / "model_index.json").is_file():
        raise MikazukiError(
            "model-not-fetched",
            f"{source} is neither a path nor a model that has been fetched.",
            f"Fetch it first: python -m mikazuki workspace fetch {source}, or Fetch in the studio.",
        )
    return fetched
