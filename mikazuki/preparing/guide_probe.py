"""Puts what was measured in the place of what the guided mode had estimated."""

from dataclasses import replace
from typing import Final

from mikazuki.preparing.guide import Chosen, Guide, with_values
from mikazuki.preparing.probe import Probed

BATCH: Final = "train_batch_size"
ESTIMATED: Final = "memory-short"
"""Warning of the estimate, which a measurement knows better."""


def with_measures(found: Guide, probed: Probed) -> Guide:
    """Return the choices as measured: the batch size and all that was changed have the measurement as their reason.

    Where nothing fits the choices stay as they were estimated, with a warning.
    """
    kept = [one for one in found.warnings if one[0] != ESTIMATED] if probed.changes is not None else found.warnings
    found = replace(found, warnings=(*kept, *probed.warnings))
    if probed.changes is None:
        return found
    why = probed.lines[-1].why
    values = {BATCH: found.settings[BATCH], **probed.changes}
    return with_values(found, [Chosen(name, value, why) for name, value in values.items()])
