"""Draws the class pictures that a training lacks, and trains nothing: ``--config_file FOLDER/config.toml``."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

from mikazuki.data.class_pictures import class_orders
from mikazuki.events import EventWriter
from mikazuki.models.families import FAMILIES
from mikazuki.models.identify import check_family, identify
from mikazuki.models.lean import lean_diffusers
from mikazuki.models.steps import bucket_step
from mikazuki.settings.train import TrainSettings
from mikazuki.tools.program import run_program, stop_file


def draw(settings: TrainSettings, events: EventWriter, stop: Path | None = None) -> dict[str, Any]:
    """Draw what is missing; return how many pictures, and the folders they went into.

    Args:
        settings: Those of the training.
        events: Told of stages and of how far it is.
        stop: While this file exists the work ends after the pictures under way.

    Raises:
        MikazukiError: What the model's headers, the plan of the data and `draw_class_pictures` raise.
        KeyboardInterrupt: It was stopped; what is finished stays.
    """
    lean_diffusers()
    from mikazuki.training.class_pictures import draw_class_pictures
    from mikazuki.training.machine import Machine
    from mikazuki.training.parts import Basis
    from mikazuki.training.report import Report
    from mikazuki.training.run import plan_of

    info = identify(settings.pretrained_model_name_or_path, settings.v_parameterization)
    check_family(info, settings.wanted_family)
    settings = settings.on_family(info.family)
    orders = class_orders(settings, bucket_step(info))
    if orders:
        machine = Machine(settings)
        basis = Basis(settings, info, FAMILIES[info.family], plan_of(settings, info), [], settings.seed or 0)
        report = Report(events, device=machine.device)
        if not draw_class_pictures(basis, orders, machine, report, lambda: stop is not None and stop.exists()):
            raise KeyboardInterrupt
    folders = list(dict.fromkeys(str(order.folder) for order in orders))
    return {"drawn": sum(order.count for order in orders), "folders": folders}


if __name__ == "__main__":
    sys.exit(run_program(TrainSettings, partial(draw, stop=stop_file()), __doc__))
