"""Folders to choose from, downloads and thumbnails, below the allowed roots."""

from typing import Literal

from fastapi import APIRouter, Request, Response

from mikazuki.web.answers.files import Entry, Listing, NewFolder
from mikazuki.web.studio import StudioDep

router = APIRouter(prefix="/api/files", tags=["files"])


@router.get("")
def listed(
    studio: StudioDep, path: str = "", kind: Literal["any", "folder", "model", "picture", "settings"] = "any"
) -> Listing:
    """Return what is in a folder; no path: the roots."""
    from mikazuki.web.listing import list_folder, list_roots

    if not path:
        return list_roots(studio.named_roots())
    folder = studio.allowed(path)
    return list_folder(folder, kind, "" if studio.roots().is_root(folder) else str(folder.parent))


@router.post("/folder")
def make(wanted: NewFolder, studio: StudioDep) -> Entry:
    """Make a folder; 409 where there is something of that name."""
    from mikazuki.web.listing import entry_of, make_folder

    return entry_of(make_folder(studio.allowed(wanted.path)))


@router.get("/raw", response_class=Response)
def raw(path: str, studio: StudioDep, request: Request, *, download: bool = False, v: str = "") -> Response:
    """Return a file; one asked for by its version (`v`) may be kept for good."""
    from mikazuki.web.downloads import answer_file

    return answer_file(request, studio.allowed(path), download=download, kept=bool(v))


@router.get("/thumbnail", response_class=Response)
def thumbnail(path: str, studio: StudioDep, request: Request, side: int = 256, v: str = "") -> Response:
    """Return a small JPEG or WebP of a picture, kept for the next time."""
    from mikazuki.web.downloads import answer_file

    small = studio.thumbnails.get(studio.allowed(path), side)
    return answer_file(request, small, kept=bool(v))
