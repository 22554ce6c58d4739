"""Tells the outside that a job has ended: webhooks as plain JSON, for Discord and for ServerChan."""

import json
import logging
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from mikazuki.text import duration

TIMEOUT_SECONDS: Final = 10.0
KINDS: Final = ("json", "discord", "serverchan")
_MOST_CHARACTERS: Final = 1800
"""Discord refuses messages beyond 2000."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hook:
    """Whom to tell, and of which ends."""

    kind: Literal["json", "discord", "serverchan"]
    url: str
    on: tuple[str, ...] = ("done", "failed")
    """States; `failed` means a lost job as well."""

    def wants(self, state: str) -> bool:
        """Say whether it is told of this end."""
        return ("failed" if state == "lost" else state) in self.on


@dataclass(frozen=True)
class News:
    """What there is to tell of a job's end."""

    id: str
    name: str
    state: str
    reason: str = ""
    seconds: float | None = None
    """How long it ran."""
    output: str | None = None

    @property
    def title(self) -> str:
        """One line."""
        return f"Mikazuki: {self.name} {self.state}"

    @property
    def text(self) -> str:
        """A few lines more: how long it took, why it ended so, what it made."""
        took = f"after {duration(self.seconds)}" if self.seconds is not None else ""
        why = self.reason if self.reason and self.reason != self.state else ""
        return "\n".join(part for part in (took, why, self.output or "", self.id) if part)


Send = Callable[[urllib.request.Request], None]


def request_for(hook: Hook, news: News) -> urllib.request.Request:
    """Return the POST that tells a hook; raises ValueError for an address that is no http(s) one."""
    if urlsplit(hook.url).scheme not in {"http", "https"} or not urlsplit(hook.url).hostname:
        raise ValueError("its address is no http:// or https:// one")
    bodies: Mapping[str, Mapping[str, Any]] = {
        "json": {
            "event": "job_ended",
            "id": news.id,
            "name": news.name,
            "state": news.state,
            "reason": news.reason,
            "seconds": news.seconds,
            "output": news.output,
        },
        "discord": {"content": f"**{news.title}**\n{news.text}"[:_MOST_CHARACTERS], "allowed_mentions": {"parse": []}},
        "serverchan": {"title": news.title[:32], "desp": news.text.replace("\n", "\n\n")[:_MOST_CHARACTERS]},
    }
    body = json.dumps(bodies[hook.kind], ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Mikazuki"}
    return urllib.request.Request(hook.url, data=body, headers=headers, method="POST")  # noqa: S310 - checked above


def _post(request: urllib.request.Request) -> None:
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - http(s) only
        answer.read(1)


def tell(hook: Hook, news: News, send: Send = _post) -> str:
    """Tell one hook and return what went wrong, empty where nothing did; addresses hold keys and are never logged."""
    try:
        send(request_for(hook, news))
    except urllib.error.HTTPError as error:
        problem = f"it answered {error.code} {error.reason}"
        error.close()
    except (OSError, ValueError) as error:
        problem = str(getattr(error, "reason", error)).replace(hook.url, "its address")
    else:
        return ""
    host = urlsplit(hook.url).hostname or "an address that cannot be read"
    _log.warning("the %s webhook at %s could not be told of %s: %s", hook.kind, host, news.id, problem)
    return problem


def notify(hooks: Sequence[Hook], news: News, send: Send = _post) -> threading.Thread | None:
    """Tell the hooks that want to know, in a thread of its own, which is returned; None where nobody wants to."""
    wanting = [hook for hook in hooks if hook.wants(news.state)]
    if not wanting:
        return None

    def work() -> None:
        for hook in wanting:
            tell(hook, news, send)

    thread = threading.Thread(target=work, name=f"notify-{news.id}", daemon=True)
    thread.start()
    return thread
