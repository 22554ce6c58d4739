"""Bounds of upstream's numbers."""

import pytest

from mikazuki.settings.upstream.bounds import OWN, bounds_of, within
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import SCRIPTS


@pytest.mark.parametrize("script", SCRIPTS)
def test_upstreams_defaults_keep_them(script: str) -> None:
    for option in options_of(script).values():
        if option.is_number and option.default is not None:
            assert within(option.default, bounds_of(option.name)), option


def test_they_are_of_numbers_that_there_are() -> None:
    numbers = {name for script in SCRIPTS for name, option in options_of(script).items() if option.is_number}
    assert OWN.keys() <= numbers


def test_shared_names_have_our_bounds() -> None:
    assert not within(0, bounds_of("network_dim"))
    assert within(1, bounds_of("network_dim"))
    assert not within(1.0, bounds_of("network_dropout"))
    assert not within(-1e-4, bounds_of("text_encoder_lr"))
    assert not within(12, bounds_of("bucket_reso_steps"))
    assert bounds_of("lr_scheduler_num_cycles")
    assert bounds_of("adaptive_noise_scale").keys().isdisjoint({"minimum", "maximum"})


def test_a_bound_counts_or_not() -> None:
    assert within(1, {"minimum": 1, "maximum": 1})
    assert not within(1, {"exclusiveMinimum": 1})
    assert not within(1, {"exclusiveMaximum": 1})
    assert not within(2, {"maximum": 1})
    assert within(3, {})
