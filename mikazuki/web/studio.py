"""What the routes share: the folders, the queue, what a person chose, and which paths may be looked into."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from mikazuki.paths import Paths
from mikazuki.web.answers.studio import Preferences
from mikazuki.web.preferences import PreferenceStore
from mikazuki.web.roots import Roots

if TYPE_CHECKING:  # each is imported when a request first needs it: the studio must answer at once
    from mikazuki.bin import Bin
    from mikazuki.data.workbench.benches import Workbenches
    from mikazuki.jobs.index import Index
    from mikazuki.jobs.queue import Queue
    from mikazuki.web.answers.jobs import JobRow
    from mikazuki.web.following import Followers
    from mikazuki.web.job_data import JobData
    from mikazuki.web.machine import Machine
    from mikazuki.web.preview_answers import LastLook
    from mikazuki.web.probes import Probes
    from mikazuki.web.stream import Hub
    from mikazuki.web.tensorboard import TensorBoard
    from mikazuki.web.thumbnails import Thumbnails


@dataclass
class Studio:
    """One running studio."""

    paths: Paths
    token: str | None = None
    """What every request must show; None on the loopback address."""
    language: str | None = None
    """What `--lang` asked for."""
    more_roots: list[Path] = field(default_factory=list)
    """Folders of `--data-root`."""
    tensorboard_port: int = 6006
    """The first port that TensorBoard is tried on."""
    runs_queue: bool = False
    """Whether it starts jobs itself; a test asks questions only."""
    log_name: str = "studio.log"
    """File in logs/ that takes what the studio itself has to say."""
    closing: threading.Event = field(default_factory=threading.Event)
    """Set when the studio ends."""

    @cached_property
    def preferences(self) -> PreferenceStore:
        """What a person chose."""
        return PreferenceStore(self.paths.config)

    def chosen(self) -> Preferences:
        """Return what a person chose, as it is now."""
        return self.preferences.load()

    def named_roots(self) -> Iterator[tuple[Path, str]]:
        """Yield the folders that may be looked into, each with its name; the project's own come first."""
        paths = self.paths
        for own in (paths.train, paths.models, paths.output, paths.logs, paths.config):
            yield own.absolute(), own.name
        for more in (*self.more_roots, *map(Path, self.chosen().roots)):
            yield more.absolute(), more.name or str(more)

    def roots(self) -> Roots:
        """Return the folders that may be looked into; relative paths begin at the project's folder."""
        return Roots.of(self.paths.root, (folder for folder, _ in self.named_roots()))

    def allowed(self, path: str | Path) -> Path:
        """Return a path from outside, absolute, links resolved; it need not exist.

        Raises MikazukiError ``outside-roots`` (403) or ``path-wrong``.
        """
        return self.roots().allowed(path)

    @cached_property
    def queue(self) -> "Queue":
        """The jobs that wait, and the orders to those that run."""
        from mikazuki.jobs.queue import Queue

        return Queue(self.paths.jobs)

    @cached_property
    def probes(self) -> "Probes":
        """Measurements of memory."""
        from mikazuki.web.probes import Probes

        return Probes(self.closing)

    @cached_property
    def index(self) -> "Index":
        """Rows of all jobs."""
        from mikazuki.jobs.index import Index

        return Index(self.queue, self.slots)

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """What jobs take while they run: this machine's GPUs by number, or ``cpu``."""
        from mikazuki.preparing.queueing import machine_slots

        return machine_slots()

    def row(self, job_id: str) -> "JobRow":
        """Return a job's row as it is answered; raises MikazukiError ``job-not-found``."""
        from mikazuki.web.job_rows import answer_row

        return answer_row(self.index.row(job_id))

    @cached_property
    def bin(self) -> "Bin":
        """What was deleted and can be brought back."""
        from mikazuki.bin import BIN_FOLDER, Bin

        return Bin(self.paths.logs / BIN_FOLDER)

    @cached_property
    def workbenches(self) -> "Workbenches":
        """Drafts of captions."""
        from mikazuki.data.workbench.benches import DRAFTS, Workbenches

        return Workbenches(self.paths.logs / DRAFTS)

    @cached_property
    def job_data(self) -> "JobData":
        """Curves, samples and files of jobs, kept between requests."""
        from mikazuki.web.job_data import JobData

        return JobData(self)

    @cached_property
    def machine(self) -> "Machine":
        """What the machine is doing."""
        from mikazuki.web.machine import Machine

        return Machine(self.paths.output)

    @cached_property
    def thumbnails(self) -> "Thumbnails":
        """Small pictures."""
        from mikazuki.web.thumbnails import Thumbnails

        return Thumbnails(self.paths.logs)

    @cached_property
    def last_look(self) -> "LastLook":
        """The last training that was looked ahead at."""
        from mikazuki.web.preview_answers import LastLook

        return LastLook()

    @cached_property
    def tensorboard(self) -> "TensorBoard":
        """TensorBoard beside the studio."""
        from mikazuki.web.tensorboard import TensorBoard

        return TensorBoard(self.paths.logs, self.tensorboard_port)

    @cached_property
    def hub(self) -> "Hub":
        """Tells everybody who listens what changes."""
        from mikazuki.web.stream import Hub

        return Hub(self)

    @cached_property
    def followers(self) -> "Followers":
        """One reader for each job that is followed."""
        from mikazuki.web.following import Followers

        return Followers(self.queue, self.closing)


def studio_of(request: Request) -> Studio:
    """Return the studio that a request came to."""
    studio: Studio = request.app.state.studio
    return studio


StudioDep = Annotated[Studio, Depends(studio_of)]
