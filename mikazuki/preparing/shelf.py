"""Settings that people keep by name: a folder of TOML files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.files import write_text
from mikazuki.preparing.choices import family_shown
from mikazuki.preparing.config_files import Parsed, as_toml, parse_text
from mikazuki.settings.load import load_toml
from mikazuki.settings.target import target_of

LONGEST_NAME: Final = 100
ENDING: Final = ".toml"

_WRONG: Final = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f]")
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending."""


def check_name(name: str) -> str:
    """Return a name that may become a file's, without spaces around it.

    Raises:
        MikazukiError: ``name-wrong``.
    """
    plain = name.strip()
    long = len(plain.encode("utf-8", "surrogatepass")) > LONGEST_NAME * 2 or len(plain) > LONGEST_NAME
    if not plain or long or _WRONG.search(plain) or plain[0] == "." or plain[-1] == "." or _DEVICES.fullmatch(plain):
        raise MikazukiError(
            "name-wrong",
            f"{name!r} cannot be the name of a file.",
            f'Use 1 to {LONGEST_NAME} letters, digits and spaces, none of \\ / : * ? " < > |, and no dot at its ends.',
        )
    return plain


@dataclass(frozen=True, slots=True)
class Kept:
    """One of them; `modified` in unix seconds."""

    name: str
    modified: float
    method: str
    family: str
    output_name: str


class Shelf:
    """The folder they lie in; it is made when the first one is kept."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``."""
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return the file of a name; raises MikazukiError ``name-wrong``."""
        return self.folder / f"{check_name(name)}{ENDING}"

    def existing(self, name: str) -> Path:
        """Return the file of one that is there; raises MikazukiError ``config-not-found``, ``name-wrong``."""
        path = self.path(name)
        if not path.is_file():
            raise MikazukiError("config-not-found", f"There are no settings {name!r} any more.", "Reload the list.")
        return path

    def rows(self) -> list[Kept]:
        """Return all of them, the newest first; a file that cannot be read is shown by its name alone."""
        if not self.folder.is_dir():
            return []
        found = [self._row(path) for path in self.folder.glob(f"*{ENDING}") if not path.name.startswith(".")]
        return sorted(found, key=lambda row: (-row.modified, row.name))

    def _row(self, path: Path) -> Kept:
        try:
            values = load_toml(path)
        except MikazukiError:
            values = {}
        target = target_of(values)
        family, output = family_shown(target.model_type), str(values.get("output_name") or "")
        return Kept(path.stem, path.stat().st_mtime, target.method, family, output)

    def load(self, name: str) -> Parsed:
        """Return what one holds; raises MikazukiError likewise, and as `parse_text` does."""
        path = self.existing(name)
        return parse_text(path.read_text(encoding="utf-8-sig"), path.name)

    def keep(self, name: str, values: Mapping[str, Any], *, overwrite: bool = False) -> Kept:
        """Keep settings under a name.

        Raises:
            MikazukiError: ``config-exists``, ``name-wrong``, ``disk-full``, ``not-writable``.
        """
        path = self.path(name)
        if path.exists() and not overwrite:
            raise MikazukiError(
                "config-exists", f"There are settings {path.stem!r} already.", "Choose another name, or replace them."
            )
        write_text(path, as_toml(values))
        return self._row(path)
