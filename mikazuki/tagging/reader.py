"""What every tagger and captioner is: something that prepares pictures one by one and reads them in batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from mikazuki.data.load import Bytes
from mikazuki.tagging.rules import Tag


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model saw in a picture: tags, or for a captioner a text."""

    tags: tuple[Tag, ...] = ()
    text: str = ""


class Reader(Protocol):
    """A loaded model."""

    @property
    def batch_size(self) -> int:
        """Pictures that it reads at once, at most."""

    @property
    def where(self) -> str:
        """The device that it computes on, as `device` calls it."""

    @property
    def least_side(self) -> int | None:
        """Pixels of the longer side that a picture must have, else it may be decoded smaller; None: decode it whole."""

    def prepare(self, pixels: Bytes) -> Any:
        """Turn a decoded picture into what `read` takes; called from several threads."""

    def read(self, prepared: Sequence[Any]) -> list[Reading]:
        """Read a batch of prepared pictures; called from two threads, so that one gets ready while the other computes.

        What computes takes one batch at a time.
        """
