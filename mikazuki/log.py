"""Sets up logging: one line a message, with the time and the room it comes from."""

import logging
import sys
from pathlib import Path
from typing import Final, Protocol, TextIO

from mikazuki.errors import EXIT_FAILED, MikazukiError

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
SIMPLE: Final = "%(message)s"
FILE_BYTES: Final = 2_000_000
"""How much of a program's own log is kept in one file."""

_OURS: Final = "mikazuki"
"""Name of the handlers set up here, by which a second call finds them."""


class LogOptions(Protocol):
    """The options of the log; `TrainSettings` has them."""

    @property
    def console_log_level(self) -> str | None:
        """Least level of messages."""

    @property
    def console_log_file(self) -> str | None:
        """File that takes them as well."""

    @property
    def console_log_simple(self) -> bool:
        """Messages alone, without time, level and place."""


def set_up(
    *, verbose: bool = False, stream: TextIO | None = None, file: Path | None = None, others: tuple[str, ...] = ()
) -> logging.Logger:
    """Send the project's messages to a file or a stream and return its logger; a second call replaces the first.

    Args:
        verbose: Take what is meant for finding faults, too.
        stream: Where they go without a file; default: stderr.
        file: Where they go instead: a file of at most `FILE_BYTES`, of which the last one before is kept.
        others: Loggers of other packages that are to go there as well; all others are left alone.

    Raises:
        MikazukiError: ``log-file`` where the file cannot be written.
    """
    handler = _bounded_file(file) if file else logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT, datefmt="%Y-%m-%d %H:%M:%S" if file else "%H:%M:%S"))
    for name in ("mikazuki", *others):
        logger = logging.getLogger(name)
        for old in logger.handlers:
            old.close()
        logger.handlers = [handler]
        logger.propagate = False
    ours = logging.getLogger("mikazuki")
    ours.setLevel(logging.DEBUG if verbose else logging.INFO)
    return ours


def _bounded_file(path: Path) -> logging.Handler:
    """Open a log that begins anew when it is full; the one before it is kept beside it."""
    from logging.handlers import RotatingFileHandler  # only programs that run for weeks need it

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(path, maxBytes=FILE_BYTES, backupCount=1, encoding="utf-8")
    except OSError as error:
        raise MikazukiError(
            "log-file",
            f"The log {path} cannot be written: {error.strerror or error}.",
            "Change the permissions of its folder.",
            exit_code=EXIT_FAILED,
        ) from error


def set_up_training_log(options: LogOptions | None = None, stream: TextIO | None = None) -> None:
    """Send every package's messages to ``stream`` (default: stderr), which is the job's log, as the options say.

    Before the settings are known it is called without them; a second call replaces what the first one set up. At
    level DEBUG only this project's own messages are that many. Raises MikazukiError ``log-file``.
    """
    level = logging.getLevelName(options.console_log_level or "INFO") if options else logging.INFO
    form = logging.Formatter(SIMPLE if options and options.console_log_simple else FORMAT)
    handlers: list[logging.Handler] = [logging.StreamHandler(stream or sys.stderr)]
    if options and options.console_log_file:
        handlers.append(_file(Path(options.console_log_file)))
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if handler.get_name() == _OURS]:
        root.removeHandler(old)
        old.close()
    for handler in handlers:
        handler.set_name(_OURS)
        handler.setFormatter(form)
        root.addHandler(handler)
    root.setLevel(max(level, logging.INFO))
    logging.getLogger("mikazuki").setLevel(level)


def _file(path: Path) -> logging.Handler:
    """Open a log file to add to: going on with a run must not lose what was said before."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        raise MikazukiError(
            "log-file",
            f"console_log_file: {path} cannot be written: {error.strerror or error}.",
            "Name another file, or leave console_log_file out: the job's log has everything as well.",
            exit_code=EXIT_FAILED,
        ) from error
