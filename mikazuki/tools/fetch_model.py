"""Downloads a base model from Hugging Face or a mirror of it: ``--config_file FOLDER/config.toml``."""

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Final

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.events import EventWriter
from mikazuki.files import disk_error, size_of
from mikazuki.models.identify import WEIGHT_NAMES, identify
from mikazuki.settings.fetch import FetchSettings, folder_of
from mikazuki.tools.program import run_program, stop_file

PARTS: Final = ("unet", "vae", "text_encoder", "text_encoder_2")
BESIDE: Final = ("model_index.json", "scheduler/*.json", "tokenizer/*", "tokenizer_2/*", "LICENSE*")
"""What belongs to a model beside the weights of its parts and their configurations."""
_CACHE: Final = ".cache"


def fetch(settings: FetchSettings, events: EventWriter, stop: Path | None = None) -> dict[str, Any]:
    """Fetch a model, from this machine's cache of Hugging Face where it lies there whole; return where to.

    Args:
        settings: What is asked for.
        events: Told how far it is.
        stop: When this file exists the work ends after the file under way; the next fetch goes on from there.

    Raises:
        MikazukiError: ``output-exists``; ``hub-failed`` and ``hub-lacks-model``; what `identify` raises, ``disk-full``
            and ``not-writable``.
        KeyboardInterrupt: It was stopped.
    """
    folder = Path(settings.models_dir) / folder_of(settings.repository)
    if folder.exists():
        raise MikazukiError("output-exists", f"{folder} is there already.", "Use it, or delete it first.")
    part = folder.with_name(f".{folder.name}.download")
    try:
        part.mkdir(parents=True, exist_ok=True)
        cached = _cached(settings)
        if cached:
            _copy(cached, part, events, stop)
        else:
            _download(settings, part, events, stop)
        identify(part)
        shutil.rmtree(part / _CACHE, ignore_errors=True)
        part.rename(folder)
    except OSError as error:
        raise disk_error(folder, error) from error
    return {"path": folder, "bytes": size_of(folder)}


def wanted(names: Iterable[str], repository: str) -> list[str]:
    """Return the files of a repository that make up a model: of each part's weights the best format, once.

    Raises:
        MikazukiError: ``hub-lacks-model`` where it holds no model in the diffusers layout.
    """
    # a name must not lead out of the folder that the model goes into
    there = {name for name in names if ".." not in PurePosixPath(name).parts}
    found = {name for name in there if any(fnmatch(name, pattern) for pattern in BESIDE)}
    for part in PARTS:
        inside = {PurePosixPath(name).name for name in there if PurePosixPath(name).parent == PurePosixPath(part)}
        found |= {f"{part}/{name}" for name in (*_weights(inside), *({"config.json"} & inside))}
    if "model_index.json" not in there or "unet/config.json" not in found:
        raise MikazukiError(
            "hub-lacks-model",
            f"{repository} holds no Stable Diffusion model in the diffusers layout.",
            "Choose a repository with model_index.json and a folder unet, or download a single file by hand.",
            exit_code=EXIT_FAILED,
        )
    return sorted(found)


def _weights(inside: set[str]) -> list[str]:
    best = next((name for name in WEIGHT_NAMES if name in inside), None)
    if best:
        return [best]
    return sorted(name for name in inside if name.endswith((".safetensors", ".safetensors.index.json")))


def _cached(settings: FetchSettings) -> Path | None:
    """Return the model in this machine's cache, None where it is not there or not whole."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        found = Path(snapshot_download(settings.repository, revision=settings.revision, local_files_only=True))
        identify(found)
    except (LocalEntryNotFoundError, MikazukiError, OSError, ValueError):
        return None
    return found


def _copy(source: Path, target: Path, events: EventWriter, stop: Path | None) -> None:
    names = [path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()]
    files = wanted(names, str(source))
    events.emit("stage", name="download", text=f"copying from {source}", total=len(files))
    for number, name in enumerate(files, 1):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)
        _tell(events, stop, number, len(files))


def _download(settings: FetchSettings, target: Path, events: EventWriter, stop: Path | None) -> None:
    from huggingface_hub import HfApi, hf_hub_download
    from huggingface_hub.utils.tqdm import disable_progress_bars

    # they would fill the job's log
    disable_progress_bars()
    endpoint, token = os.environ.get("HF_ENDPOINT") or None, os.environ.get("HF_TOKEN") or None
    try:
        names: Sequence[str] = HfApi(endpoint, token).list_repo_files(settings.repository, revision=settings.revision)
        files = wanted(names, settings.repository)
        events.emit("stage", name="download", text=f"fetching {settings.repository}", total=len(files))
        for number, name in enumerate(files, 1):
            hf_hub_download(
                settings.repository,
                name,
                revision=settings.revision,
                local_dir=target,
                endpoint=endpoint,
                token=token,
            )
            _tell(events, stop, number, len(files))
    except MikazukiError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise _failure(settings, error) from error


def _tell(events: EventWriter, stop: Path | None, done: int, total: int) -> None:
    events.emit("stage_progress", name="download", done=done, total=total)
    if stop is not None and stop.exists():
        raise KeyboardInterrupt


def _failure(settings: FetchSettings, error: Exception) -> MikazukiError:
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return MikazukiError(
        "hub-failed",
        f"{settings.repository} could not be fetched: {reason}",
        "Look at the name and the network; what is there is kept, and the same fetch goes on from it. HF_ENDPOINT in "
        "the environment names a mirror, and HF_TOKEN is your key where one is needed.",
        exit_code=EXIT_FAILED,
    )


if __name__ == "__main__":
    sys.exit(run_program(FetchSettings, partial(fetch, stop=stop_file()), __doc__))
