"""Fetches files from ModelScope by plain HTTP: what was begun is gone on with, what came is held against its hash."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from mikazuki.tagging.hubs import Hub

UNFINISHED: Final = ".incomplete"
"""Behind the name of a file that is being fetched; a later run goes on with it."""
TRIES: Final = 5
"""How often a broken connection is taken up again, as long as each time something came."""
SECONDS: Final = 30.0
"""Silence after which a connection counts as broken."""
CHUNK: Final = 1 << 20
NOT_SATISFIABLE: Final = 416
PARTIAL: Final = 206

Share = Callable[[float], None]
"""Told how much of a file is there, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a repository; `bytes` and `sha256` are 0 and empty where the hub does not tell."""

    path: str
    bytes: int = 0
    sha256: str = ""


class DownloadError(OSError):
    """What came is not what was asked for."""


def files_of(hub: Hub, repository: str) -> list[Listed]:
    """Return all files of a repository; raises OSError, or ValueError where the answer is none of ModelScope's."""
    address = f"{hub.home}/api/v1/models/{quote(repository)}/repo/files?Revision={hub.branch}&Recursive=true"
    with _open(address) as answer:
        told: Any = json.loads(answer.read())
    rows = told.get("Data", {}).get("Files") if isinstance(told, dict) else None
    if not isinstance(rows, list):
        raise DownloadError(f"{address} did not answer with a list of files")
    return [
        Listed(str(row["Path"]), int(row.get("Size") or 0), str(row.get("Sha256") or ""))
        for row in rows
        if isinstance(row, dict) and row.get("Path") and row.get("Type") != "tree"
    ]


def download(address: str, place: Path, wanted: Listed, share: Share) -> None:
    """Fetch one file, going on with what an earlier try left beside it; it appears whole or not at all.

    Raises:
        OSError: It could not be fetched or written; what came stays for the next try.
        DownloadError: What came has another hash than the hub tells; it is removed.
    """
    part = place.with_name(place.name + UNFINISHED)
    place.parent.mkdir(parents=True, exist_ok=True)
    tries = TRIES
    while not _continue(address, part, wanted, share):
        tries -= 1
        if not tries:
            raise DownloadError(f"{address} broke off {TRIES} times")
    if wanted.sha256 and _sha256(part) != wanted.sha256.lower():
        part.unlink()
        raise DownloadError(f"{address} came damaged: its hash is another one; it will be fetched anew")
    part.replace(place)


def _continue(address: str, part: Path, wanted: Listed, share: Share) -> bool:
    """Fetch what is missing of a file; say whether it is whole now."""
    start = part.stat().st_size if part.exists() else 0
    if wanted.bytes and start >= wanted.bytes:
        if start == wanted.bytes:
            return True
        part.unlink()
        start = 0
    try:
        with _open(address, start) as answer:
            return _take(answer, part, start, wanted.bytes, share)
    except HTTPError as error:
        if error.code != NOT_SATISFIABLE or not start:
            raise
        # nothing lies behind what is here: it is whole, or another file's
        whole = error.headers.get("Content-Range", "").rpartition("/")[2]
        error.close()
        if whole == str(start):
            return True
        part.unlink()
        return False
    except (HTTPException, TimeoutError, ConnectionError):
        if not part.exists() or part.stat().st_size <= start:
            raise
        return False


def _take(answer: HTTPResponse, part: Path, start: int, known: int, share: Share) -> bool:
    """Write what an answer brings; say whether all of it came. A server that ignores ranges begins anew."""
    goes_on = answer.status == PARTIAL
    done = start if goes_on else 0
    total = known or _length(answer, done)
    told = -1
    with part.open("ab" if goes_on else "wb") as file:
        for data in _chunks(answer):
            file.write(data)
            done += len(data)
            if total and (now := 100 * done // total) > told:
                told = now
                share(done / total)
    return not total or done >= total


def _length(answer: HTTPResponse, done: int) -> int:
    """Return how long the whole file is; 0 where the server does not say."""
    found = re.search(r"/(\d+)$", answer.headers.get("Content-Range", ""))
    if found:
        return int(found[1])
    left = answer.headers.get("Content-Length", "")
    return done + int(left) if left.isdigit() else 0


def _chunks(answer: HTTPResponse) -> Iterator[bytes]:
    while data := answer.read(CHUNK):
        yield data


def _open(address: str, start: int = 0) -> HTTPResponse:
    """Ask for an address, from a byte on; raises OSError, ValueError for an address that is none."""
    if not address.startswith(("http://", "https://")):
        raise ValueError(f"{address} is no address of the web")
    request = Request(address, headers={"Range": f"bytes={start}-"} if start else {})  # noqa: S310 - looked at above
    answer: HTTPResponse = urlopen(request, timeout=SECONDS)  # noqa: S310 - looked at above
    return answer


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
