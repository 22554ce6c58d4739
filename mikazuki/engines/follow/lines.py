"""Cuts a program's output, in whatever pieces it arrives, into lines; a carriage return ends one like a newline."""

import codecs
import re
from typing import Final

ESCAPES: Final = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[@-Z\\-_])")
"""Terminal control: colours, and the cursor moves by which nested progress bars find their rows (ECMA-48)."""
ENDS: Final = re.compile(r"[\r\n]+")
MAX_REST: Final = 1 << 20
"""Characters kept while no line ends; a program that never ends one must not fill the memory."""


class Lines:
    """Collects bytes and gives back whole lines, decoded as UTF-8 and free of terminal control; no line is empty.

    A byte that is no UTF-8 becomes a replacement character; a character cut by the end of a piece waits for its rest.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def feed(self, data: bytes) -> list[str]:
        """Take the next bytes and return the lines they completed."""
        *whole, self._rest = ENDS.split(self._rest + self._decoder.decode(data))
        self._rest = self._rest[-MAX_REST:]
        return [line for text in whole if (line := ESCAPES.sub("", text))]

    def peek(self) -> str:
        """Return what stands after the last line end, left where it is."""
        return ESCAPES.sub("", self._rest)

    def close(self) -> list[str]:
        """Return what stands after the last line end and begin anew behind it."""
        rest, self._rest = self._rest, ""
        line = ESCAPES.sub("", rest)
        return [line] if line else []
