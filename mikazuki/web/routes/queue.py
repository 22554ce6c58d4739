"""The queue: add, order, pause."""

from fastapi import APIRouter

from mikazuki.web.answers.base import Done
from mikazuki.web.answers.jobs import JobMade, JobRow, JobsAnswer, MoveRequest, NewJob, ScheduleRequest, State
from mikazuki.web.studio import StudioDep

router = APIRouter(prefix="/api", tags=["queue"])


@router.get("/jobs")
def listed(
    studio: StudioDep, state: State | None = None, text: str = "", start: int = 0, limit: int = 100
) -> JobsAnswer:
    """Return jobs: the queue in its order, then the others, newest first."""
    from mikazuki.web.job_rows import answer_row

    page = studio.index.listed(state, text, start, limit)
    return JobsAnswer(jobs=[answer_row(row) for row in page.rows], total=page.total, paused=studio.queue.paused)


@router.post("/jobs", status_code=201)
def add(wanted: NewJob, studio: StudioDep) -> JobMade:
    """Check a training and put it into the queue; 422 with every problem, 409 where files would be replaced."""
    from mikazuki.errors import MikazukiError, MikazukiErrors
    from mikazuki.preparing import queueing
    from mikazuki.preparing.configs import apart, outside

    refused = outside(wanted.values, studio.allowed)
    if refused:
        raise MikazukiErrors(refused)
    try:
        checked = queueing.check(None, wanted.values, verify=False)  # a person may not wait for thousands of pictures
    except MikazukiError as error:
        raise MikazukiErrors(apart(error)) from error
    wish = queueing.Wish(tuple(wanted.gpus), wanted.not_before, wanted.held, wanted.position, wanted.overwrite)
    return JobMade(id=queueing.put(studio.queue, checked.start, wish).id)


@router.post("/queue/pause")
def pause(studio: StudioDep) -> Done:
    """Start nothing more; what runs goes on."""
    studio.queue.pause()
    return Done()


@router.post("/queue/resume")
def go_on(studio: StudioDep) -> Done:
    """Start again what waits."""
    studio.queue.resume()
    return Done()


@router.post("/jobs/{job_id}/move")
def move(job_id: str, wanted: MoveRequest, studio: StudioDep) -> JobRow:
    """Move a queued job."""
    studio.queue.move(job_id, wanted.position)
    return studio.row(job_id)


@router.post("/jobs/{job_id}/schedule")
def schedule(job_id: str, wanted: ScheduleRequest, studio: StudioDep) -> JobRow:
    """Say when, where and whether a queued job may start."""
    studio.queue.schedule(job_id, wanted.not_before, tuple(wanted.gpus), held=wanted.held)
    return studio.row(job_id)
