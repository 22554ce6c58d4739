"""Follows a run of the upstream trainer and writes its events: what it prints, draws, saves, and how it ended."""

import math
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil

from mikazuki.engines.failures import Failure, Settings, explain, last_exception, tail
from mikazuki.engines.follow.console import Console, Said
from mikazuki.engines.follow.outputs import Outputs, Picture, Saved
from mikazuki.engines.follow.tensorboard import EventFolder, by_step
from mikazuki.errors import EXIT_DONE, EXIT_FAILED
from mikazuki.events import EventWriter
from mikazuki.files import size_of

PROGRESS_SECONDS: Final = 0.2
"""Between two events of one bar; a fast GPU makes more steps than anybody can look at."""
FILES_SECONDS: Final = 0.5
"""Between two looks at the folders."""
MEMORY_SECONDS: Final = 2.0
LOSSES: Final = ("loss/current", "loss")
"""Tags of a step's own loss: the LoRA trainers', and the other scripts'."""
KEPT_LOSSES: Final = 1000
"""Steps whose losses wait for their progress."""
UNKNOWN_FAILURE: Final = "trainer-failed"
NO_RESULT: Final = Failure(
    "no-result",
    "The trainer ended without an error, but without writing a model.",
    "Look at the last lines of its log for what it did not like.",
)
NOT_FINITE: Final = Failure(
    "loss-not-finite",
    "The training fell apart: its loss is no number any more, and what was saved since is of no use.",
    'Lower learning_rate, or set mixed_precision = "bf16" instead of fp16; use a checkpoint from before.',
)


@dataclass(frozen=True)
class Watched:
    """Where a run leaves its traces.

    All folders are absolute, as the run itself sees them; ``settings`` only help to say what to do after a failure.
    """

    output_dir: Path
    output_name: str
    logging_dir: Path | None = None
    settings: Settings | None = None
    prompts: tuple[str, ...] = ()
    """The sample prompts by their number; without them the log's own order counts."""
    precision: str = ""
    makes_model: bool = True
    """False for runs that only show or cache their data: nothing need be written then."""


class Follower:
    """Writes events; `start` once, then `feed` and `poll` as often as there is time, `close` at the end."""

    def __init__(self, events: EventWriter, watched: Watched, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember what lies in the run's folders; make it before the run begins."""
        self._events = events
        self._watched = watched
        self._clock = clock
        self._began = clock()
        self._console = Console()
        self._outputs = Outputs(watched.output_dir, watched.output_name)
        self._metrics = EventFolder(watched.logging_dir)
        self._pid: int | None = None
        self._prompts: list[str] = []
        self._drawn_at: tuple[int, int | None] = (0, None)
        self._held: dict[str, Any] | None = None
        self._part: dict[str, Any] = {}
        self._losses: dict[int, float] = {}
        self._logged = 0
        self._places: dict[Path, tuple[int, int | None]] = {}
        self._done_at: dict[str, float] = {}
        self._memory: int | None = None
        self._fed = False
        self._states: list[Path] = []

    def start(self, pid: int, *, seed: int | None = None, versions: Mapping[str, str] | None = None) -> None:
        """Tell that the run has begun as the process ``pid``."""
        self._pid = pid
        name = self._watched.output_name
        about = {"output_name": name, "seed": seed, "versions": dict(versions or {})}
        self._events.emit("started", pid=pid, engine="sd-scripts", **about)

    def feed(self, data: bytes) -> None:
        """Take what the run has printed, in any pieces."""
        self._fed = self._fed or bool(data)
        for said in self._console.feed(data):
            self._handle(said)

    def poll(self) -> None:
        """Look at the files; call it as often as there is time."""
        if not self._fed:
            for said in self._console.flush():
                self._handle(said)
        self._fed = False
        if self._due("files", FILES_SECONDS):
            self._look(final=False)

    def close(self, exit_code: int, *, stopped: bool = False) -> None:
        """Tell how the run ended.

        Args:
            exit_code: The launcher's; below 0 a signal's number, as `subprocess` counts.
            stopped: Whether a person had it ended.
        """
        for said in self._console.close():
            self._handle(said)
        self._look(final=True)
        model = self._outputs.last_model()
        if stopped:
            state = self._states[-1] if self._states else None
            self._events.emit("stopped", step=self._console.known.step, state=state)
            return
        failure = self._failure(exit_code, model)
        if failure is None:
            self._done(model)
        else:
            self._fail(failure, exit_code)

    def _look(self, *, final: bool) -> None:
        self._read_metrics()
        self._release()
        for picture in self._outputs.pictures(final=final):
            self._tell_picture(picture)
        for saved in self._outputs.saved(final=final):
            self._tell_checkpoint(saved)

    def _handle(self, said: Said) -> None:
        match said.kind:
            case "progress":
                self._release()
                self._held = said.fields
            case "stage_progress":
                self._tell_part(said.fields)
            case "stage" if said.fields["name"] == "train":
                self._events.emit("stage", **said.fields, precision=self._watched.precision or None)
            case "saving":
                self._places[self._outputs.expect(said.fields["path"])] = said.place
            case "saving_state":
                self._places[self._outputs.expect_state(**said.fields)] = said.place
            case "removed":
                self._tell_removed(self._outputs.find(said.fields["path"]), said.place)
            case "sampling":
                self._prompts, self._drawn_at = [], said.place
            case "prompt":
                self._prompts.append(said.fields["text"])
            case _:
                self._release()
                self._events.emit(said.kind, **said.fields)

    def _tell_part(self, part: dict[str, Any]) -> None:
        """Tell how far a stage is; a bar's end is drawn twice."""
        if part != self._part and self._due("stage_progress", always=part["done"] == part["total"]):
            self._part = part
            self._events.emit("stage_progress", **part)

    def _release(self) -> None:
        """Write the progress held back: its own loss comes by another way, a moment later."""
        held, self._held = self._held, None
        if held is None:
            return
        edge = held["step"] in {1, held["total"]}
        if self._due("progress", always=edge):
            self._read_metrics()
            loss = self._losses.get(held["step"])
            self._events.emit("progress", **held, loss=loss, memory=self._memory_used())

    def _due(self, what: str, seconds: float = PROGRESS_SECONDS, *, always: bool = False) -> bool:
        now = self._clock()
        if not always and now - self._done_at.get(what, -math.inf) < seconds:
            return False
        self._done_at[what] = now
        return True

    def _read_metrics(self) -> None:
        for step, values in by_step(self._metrics.read(), after=self._logged):
            self._logged = step
            loss = next((values[tag] for tag in LOSSES if tag in values), None)
            if loss is not None:
                self._losses[step] = loss
            self._events.emit("metric", step=step, values=values)
        for step in list(self._losses)[:-KEPT_LOSSES]:
            del self._losses[step]

    def _tell_picture(self, picture: Picture) -> None:
        step, epoch = self._drawn_at
        prompts = self._watched.prompts or tuple(self._prompts)
        self._events.emit(
            "sample",
            path=picture.path,
            step=step if picture.step is None else picture.step,
            epoch=epoch if picture.epoch is None else picture.epoch,
            index=picture.index,
            prompt=prompts[picture.index] if picture.index < len(prompts) else "",
            seed=picture.seed,
            # sd-scripts draws the prompts of its file alone
            sanity=False,
        )

    def _tell_checkpoint(self, saved: Saved) -> None:
        if saved.what == "state":
            self._states.append(saved.path)
        at_step, at_epoch = self._places.pop(saved.path, self._console.known.place)
        step = at_step if saved.step is None else saved.step
        epoch = at_epoch if saved.epoch is None else saved.epoch
        self._events.emit("checkpoint", what=saved.what, path=saved.path, step=step, epoch=epoch, bytes=saved.bytes)

    def _tell_removed(self, path: Path, place: tuple[int, int | None]) -> None:
        self._states = [state for state in self._states if state != path]
        self._places[path] = place
        self._tell_checkpoint(Saved("removed", path, 0))

    def _memory_used(self) -> int | None:
        """Return the bytes resident in the run's process tree, measured now and then."""
        if self._pid is not None and self._due("memory", MEMORY_SECONDS):
            self._memory = tree_memory(self._pid)
        return self._memory

    def _done(self, model: Path | None) -> None:
        seconds = self._clock() - self._began
        size = size_of(model) if model else None
        step = self._console.known.step
        self._events.emit("done", path=model, bytes=size, grid=None, steps=step, seconds=seconds)

    def _failure(self, exit_code: int, model: Path | None) -> Failure | None:
        """Find the truth: an exit code of 0 comes also with no data, and with weights that are no numbers."""
        average = self._console.known.average
        broken = average is not None and not math.isfinite(average)
        if exit_code == EXIT_DONE and broken:
            return NOT_FINITE
        if exit_code == EXIT_DONE and (model is not None or not self._watched.makes_model):
            return None
        log = f"{self._console.log}\n{exit_as_text(exit_code)}"
        known = explain(log, self._watched.settings or {})
        if known is None and exit_code == EXIT_DONE:
            return NO_RESULT
        return known or _unknown(self._console.log, exit_code)

    def _fail(self, failure: Failure, exit_code: int) -> None:
        code = EXIT_FAILED if exit_code == EXIT_DONE else exit_code
        told = {"code": failure.code, "message": failure.message, "hint": failure.hint}
        self._events.emit("failed", **told, exit_code=code, lines=tail(self._console.log))


def tree_memory(pid: int) -> int | None:
    """Return the resident bytes of a process and all that it started, or None when it is gone."""
    total: int | None = None
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        for member in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total = (total or 0) + int(member.memory_info().rss)
    return total


def exit_as_text(exit_code: int) -> str:
    """Write an exit code as launchers write their child's, so that one table knows both; empty for 0."""
    if exit_code < 0:
        with suppress(ValueError):
            return f"died with <Signals.{signal.Signals(-exit_code).name}: {-exit_code}>."
    return f"returned non-zero exit status {exit_code}." if exit_code else ""


def _unknown(log: str, exit_code: int) -> Failure:
    """Say what little is known: the exception's own line, else the last one, and the exit code."""
    lines = tail(log, 1)
    last = last_exception(log) or (lines[-1].strip() if lines else "it said nothing")
    return Failure(UNKNOWN_FAILURE, f"The trainer ended with exit code {exit_code}: {last}", "")
