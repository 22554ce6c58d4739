"""Turns every failure into one form: a status, and `{"errors": [{code, message, hint}]}`."""

import logging
import secrets
from collections.abc import Iterable
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.web.answers.base import Problem

logger = logging.getLogger(__name__)

NOT_FOUND: Final = ("-not-found",)
CONFLICT: Final = ("-exists", "-conflict", "-changed", "-running", "-not-queued", "-ended", "-busy", "-in-use")
"""Ends of codes that say: not now, or not under this name."""

STATUS: Final = {"outside-roots": 403}
"""Statuses that the end of a code does not tell."""

OTHERWISE: Final = 422


def status_of(error: MikazukiError) -> int:
    """Return the HTTP status of a refusal; several together are a wrong request unless all are a conflict."""
    if isinstance(error, MikazukiErrors):
        found = {status_of(one) for one in error.errors}
        return 409 if found == {409} else OTHERWISE
    if error.code in STATUS:
        return STATUS[error.code]
    if error.code.endswith(NOT_FOUND):
        return 404
    return 409 if error.code.endswith(CONFLICT) else OTHERWISE


def problems_of(error: MikazukiError) -> list[Problem]:
    """Return a refusal as the envelope holds it."""
    return as_problems(error.errors if isinstance(error, MikazukiErrors) else (error,))


def as_problems(errors: Iterable[MikazukiError]) -> list[Problem]:
    """Return refusals as answers hold them."""
    return [Problem(code=one.code, message=one.message, hint=one.hint) for one in errors]


def failure(status: int, problems: list[Problem], headers: dict[str, str] | None = None) -> JSONResponse:
    """Return the answer that says what is wrong."""
    return JSONResponse({"errors": [problem.model_dump() for problem in problems]}, status, headers)


def add_handlers(app: FastAPI) -> None:
    """Let the application answer every known kind of failure in this form."""
    app.add_exception_handler(MikazukiError, _refused)
    app.add_exception_handler(RequestValidationError, _wrong_request)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OSError, _file_problem)


def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, MikazukiError)  # noqa: S101 - registered for these
    return failure(status_of(error), problems_of(error))


def _wrong_request(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for these
    found: dict[str, Problem] = {}
    for one in error.errors():
        where = ".".join(str(part) for part in one["loc"] if part not in {"body", "query", "path"})
        found.setdefault(where, _field_problem(where, one))
    return failure(OTHERWISE, list(found.values()))


def _field_problem(where: str, error: dict[str, Any]) -> Problem:
    """Say what is wrong with one field; a union reports each of its branches, of which one is enough."""
    if error["type"] == "json_invalid":
        return Problem(code="request-wrong", message="The body of the request is no JSON.", hint="Send a JSON object.")
    what = where or "The request"
    if error["type"] == "missing":
        text = f"{what} is missing."
    elif error["type"] == "extra_forbidden":
        text = f"{what} is not known here."
    else:
        text = f"{what}: {error['msg'][:1].lower()}{error['msg'][1:]}."
    return Problem(code="request-wrong", message=text, hint="api/docs shows what each route takes.")


def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for these
    known = {
        404: ("route-not-found", "There is nothing at this address."),
        405: ("method-wrong", "Not by this method."),
    }
    code, message = known.get(error.status_code, (f"http-{error.status_code}", str(error.detail)))
    problem = Problem(code=code, message=message, hint="api/docs lists all routes.")
    return failure(error.status_code, [problem], dict(error.headers or {}))


def _file_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OSError)  # noqa: S101 - registered for these
    logger.warning("%s %s: %s", request.method, request.url.path, error)
    problem = Problem(
        code="file-not-found" if isinstance(error, FileNotFoundError) else "file-problem",
        message=f"{error.filename or 'A file'} could not be used: {error.strerror or error}.",
        hint="Check that it is there, and that the user who runs the studio may read and write it.",
    )
    return failure(404 if isinstance(error, FileNotFoundError) else OTHERWISE, [problem])


class Border:
    """ASGI middleware where the unforeseen ends: told by a number in the answer, told whole in the studio's log."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand around ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 500 where nothing was answered yet; never say what is inside."""
        begun = False

        async def send_watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send_watched)
        except Exception:
            number = secrets.token_hex(4)
            logger.exception("fault %s: %s %s", number, scope["method"], scope["path"])
            if begun:
                raise  # half an answer is out: the server must break the connection off
            problem = Problem(
                code="internal",
                message=f"Something went wrong inside the studio (fault {number}).",
                hint="logs/studio.log says more under this number; Settings shows it, to be copied.",
            )
            await failure(500, [problem])(scope, receive, send)
