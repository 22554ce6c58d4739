"""Hands requests below /tensorboard/ on to the TensorBoard beside the studio: same origin, same token."""

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from mikazuki.web.answers.base import Problem
from mikazuki.web.envelope import failure

if TYPE_CHECKING:
    import httpx2

HOP: Final = frozenset(
    {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
     "upgrade", "host"}
)  # fmt: skip
"""Headers that belong to one connection."""

OURS: Final = frozenset({"cookie", "authorization", "set-cookie"})
"""Headers that TensorBoard has no business with: the token is the studio's."""

CONNECT_SECONDS: Final = 5.0


class Proxy:
    """ASGI application that answers with what another server on this machine answers."""

    def __init__(self, address: Callable[[], str | None]) -> None:
        """Ask the server at ``address()``; None means that it does not run."""
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on one request and stream its answer."""
        import httpx2  # not before the first look at TensorBoard

        address = self._address()
        if address is None:
            await _silent("TensorBoard does not run.")(scope, receive, send)
            return
        request = Request(scope, receive)
        path = scope.get("raw_path") or scope["path"].encode()
        query = scope["query_string"]
        url = address + (path + (b"?" + query if query else b"")).decode("latin-1")
        timeout = httpx2.Timeout(None, connect=CONNECT_SECONDS)
        async with httpx2.AsyncClient(timeout=timeout, trust_env=False, verify=False) as client:
            asked = client.build_request(
                request.method, url, headers=_handed_on(request.headers), content=await request.body()
            )
            try:
                answer = await client.send(asked, stream=True)
            except httpx2.TransportError as error:
                await _silent(f"TensorBoard does not answer: {error}.")(scope, receive, send)
                return
            response = StreamingResponse(_body(answer), answer.status_code)
            response.raw_headers = [
                (name, value) for name, value in answer.headers.raw if name.decode().lower() not in HOP | OURS
            ]
            await response(scope, receive, send)


async def _body(answer: "httpx2.Response") -> AsyncIterator[bytes]:
    """Yield an answer's bytes as they come, compressed if it is, and close it after."""
    try:
        async for part in answer.aiter_raw():
            yield part
    finally:
        await answer.aclose()


def _handed_on(headers: Headers) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers.items() if name not in HOP | OURS]


def _silent(message: str) -> JSONResponse:
    problem = Problem(code="tensorboard-silent", message=message, hint="Start it on the page TensorBoard.")
    return failure(503, [problem])
