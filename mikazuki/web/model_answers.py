"""Does what the routes of models ask for, and puts what comes of it into answers."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from mikazuki.data.collection import check_name
from mikazuki.errors import MikazukiError
from mikazuki.jobs.folder import Job
from mikazuki.models.identify import MODEL_ENDINGS
from mikazuki.models.library import FoundModel, Library, preview_beside
from mikazuki.models.recipe import learned, recipe
from mikazuki.models.renaming import rename_model
from mikazuki.paths import Paths
from mikazuki.preparing.model_origin import Made, Origins
from mikazuki.preparing.tidying import bin_model
from mikazuki.settings.load import load_toml
from mikazuki.web.answers.files import ModelDetail, ModelRow, ModelsAnswer, Rename
from mikazuki.web.studio import Studio

LIBRARY: Final = Library()
MOST_HASHED: Final = 256 << 20
"""Bytes of the largest file that is read whole for its hash while a person waits: a fraction of a second."""
MOST_SAMPLES: Final = 60
_BASE: Final = "pretrained_model_name_or_path"


def all_models(studio: Studio) -> ModelsAnswer:
    """Return all models below the allowed folders."""
    made = _origins(studio.paths).now()
    return ModelsAnswer(models=[_row(model, made) for model in LIBRARY.models(_folders(studio))])


def one_model(studio: Studio, path: str) -> ModelDetail:
    """Return a model with what its file says of itself; raises MikazukiError (``model-not-found``)."""
    model = LIBRARY.model(_model_path(studio, path))
    made = _origins(studio.paths).now()
    job, told = made.job_of(model.path), learned(model.metadata)
    return ModelDetail(
        row=_row(model, made),
        metadata=dict(model.metadata),
        recipe=_recipe(model, job, studio) if model.kind in {"lora", "lycoris"} else {},
        tags=list(told.tags),
        pictures=told.pictures,
        samples=[str(sample) for sample in made.samples(job)[-MOST_SAMPLES:]] if job else [],
        sha256=_sha256(model),
        trigger=told.trigger,
    )


def renamed(studio: Studio, wanted: Rename) -> ModelRow:
    """Rename a model and what lies beside it under its name."""
    path = _model_path(studio, wanted.path)
    check_name(wanted.name.strip())
    model = LIBRARY.model(rename_model(path, wanted.name))
    return _row(model, _origins(studio.paths).now())


def binned(studio: Studio, path: str) -> list[str]:
    """Put a model and what lies beside it under its name into the bin; return the ids."""
    return bin_model(studio.bin, _model_path(studio, path))


@lru_cache(maxsize=4)
def _origins(paths: Paths) -> Origins:
    return Origins(paths.root, paths.jobs)


def _folders(studio: Studio) -> Iterable[Path]:
    """Return the folders that models are looked for in: all but those of pictures, logs and settings."""
    paths = studio.paths
    return [folder for folder in studio.roots().folders if folder not in {paths.train, paths.logs, paths.config}]


def _model_path(studio: Studio, path: str) -> Path:
    """Return an allowed path that is a model by its name or by what lies in it."""
    found = studio.allowed(path)
    if (found / "model_index.json").is_file() or (found.suffix.lower() in MODEL_ENDINGS and found.is_file()):
        return found
    raise MikazukiError("model-not-found", f"There is no model at {found}.", "Look at the list again.")


def _row(model: FoundModel, made: Made) -> ModelRow:
    job = made.job_of(model.path)
    preview = preview_beside(model.path) or (made.newest_sample(job) if job else None)
    return ModelRow(
        path=str(model.path),
        name=model.path.name,
        kind=model.kind,
        family=model.family,
        bytes=model.bytes,
        modified=model.modified,
        rank=model.rank,
        layout=model.layout,
        preview=str(preview) if preview else None,
        job=job.id if job else None,
        problem=model.problem,
    )


def _recipe(model: FoundModel, job: Job | None, studio: Studio) -> dict[str, Any]:
    """Return the settings that made an adapter: its job's own, else those that its metadata tells."""
    if job:
        with suppress(MikazukiError):  # where the job's folder is damaged, the file itself still tells most of it
            return load_toml(job.config)
    values = recipe(model.metadata)
    name = values.get(_BASE)
    bases = (other for other in LIBRARY.models(_folders(studio)) if other.kind == "base") if name else ()
    found = next((str(other.path) for other in bases if name in {other.path.name, other.name}), None)
    return values | ({_BASE: found} if found else {})


def _sha256(model: FoundModel) -> str | None:
    """Return the hash of a file that is not too large to be read at once."""
    if model.path.is_dir() or model.bytes > MOST_HASHED:
        return None
    return _hash_of(model.path, model.modified)


@lru_cache(maxsize=256)
def _hash_of(path: Path, _modified: float) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
