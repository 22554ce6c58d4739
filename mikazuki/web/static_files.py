"""Serves the built page: files with a hash in their name are kept for good, the page itself is asked for anew."""

import mimetypes
from pathlib import Path
from typing import Final

from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from mikazuki.web.pages import not_built_page

STATIC: Final = Path(__file__).parent / "static"
ASSETS: Final = "assets"
"""Folder of the files whose names hold a hash of what is in them."""

TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
"""Told by us: a Windows registry may say otherwise, and a browser runs no script of a wrong type."""


class Page(StaticFiles):
    """The page's files; a page that says what to do where they are missing."""

    def __init__(self, directory: Path = STATIC) -> None:
        """Serve ``directory``, which may be missing."""
        super().__init__(directory=directory, html=True, check_dir=False)
        self._index = directory / "index.html"
        for suffix, kind in TYPES.items():
            mimetypes.add_type(kind, suffix)

    async def check_config(self) -> None:
        """Take a missing folder as it is."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file and how long it may be kept."""
        if path in {".", "index.html"} and not self._index.is_file():
            return HTMLResponse(not_built_page(), status_code=503, headers={"Cache-Control": "no-store"})
        answer = await super().get_response(path, scope)
        if isinstance(answer, FileResponse) or answer.status_code == 304:
            hashed = path.replace("\\", "/").startswith(ASSETS + "/")
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return answer
