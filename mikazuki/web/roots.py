"""Which folders the page may look into: paths from outside are resolved and must lie below one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mikazuki.errors import MikazukiError


@dataclass(frozen=True)
class Roots:
    """The allowed folders, and where relative paths begin."""

    base: Path
    folders: tuple[Path, ...]

    @classmethod
    def of(cls, base: Path, folders: Iterable[Path]) -> "Roots":
        """Take folders in this order, each once."""
        return cls(base, tuple(dict.fromkeys(folder.absolute() for folder in folders)))

    def allowed(self, path: str | Path) -> Path:
        """Return a path from outside, absolute, links resolved; it need not exist.

        Raises MikazukiError ``path-wrong`` or ``outside-roots``.
        """
        try:
            found = (self.base / path).resolve()
        except (ValueError, OSError, RuntimeError) as error:
            raise MikazukiError("path-wrong", f"{path!r} is no path: {error}.", "Choose one from the list.") from error
        if not any(found.is_relative_to(folder) for folder in self._resolved()):
            names = ", ".join(str(folder) for folder in self.folders)
            raise MikazukiError(
                "outside-roots",
                f"{path} lies outside the folders that the studio may use: {names}.",
                "Add its folder under Settings, Folders, or start the studio with --data-root FOLDER.",
            )
        return found

    def is_root(self, path: Path) -> bool:
        """Say whether a resolved path is one of the folders itself and lies in no other one."""
        above = [folder for folder in self._resolved() if path.is_relative_to(folder)]
        return above == [path]

    def _resolved(self) -> list[Path]:
        return [folder.resolve() for folder in self.folders]
