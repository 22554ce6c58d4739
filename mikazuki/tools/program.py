"""The border of a tool's process: settings come from its config file, what happens goes into its events."""

import argparse
import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, MikazukiError
from mikazuki.events import EVENTS_FILE, STOP_FILE, EventWriter
from mikazuki.log import set_up_training_log
from mikazuki.settings.base import Settings
from mikazuki.settings.load import load_toml, parse

AnySettings = TypeVar("AnySettings", bound=Settings)
Work = Callable[[AnySettings, EventWriter], dict[str, Any]]
"""Does a tool's work and returns what its last event, ``done``, says."""

logger = logging.getLogger("mikazuki.tools")


def run_program(settings_class: type[AnySettings], work: Work[AnySettings], description: str | None) -> int:
    """Do the work that ``--config_file FOLDER/config.toml`` asks for; return the exit code.

    Events go into the file's folder. SIGTERM ends the work as Ctrl-C does, so that nothing half-written stays.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--config_file", type=Path, required=True, help="settings; events are written beside them")
    config: Path = parser.parse_args().config_file
    set_up_training_log()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    events = EventWriter(config.parent / EVENTS_FILE)
    try:
        events.emit("done", **work(parse(settings_class, load_toml(config), str(config)), events))
    except KeyboardInterrupt:
        events.emit("stopped")
        return EXIT_STOPPED
    except Exception as error:  # noqa: BLE001 - the one border of this process
        return _fail(error, events)
    return EXIT_DONE


def stop_file() -> Path | None:
    """Return the file beside the settings that asks this process for an end; None where no settings are named."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--config_file", type=Path)
    config: Path | None = parser.parse_known_args()[0].config_file
    return config.parent / STOP_FILE if config else None


def _fail(error: Exception, events: EventWriter) -> int:
    """Log an error, tell of it, and return the exit code."""
    if isinstance(error, MikazukiError):
        told = error
        sys.stderr.write(f"{error}\n")
    elif isinstance(error, MemoryError):
        told = MikazukiError(
            "out-of-memory", "There is not enough memory.", "Close other programs.", exit_code=EXIT_FAILED
        )
    else:
        logger.error("the work ended by a fault of the program", exc_info=error)
        told = MikazukiError("internal", f"{type(error).__name__}: {error}", exit_code=EXIT_FAILED)
    events.emit("failed", code=told.code, message=told.message, hint=told.hint, exit_code=told.exit_code)
    return told.exit_code
