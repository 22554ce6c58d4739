"""Which taggers and captioners there are: those known by name and those in the folder, and which files are missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mikazuki.settings.tagging import DownloadFrom
from mikazuki.tagging.hubs import HUBS
from mikazuki.tagging.known import KNOWN, Kind, kind_of, source_of, where


@dataclass(frozen=True, slots=True)
class Tagger:
    """A model that pictures can be tagged with; `missing` are the files that it lacks, each with its address."""

    name: str
    kind: Kind
    here: bool
    folder: Path
    missing: tuple[tuple[str, Path], ...]


def taggers(models_dir: Path, origin: DownloadFrom = "huggingface") -> list[Tagger]:
    """Return the known models in their order, then the others in ``models_dir``; only names of files are read."""
    return [*_known(models_dir, origin), *_others(models_dir)]


def _known(models_dir: Path, origin: DownloadFrom) -> Iterator[Tagger]:
    for name, known in KNOWN.items():
        source = source_of(name, models_dir)
        here = kind_of(source.folder) is not None
        missing = () if here else tuple(where(source, HUBS[origin]))
        yield Tagger(name, known.kind, here, source.folder, missing)


def _others(models_dir: Path) -> Iterator[Tagger]:
    names = sorted(folder.name for folder in models_dir.iterdir()) if models_dir.is_dir() else []
    for name in names:
        kind = kind_of(models_dir / name)
        if name not in KNOWN and kind is not None:
            yield Tagger(name, kind, here=True, folder=models_dir / name, missing=())
