"""Orders to a running training: files in its job's folder that ask for sample pictures or for a save."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mikazuki.events import SAMPLE_FILE, SAVE_FILE
from mikazuki.training.machine import Machine

SHARED_STEPS: Final = 10
"""Several processes look only after this many steps: they have to agree, which costs a message."""


@dataclass
class Orders:
    """What a person asks for while it trains; one look at each file after a step."""

    job: Path
    machine: Machine
    sample: bool = field(default=False, init=False)
    """Whether pictures are to be drawn now."""
    save: bool = field(default=False, init=False)
    """Whether model and state are to be saved now."""

    def look(self, step: int) -> bool:
        """Look for orders after ``step`` steps; return whether there is one. All processes learn of it alike."""
        self.sample = self.save = False
        if self.machine.processes > 1 and step % SHARED_STEPS:
            return False
        self.sample = self._is_asked(SAMPLE_FILE)
        self.save = self._is_asked(SAVE_FILE)
        return self.sample or self.save

    def _is_asked(self, file: str) -> bool:
        return self.machine.agree(self.machine.is_main and (self.job / file).exists())

    def obeyed(self) -> None:
        """Take away what was done; an order that came meanwhile for the same counts as done too."""
        if self.machine.is_main:
            for asked, file in ((self.sample, SAMPLE_FILE), (self.save, SAVE_FILE)):
                if asked:
                    (self.job / file).unlink(missing_ok=True)
        self.sample = self.save = False
