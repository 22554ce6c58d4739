"""What the program that measures a training is told: whose settings, and how much memory it may take."""

from typing import Final

from pydantic import PositiveInt

from mikazuki.settings.base import Settings

STEPS: Final = 2
"""Optimizer steps of a measurement: the first takes the memory of the optimizer's own numbers, the second the time."""


class ProbeSettings(Settings):
    """A measurement of a training: memory and seconds a step, without any output."""

    training: str
    """Settings file of the training to measure."""
    memory: PositiveInt | None = None
    """Bytes of the card to pretend; not set: what is free."""
