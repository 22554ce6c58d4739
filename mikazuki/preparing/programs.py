"""From what a form or a file asks of a program to a job that can start: read, check, freeze, put into the queue."""

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from PIL import Image

from mikazuki import __version__
from mikazuki.data import mask_models, mask_plan, prepare_plan
from mikazuki.data.folders import Notice
from mikazuki.data.picture_report import Report, ReportOptions, make_report
from mikazuki.data.scan_cache import cached_scan
from mikazuki.engines.builtin import ENVIRONMENT
from mikazuki.errors import MikazukiError
from mikazuki.jobs.folder import CONFIG_FILE, Job
from mikazuki.jobs.place import Place
from mikazuki.jobs.queue import START_KEY, NewJob, Queue
from mikazuki.models.building import examine_build
from mikazuki.models.conversion import examine_conversion, outputs
from mikazuki.paths import repository
from mikazuki.preparing import tagging
from mikazuki.preparing.config_files import FORM
from mikazuki.preparing.configs import no_path
from mikazuki.preparing.hub_models import is_repository
from mikazuki.preparing.needs import needs_of
from mikazuki.preparing.queueing import OUTPUT_KEY, Wish
from mikazuki.preparing.queueing import outputs as outputs_of_jobs
from mikazuki.preparing.taggers import taggers
from mikazuki.settings.base import Settings
from mikazuki.settings.build_checkpoint import BuildSettings
from mikazuki.settings.convert import ConvertSettings
from mikazuki.settings.fetch import FetchSettings, folder_of
from mikazuki.settings.form import Form
from mikazuki.settings.load import dump_toml, load_toml, parse
from mikazuki.settings.masking import MaskSettings
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.settings.program_forms import MASKS, Program, form_of_program, program
from mikazuki.settings.saved_state import read_saved
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.captions import is_captioned

ROWS: Final = 100
"""Copies that a check of pictures names one by one."""

_NAMED_MODELS: Final = frozenset({tagging.NAME, MASKS.name})
"""Programs whose model may be a path, or a name."""

Facts = Mapping[str, int | str | bool]
"""What a check found, by name: counts, names, yes or no."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A run of a program that nothing stops."""

    settings: Settings
    facts: Facts
    put: Callable[[Queue, Wish], Job]
    """Puts it into the queue; raises where another job that has not ended writes the same."""
    notices: tuple[Notice, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    """What would be written: path within the source -> path within the output, the first `ROWS`."""


def form(name: str, root: Path) -> Form:
    """Return a program's form with good values for its options; raises MikazukiError ``program-not-found``."""
    suggestions: dict[str, list[str]] = {}
    if name == tagging.NAME:
        models_dir = root / str(TagSettings.model_fields["models_dir"].default)
        rows = taggers(models_dir)
        suggestions["model"] = [row.name for row in sorted(rows, key=lambda row: not row.here)]
    if name == MASKS.name:
        suggestions["model"] = mask_models.models_in(root / str(MaskSettings.model_fields["models_dir"].default))
    return form_of_program(name, suggestions)


def outside(
    wanted: Program, values: Mapping[str, Any], base: Path, allowed: Callable[[str], object]
) -> list[MikazukiError]:
    """Return a refusal for every path among the values that is none, or lies elsewhere than it may.

    Args:
        wanted: The program.
        values: Option -> value.
        base: Where relative paths begin.
        allowed: Raises MikazukiError for a path that may not be used.
    """
    found: list[MikazukiError] = []
    for name, text in _paths(wanted, values):
        if wrong := no_path(name, text):
            found.append(wrong)
            continue
        try:
            named = [text] if name in wanted.paths else _places_of_model(wanted, values, base)
            for path in (*named, *(_inside_state(base / text) if (wanted.name, name) == ("build", "state") else ())):
                allowed(path)
        except MikazukiError as error:
            found.append(MikazukiError(error.code, f"{name}: {error.message}", error.hint))
    return found


def _inside_state(state: Path) -> list[str]:
    """Return the files that a state's settings name, which are read with it; none where it cannot be read."""
    try:
        told = read_saved(state).settings
    except MikazukiError:
        return []
    return [path for path in (told.pretrained_model_name_or_path, told.vae, *told.base_weights) if path]


def _places_of_model(wanted: Program, values: Mapping[str, Any], base: Path) -> list[str]:
    """Return what a model's name may mean; nothing where it is the name of one at a hub."""
    models_dir = str(values.get("models_dir") or wanted.settings.model_fields["models_dir"].default)
    names = (str(values["model"]), f"{values['model']}{mask_models.MODEL_SUFFIX}")
    return [str(path) for name in names for path in (base / name, base / models_dir / name) if path.exists()]


def _paths(wanted: Program, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the options that name a path, and a tagging's model, which may be a folder."""
    names = [*wanted.paths, *(["model"] if wanted.name in _NAMED_MODELS else [])]
    yield from ((name, text) for name in names if isinstance(text := values.get(name), str) and text.strip())


def read(wanted: Program, values: Mapping[str, Any], base: Path) -> Settings:
    """Return settings whose paths are absolute.

    Args:
        wanted: The program.
        values: Option -> value.
        base: Where relative paths begin.

    Raises:
        MikazukiError: ``settings-wrong``.
    """
    defaults = {name: wanted.settings.model_fields[name].default for name in wanted.paths}
    given = {**{name: value for name, value in defaults.items() if isinstance(value, str)}, **values}
    for name, text in _paths(wanted, given):
        if name in wanted.paths or (base / text).exists():
            given[name] = os.path.normpath(base / text)
    found = parse(wanted.settings, given, FORM)
    return tagging.absolute(found) if isinstance(found, TagSettings) else found


def going_on(queue: Queue, job_id: str) -> Settings:
    """Return the settings of a tagging that goes on where an earlier one ended.

    Raises:
        MikazukiError: ``job-not-found``, ``job-ambiguous``; ``job-wrong`` where it was no tagging; ``job-running``.
    """
    job = queue.find(job_id)
    if job.facts().get("program") != tagging.NAME:
        raise MikazukiError("job-wrong", f"The job {job.id} tags no pictures.", "Retry it instead.")
    if not queue.status(job).over:
        raise MikazukiError("job-running", f"The job {job.id} has not ended yet.", "Stop it first.")
    return tagging.read_settings(None, {"resume": str(job.folder)}, queue.jobs_dir)


def look(settings: PrepareSettings, caches: Path) -> Report:
    """Decode every picture of the folder and report what to look at; raises as `cached_scan` does.

    Args:
        settings: Which folder, and the size that pictures are held against.
        caches: Folder that keeps what scans saw.
    """
    # the scan has a bound of its own, and says so in words
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        scan = cached_scan(Path(settings.image_dir), caches, recursive=settings.recursive or settings.by_folder)
    return make_report(scan, ReportOptions(settings.resolution))


def read_file(wanted: Program, config: Path) -> Settings:
    """Return the settings of a file, its relative paths beginning here; raises as `read` and `load_toml` do."""
    return read(wanted, load_toml(config), Path.cwd())


def examine(settings: Settings) -> Checked:
    """Look for whatever would stop a run.

    Raises:
        MikazukiError: What the program's own check raises; `MikazukiErrors` where that is several things.
    """
    return _EXAMINE[type(settings)](settings)


def _tag(settings: TagSettings) -> Checked:
    found = tagging.check(settings)
    pictures = found.found.pictures
    captioned = sum(_is_captioned(picture, settings.caption_extension) for picture in pictures)
    facts: Facts = {
        "pictures": len(pictures),
        "captioned": captioned,
        "model": found.source.name,
        "model_here": found.kind is not None,
    }
    return Checked(settings, facts, partial(_put_tagging, found), found.notices)


def _put_tagging(found: tagging.Tagging, queue: Queue, wish: Wish) -> Job:
    return tagging.put(queue, found, wish)


def _is_captioned(picture: Path, extension: str) -> bool:
    try:
        return is_captioned(picture, extension)
    except MikazukiError:
        return True  # there is something, though nobody can read it


def _prepare(settings: PrepareSettings) -> Checked:
    prepare_plan.check_places(settings)
    for name in ("upscale_model", "matting_model"):
        if (model := getattr(settings, name)) and not Path(model).is_file():
            raise MikazukiError("model-not-found", f"The model {model} ({name}) does not exist.", "Name an .onnx file.")
    found = prepare_plan.find_sources(settings)
    plan = prepare_plan.make_plan(settings, prepare_plan.sources_of(found), found)
    copies = len(plan.items) * (2 if settings.mirror else 1)
    facts = {
        "pictures": len(found.pictures),
        "videos": len(found.videos),
        "copies": copies,
        "folders": len({item.folder for item in plan.items}),
        "masks": sum(item.mask is not None for item in plan.items),
    }
    rows = tuple((str(item.source.name), f"{item.key}.{settings.image_format}") for item in plan.items[:ROWS])
    put = partial(_put, program("prepare"), settings, Path(settings.output_dir))
    return Checked(settings, facts, put, (*found.notices, *plan.notices), rows)


def _masks(settings: MaskSettings) -> Checked:
    plan = mask_plan.make_plan(settings)
    facts = {"pictures": len(plan.items), "masks": len(plan.items) - len(plan.wanted)}
    items = plan.wanted if settings.existing == "keep" else plan.items
    rows = tuple((item.name, str(item.place.relative_to(plan.output))) for item in items[:ROWS])
    return Checked(settings, facts, partial(_put, MASKS, settings, plan.output), plan.notices, rows)


def _convert(settings: ConvertSettings) -> Checked:
    info = examine_conversion(settings)
    path = Path(settings.model_to_save)
    facts = {"family": info.family, "prediction_type": info.prediction_type, "bytes": info.bytes}
    rows = tuple((info.path.name, str(one)) for one in outputs(path, info))
    return Checked(settings, facts, partial(_put, program("convert"), settings, path), rows=rows)


def _build(settings: BuildSettings) -> Checked:
    found = examine_build(settings)
    facts: Facts = {"family": found.info.family, "prediction_type": found.info.prediction_type}
    if found.saved:
        told = {"images": found.saved.images, "epochs": found.saved.epoch}
        facts = {**facts, **told}
    rows = tuple((found.info.path.name, str(one)) for one in found.files)
    return Checked(settings, facts, partial(_put, program("build"), settings, found.path), rows=rows)


def _fetch(settings: FetchSettings) -> Checked:
    if not is_repository(settings.repository):
        raise MikazukiError(
            "settings-wrong", f"repository {settings.repository!r} is none.", "Write owner/name, as its page says it."
        )
    folder = Path(settings.models_dir) / folder_of(settings.repository)
    if folder.exists():
        raise MikazukiError("output-exists", f"{folder} is there already.", "Use it, or delete it first.")
    rows = ((settings.repository, str(folder)),)
    return Checked(settings, {}, partial(_put, program("fetch"), settings, folder), rows=rows)


_EXAMINE: Final[Mapping[type[Settings], Callable[[Any], Checked]]] = MappingProxyType(
    {
        TagSettings: _tag,
        PrepareSettings: _prepare,
        MaskSettings: _masks,
        ConvertSettings: _convert,
        BuildSettings: _build,
        FetchSettings: _fetch,
    }
)


def _put(wanted: Program, settings: Settings, output: Path, queue: Queue, wish: Wish) -> Job:
    """Freeze a run and put it into the queue.

    Raises:
        MikazukiError: ``output-in-use`` where another job that has not ended writes the same; ``disk-full``,
            ``not-writable``.
    """
    name = f"{wanted.name}-{output.name}"
    needs = len(wish.gpus) or needs_of(settings)
    place = Place(not_before=wish.not_before, gpus=wish.gpus, held=wish.held, needs=needs)
    with queue.changing():
        for job, other in outputs_of_jobs(queue):
            if other == output:
                raise MikazukiError(
                    "output-in-use",
                    f"The job {job.id}, which has not ended yet, writes {output} as well.",
                    "Wait for it, name another place, or stop that job first.",
                )
        files = {CONFIG_FILE: dump_toml(settings)}
        return queue.add(NewJob(name, files, partial(_facts, wanted, name, output, needs), place, wish.position))


def _facts(wanted: Program, name: str, output: Path, needs: int, folder: Path) -> dict[str, Any]:
    """Return ``job.json``: what starts the job again, and what is to be known of it."""
    command = [sys.executable, "-m", wanted.module, "--config_file", str(folder / CONFIG_FILE)]
    start = {"command": command, "environment": dict(ENVIRONMENT), "cwd": str(repository().root)}
    return {
        "program": wanted.name,
        "name": name,
        "method": wanted.name,
        "family": "",
        "engine": "builtin",
        **start,
        START_KEY: start,
        OUTPUT_KEY: str(output),
        "needs": needs,
        "saves_on_stop": True,
        "versions": {"mikazuki": __version__, "python": sys.version.split()[0]},
    }
