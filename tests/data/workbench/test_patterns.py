"""Regular expressions: found, replaced, refused, and ended when they take too long."""

import pytest

from mikazuki.data.workbench.patterns import check_pattern, matching, substituted
from mikazuki.errors import MikazukiError


def test_patterns_find_and_replace() -> None:
    texts = ["long hair", "\u732b, Long Ears", "dog"]
    assert matching(r"^long", texts) == [True, False, False]
    assert matching(r"long", texts, match_case=True) == [True, False, False]
    assert substituted(r"long (\w+)", r"\1 \u732b".replace(r"\u732b", "\u732b"), texts)[0] == "hair \u732b"
    assert substituted("x", "y", []) == []
    assert matching(r"(?m)^dog", ["cat\ndog", "a dog"]) == [True, False]


@pytest.mark.parametrize(("pattern", "by"), [("(", ""), ("a", r"\1"), ("a", "\\"), ("(?P<n>a)", r"\g<m>")])
def test_what_is_no_pattern_is_refused(pattern: str, by: str) -> None:
    with pytest.raises(MikazukiError) as caught:
        check_pattern(pattern, by)
    assert caught.value.code == "pattern-wrong"


def test_a_pattern_that_takes_forever_is_ended() -> None:
    with pytest.raises(MikazukiError) as caught:
        matching("(a+)+$", ["a" * 60 + "b"], seconds=0.3)
    assert caught.value.code == "pattern-too-slow"
