import pytest

from mikazuki.engines.follow.records import Record, Records, cells, english


def read(text: str) -> list[Record]:
    records = Records()
    return [*(found for line in text.splitlines() if line for found in records.feed(line)), *records.flush()]


def test_rows_are_joined_between_words_and_within_them() -> None:
    text = (
        "2026-11-21 14:57:43 INFO     load StableDiffusion checkpoint: train_util.py:5530\n"
        "                             /home/sd1/sd15_reference.safeten                   \n"
        "                             sors                                               \n"
        "plain\n"
    )
    assert read(text) == [
        Record("INFO", "load StableDiffusion checkpoint: /home/sd1/sd15_reference.safetensors"),
        Record("", "plain"),
    ]


def test_wide_characters_take_two_columns() -> None:
    assert cells("ab学習") == 6
    text = (
        "                    WARNING  no regularization images /       train_util.py:2167\n"
        "                             正則化画像が見つかりませんでした                   \n"
    )
    (found,) = read(text)
    assert found == Record("WARNING", "no regularization images / 正則化画像が見つかりませんでした")
    assert english(found.text) == "no regularization images"


def test_a_record_ends_where_the_next_begins_and_an_empty_one_is_none() -> None:
    text = (
        "                    INFO                                      train_util.py:5941\n"
        "[11/21/26 14:57:43] ERROR    one                                 train_db.py:111\n"
        "                    INFO     two                                    fine.py:1\n"
    )
    assert read(text) == [Record("ERROR", "one"), Record("INFO", "two")]


def test_what_only_looks_like_a_row_is_plain() -> None:
    text = " " * 40 + "a caret of a traceback ^^^^\n  File x.py, line 3\n"
    assert [found.level for found in read(text)] == ["", ""]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("No data found. / 画像がありません。", "No data found."),
        ("in a / b there is no Japanese", "in a / b there is no Japanese"),
        ("日本 / 語", "日本 / 語"),
    ],
)
def test_the_japanese_half_is_left_out(text: str, first: str) -> None:
    assert english(text) == first
