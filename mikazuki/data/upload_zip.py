"""Takes the files of a zip file from outside: names of any encoding, no path out of the folder, no bombs."""

import stat
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Final

from mikazuki.data.folders import parse_name
from mikazuki.data.upload import RefusedError, Upload, check_room, place_of
from mikazuki.text import size

_UTF8_FLAG: Final = 0x800
_ENCRYPTED_FLAG: Final = 0x1
_NAME_ENCODINGS: Final = ("utf-8", "gb18030", "cp932")
"""Tried in this order on names without the UTF-8 flag: Windows writes them in the encoding of its language."""
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a damaged, unknown or protected part of a zip raises."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a zip may become: files, bytes in all, and times its packed size for one file above `free_bytes`."""

    files: int = 50_000
    bytes: int = 64 << 30
    ratio: int = 400
    free_bytes: int = 4 << 20


def is_zip(name: str) -> bool:
    """Tell by its name whether a file is to be unpacked."""
    return name.lower().endswith(".zip")


def add_zip(upload: Upload, name: str, stream: IO[bytes], limits: Limits = Limits()) -> None:
    """Take what belongs into a data set out of a zip file; its folders are kept.

    Folders that hold all files are left away: they are the zip's own name mostly, and a trainer does not look that
    deep. One called `N_words` stays, unless the files go into such a folder already.

    Raises:
        MikazukiError: `disk-full` or `not-writable`; files taken before stay.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            _add_all(upload, archive, limits)
    except RefusedError as error:
        upload.skip(name, error)
    except _BROKEN as error:
        upload.skip(name, RefusedError("zip", f"it is no readable zip file ({error})"))


def decoded_names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the names of a zip's files in the letters that its maker saw.

    All names without the UTF-8 flag are in one encoding, that of the maker's system: the first in which each of them
    is text, since a single short name may be text in several.
    """
    raw = [None if entry.flag_bits & _UTF8_FLAG else entry.orig_filename.encode("cp437") for entry in entries]
    for encoding in _NAME_ENCODINGS:
        with suppress(UnicodeDecodeError):
            return [
                entry.filename if name is None else name.decode(encoding)
                for entry, name in zip(entries, raw, strict=True)
            ]
    return [entry.filename for entry in entries]


def _add_all(upload: Upload, archive: zipfile.ZipFile, limits: Limits) -> None:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > limits.files:
        raise RefusedError("too-many", f"it holds {len(entries):,} files, {limits.files:,} are allowed")
    total = sum(entry.file_size for entry in entries)
    if total > limits.bytes:
        raise RefusedError("bomb", f"it would become {size(total)}, {size(limits.bytes)} are allowed")
    check_room(upload.folder, total)
    names = decoded_names(entries)
    cut = len(_common_folder(names, into_numbered=parse_name(upload.folder.name) is not None))
    for entry, name in zip(entries, names, strict=True):
        try:
            _check(entry, name, limits)
            with archive.open(entry) as inside:
                upload.add("/".join(place_of(name).parts[cut:]), inside)
        except RefusedError as error:
            upload.skip(name, error)
        except _BROKEN as error:
            upload.skip(name, RefusedError("zip", f"this part of the zip file is damaged ({error})"))


def _check(entry: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    """Refuse what a zip's list of contents already tells not to be a plain file of ordinary size."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise RefusedError("link", "it is a link, not a file")
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise RefusedError("encrypted", "it is locked by a password: unpack the zip file first")
    if is_zip(name):
        raise RefusedError("nested", "it is a zip file in a zip file: unpack it first")
    if entry.file_size > limits.free_bytes and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        raise RefusedError("bomb", f"it would grow more than {limits.ratio} times when unpacked")


def _common_folder(names: Sequence[str], *, into_numbered: bool) -> list[str]:
    """Return the folders that all files which may be taken lie in, from the top, and are to be left away."""
    paths: list[tuple[str, ...]] = []
    for name in names:
        with suppress(RefusedError):
            paths.append(place_of(name).parts[:-1])
    common: list[str] = []
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1 or (parse_name(level[0]) and not into_numbered):
            break
        common.append(level[0])
    return common
