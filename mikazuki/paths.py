"""Every folder of a repository in one object."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """The folders people and programs meet, all under one root."""

    root: Path
    """The repository itself."""

    @property
    def config(self) -> Path:
        """Settings that people edit."""
        return self.root / "config"

    @property
    def train(self) -> Path:
        """Datasets."""
        return self.root / "train"

    @property
    def models(self) -> Path:
        """Base models."""
        return self.root / "sd-models"

    @property
    def output(self) -> Path:
        """What was learned."""
        return self.root / "output"

    @property
    def workspaces(self) -> Path:
        """One folder a model that is taught over several trainings."""
        return self.output / "workspaces"

    @property
    def logs(self) -> Path:
        """TensorBoard's curves and the job folders."""
        return self.root / "logs"

    @property
    def jobs(self) -> Path:
        """One folder a job."""
        return jobs_of(self.logs)

    @property
    def requirements(self) -> Path:
        """Lists of pinned packages."""
        return self.root / "requirements"

    @property
    def sd_scripts(self) -> Path:
        """The upstream trainer's submodule, which may be absent."""
        return self.root / "sd-scripts"


def jobs_of(logging_dir: Path) -> Path:
    """Return the folder of job folders of a ``logging_dir``."""
    return logging_dir / "jobs"


def repository() -> Paths:
    """Return the folders of the repository this package lies in."""
    return Paths(Path(__file__).resolve().parent.parent)


def existing_ancestor(path: Path) -> Path:
    """Return ``path`` itself or the nearest folder above it that exists."""
    path = path.absolute()
    while not path.exists() and path != path.parent:
        path = path.parent
    return path
