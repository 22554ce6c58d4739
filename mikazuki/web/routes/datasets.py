"""Data sets below train/: pictures, captions, uploads."""

from typing import Annotated

from fastapi import APIRouter, Query, UploadFile

from mikazuki.web.answers.files import (
    Binned,
    CaptionEdit,
    CaptionMade,
    Dataset,
    NewDataset,
    PathRequest,
    PicturePage,
    PictureQuery,
    UploadAnswer,
)
from mikazuki.web.studio import StudioDep

# What does the work is imported when a request first needs it: the studio must answer at once.

router = APIRouter(prefix="/api/datasets", tags=["datasets"])


@router.get("")
def listed(studio: StudioDep) -> list[Dataset]:
    """Return the data sets: all folders below train/, and those with pictures below folders that a person added."""
    from mikazuki.web.dataset_answers import all_data_sets

    return all_data_sets(studio)


@router.post("", status_code=201)
def make(wanted: NewDataset, studio: StudioDep) -> Dataset:
    """Make a data set."""
    from mikazuki.web.dataset_answers import new_data_set

    return new_data_set(studio, wanted)


@router.get("/one")
def show(path: str, studio: StudioDep) -> Dataset:
    """Return one data set."""
    from mikazuki.web.dataset_answers import one_data_set

    return one_data_set(studio, path)


@router.get("/pictures")
def pictures(query: Annotated[PictureQuery, Query()], studio: StudioDep) -> PicturePage:
    """Return pictures of a folder, by name; text is looked for in names and captions."""
    from mikazuki.web.dataset_answers import picture_page

    return picture_page(studio, query)


@router.put("/caption")
def edit_caption(edit: CaptionEdit, studio: StudioDep) -> CaptionMade:
    """Write one caption; 409 where the file has changed since it was read."""
    from mikazuki.web.dataset_answers import edited_caption

    return edited_caption(studio, edit)


@router.post("/upload")
def upload(path: str, files: list[UploadFile], studio: StudioDep) -> UploadAnswer:
    """Add pictures, captions and zip files to a folder; names keep their folders."""
    from mikazuki.web.dataset_answers import uploaded

    return uploaded(studio, path, [(file.filename or "", file.file) for file in files])


@router.post("/delete")
def delete(wanted: PathRequest, studio: StudioDep) -> Binned:
    """Put a picture with its caption, or a data set, into the bin."""
    from mikazuki.web.dataset_answers import binned

    return Binned(ids=binned(studio, wanted.path))
