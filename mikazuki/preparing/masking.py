"""Lets the masks program make the mask of one picture, in a process of its own, and gives it back unsaved."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from mikazuki.data.mask_places import MASKS_SUFFIX, mask_place
from mikazuki.data.mask_reading import read_mask
from mikazuki.data.masks import Mask
from mikazuki.engines.builtin import ENVIRONMENT
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.files import write_text
from mikazuki.jobs.events import EventReader
from mikazuki.jobs.folder import Job
from mikazuki.paths import repository
from mikazuki.settings.load import dump_toml
from mikazuki.settings.masking import MaskSettings
from mikazuki.settings.program_forms import MASKS

LONGEST: Final = 180.0
"""Seconds that a model may take over one picture, its loading included."""
_LAST_WORDS: Final = 5
"""Lines of a broken program's own words that are shown."""


def guess(picture: Path, models_dir: Path, model: str, shape: dict[str, Any], longest: float = LONGEST) -> Mask:
    """Return the mask that a model makes of a picture; nothing is written beside it.

    Args:
        picture: Its file.
        models_dir: Folder of the models.
        model: Name or path of the model.
        shape: Options of the mask's shape.
        longest: Seconds after which the program is ended.

    Raises:
        MikazukiError: What the program failed of, `mask-empty` and the like where there is none, `mask-slow`.
    """
    with tempfile.TemporaryDirectory(prefix="mikazuki-mask-", ignore_cleanup_errors=True) as folder:
        job = Job(Path(folder))
        output = Path(folder) / f"out{MASKS_SUFFIX}"
        asked = {"image_dir": str(picture.parent), "mask_output_dir": str(output), "only": (picture.name,)}
        settings = MaskSettings(**asked, model=model, models_dir=str(models_dir), recursive=False, **shape)
        write_text(job.config, dump_toml(settings))
        said = _run([sys.executable, "-m", MASKS.module, "--config_file", str(job.config)], longest)
        made = mask_place(picture, picture.parent, output)
        if not made.is_file():
            raise _failure(job, said)
        return read_mask(made)


def _run(command: list[str], longest: float) -> str:
    """Run a program to its end and return what it said."""
    environment = {**os.environ, **ENVIRONMENT}
    try:
        done = subprocess.run(
            command,
            cwd=repository().root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=longest,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise MikazukiError(
            "mask-slow",
            f"The model took more than {longest:g} seconds over the picture and was ended.",
            "Take a smaller model, or let Tools, Make masks do it as a job.",
            exit_code=EXIT_FAILED,
        ) from error
    return done.stdout


def _failure(job: Job, said: str) -> MikazukiError:
    """Say why there is no mask: the warning about the one picture, else what ended the program."""
    events = EventReader(job.events).read() if job.events.is_file() else []
    failed = next((event for event in events if event["kind"] == "failed"), None)
    warning = next((event for event in events if event["kind"] == "warning"), None)
    if warning is not None and (failed is None or failed["code"] == "nothing-masked"):
        return MikazukiError(str(warning["code"]), str(warning["text"]), "Paint the mask, or try another model.")
    if failed is not None:
        return MikazukiError(str(failed["code"]), str(failed["message"]), str(failed["hint"]))
    lines = "\n".join(said.splitlines()[-_LAST_WORDS:])
    return MikazukiError("tool-failed", f"The model could not be run:\n{lines}", exit_code=EXIT_FAILED)
