"""The studio as an application: its routes, its page, how failures are answered, what runs beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from mikazuki import __version__
from mikazuki.paths import repository
from mikazuki.web.answers.base import Failure
from mikazuki.web.beside import running_beside
from mikazuki.web.envelope import Border, add_handlers
from mikazuki.web.guard import TENSORBOARD, Guard, Policy
from mikazuki.web.pages import routes_page
from mikazuki.web.proxy import Proxy
from mikazuki.web.routes import ROUTERS
from mikazuki.web.static_files import STATIC, Page
from mikazuki.web.studio import Studio

AS_THEY_ARE = ("/api/files/raw", TENSORBOARD)
"""Paths whose answers are not compressed: large files, and what is compressed already."""


class Compressed:
    """ASGI middleware that compresses the page and JSON; streams of events and pictures go as they are."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self._plain = app
        self._gzip = GZipMiddleware(app, minimum_size=1000, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose by the path."""
        plain = scope["type"] != "http" or scope["path"].startswith(AS_THEY_ARE)
        await (self._plain if plain else self._gzip)(scope, receive, send)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    studio: Studio = app.state.studio
    with running_beside(studio):
        yield


def create_app(studio: Studio | None = None, page: Path = STATIC) -> FastAPI:
    """Return the application, open to whoever reaches it; `guarded` puts the guard before it.

    Args:
        studio: What the routes share; by default one of the project's own folders.
        page: Folder of the built page, which may be missing.
    """
    app = FastAPI(
        title="Mikazuki",
        version=__version__,
        responses={"4XX": {"model": Failure}, "5XX": {"model": Failure}},
        docs_url=None,  # FastAPI's own pages load from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_lifespan,
    )
    app.state.studio = studio or Studio(repository())
    for router in ROUTERS:
        app.include_router(router)
    add_handlers(app)
    app.add_middleware(Compressed)
    app.add_middleware(Border)

    @app.get("/api/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        """Show all routes."""
        return HTMLResponse(routes_page(app.openapi()))

    app.mount(TENSORBOARD, Proxy(lambda: app.state.studio.tensorboard.address))
    app.mount("/", Page(page))
    return app


def guarded(studio: Studio, policy: Policy) -> Guard:
    """Return the application as it may stand on an address: with the guard before it."""
    return Guard(create_app(studio), policy)
