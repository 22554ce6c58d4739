"""Sets up logging: one line a message, with the time and the room it comes from."""

import logging
import sys
from typing import TextIO

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def set_up(*, verbose: bool = False, stream: TextIO | None = None) -> logging.Logger:
    """Send the project's messages to ``stream`` (default: stderr) and return its logger.

    Other packages' loggers are left alone. A second call replaces what the first one set up.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT, datefmt="%H:%M:%S"))
    logger = logging.getLogger("mikazuki")
    logger.handlers = [handler]
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    logger.propagate = False
    return logger
