"""Fetches models from the Hugging Face hub or the mirror that HF_ENDPOINT names, going on with what was begun."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.files import disk_error
from mikazuki.tagging.known import PATTERNS, Source


def fetch(source: Source, say: Callable[[str], None]) -> None:
    """Fetch what a model's folder lacks; ``say`` is told each file's name before it begins.

    Raises:
        MikazukiError: ``hub-failed`` with the way by hand; ``disk-full``, ``not-writable``.
    """
    from huggingface_hub.utils.tqdm import disable_progress_bars

    # they would fill the job's log
    disable_progress_bars()
    try:
        source.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(source.folder, error) from error
    try:
        _fetch(source, say)
    except (OSError, ValueError, RuntimeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise MikazukiError(
            "hub-failed",
            f"{source.name} could not be fetched: {reason}",
            "Look at the network; HF_ENDPOINT in the environment names a mirror, such as https://hf-mirror.com, and "
            f"HF_TOKEN your key where one is needed. By hand: python -m mikazuki tag --where {source.name} says which "
            "files go where.",
            exit_code=EXIT_FAILED,
        ) from error


def _fetch(source: Source, say: Callable[[str], None]) -> None:
    from huggingface_hub import hf_hub_download, snapshot_download

    common: dict[str, Any] = {
        "local_dir": source.folder,
        "endpoint": os.environ.get("HF_ENDPOINT") or None,
        "token": os.environ.get("HF_TOKEN") or None,
    }
    if source.known is None:
        say(str(source.repository))
        snapshot_download(str(source.repository), allow_patterns=list(PATTERNS), **common)
        return
    for file in source.known.files:
        place = source.folder / Path(file).name
        if not place.is_file():
            say(place.name)
            Path(hf_hub_download(source.known.repository, file, **common)).replace(place)
