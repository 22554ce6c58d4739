"""Sentences on upstream's options."""

import pytest

from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import SCRIPTS
from mikazuki.settings.upstream.texts import catalogue, upstream_text

NAMES = sorted({name for script in SCRIPTS for name in options_of(script)})


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_option_of_every_script_has_a_sentence(language: str) -> None:
    for name in NAMES:
        assert upstream_text(name, language).rstrip().endswith((".", "。")), name


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_catalogue_has_nothing_that_our_settings_say_or_nobody_asks(language: str) -> None:
    assert catalogue(language).keys() == set(NAMES) - TrainSettings.model_fields.keys()
    assert list(catalogue(language)) == list(catalogue("en"))


def test_chinese_is_chinese_and_english_is_not() -> None:
    for name in catalogue("en"):
        assert upstream_text(name, "en").isascii(), name
        assert not upstream_text(name, "zh-CN").isascii(), name


def test_an_unknown_option_has_none() -> None:
    with pytest.raises(KeyError):
        upstream_text("netwrk_dim", "en")
