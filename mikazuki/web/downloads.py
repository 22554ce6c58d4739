"""Hands out people's own files: pictures and text shown, all else saved, nothing ever run as a page of ours."""

import os
from email.utils import formatdate
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import FileResponse

from mikazuki.errors import MikazukiError

PICTURES: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}
TEXTS: Final = frozenset(
    {".txt", ".caption", ".toml", ".json", ".jsonl", ".log", ".yaml", ".yml", ".csv", ".md", ".ps1", ".sh", ".py"}
)
TEXT: Final = "text/plain; charset=utf-8"
ANYTHING: Final = "application/octet-stream"
LOCKED: Final = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
"""Content policy of a file opened by itself: even one that a browser took for a page could do nothing."""

FRESH: Final = "private, no-cache"
FOREVER: Final = "private, max-age=31536000, immutable"
"""For addresses that name a version of the file (``&v=``)."""


def raw_url(path: Path | str, version: float | None = None) -> str:
    """Return the address of a file, relative to the studio's root; a version lets browsers keep it for good."""
    return _url("raw", path, version)


def thumbnail_url(path: Path | str, version: float | None = None) -> str:
    """Return the address of a small picture, relative to the studio's root."""
    return _url("thumbnail", path, version)


def _url(what: str, path: Path | str, version: float | None) -> str:
    end = "" if version is None else f"&v={int(version * 1000)}"
    return f"api/files/{what}?path={quote(str(path))}{end}"


def media_type(path: Path) -> str:
    """Return the type to name for a file: of pictures their own, of texts plain text, else bytes."""
    suffix = path.suffix.lower()
    return PICTURES.get(suffix) or (TEXT if suffix in TEXTS else ANYTHING)


def answer_file(request: Request, path: Path, *, download: bool = False, kept: bool = False) -> Response:
    """Return a file with ranges, or 304 where the asker has it already.

    Raises MikazukiError ``file-not-found``.
    """
    try:
        known = path.stat()
        if not path.is_file():
            raise FileNotFoundError
    except OSError as error:
        raise MikazukiError("file-not-found", f"{path} is no file.", "It may have been moved or deleted.") from error
    kind = media_type(path)
    attached = download or kind == ANYTHING
    answer = FileResponse(
        path,
        media_type=kind,
        filename=path.name if attached else None,
        stat_result=known,
        headers={"Cache-Control": FOREVER if kept else FRESH, "Content-Security-Policy": LOCKED},
    )
    return _not_modified(request, answer, known) or answer


def _not_modified(request: Request, answer: FileResponse, known: os.stat_result) -> Response | None:
    told = request.headers.get("if-none-match")
    same = told is not None and answer.headers["etag"] in [tag.strip().removeprefix("W/") for tag in told.split(",")]
    if told is None:
        same = request.headers.get("if-modified-since") == formatdate(known.st_mtime, usegmt=True)
    if not same:
        return None
    kept = {name: answer.headers[name] for name in ("etag", "last-modified", "cache-control")}
    return Response(status_code=304, headers=kept)
