"""Keeps what one person writes from going over what another one has written since."""

from pathlib import Path
from typing import Literal

from mikazuki.errors import MikazukiError


def check_seen(what: Literal["caption", "mask"], path: Path, now: float | None, seen: float | None, hint: str) -> None:
    """Refuse to write over a file that is not the one that was looked at.

    Args:
        what: What kind of file it is.
        path: Its place.
        now: When it was written, unix seconds; None: there is none.
        seen: The same as it was when it was looked at.
        hint: What to do instead.

    Raises:
        MikazukiError: `caption-changed` or `mask-changed`.
    """
    if now == seen:
        return
    how = "was removed" if now is None else "was written by somebody else" if seen is not None else "was made"
    text = f"The {what} {path} {how} since it was read; nothing has been changed."
    raise MikazukiError(f"{what}-changed", text, hint)
