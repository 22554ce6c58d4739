"""What a training will see: its batches, and the crops in them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from mikazuki.web.answers.preview import CropQuery, PreviewAnswer, PreviewRequest
from mikazuki.web.envelope import as_problems
from mikazuki.web.studio import StudioDep

# What does the work is imported when a request first needs it: the studio must answer at once.

router = APIRouter(prefix="/api/preview", tags=["preview"])


@router.post("")
def preview(wanted: PreviewRequest, studio: StudioDep) -> PreviewAnswer:
    """Show batches of an epoch as they would be trained on; problems are an answer here, no failure."""
    from mikazuki.preparing import configs
    from mikazuki.web.preview_answers import preview_answer

    refused = configs.outside(wanted.values, studio.allowed)
    if refused:
        return PreviewAnswer(problems=as_problems(refused))
    return preview_answer(studio.last_look, wanted)


@router.get("/picture", response_class=Response)
def picture(asked: Annotated[CropQuery, Query()], studio: StudioDep, request: Request) -> Response:
    """Return what is cut out of a picture, small, as the addresses of a preview name it."""
    from mikazuki.web.crops import crop_of, kept_crop
    from mikazuki.web.downloads import answer_file

    wanted = crop_of(asked, studio.allowed)
    return answer_file(request, kept_crop(studio.thumbnails, wanted), kept=bool(asked.v))
