"""Measurements of memory that the page asked for: one at a time, in a thread that waits for their processes."""

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.preparing.config_files import apart
from mikazuki.preparing.probe import Line, Probed, Watcher, probe
from mikazuki.settings.train import TrainSettings
from mikazuki.web.answers.base import Language, Notice
from mikazuki.web.answers.probes import ProbeAnswer, ProbeLine
from mikazuki.web.envelope import as_problems
from mikazuki.web.form_answers import in_language, text

State = Literal["running", "done", "stopped", "failed"]

KEPT: Final = 10
"""Measurements that are remembered."""

logger = logging.getLogger(__name__)


@dataclass
class Running:
    """A measurement, under way or over; another thread writes into it."""

    id: str
    language: Language
    state: State = "running"
    lines: list[Line] = field(default_factory=list)
    found: Probed | None = None
    error: MikazukiError | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None


class Probes:
    """The measurements of one studio."""

    def __init__(self, closing: threading.Event) -> None:
        """Begin with none; they end when ``closing`` is set."""
        self._closing = closing
        self._lock = threading.Lock()
        self._known: dict[str, Running] = {}

    def start(self, settings: TrainSettings, memory: int | None, language: Language) -> str:
        """Begin a measurement and return its id; raises MikazukiError ``probe-in-use`` while another one goes on."""
        with self._lock:
            if any(one.state == "running" for one in self._known.values()):
                raise MikazukiError("probe-in-use", "Another measurement goes on.", "Wait for it, or stop it.")
            one = Running(secrets.token_hex(4), language)
            self._known[one.id] = one
            for old in list(self._known)[:-KEPT]:
                del self._known[old]
            watcher = Watcher(one.lines.append, lambda: one.stop.is_set() or self._closing.is_set())
            work = partial(probe, settings, memory, watcher)
            one.thread = threading.Thread(target=_measure, args=(one, work), daemon=True)
            one.thread.start()
        return one.id

    def find(self, probe_id: str) -> Running:
        """Return a measurement; raises MikazukiError ``probe-not-found``."""
        found = self._known.get(probe_id)
        if found is None:
            raise MikazukiError("probe-not-found", f"There is no measurement {probe_id!r}.", "Begin a new one.")
        return found

    def end(self, probe_id: str) -> None:
        """Ask for an end of a measurement and wait for it; its processes are gone then."""
        one = self.find(probe_id)
        one.stop.set()
        if one.thread:
            one.thread.join()


def _measure(one: Running, work: Callable[[], Probed]) -> None:
    try:
        one.found = work()
        one.state = "done"
    except KeyboardInterrupt:
        one.state = "stopped"
    except MikazukiError as error:
        one.error, one.state = error, "failed"
    except Exception as error:
        # the border of this thread: whoever asks for the measurement is told
        logger.exception("a measurement ended by a fault of the program")
        one.error = MikazukiError("internal", f"{type(error).__name__}: {error}", exit_code=EXIT_FAILED)
        one.state = "failed"


def answer(one: Running) -> ProbeAnswer:
    """Return a measurement as the studio answers it."""
    # the state before all else: what it stands for was there when it was set
    state, found = one.state, one.found
    warnings = found.warnings if found else ()
    return ProbeAnswer(
        state=state,
        lines=[ProbeLine(verdict=line.decision.verdict, why=text(line.why)) for line in list(one.lines)],
        fits=found is not None and found.changes is not None,
        changes=dict(found.changes or {}) if found else {},
        warnings=[Notice(code=code, text=in_language(words, one.language)) for code, words in warnings],
        problems=as_problems(apart(one.error) if one.error else ()),
    )
