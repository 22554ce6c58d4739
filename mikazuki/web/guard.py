"""Stands before every route: who may ask, from which page, and which headers every answer carries."""

import hashlib
import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mikazuki.web.pages import entered_page, token_page

LOOPBACK_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing, here as everywhere."""

COOKIE_DAYS: Final = 30
CONTENT_POLICY: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-src 'self'; "
    "frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
"""What the page may load: itself alone. The library of components writes its styles into the document."""

TENSORBOARD: Final = "/tensorboard"
"""Path below which TensorBoard answers, with a content policy of its own."""


@dataclass(frozen=True)
class Policy:
    """Who may ask."""

    token: str | None = None
    """What every request must show; None: whoever reaches the address."""
    hosts: frozenset[str] = LOOPBACK_NAMES
    """Names under which a studio without a token is reached: other ones mean that a foreign page's name was made to
    point here (DNS rebinding). With a token any name will do, for no foreign page has the token's cookie."""

    @property
    def cookie(self) -> str:
        """Name of the token's cookie; several studios on one machine share a browser's cookies and must not clash."""
        return "mikazuki_" + hashlib.sha256((self.token or "").encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Refusal:
    """Why a request is not let through."""

    status: int
    code: str
    message: str
    hint: str


FOREIGN_HOST: Final = Refusal(
    403,
    "host-refused",
    "This studio answers only under the names 127.0.0.1 and localhost.",
    "Open it under one of these, or start it with --listen (or --token) to reach it by another name.",
)
FOREIGN_PAGE: Final = Refusal(
    403,
    "origin-refused",
    "The request comes from another site's page, which may change nothing here.",
    "Use the studio's own page, or a program that sends no Origin header.",
)
NO_TOKEN: Final = Refusal(
    401,
    "token-needed",
    "This studio wants its token, and the request shows none or a wrong one.",
    "Open the link that was printed when the studio was started, or send the header Authorization: Bearer TOKEN.",
)


class Guard:
    """ASGI middleware that lets through what `Policy` permits; pages, files, pictures and streams alike."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        """Stand before ``app``."""
        self.app = app
        self.policy = policy
        self._digest = _digest((policy.token or "").encode("utf-8", "surrogateescape"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refused request here; hand the others on, with headers added to their answers."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks by web socket
            await send({"type": "websocket.close", "code": 1008})
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        headers = Headers(scope=scope)
        entering = self._entering(scope, headers)
        refusal = None if entering else self._refusal(scope["method"], headers)
        target = entering or (_refused(refusal, headers, scope) if refusal else self.app)
        await target(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> Refusal | None:
        if self.policy.token is None and host_name(headers.get("host", "")) not in self.policy.hosts:
            return FOREIGN_HOST
        if self.policy.token is not None and not self._shows_token(headers):
            return NO_TOKEN
        if method not in READING and is_foreign(headers):
            return FOREIGN_PAGE
        return None

    def _shows_token(self, headers: Headers) -> bool:
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._is_token(bearer.strip().encode("latin-1")):
            return True
        cookies: SimpleCookie = SimpleCookie()
        for line in headers.getlist("cookie"):
            try:
                cookies.load(line)
            except CookieError:
                continue
        shown = cookies.get(self.policy.cookie)
        return shown is not None and hmac.compare_digest(shown.value.encode(), self._digest.encode())

    def _is_token(self, shown: bytes) -> bool:
        """Compare in a time that says nothing about how much of it is right."""
        return hmac.compare_digest(_digest(shown), self._digest)

    def _entering(self, scope: Scope, headers: Headers) -> Response | None:
        """Return the answer to a link with the right token: its cookie, and the page without the token."""
        if self.policy.token is None or scope["method"] != "GET" or scope["path"] not in {"", "/"}:
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if not any(key == "token" and self._is_token(value.encode()) for key, value in query):
            return None
        rest = urlencode([(key, value) for key, value in query if key != "token"])
        target = "./" + (f"?{rest}" if rest else "")
        # A cookie of SameSite=Strict does not travel on a redirect that another site's link began: a page that goes
        # on by itself begins anew.
        from_elsewhere = "referer" in headers or headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
        answer = HTMLResponse(entered_page(target)) if from_elsewhere else RedirectResponse(target, status_code=303)
        answer.set_cookie(
            self.policy.cookie,
            self._digest,
            max_age=COOKIE_DAYS * 86400,
            httponly=True,
            samesite="strict",
        )
        return answer


def _digest(token: bytes) -> str:
    """Return what the cookie holds: of any token only letters and digits."""
    return hashlib.sha256(b"mikazuki studio " + token).hexdigest()


def host_name(host: str) -> str:
    """Return the name in a Host header, without the port, lower-case: ``[::1]:28000`` gives ``::1``."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def is_foreign(headers: Headers) -> bool:
    """Say whether a browser sends this from another site's page; programs that are no browsers say nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return False
    # A proxy in front may write its own name into Host and the browser's into X-Forwarded-Host, which no foreign page
    # can send: a header of its own would need our permission first.
    ours = {headers.get("host", "").lower(), headers.get("x-forwarded-host", "").split(",")[0].strip().lower()}
    return urlsplit(origin).netloc.lower() not in ours - {""}


def _add_headers(headers: MutableHeaders, path: str) -> None:
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if not path.startswith(TENSORBOARD + "/"):
        headers.setdefault("Content-Security-Policy", CONTENT_POLICY)


def _refused(refusal: Refusal, headers: Headers, scope: Scope) -> Response:
    """Answer as the asker reads: a person before a closed door gets a page, a program the envelope."""
    extra = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else {}
    extra["Cache-Control"] = "no-store"
    is_page = scope["method"] == "GET" and "text/html" in headers.get("accept", "")
    if is_page and refusal is NO_TOKEN:
        return HTMLResponse(token_page(_up_to_root(scope["path"])), refusal.status, extra)
    problem = {"code": refusal.code, "message": refusal.message, "hint": refusal.hint}
    return JSONResponse({"errors": [problem]}, refusal.status, extra)


def _up_to_root(path: str) -> str:
    """Return the way from a path to the studio's root, relative, so that a prefix in front does no harm."""
    return "../" * (path.count("/") - 1) or "./"


def is_loopback(host: str) -> bool:
    """Say whether an address to bind to is reached from this machine alone."""
    import ipaddress

    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def policy_for(host: str, token: str | None) -> Policy:
    """Return the policy of a studio bound to ``host``."""
    return Policy(token, LOOPBACK_NAMES | {host.lower()})
