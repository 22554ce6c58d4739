"""What an engine must be able to answer, so that nothing else needs to know which one trains."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from mikazuki.settings.train import TrainSettings


@dataclass(frozen=True)
class Availability:
    """Whether an engine can be used here, and if not, why and what to do."""

    ok: bool
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Launch:
    """How to start a training: an argument list, never a shell's line."""

    argv: tuple[str, ...]
    cwd: Path
    env: dict[str, str] = field(default_factory=dict)
    """Variables to add to the environment; never secrets, for they are written into the job's folder."""
    supervisor: tuple[str, ...] = ()
    """What stands before ``argv`` where the trainer writes no events itself: a program of ours that does it for it."""
    saves_on_stop: bool = True
    """Whether a trainer that is asked to stop saves its state first."""

    @property
    def command(self) -> tuple[str, ...]:
        """The whole command."""
        return (*self.supervisor, *self.argv)


class Engine(Protocol):
    """Something that trains."""

    @property
    def name(self) -> str:
        """Its name in settings and on the command line."""

    @property
    def methods(self) -> tuple[str, ...]:
        """What it can train."""

    @property
    def families(self) -> tuple[str, ...]:
        """What it can train on."""

    def available(self) -> Availability:
        """Say whether it can be used here; costs milliseconds and imports nothing heavy."""

    def options(self) -> frozenset[str]:
        """Return the names of the options it takes."""

    def files(self, settings: TrainSettings) -> dict[str, str]:
        """Return the files the command needs in the job's folder: name -> text."""

    def launch(self, job_dir: Path, settings: TrainSettings) -> Launch:
        """Return the command that trains what ``job_dir`` holds."""
