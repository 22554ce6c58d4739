"""Makes small pictures and keeps them in logs/.thumbnails, the oldest ones going first."""

import hashlib
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from mikazuki.errors import MikazukiError
from mikazuki.files import write_bytes

FOLDER: Final = ".thumbnails"
SIDES: Final = (64, 128, 256, 512, 1024)
"""Longest sides that are made; a wish gets the next larger one."""

MOST_BYTES: Final = 300_000_000
SWEPT_AFTER: Final = 500
"""New pictures between two looks at the size of the whole."""

AT_ONCE: Final = 2
"""Pictures decoded at the same time: a large one takes some hundred MB."""


class Thumbnails:
    """The kept small pictures."""

    def __init__(self, logs: Path, most_bytes: int = MOST_BYTES) -> None:
        """Keep them below ``logs``, in ``most_bytes`` at most (looked at now and then)."""
        self.folder = logs / FOLDER
        self._most = most_bytes
        self._made = 0
        self._sweeping = threading.Lock()
        self._decoding = threading.BoundedSemaphore(AT_ONCE)

    def get(self, picture: Path, side: int) -> Path:
        """Return the file of a WebP not larger than the next of `SIDES`; it is made where there is none yet.

        Raises MikazukiError ``picture-not-found`` or ``picture-broken``.
        """
        modified, size = stamp(picture)
        longest = next((one for one in SIDES if one >= side), SIDES[-1])
        return self.kept(f"{picture}\n{modified}\n{size}\n{longest}", partial(small_picture, picture, longest))

    def kept(self, told: str, make: Callable[[], bytes]) -> Path:
        """Return the file of the WebP that all of ``told`` names; ``make`` makes it where there is none yet."""
        key = hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:32]
        kept = self.folder / key[:2] / f"{key}.webp"
        if not kept.is_file():
            with self._decoding:
                write_bytes(kept, make())
            self._count_one()
        return kept

    def _count_one(self) -> None:
        self._made += 1
        if self._made % SWEPT_AFTER == 0 and self._sweeping.acquire(blocking=False):
            try:
                self.sweep()
            finally:
                self._sweeping.release()

    def sweep(self) -> None:
        """Remove the oldest until three quarters of the allowed bytes are left, if there are more than allowed."""
        files = [(item.stat(), item) for item in self.folder.rglob("*.webp")]
        total = sum(known.st_size for known, _ in files)
        if total <= self._most:
            return
        for known, item in sorted(files, key=lambda pair: pair[0].st_mtime):
            if total <= self._most * 3 // 4:
                return
            with suppress(OSError):
                item.unlink()
                total -= known.st_size


def stamp(picture: Path) -> tuple[int, int]:
    """Return when a file was written (ns) and its bytes; raises MikazukiError ``picture-not-found``."""
    try:
        known = picture.stat()
    except OSError as error:
        raise MikazukiError("picture-not-found", f"{picture} is not there.", "It may have been moved.") from error
    return known.st_mtime_ns, known.st_size


def small_picture(picture: Path, longest: int) -> bytes:
    """Return a picture as WebP, its longest side at most ``longest``, turned as its EXIF says.

    Raises MikazukiError ``picture-broken``.
    """
    import io
    import warnings

    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a huge picture is shown small; beyond twice Pillow's limit it is refused
            with Image.open(picture) as opened:
                opened.draft("RGB", (longest * 2, longest * 2))
                turned = ImageOps.exif_transpose(opened)
                turned.thumbnail((longest, longest))
                clear = turned.has_transparency_data
                out = io.BytesIO()
                turned.convert("RGBA" if clear else "RGB").save(out, "WEBP", quality=82, method=3)
                return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MikazukiError(
            "picture-broken",
            f"{picture} cannot be read as a picture: {error}.",
            "Open it in an image editor and save it anew, or take it out of the data set.",
        ) from error
