"""The losses of short trainings are what they were: a change here is a change of what is computed."""

from pathlib import Path

import pytest

from mikazuki.models.families import FamilyName
from tests.training import golden

pytestmark = pytest.mark.tiny

BF16 = 2e-2
"""Relative: processors with and without bf16 arithmetic of their own round differently."""


@pytest.mark.parametrize("family", golden.FAMILIES)
def test_losses_are_what_they_were(tmp_path: Path, family: FamilyName) -> None:
    """One part in 100,000: processors differ in the last digits. After a wanted change run golden with --write."""
    assert golden.curve(family, tmp_path) == pytest.approx(golden.stored(family), rel=1e-5)


@pytest.mark.parametrize("name", list(golden.CONFIGURATIONS))
def test_losses_on_tiny_sd_are_what_they_were(tmp_path: Path, name: str) -> None:
    rel = BF16 if "bf16" in name else 2e-5
    assert golden.curve_on_tiny_sd(name, tmp_path) == pytest.approx(golden.stored("tiny_sd")[name], rel=rel)


def test_the_configurations_are_twelve_different_trainings() -> None:
    curves = golden.stored("tiny_sd")
    assert list(curves) == list(golden.CONFIGURATIONS)
    assert len(curves) == 12
    # a configuration whose options did nothing would have the losses of another
    assert len({tuple(losses[1:]) for losses in curves.values()}) == 12
