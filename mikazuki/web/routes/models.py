"""Base models and adapters under the allowed roots."""

from fastapi import APIRouter

from mikazuki.web.answers.files import Binned, ModelDetail, ModelRow, ModelsAnswer, PathRequest, Rename
from mikazuki.web.studio import StudioDep

# What does the work is imported when a request first needs it: the studio must answer at once.

router = APIRouter(prefix="/api/models", tags=["models"])


@router.get("")
def listed(studio: StudioDep) -> ModelsAnswer:
    """Return all that are found; headers alone are read."""
    from mikazuki.web.model_answers import all_models

    return all_models(studio)


@router.get("/detail")
def detail(path: str, studio: StudioDep) -> ModelDetail:
    """Return one with its metadata."""
    from mikazuki.web.model_answers import one_model

    return one_model(studio, path)


@router.post("/rename")
def rename(wanted: Rename, studio: StudioDep) -> ModelRow:
    """Rename a file; 409 where there is one of that name."""
    from mikazuki.web.model_answers import renamed

    return renamed(studio, wanted)


@router.post("/delete")
def delete(wanted: PathRequest, studio: StudioDep) -> Binned:
    """Put a model into the bin."""
    from mikazuki.web.model_answers import binned

    return Binned(ids=binned(studio, wanted.path))
