"""How many slots a program beside training needs: one where it computes on a GPU, else none."""

from mikazuki.jobs.slots import CPU
from mikazuki.preparing.queueing import machine_slots
from mikazuki.settings.base import Settings
from mikazuki.settings.masking import MaskSettings
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.settings.tagging import TagSettings


def needs_of(settings: Settings) -> int:
    """Return 1 for a run that takes a GPU where there is one, 0 for what leaves them to others."""
    return int(wants_gpu(settings) and machine_slots() != (CPU,))


def wants_gpu(settings: Settings) -> bool:
    """Tell whether a program has a model to compute with, and may do so on a GPU."""
    if isinstance(settings, TagSettings):
        return settings.device != "cpu"
    if isinstance(settings, PrepareSettings):
        return bool(settings.upscale_model or settings.matting_model)
    return isinstance(settings, MaskSettings) and settings.source == "model"
