"""Which captions a query finds, and how tags are counted."""

from typing import Any

import pytest

from mikazuki.data.workbench.asked import Query
from mikazuki.data.workbench.queries import Row, beside, bucket_names, found_places, frequencies, ordered

TEXTS = (
    "1girl, long hair, red dress",
    "1girl, short_hair, Red Dress, 1girl",
    "landscape, tree",
    " ",
    None,
    "1boy, long hair",
)
ROWS = tuple(
    Row(f"{'sub/' if place == 5 else ''}{place}.png", "sub" if place == 5 else "", text, changed=place == 2)
    for place, text in enumerate(TEXTS)
)
SIZES = ((512, 768), (500, 750), (64, 64), None, (768, 512), (100, 100))


def found(**given: Any) -> list[int]:
    return found_places(ROWS, Query.model_validate(given), ",", lambda: SIZES)


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ({}, [0, 1, 2, 3, 4, 5]),
        ({"all_tags": ["1girl", "red dress"]}, [0, 1]),
        ({"any_tags": ["short hair", "tree"]}, [1, 2]),
        ({"no_tags": ["1girl"], "caption": "written"}, [2, 5]),
        ({"all_tags": ["hair"]}, []),
        ({"caption": "missing"}, [4]),
        ({"caption": "empty"}, [3]),
        ({"text": "LONG 5"}, [5]),
        ({"pattern": r"\bhair\b.*dress"}, [0]),
        ({"least_tags": 3}, [0, 1]),
        ({"most_tags": 0}, [3, 4]),
        ({"least_characters": 1, "most_characters": 15}, [2, 3, 5]),
        ({"least_tokens": 3, "most_tokens": 4}, [2]),
        ({"folder": "sub"}, [5]),
        ({"folder": ""}, [0, 1, 2, 3, 4]),
        ({"changed": True}, [2]),
        ({"bucket": "384x640"}, [0, 1]),
        ({"bucket": "512x512", "all_tags": ["tree"]}, [2]),
    ],
)
def test_queries(given: dict[str, Any], places: list[int]) -> None:
    assert found(**given) == places


def test_sizes_are_asked_for_only_when_needed() -> None:
    def sizes() -> list[None]:
        raise AssertionError

    assert found_places(ROWS, Query(caption="missing"), ",", sizes) == [4]


def test_rows_are_ordered_by_length() -> None:
    assert ordered([0, 1, 2, 4], ROWS, "tags", ",") == [4, 2, 0, 1]
    assert ordered([0, 4, 5], ROWS, "tokens", ",") == [4, 5, 0]
    assert ordered([2, 0, 5], ROWS, "characters", ",") == [2, 5, 0]


def test_tags_are_counted_once_a_caption() -> None:
    assert frequencies(TEXTS, ",")["1girl"] == 2
    assert beside(TEXTS, "Long_hair", ",") == {"1girl": 1, "red dress": 1, "1boy": 1}


def test_buckets_are_those_of_the_resolution() -> None:
    assert bucket_names([(1000, 1000), None], 512) == ["512x512", ""]
    assert bucket_names([(10, 10)], 1024) == ["1024x1024"]
