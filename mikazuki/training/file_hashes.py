"""Hashes of model files, computed beside the training: reading a file of 7 GB takes seconds."""

from concurrent.futures import Future
from pathlib import Path
from threading import Thread

from mikazuki.models.metadata import model_hashes


class FileHashes:
    """The two hashes by which a model file is known; `of` waits only where they are not ready yet."""

    def __init__(self) -> None:
        """Know none."""
        self._found: dict[Path, Future[tuple[str, str]]] = {}

    def begin(self, path: Path) -> None:
        """Read ``path`` in a thread; does nothing for a folder, for what is not there, or a second time."""
        if path.is_file() and path not in self._found:
            self._found[path] = Future()
            # a daemon: a training that fails at once must not wait for a hash nobody will see
            Thread(target=self._read, args=(path,), name="hash", daemon=True).start()

    def of(self, path: Path) -> tuple[str, str] | None:
        """Return short hash and whole SHA-256 of a file, None for a folder; raises OSError if it cannot be read."""
        self.begin(path)
        return self._found[path].result() if path in self._found else None

    def _read(self, path: Path) -> None:
        future = self._found[path]
        try:
            future.set_result(model_hashes(path))
        except OSError as error:
            future.set_exception(error)
