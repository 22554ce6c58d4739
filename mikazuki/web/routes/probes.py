"""Measuring the memory of a training before it starts."""

from fastapi import APIRouter

from mikazuki.web.answers.base import Done
from mikazuki.web.answers.probes import ProbeAnswer, ProbeMade, ProbeRequest
from mikazuki.web.studio import StudioDep

# What does the work is imported when a request first needs it: the studio must answer at once.

router = APIRouter(prefix="/api", tags=["forms"])


@router.post("/probes", status_code=201)
def begin(wanted: ProbeRequest, studio: StudioDep) -> ProbeMade:
    """Measure a training in processes of its own; 422 with what stops it, 409 while jobs or another measurement run."""
    from mikazuki.errors import MikazukiError, MikazukiErrors
    from mikazuki.jobs.process import RUNS
    from mikazuki.preparing.config_files import apart
    from mikazuki.preparing.configs import asked, outside
    from mikazuki.preparing.training import Request

    refused = outside(wanted.values, studio.allowed)
    if refused:
        raise MikazukiErrors(refused)
    if any(studio.queue.status(job).state in RUNS for job in studio.queue.active()):
        raise MikazukiError("machine-in-use", "A job runs, so the memory cannot be measured.", "Wait for its end.")
    try:
        request = asked(wanted.values, verify=False)
    except MikazukiError as error:
        raise MikazukiErrors(apart(error)) from error
    if not isinstance(request, Request):
        raise MikazukiError("not-measurable", "Only sd-scripts trains this.", "Choose what the builtin engine trains.")
    if request.problems:
        raise MikazukiErrors([part for error in request.problems for part in apart(error)])
    return ProbeMade(id=studio.probes.start(request.settings, wanted.memory, wanted.language))


@router.get("/probes/{probe_id}")
def show(probe_id: str, studio: StudioDep) -> ProbeAnswer:
    """Return how far a measurement is, and what it found."""
    from mikazuki.web.probes import answer

    return answer(studio.probes.find(probe_id))


@router.delete("/probes/{probe_id}")
def stop(probe_id: str, studio: StudioDep) -> Done:
    """End a measurement; none of its processes is left then."""
    studio.probes.end(probe_id)
    return Done()
