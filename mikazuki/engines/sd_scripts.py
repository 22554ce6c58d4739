"""The upstream trainer as an engine: for now it only says whether it is there."""

from pathlib import Path
from typing import Final

from mikazuki.engines.contract import Availability, Launch
from mikazuki.errors import MikazukiError
from mikazuki.paths import repository
from mikazuki.settings.train import TrainSettings

NOT_YET: Final = "this version cannot start it yet"


class SdScripts:
    """kohya-ss/sd-scripts, pinned as a git submodule."""

    name: Final = "sd-scripts"
    methods: Final = ("lora",)
    families: Final = ("sd1", "sd2", "sdxl")

    def __init__(self, folder: Path | None = None) -> None:
        """Look for it in ``folder``, by default the repository's submodule."""
        self._folder = folder or repository().sd_scripts

    def available(self) -> Availability:
        """Look for its scripts; even where they are, no training can be started with them yet."""
        if not (self._folder / "train_network.py").is_file():
            return Availability(
                ok=False,
                reason=f"there is no train_network.py in {self._folder}",
                remedy='use the builtin engine: engine = "builtin"',
            )
        return Availability(ok=False, reason=NOT_YET, remedy='use the builtin engine: engine = "builtin"')

    def options(self) -> frozenset[str]:
        """None yet."""
        return frozenset()

    def files(self, settings: TrainSettings) -> dict[str, str]:  # noqa: ARG002 - the contract's signature
        """None yet."""
        return {}

    def launch(self, job_dir: Path, settings: TrainSettings) -> Launch:  # noqa: ARG002 - likewise
        """Refuse with the remedy."""
        found = self.available()
        raise MikazukiError("engine-not-available", f"The engine {self.name}: {found.reason}.", f"{found.remedy}.")
