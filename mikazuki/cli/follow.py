"""Follows a child to its end: hands its events on, and turns Ctrl-C and SIGTERM into a polite stop."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from mikazuki.errors import MikazukiError
from mikazuki.jobs.events import LAST_KINDS, Event, EventReader
from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import Child, Status
from mikazuki.settings.load import load_toml
from mikazuki.settings.train import TrainSettings

POLL_SECONDS: Final = 0.1
AFTER_THE_STEP: Final = "Stopping: {saved} saved after the current step. Press Ctrl-C again to end at once{rest}."
STOPPING_AT_ONCE: Final = (
    "Stopping: this engine cannot save on request, so the training ends now; what it saved before stays."
)
ENDING: Final = "Ending at once."
ON_CANCEL: Final = {"save_model_on_cancel": "the model", "save_state_on_cancel": "the state"}
"""Option -> what it has saved when a person stops a training."""


class Interrupts:
    """Counts how often a person asked to stop."""

    def __init__(self) -> None:
        """Begin at none."""
        self.count = 0

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        """Count one; everything else happens outside the signal handler."""
        self.count += 1


@contextmanager
def counted_interrupts() -> Iterator[Interrupts]:
    """Count SIGINT and SIGTERM instead of ending, and put the old handlers back afterwards."""
    interrupts = Interrupts()
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, interrupts) for kind in kinds]
    try:
        yield interrupts
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


def stopping(job: Job) -> str:
    """Say what a training that was asked to stop saves before it ends, as its frozen settings have it."""
    try:
        frozen = load_toml(job.config)
    except MikazukiError:
        frozen = {}
    kept = {name: frozen.get(name, TrainSettings.model_fields[name].default) for name in ON_CANCEL}
    named = [what for name, what in ON_CANCEL.items() if kept[name]]
    if not named:
        return AFTER_THE_STEP.format(saved="nothing is", rest=f" ({' and '.join(ON_CANCEL)} are off)")
    saved = f"{' and '.join(named)} {'are' if len(named) > 1 else 'is'}"
    return AFTER_THE_STEP.format(saved=saved, rest=", without saving")


def follow(
    child: Child,
    interrupts: Interrupts,
    show: Callable[[Event], None],
    say: Callable[[str], None],
    *,
    saves_on_stop: bool = True,
) -> tuple[Status, Event | None]:
    """Hand every event to ``show`` until the child has ended; return how, and its last word if it had one.

    The first interrupt asks for a stop, the second ends the whole process tree. ``saves_on_stop`` says whether the
    trainer saves its state when asked.
    """
    reader = EventReader(child.job.events)
    last: Event | None = None
    asked = False
    running = True
    while running:
        running = child.poll() is None
        for event in reader.read():
            last = event if event["kind"] in LAST_KINDS else last
            show(event)
        if running and interrupts.count and not asked:
            asked = True
            child.ask_to_stop()
            say(stopping(child.job) if saves_on_stop else STOPPING_AT_ONCE)
        elif running and interrupts.count > 1 and not child.forced:
            say(ENDING)
            child.end()
        elif running:
            time.sleep(POLL_SECONDS)
    return child.conclude([last] if last else []), last
