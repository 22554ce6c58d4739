"""A module that is imported when a request first needs it, so that the studio answers at once after its start."""

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module; the first thing that is asked of it imports it."""

    def __init__(self, name: str) -> None:
        """Stand for the module of this whole name."""
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        """Return what the module has under a name."""
        return getattr(import_module(self._name), attribute)
