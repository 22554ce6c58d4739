"""All pictures and captions of a folder in memory, read again only where a file has changed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.data.browse import FoundPicture, Wanted, find_pictures
from mikazuki.data.buckets import Size
from mikazuki.data.caption_files import read_caption
from mikazuki.data.pictures import Picture, probe_all
from mikazuki.data.workbench.together import Stamp, stamp_of
from mikazuki.errors import MikazukiError


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A caption as its file holds it: None where there is no file.

    `encoding` names what its bytes seem to be where they are not UTF-8; `problem` says why it cannot be read, and then
    it is left alone.
    """

    text: str | None = None
    modified: float | None = None
    encoding: str = ""
    problem: str = ""
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture of the folder; `key` is its caption file's path below the folder, which two pictures may share."""

    name: str
    picture: Path
    key: str
    caption: Path

    @property
    def folder(self) -> str:
        """The folder inside that the picture lies in, empty for the folder itself."""
        return self.name.rpartition("/")[0]


MISSING: Final = OnDisk()


class Index:
    """The pictures of one folder in the order of their names, what their captions hold, how large they are."""

    def __init__(self, folder: Path) -> None:
        """Read the folder; raises MikazukiError (`dataset-not-found`, `dataset-not-readable`)."""
        self.folder = folder
        self.entries: tuple[Entry, ...] = ()
        self.places: dict[str, int] = {}
        """Place in `entries` by name."""
        self.disk: dict[str, OnDisk] = {}
        """By key."""
        self.files: dict[str, Path] = {}
        """Caption files by key, those to be made among them."""
        self._sizes: dict[str, tuple[Stamp, Size | None]] = {}
        self.refresh()

    def refresh(self) -> bool:
        """Look at the folder again; return whether anything has changed. Raises as the first look does."""
        found = find_pictures(self.folder, Wanted())
        entries = tuple(_entry(picture) for picture in found)
        files = {entry.key: entry.caption for entry in entries}
        disk = self._looked_at(files)
        if entries == self.entries and disk == self.disk:
            return False
        self.entries, self.files, self.disk = entries, files, disk
        self.places = {entry.name: place for place, entry in enumerate(entries)}
        return True

    def written(self, now: dict[str, OnDisk]) -> None:
        """Take over what was written by ourselves."""
        self.disk = {**self.disk, **now}

    def sizes(self) -> list[Size | None]:
        """Return the width and height of all pictures, None where one cannot be read; read once a file."""
        stamps = [stamp_of(entry.picture) for entry in self.entries]
        wanted = [
            (entry, stamp)
            for entry, stamp in zip(self.entries, stamps, strict=True)
            if stamp is not None and self._sizes.get(entry.name, (None, None))[0] != stamp
        ]
        for (entry, stamp), probed in zip(wanted, probe_all(entry.picture for entry, _ in wanted), strict=True):
            self._sizes[entry.name] = (stamp, probed.size if isinstance(probed, Picture) else None)
        return [self._sizes[entry.name][1] if entry.name in self._sizes else None for entry in self.entries]

    def _looked_at(self, files: dict[str, Path]) -> dict[str, OnDisk]:
        """Return what all caption files hold; those whose stamp is the same are not opened."""
        looks: dict[str, OnDisk] = {}
        for key, path in files.items():
            before, stamp = self.disk.get(key), stamp_of(path)
            if stamp is None:
                looks[key] = MISSING
            elif before is not None and before.stamp == stamp:
                looks[key] = before
            else:
                looks[key] = read_file(path)
        return looks


def _entry(picture: FoundPicture) -> Entry:
    below = picture.name.rpartition("/")[0]
    name = picture.caption.name
    return Entry(picture.name, picture.path, f"{below}/{name}" if below else name, picture.caption)


def read_file(path: Path) -> OnDisk:
    """Read one caption file; what is wrong with it becomes its `problem`."""
    stamp = stamp_of(path)
    try:
        found = read_caption(path)
    except MikazukiError as error:
        return OnDisk("", None, problem=error.message, stamp=stamp)
    return OnDisk(found.text, found.modified, found.encoding, stamp=stamp) if found else MISSING
