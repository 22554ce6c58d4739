import pytest

from mikazuki.errors import MikazukiError
from mikazuki.text import count, duration, paragraph, size, table


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1500, "1.5 kB"),
        (96_600, "96.6 kB"),
        (250_000, "250 kB"),
        (2.1e9, "2.1 GB"),
        (3e15, "3000.0 TB"),
    ],
)
def test_sizes(number: float, text: str) -> None:
    assert size(number) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "0.0 s"), (8.21, "8.2 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (65, "1 min 05 s"), (7800, "2 h 10 min")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_counts_and_tables() -> None:
    assert count(1, "picture") == "1 picture"
    assert count(1200, "step") == "1,200 steps"
    assert table([("a", "long"), ("bbb", "c")]) == ["  a    long", "  bbb  c"]
    assert table([]) == []


def test_a_list_of_problems_keeps_its_lines() -> None:
    assert paragraph(MikazukiError("a", "One.", "Do.")) == "One. Do."
    assert paragraph(MikazukiError("a", "Two:\n- x\n- y", "Do.")) == "Two:\n- x\n- y\nDo."
    assert paragraph(MikazukiError("a", "One.")) == "One."
