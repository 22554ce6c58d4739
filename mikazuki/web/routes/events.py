"""Event streams (text/event-stream), replayed from any place.

``/api/stream``: a snapshot, then changes: ``jobs`` {jobs, removed}, ``queue`` {paused, order}, ``machine`` a reading.
``/api/jobs/{id}/events``: each event of the job as it stands in its file, with the offset behind it as its id; after
the last event of a job that has ended ``end``. A comment each 15 seconds keeps proxies awake.
"""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from mikazuki.web.studio import StudioDep

router = APIRouter(prefix="/api", tags=["events"])

KIND: Final = "text/event-stream"
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Nothing in between may keep or collect what streams."""


@router.get("/stream")
async def everything(studio: StudioDep) -> StreamingResponse:
    """Stream what changes in the studio: see the module."""
    return StreamingResponse(studio.hub.listen(), media_type=KIND, headers=HEADERS)


@router.get("/jobs/{job_id}/events")
async def of_job(job_id: str, studio: StudioDep, request: Request, start: int = 0) -> StreamingResponse:
    """Stream a job's events from an offset in bytes; Last-Event-ID goes on from there."""
    job = await studio.followers.find(job_id)
    last = request.headers.get("last-event-id", "")
    begin = int(last) if last.isascii() and last.isdigit() else start
    return StreamingResponse(studio.followers.follow(job, begin), media_type=KIND, headers=HEADERS)
