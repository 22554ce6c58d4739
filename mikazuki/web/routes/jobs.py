"""One job: what it is, what it does, what came of it, and what may be asked of it."""

from dataclasses import asdict

from fastapi import APIRouter

from mikazuki.web.answers.base import Done
from mikazuki.web.answers.jobs import (
    BinRow,
    Difference,
    FileRow,
    JobDetail,
    JobMade,
    JobRow,
    LogHit,
    LogPart,
    LogSearch,
    MetricsAnswer,
    SampleRow,
    Series,
    StopRequest,
)
from mikazuki.web.studio import StudioDep

router = APIRouter(prefix="/api", tags=["jobs"])


@router.get("/jobs/{job_id}")
def show(job_id: str, studio: StudioDep) -> JobDetail:
    """Return one job."""
    from mikazuki.web.job_detail import detail

    return detail(studio, studio.queue.find(job_id))


@router.post("/jobs/{job_id}/stop")
def stop(job_id: str, wanted: StopRequest, studio: StudioDep) -> JobRow:
    """Stop a running job, or take a queued one out."""
    job = studio.queue.find(job_id)
    studio.queue.stop(job.id, wanted.how)
    return studio.row(job.id)


@router.post("/jobs/{job_id}/retry", status_code=201)
def retry(job_id: str, studio: StudioDep) -> JobMade:
    """Queue the same settings again."""
    from mikazuki.preparing import queueing

    return JobMade(id=queueing.retry(studio.queue, job_id).id)


@router.post("/jobs/{job_id}/resume", status_code=201)
def resume(job_id: str, studio: StudioDep) -> JobMade:
    """Queue the same settings, going on from the newest state."""
    from mikazuki.preparing import queueing

    return JobMade(id=queueing.resume(studio.queue, job_id).id)


@router.post("/jobs/{job_id}/sample")
def sample_now(job_id: str, studio: StudioDep) -> Done:
    """Ask a running job for sample pictures after the step under way."""
    studio.queue.ask(job_id, "sample")
    return Done()


@router.post("/jobs/{job_id}/save")
def save_now(job_id: str, studio: StudioDep) -> Done:
    """Ask a running job to save model and state after the step under way."""
    studio.queue.ask(job_id, "save")
    return Done()


@router.delete("/jobs/{job_id}")
def delete(job_id: str, studio: StudioDep) -> Done:
    """Put a job that does not run into the bin; what it made stays."""
    studio.queue.delete(job_id)
    return Done()


@router.get("/jobs/{job_id}/log")
def log(job_id: str, studio: StudioDep, start: int = -65536, limit: int = 65536) -> LogPart:
    """Return a part of its log; a negative start counts from the end."""
    from mikazuki.jobs.logs import read_part

    return LogPart(**asdict(read_part(studio.queue.find(job_id).log, start, limit)))


@router.get("/jobs/{job_id}/log/search")
def search_log(job_id: str, text: str, studio: StudioDep, limit: int = 500) -> LogSearch:
    """Search its log, case ignored."""
    from mikazuki.jobs.logs import search

    found = search(studio.queue.find(job_id).log, text, limit)
    return LogSearch(hits=[LogHit(**asdict(hit)) for hit in found.hits], total=found.total)


@router.get("/jobs/{job_id}/metrics")
def metrics(
    job_id: str, studio: StudioDep, tags: str = "", points: int = 1000, first: int = 0, last: int = 0
) -> MetricsAnswer:
    """Return its curves; tags separated by commas, none: all; first and last bound the steps."""
    wanted = [tag.strip() for tag in tags.split(",") if tag.strip()]
    curves = studio.job_data.metrics(studio.queue.find(job_id)).curves(wanted, points, first or None, last or None)
    series = {tag: Series(steps=one.steps, values=one.values, count=one.count) for tag, one in curves.series.items()}
    return MetricsAnswer(tags=curves.tags, series=series, last_step=curves.last_step)


@router.get("/jobs/{job_id}/samples")
def samples(job_id: str, studio: StudioDep) -> list[SampleRow]:
    """Return its sample pictures in the order they were drawn."""
    return studio.job_data.samples(studio.queue.find(job_id))


@router.get("/jobs/{job_id}/files")
def files(job_id: str, studio: StudioDep) -> list[FileRow]:
    """Return its files."""
    return studio.job_data.files(studio.queue.find(job_id))


@router.get("/jobs/{job_id}/diff/{other_id}")
def diff(job_id: str, other_id: str, studio: StudioDep) -> list[Difference]:
    """Compare its settings with those of another job."""
    from mikazuki.preparing.configs import differences, values_of

    left, right = (values_of(studio.queue.find(one)) for one in (job_id, other_id))
    return [Difference(option=option, left=one, right=other) for option, one, other in differences(left, right)]


@router.get("/bin")
def bin_rows(studio: StudioDep) -> list[BinRow]:
    """Return what was deleted and can be brought back."""
    return [BinRow(**asdict(row)) for row in studio.bin.rows()]


@router.post("/bin/{item_id}/restore")
def restore(item_id: str, studio: StudioDep) -> Done:
    """Bring something back to where it was."""
    studio.bin.restore(item_id)
    return Done()


@router.delete("/bin/{item_id}")
def purge(item_id: str, studio: StudioDep) -> Done:
    """Delete something for good."""
    studio.bin.purge(item_id)
    return Done()
