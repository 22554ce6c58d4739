"""Watches what upstream writes into the output folder: models, states and sample pictures, told of once whole."""

import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.errors import MikazukiError
from mikazuki.files import size_of
from mikazuki.models.headers import read_header

SAMPLES: Final = "sample"
MODEL_ENDINGS: Final = (".safetensors", ".ckpt", ".pt", ".bin", "")
"""What the last model may be called behind its name; nothing for a diffusers folder."""
PICTURE: Final = re.compile(r"_?(?:e(?P<epoch>\d{6})|(?P<step>\d{6,}))_(?P<index>\d{2,})_\d{14}(?:_(?P<seed>-?\d+))?$")
"""Upstream's name of a sample: output name, epoch or step, number of the prompt, time, seed."""
STATE_END: Final = "-state"
STATE_LAST: Final = "random_states_*.pkl"
"""What accelerate writes last into a state, one a process."""
PNG_END: Final = b"IEND\xaeB`\x82"
MARK: Final = re.compile(r"-(?:step(?P<step>\d{8})|(?P<epoch>\d{6}))(?:-state)?$")
"""Upstream's mark on a model or state of the way: its step, or its epoch."""

Stamp = tuple[int, int]
"""Newest change in nanoseconds, and bytes."""


@dataclass(frozen=True)
class Picture:
    """A sample picture; the name tells the step or the epoch, never both."""

    path: Path
    index: int
    step: int | None
    epoch: int | None
    seed: int | None


@dataclass(frozen=True)
class Saved:
    """A model or a state that is whole."""

    what: str
    path: Path
    bytes: int

    @property
    def step(self) -> int | None:
        """The step in its name."""
        return _marked(self.path, "step")

    @property
    def epoch(self) -> int | None:
        """The epoch in its name."""
        return _marked(self.path, "epoch")


class Outputs:
    """The files of one run; what lay there before it began is not its own."""

    def __init__(self, folder: Path, name: str) -> None:
        """Remember what is there.

        Args:
            folder: Upstream's ``output_dir``.
            name: Upstream's ``output_name``.
        """
        self._folder = folder
        self._name = name
        self._old_pictures = {path.name for path in _listed(folder / SAMPLES)}
        self._before = {path: _stamp(path) for path in _listed(folder) if path.name.startswith(name)}
        self._awaited: dict[Path, str] = {}
        self._sizes: dict[Path, int] = {}

    def expect(self, said: str) -> Path:
        """Wait for a model that the log names and return its path; the rows of a log may have broken it."""
        path = self.find(said)
        self._awaited.setdefault(path, "model")
        return path

    def expect_state(self, *, epoch: int | None = None, step: int | None = None) -> Path:
        """Wait for the state of an epoch, a step, or the end and return its path: upstream names it by rule."""
        mark = f"-{epoch:06d}" if epoch is not None else f"-step{step:08d}" if step is not None else ""
        path = self._folder / f"{self._name}{mark}{STATE_END}"
        self._awaited.setdefault(path, "state")
        return path

    def find(self, said: str) -> Path:
        """Return the file of the output folder that a path in the log means."""
        last = re.split(r"[/\\]", said.strip().rstrip("/\\"))[-1]
        same = (path for path in _listed(self._folder) if _squeezed(path.name) == _squeezed(last))
        return next(same, self._folder / last)

    def saved(self, *, final: bool = False) -> list[Saved]:
        """Return what has become whole since the last call; ``final``: nobody writes any more."""
        ready = [path for path in self._awaited if self._is_whole(path, final=final)]
        return [Saved(self._awaited.pop(path), path, size_of(path)) for path in ready]

    def pictures(self, *, final: bool = False) -> list[Picture]:
        """Return the sample pictures that have become whole since the last call, in the order of their names."""
        found = []
        for path in sorted(_listed(self._folder / SAMPLES)):
            if path.suffix != ".png" or path.name in self._old_pictures or not path.name.startswith(self._name):
                continue
            if final or _ends_with(path, PNG_END):
                self._old_pictures.add(path.name)
                found.append(_picture(path))
        return found

    def last_model(self) -> Path | None:
        """Return the model that the end of the run wrote, if it is whole."""
        for path in self._last_models():
            if self._is_whole(path, final=True):
                return path
        return None

    def _last_models(self) -> list[Path]:
        paths = (self._folder / f"{self._name}{ending}" for ending in MODEL_ENDINGS)
        return [path for path in paths if path.exists()]

    def _is_whole(self, path: Path, *, final: bool) -> bool:
        """Ask the file itself where it can tell; a folder is whole when it has stopped growing between two calls.

        What still is as an earlier run of that name left it is not this run's.
        """
        if _stamp(path) == self._before.get(path):
            return False
        if path.suffix == ".safetensors":
            return _is_safetensors(path)
        if path.suffix in MODEL_ENDINGS and path.is_file():
            # torch writes a zip file, whose directory stands at its end
            return zipfile.is_zipfile(path)
        if path.name.endswith(STATE_END) and not _is_complete_state(path):
            return False
        size = size_of(path)
        before, self._sizes[path] = self._sizes.get(path), size
        return size > 0 and (final or size == before)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _stamp(path: Path) -> Stamp:
    return (_changed(_files(path)), size_of(path))


def _files(path: Path) -> list[Path]:
    return [inner for inner in path.rglob("*") if inner.is_file()] if path.is_dir() else [path]


def _changed(files: Iterable[Path]) -> int:
    """Return when the newest of some files was changed; 0 where there is none."""
    newest = 0
    for file in files:
        with suppress(OSError):
            newest = max(newest, file.stat().st_mtime_ns)
    return newest


def _is_complete_state(folder: Path) -> bool:
    """Say whether what comes last is there, and newer than the rest: a state may be written over an older one."""
    return 0 < _changed(_files(folder)) == _changed(folder.glob(STATE_LAST))


def _marked(path: Path, name: str) -> int | None:
    stem = path.name if path.suffix not in MODEL_ENDINGS else path.stem
    found = MARK.search(stem)
    return int(found[name]) if found and found[name] else None


def _is_safetensors(path: Path) -> bool:
    try:
        read_header(path)
    except (OSError, MikazukiError):
        return False
    return True


def _ends_with(path: Path, end: bytes) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - len(end)))
            return file.read() == end
    except OSError:
        return False


def _picture(path: Path) -> Picture:
    found = PICTURE.search(path.stem)
    if found is None:
        return Picture(path, 0, None, None, None)

    def number(name: str) -> int | None:
        return int(found[name]) if found[name] else None

    return Picture(path, int(found["index"]), number("step"), number("epoch"), number("seed"))
