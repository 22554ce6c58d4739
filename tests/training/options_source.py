"""A class of one's own that finds the pictures of a training, for the option that names one."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from mikazuki.data.source import PictureSource, SourcePicture


class Album(PictureSource):
    """All pictures of a folder, with one caption."""

    folder: ClassVar[Path]

    def pictures(self) -> Iterator[SourcePicture]:
        """Yield them in order."""
        for path in sorted(self.folder.glob("*.png")):
            yield SourcePicture(path, caption="out of an album")
