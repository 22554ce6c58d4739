"""Measures memory and time of a training's steps, and writes nothing: ``--config_file FOLDER/config.toml``."""

import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mikazuki.events import EventWriter
from mikazuki.models.lean import lean_diffusers
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.probe import ProbeSettings
from mikazuki.settings.train import TrainSettings
from mikazuki.tools.program import run_program


def probe(settings: ProbeSettings, events: EventWriter) -> dict[str, Any]:
    """Measure; return the fields of `mikazuki.training.probing.Measure`.

    Raises:
        MikazukiError: What the settings, the model and the data raise.
    """
    lean_diffusers()
    from mikazuki.training.probing import measure

    training = parse(TrainSettings, load_toml(Path(settings.training)), settings.training)
    events.emit("stage", name="probe", text="two steps are measured")
    with TemporaryDirectory(prefix="mikazuki-probe-") as nowhere:
        return asdict(measure(training, Path(nowhere), settings.memory))


if __name__ == "__main__":
    sys.exit(run_program(ProbeSettings, probe, __doc__))
