"""What came of jobs: curves, samples and files, read on from where the last request ended."""

import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mikazuki.jobs.events import Event, EventReader
from mikazuki.jobs.folder import Job
from mikazuki.jobs.metrics import Metrics
from mikazuki.web.answers.jobs import FileRow, SampleRow
from mikazuki.web.downloads import raw_url

if TYPE_CHECKING:
    from mikazuki.web.studio import Studio

MOST_JOBS: Final = 16
"""Jobs that are kept in memory: about 2 MB for 100,000 steps each."""

KINDS: Final = frozenset({"sample", "checkpoint", "done"})
SKIPPED: Final = b'"kind": "metric"'
"""Most events are these and name no file."""

MAKING_NO_MODEL: Final = frozenset({"tag", "prepare", "masks"})
"""Programs whose result is a folder of pictures."""
OWN_KINDS: Final = {".toml": "config", ".json": "config", ".log": "log"}


class Made:
    """The files that a job's events name."""

    def __init__(self, job: Job, root: Path) -> None:
        """Read the events of ``job``; relative paths begin at its working folder, else at ``root``."""
        self._reader = EventReader(job.events, skipped=SKIPPED)
        facts = job.facts()
        self._result = "other" if facts.get("program") in MAKING_NO_MODEL else "model"
        self._base = root / str(facts.get("cwd") or ".")
        self._lock = threading.Lock()
        self._samples: list[Event] = []
        self._files: dict[Path, str] = {}

    def refresh(self) -> tuple[list[Event], dict[Path, str]]:
        """Return the sample events, their paths absolute, and the files with their kinds, in the order they came."""
        with self._lock:
            for event in self._reader.read():
                if event["kind"] in KINDS and isinstance(event.get("path"), str) and event["path"]:
                    self._take(event, self._base / event["path"])
            return list(self._samples), dict(self._files)

    def _take(self, event: Event, path: Path) -> None:
        if event["kind"] == "sample":
            self._samples.append({**event, "path": str(path)})
            self._files[path] = "sample"
        elif event.get("what") == "removed":
            self._files.pop(path, None)
        elif event.get("what") in {"model", "state"}:
            self._files[path] = event["what"]
        else:
            self._files[path] = self._result
        if isinstance(event.get("grid"), str) and event["grid"]:
            self._files[self._base / event["grid"]] = "sample"


class JobData:
    """The newest jobs that somebody looked at."""

    def __init__(self, studio: "Studio") -> None:
        """Read the jobs of this studio."""
        self._studio = studio
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[Metrics, Made]] = OrderedDict()

    def metrics(self, job: Job) -> Metrics:
        """Return a job's curves."""
        return self._of(job)[0]

    def samples(self, job: Job) -> list[SampleRow]:
        """Return a job's sample pictures that are still there, in the order they were drawn."""
        events, _ = self._of(job)[1].refresh()
        return [_sample(event) for event in events if Path(event["path"]).is_file()]

    def files(self, job: Job) -> list[FileRow]:
        """Return what a job made, newest first, then what its folder holds; what is gone is left out."""
        _, made = self._of(job)[1].refresh()
        made_rows = [row for path, kind in reversed(made.items()) if (row := _file(path, kind))]
        own = sorted(path for path in job.folder.iterdir() if path.is_file() and not path.name.startswith("."))
        return made_rows + [row for path in own if (row := _file(path, _own_kind(job, path)))]

    def _of(self, job: Job) -> tuple[Metrics, Made]:
        with self._lock:
            found = self._kept.pop(job.id, None) or (Metrics(job.events), Made(job, self._studio.paths.root))
            self._kept[job.id] = found
            while len(self._kept) > MOST_JOBS:
                self._kept.popitem(last=False)
            return found


def _sample(event: Event) -> SampleRow:
    return SampleRow(
        path=event["path"],
        url=raw_url(event["path"], event.get("time")),
        step=_whole(event.get("step")) or 0,
        epoch=_whole(event.get("epoch")),
        index=_whole(event.get("index")) or 0,
        prompt=str(event.get("prompt") or ""),
        seed=_whole(event.get("seed")),
    )


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, (int, float)) else None


def _own_kind(job: Job, path: Path) -> str:
    return "log" if path in {job.log, job.events} else OWN_KINDS.get(path.suffix, "other")


def _file(path: Path, kind: str) -> FileRow | None:
    from mikazuki.files import size_of

    try:
        known = path.stat()
        folder = path.is_dir()
        return FileRow.model_validate(
            {
                "name": path.name,
                "path": str(path),
                "bytes": size_of(path) if folder else known.st_size,
                "modified": known.st_mtime,
                "kind": kind,
                "url": "" if folder else raw_url(path),
            }
        )
    except OSError:
        return None
