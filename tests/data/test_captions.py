"""Captions: what is read, what a step makes of it, and what is counted."""

import math
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.data.captions import (
    caption_lines,
    caption_path,
    caption_paths,
    final_caption,
    guess_encoding,
    in_one_line,
    not_utf8_error,
    other_endings,
    plain_caption,
    read_captions,
    tag_frequency,
)
from mikazuki.data.folders import Subset
from mikazuki.errors import MikazukiError
from mikazuki.settings.datasets import CaptionOptions

TAGS = "sks dog, red, \u732b, old, wet"


def subset_of(folder: Path, *names: str) -> Subset:
    return Subset(folder, 1, "class words", is_reg=False, pictures=tuple(folder / name for name in names))


def options(**values: Any) -> CaptionOptions:
    return CaptionOptions(**values)


def made(text: str, wanted: CaptionOptions, rng: Random, epoch: int = 1, step: int = 0) -> str:
    return final_caption(text, wanted, rng, epoch=epoch, step=step, max_steps=100)


def seen(text: str, wanted: CaptionOptions) -> set[str]:
    return {made(text, wanted, Random(seed)) for seed in range(200)}


def test_captions_of_every_kind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf  a dog \r\nsecond line\r\n")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes("\u4e2d\u6587".encode("gb18030"))
    (tmp_path / "d.e.txt").write_bytes("\u732b, cat".encode())
    found = read_captions(subset_of(tmp_path, "a.png", "b.png", "c.png", "d.e.png", "f.png"), options())
    assert found.texts == ("a dog", "", "class words", "\u732b, cat", "class words")
    assert [path.name for path in found.longer] == ["a.txt"]
    assert [path.name for path in found.empty] == ["b.txt"]
    assert [path.name for path in found.not_utf8] == ["c.txt"]
    assert [path.name for path in found.missing] == ["f.png"]


def test_extension_with_or_without_its_dot() -> None:
    assert caption_path(Path("x/a.b.png"), ".caption") == caption_path(Path("x/a.b.png"), "caption")
    assert caption_path(Path("x/a.b.png"), ".caption").name == "a.b.caption"


@pytest.mark.parametrize("data", [b"a\nb", b"a\r\nb", b"a\rb", b" a \n b\t"])
def test_line_ends(data: bytes) -> None:
    assert caption_lines(data) == ["a", "b"]


@pytest.mark.parametrize(("text", "shown"), [("", ""), ("a cat", "a cat"), ("a\nb\nc", "a … (1/3)")])
def test_lines_that_take_turns_are_shown_as_one(text: str, shown: str) -> None:
    assert in_one_line(text) == shown


def test_not_utf8_names_every_file_and_how_to_convert(tmp_path: Path) -> None:
    files = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in files:
        path.write_bytes("\u4e00\u53ea\u732b".encode("gb18030"))
    error = not_utf8_error(files)
    assert error.code == "caption-not-utf8"
    assert all(str(path) in error.message for path in files)
    assert "gb18030" in error.message
    assert "UTF-8" in error.hint


def test_guesses() -> None:
    assert guess_encoding("a cat".encode("utf-16")) == "utf-16"
    assert guess_encoding("\u4e2d\u6587".encode("gb18030")) == "gb18030"
    assert guess_encoding(b"\xe9t\xe9") == "cp1252"
    assert guess_encoding(b"\x81\xff\x8f") is None


def test_other_endings_are_counted(tmp_path: Path) -> None:
    for name in ("a.caption", "b.caption", "a.txt"):
        (tmp_path / name).touch()
    assert other_endings([tmp_path / "a.png", tmp_path / "b.png"], ".txt") == {".caption": 2}


def test_a_face_in_the_name_shares_the_caption(tmp_path: Path) -> None:
    (tmp_path / "jo.b.txt").write_text("shared", encoding="utf-8")
    (tmp_path / "jo.b_1_2_3_5.txt").write_text("own", encoding="utf-8")
    names = ("jo.b_1_2_3_4.png", "jo.b_1_2_3_5.png", "jo.b_2_3_4.png", "_1_2_3_4.png")
    found = read_captions(subset_of(tmp_path, *names), options())
    assert found.texts == ("shared", "own", "class words", "class words")
    assert [path.name for path in found.missing] == ["jo.b_2_3_4.png", "_1_2_3_4.png"]
    assert [path.name for path in caption_paths(Path("a_1_2_3_4.png"), ".x.y")] == ["a_1_2_3_4.x.y", "a.x.y"]


def test_every_line_with_text_where_one_is_chosen(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n one \n\ntwo\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n \n", encoding="utf-8")
    found = read_captions(subset_of(tmp_path, "a.png", "b.png"), options(enable_wildcard=True))
    assert found.texts == ("one\ntwo", "")
    assert [path.name for path in found.empty] == ["b.txt"]
    assert found.longer == ()


def test_a_caption_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(MikazukiError, match=r"a\.txt cannot be read") as caught:
        read_captions(subset_of(tmp_path, "a.png"), options())
    assert caught.value.code == "caption-not-readable"


def test_untouched_without_options() -> None:
    rng = Random(1)
    before = rng.getstate()
    assert made(" a,b ,, c", options(), rng) == " a,b ,, c"
    assert rng.getstate() == before


def test_dropout_is_a_share() -> None:
    rng = Random(3)
    dropped = sum(made("x", options(caption_dropout_rate=0.25), rng) == "" for _ in range(2000))
    assert 430 < dropped < 570
    assert made("x", options(caption_dropout_rate=1), rng) == ""


def test_dropout_of_whole_epochs() -> None:
    third = options(caption_dropout_every_n_epochs=3)
    assert [made("x", third, Random(1), epoch=epoch) for epoch in range(1, 7)] == ["x", "x", "", "x", "x", ""]


def test_prefix_and_suffix() -> None:
    both = options(caption_prefix="photo of", caption_suffix="outside")
    assert made("a cat", both, Random(1)) == "photo of a cat outside"
    assert made("", both, Random(1)) == "photo of outside"
    assert seen("a\nb", options(caption_prefix="my", enable_wildcard=True)) == {"my a", "my b"}


@given(st.integers(), st.integers(0, 6))
def test_shuffle_keeps_the_first_and_loses_nothing(seed: int, keep: int) -> None:
    result = made(TAGS, options(shuffle_caption=True, keep_tokens=keep), Random(seed)).split(", ")
    assert result[:keep] == TAGS.split(", ")[:keep]
    assert sorted(result) == sorted(TAGS.split(", "))


def test_shuffle_moves_everything_not_kept() -> None:
    settings = options(shuffle_caption=True, keep_tokens=1)
    found = {tuple(made(TAGS, settings, Random(seed)).split(", ")) for seed in range(400)}
    assert len(found) == 24


def test_kept_by_a_separator() -> None:
    marked = options(shuffle_caption=True, keep_tokens_separator="|||", keep_tokens=5)
    assert seen("a, b ||| c,, d ||| e", marked) == {"a, b, c, d, e", "a, b, d, c, e"}
    assert seen("a ||| c, d", marked) == {"a, c, d", "a, d, c"}
    assert seen("a ||| b ||| c ||| d", marked) == {"a, b, c, d"}
    assert seen("a, b", marked) == {"a, b"}
    assert seen("a,b ||| c", options(keep_tokens_separator="|||")) == {"a, b, c"}


def test_groups_move_together() -> None:
    grouped = options(shuffle_caption=True, secondary_separator=";;;")
    assert seen("a;;;b, c", grouped) == {"a,b, c", "c, a,b"}
    assert seen("a;;;b, c", options(secondary_separator=";;;", caption_separator="/")) == {"a/b, c"}


def test_tags_are_dropped_but_not_the_kept_ones() -> None:
    half = options(caption_tag_dropout_rate=0.5, keep_tokens=1)
    assert seen("a, b, c", half) == {"a", "a, b", "a, c", "a, b, c"}
    assert seen("a, b", options(caption_tag_dropout_rate=1)) == {""}


def test_warm_up_by_hand() -> None:
    """Of five tags two at first, then three from a third of nine steps on, four from two thirds; all at the ninth."""
    slow = options(token_warmup_min=2, token_warmup_step=9)
    counts = [len(made("a, b, c, d, e", slow, Random(1), step=step).split(", ")) for step in range(11)]
    assert counts == [2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5]
    share = options(token_warmup_step=0.09)
    assert [made("a, b", share, Random(1), step=step) for step in (0, 8, 9)] == ["a", "a", "a, b"]
    assert made("k, a, b", options(token_warmup_step=9, keep_tokens=1), Random(1)) == "k, a"
    assert made("a", slow, Random(1)) == "a"


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("{a|b} {c}", {"a c", "b c"}),
        ("{a|}x", {"ax", "x"}),
        ("{{a|b}}", {"{a|b}"}),
        ("{{{a|b}", {"{a", "{b"}),
        ("{a|{{b}}}", {"a", "{b}"}),
        ("{} {a", {"{} {a"}),
        ("{a}}", {"{a}"}),
        ("one\ntwo {a|b}", {"one", "two a", "two b"}),
    ],
)
def test_wildcards(text: str, results: set[str]) -> None:
    assert seen(text, options(enable_wildcard=True)) == results


def test_nothing_is_chosen_without_wildcards() -> None:
    assert seen("{a|b}", options()) == {"{a|b}"}
    assert seen("a\nb", options()) == {"a"}


def test_plain_captions_are_in_order_and_whole() -> None:
    everything = options(
        caption_prefix="my", keep_tokens_separator="|||", secondary_separator=";", enable_wildcard=True,
        shuffle_caption=True, caption_dropout_rate=1.0, caption_tag_dropout_rate=1.0, token_warmup_step=50.0,
    )  # fmt: skip
    assert plain_caption("{b|a} dog ||| x;y, z\nother", everything) == "my b dog, x,y, z"
    assert plain_caption(" a,b", options()) == " a,b"
    fixed = options(caption_suffix="x", keep_tokens_separator="|||", secondary_separator=";")
    assert {plain_caption("a|||b;c", fixed)} == seen("a|||b;c", fixed) == {"a, b,c x"}


@dataclass
class Case:
    """A caption whose every tag is known by each text it may have: text -> (line, place, variant)."""

    wanted: CaptionOptions
    text: str
    known: dict[str, tuple[int, int, str]]
    begin: int
    middle: int
    end: int
    epoch: int
    step: int


def tag_of(line: int, place: int, wanted: CaptionOptions, rng: Random) -> tuple[str, dict[str, str]]:
    """Make a tag as written, and its texts as they may come out with the variant that each one is."""
    name = f"t{line}x{place}"
    kind = rng.random()
    if wanted.enable_wildcard and kind < 0.3:
        return f"{{{name}u|{name}v|{name}w}}", {name + variant: variant for variant in "uvw"}
    if wanted.secondary_separator and kind < 0.6:
        return f"{name}{wanted.secondary_separator}g", {f"{name}{wanted.caption_separator}g": ""}
    return name, {name: ""}


def random_case(rng: Random) -> Case:
    wanted = CaptionOptions(
        caption_separator=rng.choice(",;"),
        shuffle_caption=rng.random() < 0.5,
        keep_tokens=rng.randint(0, 3),
        keep_tokens_separator=rng.choice(["", "|||"]),
        secondary_separator=rng.choice([None, "++", "/"]),
        enable_wildcard=rng.random() < 0.4,
        caption_prefix=rng.choice([None, "pre"]),
        caption_suffix=rng.choice([None, "post"]),
        caption_dropout_rate=rng.choice([0, 0, 0.2]),
        caption_dropout_every_n_epochs=rng.choice([0, 0, 0, 4]),
        caption_tag_dropout_rate=rng.choice([0, 0, 0.3]),
        token_warmup_min=rng.randint(1, 4),
        token_warmup_step=rng.choice([0, 0, 0.37, 10, 23]),
    )
    mark = wanted.keep_tokens_separator
    begin, middle, end = rng.randint(1, 3), rng.randint(0, 6), rng.randint(0, 2) if mark else 0
    between, lines = wanted.caption_separator + " ", []
    known: dict[str, tuple[int, int, str]] = {}
    for line in range(rng.randint(1, 3) if wanted.enable_wildcard else 1):
        written = []
        for place in range(begin + middle + end):
            tag, texts = tag_of(line, place, wanted, rng)
            written.append(tag)
            before = "pre " if wanted.caption_prefix and place == 0 else ""
            after = " post" if wanted.caption_suffix and place == begin + middle + end - 1 else ""
            known |= {before + text + after: (line, place, variant) for text, variant in texts.items()}
        parts = [written[:begin], written[begin : begin + middle], *([written[begin + middle :]] if end else [])]
        lines.append(mark.join(map(between.join, parts)) if mark else between.join(written))
    if mark and wanted.caption_suffix and not middle and not end:
        return random_case(rng)  # the suffix would be a tag of its own
    if not mark:
        begin, middle = min(wanted.keep_tokens, begin + middle), max(0, begin + middle - wanted.keep_tokens)
    return Case(wanted, "\n".join(lines), known, begin, middle, end, rng.randint(1, 8), rng.randint(0, 30))


def warm(case: Case) -> int:
    """How many tags of the middle there may be: evenly more from the least at step 0 to all of them."""
    steps = case.wanted.token_warmup_step
    whole = steps if steps >= 1 else 37 if steps else 0
    if case.step >= whole:
        return case.middle
    least = case.wanted.token_warmup_min
    growth = Fraction(case.step, int(whole)) * (case.middle - least)
    return min(case.middle, least + math.floor(growth))


def check_tags(case: Case, result: str, tally: Counter[str]) -> None:
    wanted = case.wanted
    varied = wanted.shuffle_caption or wanted.caption_tag_dropout_rate or wanted.token_warmup_step
    joint = ", " if varied or wanted.keep_tokens_separator else wanted.caption_separator + " "
    found = [case.known[text] for text in result.split(joint)] if result else []
    assert len({line for line, _, _ in found}) <= 1
    places = [place for _, place, _ in found]
    assert places[: case.begin] == list(range(case.begin))
    last = case.begin + case.middle
    assert places[len(places) - case.end :] == list(range(last, last + case.end))
    moved = places[case.begin : len(places) - case.end]
    allowed = list(range(case.begin, case.begin + warm(case)))
    assert set(moved) <= set(allowed)
    assert len(moved) == len(set(moved))
    if not wanted.caption_tag_dropout_rate:
        assert sorted(moved) == allowed
    else:
        tally["tags"] += len(allowed)
        tally["tags shown"] += len(moved)
    if not wanted.shuffle_caption:
        assert moved == sorted(moved)
    elif len(moved) > 1:
        tally["shuffled"] += 1
        tally["first still first"] += moved[0] == min(moved)
        tally["expected first"] += Fraction(1, len(moved))  # type: ignore[assignment]
    tally.update(f"variant {variant}" for _, _, variant in found)
    if case.text.count("\n") == 1 and found:
        tally[f"line {found[0][0]}"] += 1


def is_share(count: int, total: int, share: float) -> bool:
    """Within five deviations of a binomial count."""
    return abs(count - total * share) < 5 * math.sqrt(total * share * (1 - share))


def test_ten_thousand_captions_keep_to_the_rules() -> None:
    rng, tally = Random(20), Counter[str]()
    for number in range(10_000):
        case = random_case(rng)
        wanted = case.wanted
        result, again = (made(case.text, wanted, Random(number), case.epoch, case.step) for _ in range(2))
        assert result == again
        left = [wanted.keep_tokens_separator, wanted.secondary_separator, "{", "}", "\n"]
        assert not any(mark and mark in result for mark in left)
        whole = wanted.caption_dropout_every_n_epochs
        if whole and case.epoch % whole == 0:
            assert result == ""
            continue
        # with a tag that stays, only dropout leaves nothing
        if wanted.caption_dropout_rate and case.begin:
            tally["captions"] += 1
            tally["dropped"] += not result
        if result or not wanted.caption_dropout_rate:
            check_tags(case, result, tally)
    assert is_share(tally["dropped"], tally["captions"], 0.2)
    assert is_share(tally["tags shown"], tally["tags"], 0.7)
    assert is_share(tally["line 0"], tally["line 0"] + tally["line 1"], 0.5)
    variants = [tally[f"variant {variant}"] for variant in "uvw"]
    assert all(is_share(count, sum(variants), 1 / 3) for count in variants)
    assert is_share(tally["first still first"], tally["shuffled"], tally["expected first"] / tally["shuffled"])
    assert min(tally["captions"], tally["tags"], tally["line 1"], tally["shuffled"], *variants) > 500


def test_tag_frequency_counts_lower_case_tags_a_folder() -> None:
    pairs = [("10_a", "Dog, red,, dog"), ("10_a", "dog"), ("2_b", "")]
    assert tag_frequency(pairs) == {"10_a": {"dog": 3, "red": 1}, "2_b": {}}
