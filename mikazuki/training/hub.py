"""Uploads what is saved to Hugging Face, and fetches a state from there.

A failing upload is told and passed over: the file itself is safe on the disk, and no training ends for a network.
"""

import os
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, NamedTuple

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.settings.train import TrainSettings
from mikazuki.training.report import Report


def _api() -> Any:
    """Return the library's client, with the token of the environment or the one kept by its own login."""
    from huggingface_hub import HfApi
    from huggingface_hub.utils.tqdm import disable_progress_bars

    # they would fill the job's log
    disable_progress_bars()
    token = os.environ.get("HF_TOKEN") or os.environ.get("HUGGINGFACE_TOKEN") or None
    return HfApi(endpoint=os.environ.get("HF_ENDPOINT") or None, token=token)


class Hub:
    """Uploads files and folders one after the other in a thread; does nothing without huggingface_repo_id."""

    def __init__(self, settings: TrainSettings, report: Report) -> None:
        """Prepare; nothing is asked of the network before the first upload."""
        self._settings = settings
        self._report = report
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="upload")
        self._waiting: dict[Path, Future[None]] = {}
        self._ready: Any = None

    def upload(self, path: Path) -> None:
        """Upload a file or folder under its own name; with async_upload, return before it is done."""
        if not self._settings.huggingface_repo_id:
            return
        self._tell_finished()
        self._waiting[path] = self._worker.submit(self._send, path)
        if not self._settings.async_upload:
            self.settle(path)

    def settle(self, path: Path) -> None:
        """Return once ``path`` is no longer being uploaded, so that it may be removed."""
        if path in self._waiting:
            wait([self._waiting[path]])
            self._tell_finished()

    def close(self) -> None:
        """Wait for everything that is still under way."""
        self._worker.shutdown(wait=True)
        self._tell_finished()

    def _tell_finished(self) -> None:
        for path in [path for path, future in self._waiting.items() if future.done()]:
            error = self._waiting.pop(path).exception()
            if error is not None:
                self._report.warn("upload-failed", f"{path} is saved, but its upload failed: {error}")

    def _send(self, path: Path) -> None:
        settings = self._settings
        if self._ready is None:
            self._ready = _prepared(settings)
        folder = (settings.huggingface_path_in_repo or "").strip("/")
        where: dict[str, Any] = {
            "repo_id": settings.huggingface_repo_id,
            "repo_type": settings.huggingface_repo_type,
            "path_in_repo": f"{folder}/{path.name}" if folder else path.name,
        }
        if path.is_dir():
            self._ready.upload_folder(folder_path=path, **where)
        else:
            self._ready.upload_file(path_or_fileobj=path, **where)


def _prepared(settings: TrainSettings) -> Any:
    """Return the client once the repository is there; it is made private unless it is to be public."""
    api = _api()
    kind = settings.huggingface_repo_type
    api.create_repo(
        settings.huggingface_repo_id,
        repo_type=kind,
        private=settings.huggingface_repo_visibility != "public",
        exist_ok=True,
        **({"space_sdk": "static"} if kind == "space" else {}),
    )
    return api


class Remote(NamedTuple):
    """A folder of a repository: ``name/repository/folder``, and after colons its revision and kind."""

    repository: str
    folder: str
    revision: str | None
    kind: str | None


def parse_remote(text: str) -> Remote:
    """Read what ``resume`` names at Hugging Face; raises MikazukiError ``state-not-found``."""
    path, _, rest = text.partition(":")
    revision, _, kind = rest.partition(":")
    parts = path.strip("/").split("/", 2)
    if len(parts) != 3:
        raise MikazukiError(
            "state-not-found",
            f"resume: {text} is no folder at Hugging Face.",
            "Write name/repository/folder, and a revision after a colon where it is not the newest.",
        )
    return Remote(f"{parts[0]}/{parts[1]}", parts[2], revision or None, kind or None)


def fetch_state(text: str) -> Path:
    """Download the state folder that ``resume`` names at Hugging Face and return where it lies.

    Raises MikazukiError: ``state-not-found`` where there is none, ``hub-failed`` where the hub cannot be asked.
    """
    from huggingface_hub.errors import RepositoryNotFoundError, RevisionNotFoundError

    remote = parse_remote(text)
    try:
        whole = _api().snapshot_download(
            remote.repository,
            repo_type=remote.kind,
            revision=remote.revision,
            allow_patterns=[f"{remote.folder}/*"],
        )
    except (RepositoryNotFoundError, RevisionNotFoundError) as error:
        raise _not_there(text, str(error)) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise MikazukiError(
            "hub-failed",
            f"resume: {text} could not be fetched from Hugging Face: {error}.",
            "Look whether the network is there and HF_TOKEN is right, or download the folder and name it in resume.",
            exit_code=EXIT_FAILED,
        ) from error
    folder = Path(whole) / remote.folder
    if not folder.is_dir():
        raise _not_there(text, "there is no such folder")
    return folder


def _not_there(text: str, why: str) -> MikazukiError:
    return MikazukiError(
        "state-not-found",
        f"resume: {text} is not at Hugging Face ({why}).",
        "Write name/repository/folder; for a private repository set HF_TOKEN.",
    )
