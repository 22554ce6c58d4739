import pytest

from mikazuki.engines.follow.lines import Lines

TEXT = "one\r\ntwo\rthree\x1b[A\x1b[A\r\n\n  four 学習\nfive"
LINES = ["one", "two", "three", "  four 学習"]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1000])
def test_lines_do_not_depend_on_how_the_bytes_were_cut(size: int) -> None:
    data, lines = TEXT.encode(), Lines()
    found = [line for at in range(0, len(data), size) for line in lines.feed(data[at : at + size])]
    assert found == LINES
    assert lines.peek() == "five"
    assert lines.close() == ["five"]
    assert lines.close() == []


def test_what_is_no_utf8_is_replaced_and_the_rest_goes_on() -> None:
    assert Lines().feed(b"caf\xe9 \xff\nnext\n") == ["caf\ufffd \ufffd", "next"]


def test_colours_and_cursor_moves_are_taken_out() -> None:
    assert Lines().feed(b"\x1b[1;31mred\x1b[0m\x1b[2K plain\n\x1b[A\n") == ["red plain"]


def test_a_line_that_never_ends_does_not_fill_the_memory() -> None:
    lines = Lines()
    for _ in range(4):
        lines.feed(b"x" * (1 << 20))
    assert len(lines.peek()) == 1 << 20
