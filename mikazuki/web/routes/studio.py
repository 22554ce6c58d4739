"""The studio itself, its machine, its preferences and its doctor."""

from dataclasses import asdict

from fastapi import APIRouter

from mikazuki.web.answers.base import Done
from mikazuki.web.answers.jobs import LogPart
from mikazuki.web.answers.studio import FindingAnswer, MachineReading, Preferences, StudioAnswer, Webhook
from mikazuki.web.studio import StudioDep

router = APIRouter(prefix="/api", tags=["studio"])

LOG_BYTES = 100_000
"""How much of the end of the studio's log is shown."""


@router.get("/studio")
def show(studio: StudioDep) -> StudioAnswer:
    """Return what the page must know before it draws anything."""
    from mikazuki.web.overview import overview

    return overview(studio)


@router.get("/machine")
def machine(studio: StudioDep) -> MachineReading:
    """Return what the machine is doing now."""
    return studio.machine.read()


@router.get("/doctor")
def doctor(studio: StudioDep) -> list[FindingAnswer]:
    """Look at everything; takes seconds."""
    from mikazuki.preparing.doctor import examine

    return [FindingAnswer.model_validate(asdict(finding)) for finding in examine(studio.paths)]


@router.get("/preferences")
def preferences(studio: StudioDep) -> Preferences:
    """Return what a person chose."""
    return studio.chosen()


@router.put("/preferences")
def choose(wanted: Preferences, studio: StudioDep) -> Preferences:
    """Keep what a person chose."""
    return studio.preferences.save(wanted)


@router.post("/preferences/webhook-test")
def try_webhook(hook: Webhook) -> Done:
    """Send one message to a webhook; 4xx with the reason where it fails."""
    from mikazuki.web.notices import try_hook

    try_hook(hook)
    return Done()


@router.get("/log")
def log(studio: StudioDep) -> LogPart:
    """Return the end of the log of the studio itself, to be copied."""
    from mikazuki.jobs.logs import read_part

    return LogPart(**asdict(read_part(studio.paths.logs / studio.log_name, -LOG_BYTES, LOG_BYTES)))
