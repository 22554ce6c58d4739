"""What a run changed, kept in its job folder so that it can be taken back, and which pictures are done."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from mikazuki.data.file_history import Change, Undone, append_records, read_records, remember, take_back
from mikazuki.errors import MikazukiError

BEFORE_FILE: Final = ".before.jsonl"
"""In a job's folder: each file that was about to be written, as it was before."""
DONE_FILE: Final = ".done.jsonl"
"""In a job's folder: the pictures that are done. Both begin with a dot so that a retried job begins its own."""

DIFFERENCES: Final = "differences.diff"
DIFFERENCES_JSON: Final = "differences.jsonl"
"""In the job's folder after a dry run: what would change, for people and for programs."""


class History:
    """Writes the two files of a job's folder."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``, going on where an earlier process was killed."""
        self._folder = folder

    def remember(self, changes: Sequence[Change]) -> None:
        """Note files as they are, safely on the disk, before they are written."""
        if changes:
            remember(self._folder / BEFORE_FILE, changes)

    def finish(self, pictures: Iterable[Path]) -> None:
        """Note pictures as done."""
        if records := [{"picture": str(picture)} for picture in pictures]:
            append_records(self._folder / DONE_FILE, records)


def done_pictures(folder: Path) -> set[str]:
    """Return the paths of the pictures that a job's folder calls done; empty where it says nothing."""
    return {str(record["picture"]) for record in read_records(folder / DONE_FILE) if "picture" in record}


def differences(folder: Path) -> list[dict[str, Any]]:
    """Return what a dry run said would change, a record a caption, as `captions.as_record` makes them."""
    return list(read_records(folder / DIFFERENCES_JSON))


def undo(folder: Path) -> Undone:
    """Give every file that a run wrote its content back, newest first; what was changed since stays as it is.

    Raises:
        MikazukiError: ``nothing-to-undo`` where the job changed no file; ``disk-full``, ``not-writable``.
    """
    if not any("before" in record for record in read_records(folder / BEFORE_FILE)):
        raise MikazukiError(
            "nothing-to-undo", f"The job {folder.name} has changed no file.", "Name a tagging job that has."
        )
    return take_back(folder / BEFORE_FILE)
