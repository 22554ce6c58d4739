"""Runs an upstream script as a job's process: starts it, turns its output into the job's events, ends its tree.

`python -m mikazuki.engines.sd_scripts_supervisor JOB -- COMMAND...`. It stands between the job and the trainer, which
knows nothing of jobs, so that events are told, stops are heeded and nothing is left over whoever else lives or dies.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, Final

from mikazuki import __version__
from mikazuki.engines.follow.follower import Follower, Watched
from mikazuki.engines.sd_scripts_run import FOLLOW_FILE
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED
from mikazuki.events import EVENTS_FILE, LOG_FILE, STOP_FILE, EventWriter
from mikazuki.paths import repository
from mikazuki.processes import end_group, end_tree

POLL_SECONDS: Final = 0.1
GRACE_SECONDS: Final = 3.0
"""Time for the trainer to end by itself; less than the job's own tree gets, so that its end can still be told."""

CLIP_FOLDERS: Final = {
    "openai_clip-vit-large-patch14": "<|endoftext|>",
    "laion_CLIP-ViT-bigG-14-laion2B-39B-b160k": "!",
    "stabilityai_stable-diffusion-2": "!",
}
"""Upstream's names of CLIP's tokenizers in its cache, and the token that fills captions up for each."""


@dataclass(frozen=True)
class Followed:
    """What the job's folder says of the run to follow; see `sd_scripts_run.files_of`."""

    job: Path
    facts: Mapping[str, Any]

    @classmethod
    def read(cls, job: Path) -> "Followed":
        """Read it."""
        return cls(job, json.loads((job / FOLLOW_FILE).read_text(encoding="utf-8")))

    @property
    def watched(self) -> Watched:
        """Where the run leaves its traces."""
        facts = self.facts
        logging_dir = facts.get("logging_dir")
        return Watched(
            output_dir=Path(facts["output_dir"]).absolute(),
            output_name=facts["output_name"],
            logging_dir=Path(logging_dir).absolute() if logging_dir else None,
            settings=facts.get("settings") or {},
            precision=facts.get("precision") or "",
            makes_model=bool(facts.get("makes_model", True)),
        )

    @property
    def versions(self) -> dict[str, str]:
        """What trains, for the first event."""
        return {
            "mikazuki": __version__,
            "sd-scripts": self.facts.get("commit") or "unknown",
            "script": self.facts["script"],
        }


class StopRequest:
    """Knows whether somebody asked for an end: by a signal, or by the stop file in the job's folder."""

    def __init__(self, job: Path) -> None:
        """Listen from now on."""
        self._file = job / STOP_FILE
        self._signalled = False
        for kind in (signal.SIGTERM, signal.SIGINT):
            signal.signal(kind, self._note)

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self._signalled = True

    def __bool__(self) -> bool:
        """Say whether."""
        return self._signalled or self._file.exists()


def main(argv: Sequence[str]) -> int:
    """Run ``JOB -- COMMAND...``; the exit code is 0 done, 1 failed, 130 stopped."""
    job, _, *command = argv
    return supervise(Followed.read(Path(job)), command)


def supervise(followed: Followed, command: Sequence[str]) -> int:
    """Start the trainer, follow it to its end and return this process' exit code."""
    stop = StopRequest(followed.job)
    events = EventWriter(followed.job / EVENTS_FILE)
    follower = Follower(events, followed.watched)
    if followed.facts.get("tokenizers"):
        bring_tokenizers(Path(followed.facts["tokenizers"]))
    log = followed.job / LOG_FILE
    with log.open("ab") as out, log.open("rb") as seen:
        seen.seek(0, os.SEEK_END)
        process = _start(command, out.fileno())
        follower.start(process.pid, seed=followed.facts.get("seed"), versions=followed.versions)
        stopped = _watch(process, follower, seen, stop)
        # A launcher that was killed leaves its trainer running.
        end_group(process.pid)
        follower.feed(seen.read())
    follower.close(process.returncode, stopped=stopped)
    return EXIT_STOPPED if stopped else _verdict(followed.job / EVENTS_FILE)


def _watch(process: subprocess.Popen[bytes], follower: Follower, seen: BinaryIO, stop: "StopRequest") -> bool:
    """Hand on what the trainer prints until it has ended; return whether it was because somebody asked for it."""
    stopped = False
    while process.poll() is None:
        follower.feed(seen.read())
        follower.poll()
        if stop:
            stopped = True
            end_tree(process.pid, GRACE_SECONDS)
        time.sleep(POLL_SECONDS)
    return stopped


def _verdict(events: Path) -> int:
    """Return 0 where the last event says that the run is done; upstream's own exit code does not always tell."""
    last = events.read_text(encoding="utf-8").splitlines()[-1:]
    return EXIT_DONE if last and json.loads(last[0]).get("kind") == "done" else EXIT_FAILED


def _start(command: Sequence[str], out: int) -> subprocess.Popen[bytes]:
    """Start the trainer in a process group of its own, within the job's session."""
    return subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        env=trainer_environment(os.environ),
        process_group=None if sys.platform == "win32" else 0,
    )


def trainer_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what only this process needed: upstream must not find our packages."""
    root = str(repository().root)
    rest = [part for part in env.get("PYTHONPATH", "").split(os.pathsep) if part and part != root]
    found = {name: value for name, value in env.items() if name != "PYTHONPATH"}
    return {**found, "PYTHONPATH": os.pathsep.join(rest)} if rest else found


def bring_tokenizers(folder: Path) -> None:
    """Put CLIP's tokenizers where upstream looks for them, so that it fetches none; what is there stays."""
    own = repository().root / "mikazuki" / "models" / "clip_tokenizer"
    for name, filler in CLIP_FOLDERS.items():
        home = folder / name
        if home.exists():
            continue
        part = folder / f".{name}.{os.getpid()}"
        shutil.copytree(own, part)
        for file in ("tokenizer_config.json", "special_tokens_map.json"):
            words = json.loads((part / file).read_text(encoding="utf-8"))
            text = json.dumps({**words, "pad_token": filler}, indent=2)
            (part / file).write_text(text + "\n", encoding="utf-8")
        _settle(part, home)


def _settle(part: Path, home: Path) -> None:
    """Rename a finished folder; where another job was faster, its folder is as good."""
    try:
        part.rename(home)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
