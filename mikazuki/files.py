"""Writes files so that a kill at any moment leaves the old file or the new one, never a part of either."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mikazuki.errors import EXIT_FAILED, MikazukiError

PART_SUFFIX = ".part"
OLD_SUFFIX = ".old"


def part_of(path: Path) -> Path:
    """Return where this process writes what is to stand at ``path``: beside it, under a name that `sweep` knows."""
    return path.with_name(f".{path.name}.{os.getpid()}{PART_SUFFIX}")


def _sync(path: Path) -> None:
    """Flush a file or folder to the disk. Windows cannot open folders, and needs no such flush for renames."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_error(path: Path, error: OSError) -> MikazukiError:
    """Say in words why ``path`` could not be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return MikazukiError(
            "disk-full",
            f"The disk is full: {path} could not be written.",
            "Free some space or choose another output_dir; the last saved state is intact, resume from it.",
            exit_code=EXIT_FAILED,
        )
    return MikazukiError(
        "not-writable",
        f"{path} could not be written: {error.strerror or error}.",
        "Choose a folder that this user may write to, or change its permissions.",
        exit_code=EXIT_FAILED,
    )


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write a file to; on success sync it and rename it into place.

    Raises MikazukiError (``disk-full``, ``not-writable``) when the operating system refuses.
    """
    part = part_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        _sync(part)
        part.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise disk_error(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder beside ``path`` to fill; on success sync its files and rename it into place.

    A folder of that name that was there is put aside under ``.old`` first and removed afterwards: a kill between
    the two renames leaves it there, and `settle_folder` brings it back.
    """
    part, old = part_of(path), path.with_name(path.name + OLD_SUFFIX)
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        for child in part.rglob("*"):
            _sync(child)
        _sync(part)
        settle_folder(path)
        if path.exists():
            path.rename(old)
        part.rename(path)
        _sync(path.parent)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise disk_error(path, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def size_of(path: Path, *, links: bool = True) -> int:
    """Return the bytes of a file, or of all files in a folder; what is not there, or goes meanwhile, counts nothing.

    Without ``links`` symbolic links in a folder count nothing either.
    """
    files = path.rglob("*") if path.is_dir() else (path,)
    total = 0
    for file in files:
        with suppress(OSError):
            if file.is_file() and (links or file == path or not file.is_symlink()):
                total += file.stat().st_size
    return total


def sweep(folder: Path) -> None:
    """Remove what killed processes left half-written in ``folder``."""
    import psutil  # not at the top: the installation imports this module before there are packages

    for part in folder.glob(f".*{PART_SUFFIX}"):
        writer = part.name.removesuffix(PART_SUFFIX).rpartition(".")[2]
        if not writer.isdigit() or psutil.pid_exists(int(writer)):
            continue
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            with suppress(OSError):
                part.unlink()


def settle_folder(path: Path) -> None:
    """Finish what a kill inside `replacing_folder` left: bring ``.old`` back, or remove it if the new one stands."""
    old = path.with_name(path.name + OLD_SUFFIX)
    if old.exists():
        if path.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(path)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text in place of ``path``, its line ends as they are."""
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes in place of ``path``."""
    with replacing(path) as part:
        part.write_bytes(data)
