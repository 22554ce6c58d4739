"""Masks of a data set's pictures: what is there, something to paint on, save, take away."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from mikazuki.web.answers.masks import LayerQuery, MaskGuess, MaskQuery, MaskSheet, SeenMask
from mikazuki.web.studio import StudioDep

# What does the work is imported when a request first needs it: the studio must answer at once.

router = APIRouter(prefix="/api/datasets/mask", tags=["masks"])

PNG: Final = "image/png"
_PICTURE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {PNG: {"schema": {"type": "string", "format": "binary"}}}}
}
_BODY: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": {PNG: {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get("")
def show(query: Annotated[MaskQuery, Query()], studio: StudioDep) -> MaskSheet:
    """Return a picture with all that is known of its mask."""
    from mikazuki.web.mask_answers import sheet

    return sheet(studio, query)


@router.get("/layer", response_class=Response, responses=_PICTURE)
def layer(query: Annotated[LayerQuery, Query()], studio: StudioDep) -> Response:
    """Return something to paint on, a grey PNG of the working size."""
    from mikazuki.web import mask_answers

    return _png(mask_answers.layer(studio, query))


@router.post("/guess", response_class=Response, responses=_PICTURE)
def guess(asked: MaskGuess, studio: StudioDep) -> Response:
    """Return what a model makes of a picture, as a layer; nothing is saved."""
    from mikazuki.web.mask_answers import guessed

    return _png(guessed(studio, asked))


@router.put("", openapi_extra=_BODY)
async def save(query: Annotated[SeenMask, Query()], studio: StudioDep, request: Request) -> MaskSheet:
    """Write a painted mask, a PNG of 32 MB at most; 409 where the mask has changed since it was read."""
    from mikazuki.web import mask_answers

    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > mask_answers.MOST_BYTES:
            raise mask_answers.too_large()
    return await run_in_threadpool(mask_answers.save, studio, query, bytes(data))


@router.delete("")
def remove(query: Annotated[SeenMask, Query()], studio: StudioDep) -> MaskSheet:
    """Take a mask away; it stays as a former version. 409 where it has changed since it was read."""
    from mikazuki.web import mask_answers

    return mask_answers.remove(studio, query)


def _png(data: bytes) -> Response:
    return Response(data, media_type=PNG, headers={"Cache-Control": "private, no-store"})
