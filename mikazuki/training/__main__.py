"""The program that ``accelerate launch`` starts: ``python -m mikazuki.training --config_file JOB/config.toml``."""

import argparse
import errno
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, MikazukiError
from mikazuki.events import EVENTS_FILE, EventWriter
from mikazuki.files import disk_error
from mikazuki.log import set_up_training_log
from mikazuki.models.lean import lean_diffusers
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.train import TrainSettings
from mikazuki.training.memory import is_out_of_memory, out_of_memory

logger = logging.getLogger("mikazuki.training")


def as_told(error: BaseException) -> MikazukiError | None:
    """Return what a person can do about an error, None where it is a fault of ours."""
    if isinstance(error, MikazukiError):
        return error
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_error(Path(error.filename or "a file of this training"), error)
    if is_out_of_memory(error):
        return out_of_memory(error, "for this training")
    return None


def fail(error: Exception, events: EventWriter) -> int:
    """Log an error, tell of it, and return the exit code."""
    told = as_told(error)
    if told is None:
        logger.error("the training ended by a fault of the program", exc_info=error)
        told = MikazukiError("internal", f"{type(error).__name__}: {error}", exit_code=EXIT_FAILED)
    else:
        logger.error("%s", told)
    # a full disk may not even take this line
    with suppress(OSError):
        events.emit("failed", code=told.code, message=told.message, hint=told.hint, exit_code=told.exit_code)
    return told.exit_code


def main() -> int:
    """Read the job's frozen settings, train, and return the exit code; the border where errors become events."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config_file", type=Path, required=True, help="frozen settings; its folder is the job's")
    config = parser.parse_args().config_file
    set_up_training_log()
    is_main = os.environ.get("RANK", "0") == "0"
    events = EventWriter(config.parent / EVENTS_FILE if is_main else None)
    try:
        lean_diffusers()
        from mikazuki.training.run import train

        settings = parse(TrainSettings, load_toml(config), str(config))
        set_up_training_log(settings)
        return EXIT_DONE if train(settings, config.parent) else EXIT_STOPPED
    except Exception as error:  # noqa: BLE001 - the one border of this process
        return fail(error, events)


if __name__ == "__main__":
    sys.exit(main())
