"""Stored loss curves of tiny trainings: ``python -m tests.training.golden --write`` draws them anew.

They hold from machine to machine to about six digits: processors add in different orders.
"""

import argparse
import json
import logging
import tempfile
from pathlib import Path
from typing import Final

from mikazuki.models.families import FamilyName
from tests.models import tiny
from tests.training import making

logger = logging.getLogger(__name__)

FOLDER: Final = Path(__file__).parents[1] / "golden"
FAMILIES: Final[tuple[FamilyName, ...]] = ("sd1", "sdxl")
STEPS: Final = 8


def curve(family: FamilyName, folder: Path) -> list[float]:
    """Train 8 steps with every option that has random numbers and return the losses."""
    settings = making.settings_for(
        tiny.make(family, folder / "model"),
        making.draw_dataset(folder / "pictures"),
        folder,
        max_train_steps=STEPS,
        train_batch_size=2,
        network_dropout=0.1,
        shuffle_caption=True,
        caption_dropout_rate=0.2,
        flip_aug=True,
        noise_offset=0.05,
        min_snr_gamma=5,
        lr_scheduler="cosine",
        lr_warmup_steps=2,
    )
    return making.run(settings, folder / "job").losses()


def stored(family: FamilyName) -> list[float]:
    """Return the losses as they were when they were written down."""
    losses: list[float] = json.loads((FOLDER / f"loss_{family}.json").read_text(encoding="utf-8"))
    return losses


def main() -> None:
    """Write every curve, or compare it and log the largest difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the curves down instead of comparing them")
    write = parser.parse_args().write
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for family in FAMILIES:
        with tempfile.TemporaryDirectory() as folder:
            losses = curve(family, Path(folder))
        if write:
            FOLDER.mkdir(exist_ok=True)
            path = FOLDER / f"loss_{family}.json"
            path.write_text(json.dumps(losses, indent=1) + "\n", encoding="utf-8", newline="\n")
            logger.info("%s: written", path.name)
        else:
            worst = max(abs(a - b) / abs(b) for a, b in zip(losses, stored(family), strict=True))
            logger.info("%s: largest relative difference %.2e", family, worst)


if __name__ == "__main__":
    main()
