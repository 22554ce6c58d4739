"""The workbenches in use: a few folders in memory, the one asked for longest ago put away first."""

import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

from mikazuki.data.workbench.bench import Workbench

OPEN: Final = 4
"""Folders kept in memory."""
DRAFTS: Final = ".captions"
"""The folder in that of the logs that drafts and histories lie in."""


class Workbenches:
    """The workbenches in use, a few at a time; a folder that was put away is read again when it is asked for."""

    def __init__(self, drafts: Path) -> None:
        """Keep drafts below a folder."""
        self._drafts = drafts
        self._open: OrderedDict[Path, Workbench] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, folder: Path) -> Workbench:
        """Return the workbench of a folder; raises as `Workbench` does."""
        with self._lock:
            found = self._open.pop(folder, None) or Workbench(folder, self._drafts)
            self._open[folder] = found
            while len(self._open) > OPEN:
                self._open.popitem(last=False)
            return found
