"""Words of textual inversion: how several are written, what each means at first, and what is refused."""

from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.load import parse
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.words import file_part, first_meanings, token_names, words_for, words_in

METHODS = ("textual_inversion", "pivotal_tuning")
ONE = {"token_string": "<a>"}
SEVERAL = {"token_string": "cat cat1", "init_word": "a, b"}


def settings(method: str = "textual_inversion", **more: Any) -> TrainSettings:
    base = {"pretrained_model_name_or_path": "-", "train_data_dir": "-", "method": method}
    return parse(TrainSettings, {**base, **more}, "here")


@pytest.mark.parametrize("said", ["<one> <two>", "<one>, <two>", " <one>,<two> ,"])
def test_words_are_between_spaces_and_commas(said: str) -> None:
    assert words_in(said) == ("<one>", "<two>")


def test_no_words() -> None:
    assert words_in(None) == words_in(" , ") == ()


@pytest.mark.parametrize(
    ("init", "count", "meanings"),
    [
        (None, 2, (None, None)),
        ("red cat", 1, ("red cat",)),
        ("red, cat", 1, ("red, cat",)),
        ("red cat", 2, ("red cat", "red cat")),
        ("red cat, dog", 2, ("red cat", "dog")),
    ],
)
def test_first_meanings(init: str | None, count: int, meanings: tuple[str | None, ...]) -> None:
    assert first_meanings(init, count) == meanings


def test_a_folder_names_its_words() -> None:
    words = ("mika", "mikacat")
    assert words_for(words, "mikacat") == "mikacat"
    assert words_for(words, "MIKA mikacat") == "mika mikacat"
    assert words_for(words, "cat") == words_for(words, None) == "mika mikacat"


def test_names() -> None:
    assert token_names("cat", 3) == ["cat", "cat1", "cat2"]
    assert file_part("<my-cat>") == "my-cat"
    assert file_part("../猫.x") == "猫x"
    assert file_part("<>") == "word"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "token_string is missing"),
        ({"token_string": " , "}, "token_string is missing"),
        ({"token_string": "<a> <A>"}, "the token <a> twice"),
        ({"token_string": "cat cat1", "num_vectors_per_token": 2}, "the token cat1 twice"),
        ({"token_string": "<cat> cat"}, "differ in signs alone"),
        ({"token_string": "<a> <b>", "init_word": "x, y, z"}, "3 parts between commas, and token_string has 2 words"),
        ({"token_string": "<a> <b>", "init_word": "x,"}, "an empty part"),
        ({"token_string": "<a> <b>", "weights": "x.pt"}, "weights is the file of one word"),
    ],
)
def test_what_is_refused(method: str, more: dict[str, Any], said: str) -> None:
    with pytest.raises(MikazukiError) as caught:
        settings(method, **more)
    assert said in caught.value.message


@pytest.mark.parametrize("method", METHODS)
def test_what_is_taken(method: str) -> None:
    assert settings(method, **SEVERAL).keeps_encoders
    assert settings(method, **ONE, init_word="x,").init_word == "x,"


@pytest.mark.parametrize("option", ["cache_text_encoder_outputs", "cache_text_encoder_outputs_to_disk"])
def test_words_keep_the_encoders_whatever_the_networks_rate(option: str) -> None:
    with pytest.raises(MikazukiError, match=f"{option} needs text encoders that are not trained: leave it out"):
        settings("pivotal_tuning", **ONE, text_encoder_lr=0, **{option: True})
