"""From a request to tag pictures to a job that can start: read, check, freeze, put into the queue."""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from mikazuki import __version__
from mikazuki.data.file_history import Undone
from mikazuki.data.folders import Notice, listed
from mikazuki.engines.builtin import ENVIRONMENT
from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.jobs.folder import CONFIG_FILE, Job, create
from mikazuki.jobs.place import Place
from mikazuki.jobs.queue import START_KEY, NewJob, Queue
from mikazuki.paths import jobs_of, repository
from mikazuki.preparing.needs import needs_of
from mikazuki.preparing.queueing import OUTPUT_KEY, Wish, outputs
from mikazuki.settings.load import COMMAND_LINE, dump_toml, gather, load_toml, parse
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.found import Found, find_pictures
from mikazuki.tagging.history import undo
from mikazuki.tagging.known import Kind, Source, incomplete, kind_of, source_of

PROGRAM: Final = "mikazuki.tagging"
NAME: Final = "tag"
OFFLINE: Final = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
"""Left out of a job's environment where its model is to be fetched."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """A run that nothing stops.

    `settings` have absolute paths; `kind` is None where the model has to be fetched first.
    """

    settings: TagSettings
    found: Found
    source: Source
    kind: Kind | None

    @property
    def place(self) -> Path:
        """The folder, or picture, that it works on."""
        return Path(self.settings.train_data_dir)

    @property
    def jobs_dir(self) -> Path:
        """Where its job's folder will lie."""
        return jobs_of(Path(self.settings.logging_dir))

    @property
    def name(self) -> str:
        """The job's name."""
        return f"{NAME}-{self.place.name or 'pictures'}"

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is to be said before it starts."""
        return self.found.notices


def read_settings(config: Path | None, given: Mapping[str, Any], jobs_dir: Path | None = None) -> TagSettings:
    """Read a settings file and the options of the command line, which win; all paths are made absolute.

    `resume` may be a job's id, or part of it, as well; its settings are what is not said anew, but for `dry_run`.

    Raises:
        MikazukiError: ``settings-wrong``, what reading a file raises, ``job-not-found`` and ``job-ambiguous``.
    """
    if given.get("resume"):
        logs = Path(str(given.get("logging_dir") or TagSettings.model_fields["logging_dir"].default))
        job = find_job(str(given["resume"]), jobs_dir or jobs_of(logs))
        before = {key: value for key, value in load_toml(job.config).items() if key != "dry_run"}
        return absolute(parse(TagSettings, {**before, **given, "resume": str(job.folder.absolute())}, COMMAND_LINE))
    values, sources = gather(config, given)
    return absolute(parse(TagSettings, values, sources))


def find_job(name: str, jobs_dir: Path) -> Job:
    """Return a job by its folder, its id or a part of that; raises ``job-not-found``, ``job-ambiguous``."""
    folder = Path(name)
    return Job(folder.absolute()) if (folder / CONFIG_FILE).is_file() else Queue(jobs_dir).find(name)


def absolute(settings: TagSettings) -> TagSettings:
    """Return settings whose paths hold wherever the job is started."""
    names = ["train_data_dir", "models_dir", "logging_dir"]
    if Path(settings.model).is_dir():
        names.append("model")
    return settings.model_copy(update={name: os.path.abspath(getattr(settings, name)) for name in names})  # noqa: PTH100 - `..` goes as well


def check(settings: TagSettings) -> Tagging:
    """Look for whatever would stop a run; reads names of files alone.

    Raises:
        MikazukiErrors: All of it at once.
    """
    problems: list[MikazukiError] = []
    found, source, kind = Found((), ()), None, None
    try:
        place = Path(settings.train_data_dir)
        found = find_pictures(place, recursive=settings.recursive, extension=settings.caption_extension)
        problems += [] if settings.dry_run else _not_writable(found)
    except MikazukiError as error:
        problems.append(error)
    try:
        source = source_of(settings.model, Path(settings.models_dir))
        kind = kind_of(source.folder)
        problems += _missing(source, kind, settings)
    except MikazukiError as error:
        problems.append(error)
    if problems or source is None:
        raise MikazukiErrors(problems)
    return Tagging(settings, found, source, kind)


def _not_writable(found: Found) -> Iterator[MikazukiError]:
    folders = sorted({picture.parent for picture in found.pictures})
    refused = [folder for folder in folders if not os.access(folder, os.W_OK)]
    if refused:
        yield MikazukiError(
            "not-writable",
            f"No caption can be written in {listed(refused)}.",
            "Change the permissions, or tag a copy of the folder.",
        )


def _missing(source: Source, kind: Kind | None, settings: TagSettings) -> Iterator[MikazukiError]:
    """Yield what a model lacks: files that may not be fetched, a package."""
    if kind is None and not (settings.download and (source.known or source.repository)):
        yield incomplete(source)
    expected = kind or (source.known.kind if source.known else None)
    package = {None: None, "captioner": "transformers"}.get(expected, "onnxruntime")
    if package and find_spec(package) is None:
        yield MikazukiError(
            "package-missing",
            f"{source.name} needs the package {package}, which is not installed.",
            "Install it: bash install.sh --with tagging (Windows: install.ps1 --with tagging).",
        )


def environment(tagging: Tagging) -> dict[str, str]:
    """Return what a job's environment has beside this one's: no network, unless a model is to be fetched."""
    return {key: value for key, value in ENVIRONMENT.items() if tagging.kind or key not in OFFLINE}


def command(folder: Path) -> list[str]:
    """Return the command that runs the job of a folder."""
    return [sys.executable, "-m", PROGRAM, "--config_file", str(folder / CONFIG_FILE)]


def facts(tagging: Tagging, folder: Path) -> dict[str, Any]:
    """Return ``job.json``: what starts the job again, and what is to be known of it."""
    start = {"command": command(folder), "environment": environment(tagging), "cwd": str(repository().root)}
    return {
        "program": NAME,
        "name": tagging.name,
        "method": NAME,
        "engine": "builtin",
        "model": tagging.source.name,
        **start,
        START_KEY: start,
        OUTPUT_KEY: str(tagging.place),
        "needs": needs_of(tagging.settings),
        "saves_on_stop": True,
        "versions": {"mikazuki": __version__, "python": sys.version.split()[0]},
    }


def files(tagging: Tagging) -> dict[str, str]:
    """Return what is frozen in a job's folder."""
    return {CONFIG_FILE: dump_toml(tagging.settings)}


def make_job(tagging: Tagging) -> Job:
    """Make the folder of a job that starts at once; raises ``dataset-in-use``, ``disk-full``, ``not-writable``."""
    queue = Queue(tagging.jobs_dir)
    with queue.changing():
        _check_jobs(tagging, queue)
        return create(tagging.jobs_dir, tagging.name, files(tagging), lambda folder: facts(tagging, folder))


def put(queue: Queue, tagging: Tagging, wish: Wish | None = None) -> Job:
    """Put a checked run into the queue; raises ``dataset-in-use``, ``disk-full``, ``not-writable``."""
    wish = wish or Wish()
    needs = len(wish.gpus) or needs_of(tagging.settings)
    place = Place(not_before=wish.not_before, gpus=wish.gpus, held=wish.held, needs=needs)
    with queue.changing():
        _check_jobs(tagging, queue)
        new = NewJob(tagging.name, files(tagging), lambda folder: facts(tagging, folder), place, wish.position)
        return queue.add(new)


def _check_jobs(tagging: Tagging, queue: Queue) -> None:
    if tagging.settings.dry_run:
        return
    for job, other in outputs(queue):
        if job.facts().get("program") == NAME and other == tagging.place:
            raise MikazukiError(
                "dataset-in-use",
                f"The job {job.id}, which has not ended yet, writes captions in {tagging.place} as well.",
                "Wait for it, or stop it first.",
            )


def take_back(name: str, jobs_dir: Path) -> tuple[Job, Undone]:
    """Give the captions that a job wrote their old content back.

    Raises:
        MikazukiError: ``job-not-found``, ``job-ambiguous``, ``job-running``, and what `history.undo` raises.
    """
    job = find_job(name, jobs_dir)
    if not Queue(job.folder.parent).status(job).over:
        raise MikazukiError("job-running", f"The job {job.id} has not ended yet.", "Stop it first.")
    return job, undo(job.folder)
