"""Fetches models from Hugging Face, a mirror of it, or ModelScope, going on with what was begun."""

import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.files import disk_error
from mikazuki.settings.tagging import DownloadFrom
from mikazuki.tagging import modelscope
from mikazuki.tagging.hubs import HUBS, Hub
from mikazuki.tagging.known import PATTERNS, Source
from mikazuki.tagging.modelscope import Listed

Tell = Callable[[str, float | None], None]
"""Told each file's name before it begins (None), and where that is known how much of it is there, 0 to 1."""


def fetch(source: Source, origin: DownloadFrom, tell: Tell) -> None:
    """Fetch what a model's folder lacks.

    Raises:
        MikazukiError: ``hub-lacks``; ``hub-failed`` with the way by hand; ``disk-full``, ``not-writable``.
    """
    hub = HUBS[origin]
    if source.known and source.known.repository in hub.lacks:
        raise MikazukiError(
            "hub-lacks",
            f"{source.name} is not at {hub.name}.",
            "Set download_from to huggingface or hf-mirror.",
            exit_code=EXIT_FAILED,
        )
    try:
        source.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(source.folder, error) from error
    try:
        (_from_modelscope if origin == "modelscope" else _from_hugging_face)(source, hub, tell)
    except (OSError, ValueError, RuntimeError) as error:
        raise _failure(source, error) from error


def _failure(source: Source, error: Exception) -> MikazukiError:
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return MikazukiError(
        "hub-failed",
        f"{source.name} could not be fetched: {reason}",
        "Look at the network; download_from chooses another place (huggingface, hf-mirror, modelscope), HF_ENDPOINT in "
        "the environment a mirror, and HF_TOKEN is your key where one is needed. By hand: python -m mikazuki tag "
        f"--where {source.name} says which files go where.",
        exit_code=EXIT_FAILED,
    )


def _from_hugging_face(source: Source, hub: Hub, tell: Tell) -> None:
    from huggingface_hub import hf_hub_download, snapshot_download
    from huggingface_hub.utils.tqdm import disable_progress_bars

    # they would fill the job's log
    disable_progress_bars()
    common: dict[str, Any] = {
        "local_dir": source.folder,
        "endpoint": None if hub.home == hub.usual_home and hub.variable else hub.home,
        "token": os.environ.get("HF_TOKEN") or None,
    }
    if source.known is None:
        tell(str(source.repository), None)
        snapshot_download(str(source.repository), allow_patterns=list(PATTERNS), **common)
        return
    for file in source.known.files:
        place = source.folder / Path(file).name
        if not place.is_file():
            tell(place.name, None)
            Path(hf_hub_download(source.known.repository, file, **common)).replace(place)


def _from_modelscope(source: Source, hub: Hub, tell: Tell) -> None:
    repository = hub.repository(source.known.repository) if source.known else str(source.repository)
    for file, place in _wanted(source, _listed(source, hub, repository)):
        if not place.is_file():
            tell(place.name, None)
            modelscope.download(hub.address(repository, file.path), place, file, partial(tell, place.name))


def _listed(source: Source, hub: Hub, repository: str) -> list[Listed]:
    """Return what a repository holds; of a known model the list gives hashes alone, and may fail."""
    try:
        return modelscope.files_of(hub, repository)
    except (OSError, ValueError):
        if source.known is None:
            raise
        return []


def _wanted(source: Source, there: list[Listed]) -> Iterator[tuple[Listed, Path]]:
    """Yield the files to fetch and where they go; of a known model those that it needs, listed or not."""
    if source.known:
        by_path = {file.path: file for file in there}
        yield from ((by_path.get(name, Listed(name)), source.folder / Path(name).name) for name in source.known.files)
        return
    for file in there:
        place = (source.folder / file.path).resolve()
        if any(fnmatch(file.path, pattern) for pattern in PATTERNS) and place.is_relative_to(source.folder.resolve()):
            yield file, place
