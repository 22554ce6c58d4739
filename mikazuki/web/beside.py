"""What runs beside the studio's answers while it is up: the runner of the queue, notices, TensorBoard's end."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from mikazuki.web.studio import Studio

if TYPE_CHECKING:
    from mikazuki.jobs.folder import Job
    from mikazuki.jobs.process import Status

LET_THE_PAGE_IN: Final = 1.0
"""Seconds before the first look for work: the first answers are due then, and a start costs a second of imports."""


@contextmanager
def running_beside(studio: Studio) -> Iterator[None]:
    """Run the queue while inside, where the studio does that; trainings go on when it ends, TensorBoard does not."""
    studio.preferences.apply(studio.chosen())
    worker = threading.Thread(target=_work, args=(studio,), name="queue", daemon=True)
    if studio.runs_queue:
        worker.start()
    try:
        yield
    finally:
        studio.closing.set()
        if "tensorboard" in vars(studio):
            studio.tensorboard.stop()
        if worker.is_alive():
            worker.join(timeout=5)


def _work(studio: Studio) -> None:
    if studio.closing.wait(LET_THE_PAGE_IN):
        return
    from mikazuki.jobs.runner import Runner

    def tell(job: "Job", status: "Status") -> None:
        from mikazuki.web.notices import tell_end

        tell_end(studio, job, status)

    Runner(studio.queue, studio.slots, on_end=tell).run_forever(studio.closing)
