"""What was measured takes the place of what was estimated."""

from collections.abc import Mapping
from typing import Any

from mikazuki.preparing.guide import Chosen, Guide
from mikazuki.preparing.guide_probe import with_measures
from mikazuki.preparing.probe import Line, Probed
from mikazuki.preparing.probe_choices import Decision, Measured, Verdict, Way
from mikazuki.settings.form_words import Words

WHY, MEASURED = Words("estimated", "\u4f30\u8ba1"), Words("measured", "\u5b9e\u6d4b")
SHORT = ("memory-short", WHY)
FITS_NOT = ("nothing-fits", MEASURED)


def guided() -> Guide:
    values = (Chosen("resolution", "512,512", WHY), Chosen("train_batch_size", 4, WHY), Chosen("seed", 1, WHY))
    return Guide("lora", "sd1", 10, 10, values, (SHORT, ("captions-none", WHY)), ())


def test_every_method_s_options_have_their_place() -> None:
    values = (Chosen("method", "textual_inversion", WHY), Chosen("token_string", "<x>", WHY), Chosen("seed", 1, WHY))
    found = Guide("textual_inversion", "sd1", 10, 10, (*values, Chosen("train_batch_size", 4, WHY)), (), ())
    measured = with_measures(found, probed({"train_batch_size": 2}))
    assert measured.settings == {"method": "textual_inversion", "token_string": "<x>", "train_batch_size": 2, "seed": 1}


def probed(changes: Mapping[str, Any] | None) -> Probed:
    verdict: Verdict = "too-large" if changes is None else "fits"
    decision = Decision(Way(changes or {}, "batch", 2), verdict, Measured(5, 10, 1.0))
    return Probed((Line(decision, MEASURED),), changes, (FITS_NOT,) if changes is None else ())


def test_changes_come_with_the_measurement_as_their_reason() -> None:
    found = with_measures(guided(), probed({"train_batch_size": 2, "gradient_accumulation_steps": 2}))
    said = {one.option: (one.value, one.why) for one in found.values}
    assert said["train_batch_size"] == (2, MEASURED)
    assert said["gradient_accumulation_steps"] == (2, MEASURED)
    assert said["resolution"] == ("512,512", WHY)
    assert found.warnings == (("captions-none", WHY),)
    # in the form's order
    assert list(said).index("resolution") < list(said).index("train_batch_size")


def test_what_fits_as_it_is_says_so() -> None:
    found = with_measures(guided(), probed({}))
    assert {one.option: one.why for one in found.values}["train_batch_size"] == MEASURED
    assert found.settings == guided().settings


def test_where_nothing_fits_the_estimate_stays() -> None:
    found = with_measures(guided(), probed(None))
    assert found.values == guided().values
    assert found.warnings == (SHORT, ("captions-none", WHY), FITS_NOT)
