"""Which of a run's own files are removed when newer ones are there: save_last_n_epochs and its like."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from mikazuki.files import size_of
from mikazuki.settings.places import output_folder
from mikazuki.settings.train import TrainSettings

Kind = Literal["epoch", "step", "epoch-state", "step-state"]
Written = tuple[str, int, str]
"""Kind, number of the epoch or step, path."""


def outdated(kind: Kind, number: int, every: int, last: int | None) -> int | None:
    """Return the number up to which files are no longer kept once that of ``number`` is written; None for none.

    Of epochs the last ``last`` files stay (sd-scripts: it removes ``number - every * last``). Of steps those of the
    last ``last`` steps stay (it removes ``number - last - 1``, rounded down to a multiple of ``every``).
    """
    if last is None:
        return None
    if kind.startswith("epoch"):
        return number - every * last
    before = number - last - 1
    return before - before % every


@dataclass
class Retention:
    """Knows the files that this run wrote by epochs and steps, and names those that are to go.

    Only files in the run's folder that it was told of are ever named: never the final ones, nor those of another run.
    """

    settings: TrainSettings
    every_epochs: int | None
    written: list[Written] = field(default_factory=list)

    def add(self, kind: Kind, number: int, path: Path) -> None:
        """Remember a file that is about to be written, or written anew."""
        one = (kind, number, str(path))
        self.written = [*(known for known in self.written if known[2] != one[2]), one]

    def take_outdated(self, kind: Kind, number: int) -> list[Path]:
        """Forget and return the files that are no longer kept, now that ``number`` of this kind is written."""
        every = self.every_epochs if kind.startswith("epoch") else self.settings.save_every_n_steps
        limit = outdated(kind, number, every or 1, self._last(kind))
        if limit is None:
            return []
        old = [one for one in self.written if one[0] == kind and one[1] <= limit]
        self.written = [one for one in self.written if one not in old]
        folder = output_folder(self.settings)
        return [path for path in (Path(one[2]) for one in old) if path.parent == folder and path.exists()]

    def _last(self, kind: Kind) -> int | None:
        s = self.settings
        return {
            "epoch": s.save_last_n_epochs,
            "step": s.save_last_n_steps,
            "epoch-state": s.save_last_n_epochs_state or s.save_last_n_epochs,
            "step-state": s.save_last_n_steps_state or s.save_last_n_steps,
        }[kind]


def epochs_between(settings: TrainSettings, epochs: int) -> int | None:
    """Return how many epochs lie between two saved files of a run of ``epochs``, None for no such files.

    save_n_epoch_ratio asks for at least so many files, and beats save_every_n_epochs (sd-scripts).
    """
    if settings.save_n_epoch_ratio:
        return epochs // settings.save_n_epoch_ratio or 1
    return settings.save_every_n_epochs


def remove(path: Path) -> int:
    """Remove a file or folder; return the bytes that it held."""
    size = size_of(path)
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    return size
