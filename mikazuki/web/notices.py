"""Tells the webhooks that a person chose how jobs end."""

from typing import TYPE_CHECKING

from mikazuki.errors import MikazukiError
from mikazuki.jobs.folder import Job
from mikazuki.jobs.notify import Hook, News, notify, tell
from mikazuki.jobs.process import Status
from mikazuki.web.answers.studio import Webhook
from mikazuki.web.preferences import webhook_problem

if TYPE_CHECKING:
    from mikazuki.web.studio import Studio


def tell_end(studio: "Studio", job: Job, status: Status) -> None:
    """Tell everybody who wants to know how a job ended; failures go to the studio's log."""
    hooks = [hook_of(hook) for hook in studio.chosen().webhooks]
    if not hooks:
        return
    row = studio.index.row(job.id)
    seconds = status.ended - status.started if status.ended and status.started else None
    notify(hooks, News(job.id, row.name, str(status.state), status.reason, seconds, row.output))


def try_hook(hook: Webhook) -> None:
    """Send one message; raises MikazukiError ``webhook-wrong`` or ``webhook-failed``."""
    problem = webhook_problem(hook)
    if problem:
        raise problem
    said = tell(hook_of(hook), News("test", "test", "done", "a test message from Settings"))
    if said:
        raise MikazukiError("webhook-failed", f"The webhook could not be told: {said}.", "Check its address.")


def hook_of(hook: Webhook) -> Hook:
    """Return a webhook as the sender takes it."""
    return Hook(hook.kind, hook.url, tuple(hook.on))
