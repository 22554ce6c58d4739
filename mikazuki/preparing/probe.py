"""Measures a training in processes of its own until a way is found that fits, and says why each was taken or left."""

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from mikazuki.engines.builtin import Builtin
from mikazuki.engines.machine import cpu_threads, gpus
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.files import write_text
from mikazuki.jobs.events import Event, EventReader
from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import Child, last_event
from mikazuki.preparing.guide_words import reason
from mikazuki.preparing.probe_choices import Decision, Facts, Measured, Way, decide
from mikazuki.settings.dataset_lookup import datasets_of
from mikazuki.settings.form_words import Words
from mikazuki.settings.load import dump_toml
from mikazuki.settings.probe import ProbeSettings
from mikazuki.settings.secrets import without_secrets
from mikazuki.settings.train import TrainSettings
from mikazuki.text import size

PROGRAM: Final = "mikazuki.tools.probe"
POLL_SECONDS: Final = 0.1
KILLED: Final = -9
"""What a process ends with that the system took the memory from."""
_LOG_LINES: Final = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A decision in words."""

    decision: Decision
    why: Words


@dataclass(frozen=True, slots=True)
class Probed:
    """What measuring found; ``changes`` are option -> value, None where no way fits."""

    lines: tuple[Line, ...]
    changes: Mapping[str, Any] | None
    warnings: tuple[tuple[str, Words], ...]
    """Codes and texts."""

    @property
    def chosen(self) -> Measured | None:
        """What the way that fits took."""
        return self.lines[-1].decision.measured if self.changes is not None else None


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who looks on."""

    show: Callable[[Line], None]
    """Is given every decision as it is made."""
    stop: Callable[[], bool]
    """Says whether a person wants an end."""


def probe(settings: TrainSettings, memory: int | None, watcher: Watcher) -> Probed:
    """Measure ways to train, from the fastest to the most frugal, until one fits.

    Args:
        settings: What was asked for; nothing that it would write is written.
        memory: Bytes of the card to pretend; None: what this machine has free.
        watcher: Who looks on.

    Raises:
        MikazukiError: What keeps the training from starting at all.
        KeyboardInterrupt: The watcher said stop; no process is left then.
    """
    asked, _ = without_secrets(settings)
    lines: list[Line] = []

    def told(decision: Decision) -> None:
        lines.append(Line(decision, why(decision)))
        watcher.show(lines[-1])

    def measured(tried: TrainSettings) -> Measured:
        return measure(tried, memory, watcher.stop)

    decisions = decide(asked, facts_of(asked), lambda way: settled(asked, way), measured, told)
    last = decisions[-1]
    changes = last.way.changes if last.verdict == "fits" else None
    return Probed(tuple(lines), changes, tuple(_warnings(decisions)))


def facts_of(settings: TrainSettings) -> Facts:
    """Return what machine and data allow; raises what reading the data sets' file raises."""
    sizes = {dataset.batch_size for dataset in datasets_of(settings)}
    return Facts(
        gpu=bool(gpus()),
        eight_bit=find_spec("bitsandbytes") is not None,
        own_batches=sizes != {settings.train_batch_size},
    )


def settled(asked: TrainSettings, way: Way) -> TrainSettings | None:
    """Return the settings of a way; None where some of them exclude one another."""
    try:
        return TrainSettings.model_validate({**asked.model_dump(), **way.changes})
    except ValueError:
        return None


def why(decision: Decision) -> Words:
    """Say a way and what became of it in one line."""
    way = reason("probe_ways", decision.way.saving, {"batch": decision.way.batch})
    verdict = reason("probe_verdicts", decision.verdict, decision.told)
    english, chinese = ({"way": a, "verdict": b} for a, b in ((way.en, verdict.en), (way.zh, verdict.zh)))
    return Words(reason("probe_lines", "line", english).en, reason("probe_lines", "line", chinese).zh)


def _warnings(decisions: list[Decision]) -> list[tuple[str, Words]]:
    """Return what a person should know beside the decisions."""
    found = []
    measured = [one.measured for one in decisions if one.measured and one.measured.memory]
    if decisions[-1].verdict != "fits" and measured:
        least = min(one.memory for one in measured)
        told = {"memory": size(least), "free": size(measured[-1].free)}
        found.append(("nothing-fits", reason("probe_warnings", "nothing-fits", told)))
    tight = any(one.verdict in {"too-large", "out-of-memory"} for one in decisions)
    if tight and any(one.spills for one in measured):
        found.append(("spills", reason("probe_warnings", "spills", {})))
    return found


def measure(settings: TrainSettings, memory: int | None, stop: Callable[[], bool]) -> Measured:
    """Measure settings in a process of its own; raises as `probe` does."""
    with tempfile.TemporaryDirectory(prefix="mikazuki-probe-", ignore_cleanup_errors=True) as folder:
        job = Job(Path(folder))
        training = job.folder / "training.toml"
        write_text(training, dump_toml(settings))
        write_text(job.config, dump_toml(ProbeSettings(training=str(training), memory=memory)))
        code, last = _run(job, settings, stop)
        if last and last["kind"] == "done":
            return _measured(last)
        if last and last["kind"] == "failed" and last["code"] != "out-of-memory":
            raise MikazukiError(
                str(last["code"]), str(last["message"]), str(last["hint"]), exit_code=int(last["exit_code"])
            )
        if last or code == KILLED:
            # it ran out before it could measure: only that it is too much is known
            return Measured(0, memory or _free(), None)
        said = job.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    raise MikazukiError("probe-failed", "\n".join(["The measurement failed:", *said]), exit_code=EXIT_FAILED)


def _run(job: Job, settings: TrainSettings, stop: Callable[[], bool]) -> tuple[int, Event | None]:
    """Run the program to its end; return its exit code and its last word."""
    launch = Builtin().launch(job.folder, settings)
    threads = {"OMP_NUM_THREADS": str(cpu_threads())}
    command = [sys.executable, "-m", PROGRAM, "--config_file", str(job.config)]
    child = Child.start(job, command, {**launch.env, **threads}, launch.cwd)
    try:
        while child.poll() is None:
            if stop():
                raise KeyboardInterrupt
            time.sleep(POLL_SECONDS)
    finally:
        if child.poll() is None:
            child.end()
    return child.poll() or 0, last_event(EventReader(job.events).read())


def _measured(last: Event) -> Measured:
    width, height = last["size"]
    seconds = last["seconds"]
    return Measured(
        int(last["memory"]),
        int(last["free"]),
        None if seconds is None else float(seconds),
        int(last["pictures"]),
        (int(width), int(height)),
        str(last["device"]),
        str(last["precision"]),
        bool(last["spills"]),
    )


def _free() -> int:
    card = gpus()
    return card[0].free if card else 0
