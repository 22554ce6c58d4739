"""The losses of a tiny training are what they were: a change here is a change of what is computed."""

from pathlib import Path

import pytest

from mikazuki.models.families import FamilyName
from tests.training import golden

pytestmark = pytest.mark.tiny


@pytest.mark.parametrize("family", golden.FAMILIES)
def test_losses_are_what_they_were(tmp_path: Path, family: FamilyName) -> None:
    """One part in 100,000: processors differ in the last digits. After a wanted change run golden with --write."""
    assert golden.curve(family, tmp_path) == pytest.approx(golden.stored(family), rel=1e-5)
