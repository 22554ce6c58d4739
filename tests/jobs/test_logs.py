from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.jobs.logs import collapsed, read_part, search


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.txt"


def whole(path: Path, limit: int) -> str:
    parts: list[str] = []
    at = 0
    while True:
        part = read_part(path, at, limit)
        assert part.start == at
        if part.next == at:
            return "".join(parts)
        parts.append(part.text)
        at = part.next


@pytest.mark.parametrize("limit", [4, 5, 7, 64])
def test_parts_make_the_whole_and_cut_no_character(log: Path, limit: int) -> None:
    text = "a\u00e9\u732b\U0001f319 line\n" * 9
    log.write_text(text, encoding="utf-8")
    assert whole(log, limit) == text


@given(st.text(alphabet="a\u00e9\u732b\U0001f319\n", max_size=60), st.integers(0, 250))
def test_any_start_gives_whole_characters(text: str, start: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.txt"
        path.write_text(text, encoding="utf-8")
        part = read_part(path, start, 1000)
        assert "\ufffd" not in part.text
        assert text.endswith(part.text)
        assert part.next == part.size == len(text.encode())


def test_a_start_within_the_last_character_gives_nothing(log: Path) -> None:
    log.write_text("aa\u00e9", encoding="utf-8")
    assert (read_part(log, 3, 100).text, read_part(log, 3, 100).next) == ("", 4)


def test_what_is_no_text_goes_on_all_the_same(log: Path) -> None:
    log.write_bytes(b"ok\n\xff\xff\xff\xff\xff\nend\n")
    assert whole(log, 4).startswith("ok\n\ufffd")
    assert whole(log, 4).endswith("end\n")


def test_a_character_that_is_still_being_written_waits(log: Path) -> None:
    log.write_bytes("x\u732b".encode()[:-1])
    part = read_part(log, 0, 100)
    assert (part.text, part.next) == ("x", 1)
    log.write_bytes("x\u732b".encode())
    assert read_part(log, part.next, 100).text == "\u732b"


def test_from_the_end_it_begins_with_a_line(log: Path) -> None:
    log.write_text("first line\nsecond line\nthird\n", encoding="utf-8")
    part = read_part(log, -15, 100)
    assert (part.text, part.start, part.next, part.size) == ("third\n", 23, 29, 29)
    assert read_part(log, -1000, 100).text.startswith("first")
    log.write_text("one long line without an end", encoding="utf-8")
    assert read_part(log, -4, 100).text == " end"


def test_no_log_is_an_empty_one(log: Path) -> None:
    assert read_part(log, -10, 100).size == 0
    assert search(log, "x").total == 0


def test_bars_are_their_last_state() -> None:
    assert collapsed("a\r\nb\n") == "a\nb\n"
    assert collapsed("\r 1%\r 50%\r100%\nnext\n") == "100%\nnext\n"
    assert collapsed("done\r\n\r\r\n") == "done\n\n"


def test_search_names_places(log: Path) -> None:
    log.write_text("one\n\u732b Error: x\nthree\rERROR bar\rerror last\nnone\n" * 2, encoding="utf-8")
    found = search(log, "error")
    assert found.total == 4
    assert [hit.line for hit in found.hits] == [2, 3, 6, 7]
    assert found.hits[1].text == "error last"
    assert read_part(log, found.hits[0].offset, 12).text == "\u732b Error: x"
    assert len(search(log, "error", limit=1).hits) == 1
    assert search(log, "error", limit=1).total == 4
    assert search(log, "").total == 0
