"""TensorBoard, started beside the studio and reached through it."""

from fastapi import APIRouter

from mikazuki.web.answers.files import TensorBoardRequest, TensorBoardState
from mikazuki.web.studio import Studio, StudioDep

router = APIRouter(prefix="/api/tensorboard", tags=["tensorboard"])

NEWEST = 100
"""Jobs that are shown where none are named: those of them that have curves."""


@router.get("")
def state(studio: StudioDep) -> TensorBoardState:
    """Say whether it runs."""
    return _state(studio)


@router.post("/start")
def start(wanted: TensorBoardRequest, studio: StudioDep) -> TensorBoardState:
    """Start it, or show other jobs."""
    from mikazuki.jobs.folder import all_jobs
    from mikazuki.web.curves import curves_folder

    queue = studio.queue
    jobs = [queue.find(job_id) for job_id in wanted.jobs] if wanted.jobs else all_jobs(queue.jobs_dir)[:NEWEST]
    found = {job.id: curves_folder(job, studio.paths.root) for job in jobs}
    studio.tensorboard.start({job_id: folder for job_id, folder in found.items() if folder})
    return _state(studio)


@router.post("/stop")
def stop(studio: StudioDep) -> TensorBoardState:
    """End it."""
    studio.tensorboard.stop()
    return _state(studio)


def _state(studio: Studio) -> TensorBoardState:
    board = studio.tensorboard
    return TensorBoardState(
        running=board.running, url="tensorboard/", jobs=board.jobs if board.running else [], problem=board.problem
    )
