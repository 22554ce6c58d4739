"""The program of a tagging job: ``python -m mikazuki.tagging --config_file JOB/config.toml``."""

import argparse
import logging
import sys
from pathlib import Path
from typing import Final

from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, MikazukiError
from mikazuki.events import EVENTS_FILE, EventWriter
from mikazuki.log import set_up_training_log
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.run import run

logger = logging.getLogger("mikazuki.tagging")

MEMORY_SIGNS: Final = ("out of memory", "failed to allocate", "bad_alloc", "bad allocation")
"""What libraries say, in lower case, when there is not enough of it."""


def main() -> int:
    """Read the job's frozen settings, tag, and return the exit code; the border where errors become events."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config_file", type=Path, required=True, help="frozen settings; its folder is the job's")
    config: Path = parser.parse_args().config_file
    set_up_training_log()
    events = EventWriter(config.parent / EVENTS_FILE)
    try:
        whole, numbers = run(parse(TagSettings, load_toml(config), str(config)), config.parent, events)
    except KeyboardInterrupt:
        events.emit("stopped")
        return EXIT_STOPPED
    except Exception as error:  # noqa: BLE001 - the one border of this process
        return _fail(error, events)
    events.emit("done" if whole else "stopped", **numbers)
    return EXIT_DONE if whole else EXIT_STOPPED


def _fail(error: Exception, events: EventWriter) -> int:
    """Log an error, tell of it, and return the exit code."""
    if isinstance(error, MikazukiError):
        told = error
        logger.error("%s", error)
    elif isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in MEMORY_SIGNS):
        hint = "Lower batch_size, take a smaller model, or close other programs that use the GPU."
        told = MikazukiError("out-of-memory", "There is not enough memory for this model.", hint, exit_code=EXIT_FAILED)
    else:
        logger.error("the run ended by a fault of the program", exc_info=error)
        told = MikazukiError("internal", f"{type(error).__name__}: {error}", exit_code=EXIT_FAILED)
    events.emit("failed", code=told.code, message=told.message, hint=told.hint, exit_code=told.exit_code)
    return told.exit_code


if __name__ == "__main__":
    sys.exit(main())
