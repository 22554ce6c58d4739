"""Captions in prompts: a table of what each rule makes of them, and what holds for any caption."""

import re
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import Final

import pytest

from mikazuki.data.filewords import Tokens, caption_of, fill
from mikazuki.settings.concepts import FILEWORDS

MAN: Final = Tokens("zxy", "man")
NONE: Final = Tokens()
ONLY_I: Final = Tokens(instance="zxy")
ONLY_C: Final = Tokens(subject_class="man")
CAT: Final = Tokens("<my-cat>", "cat")
NESTED: Final = Tokens("zxy man", "man")
OUTER: Final = Tokens("sks", "sks dog")
SIGNS: Final = Tokens("[v*]", "c++")
HAN: Final = Tokens("\u5c0f\u6708", "\u5c0f\u732b")  # Xiaoyue, a kitten
MIXED: Final = Tokens("zxy", "\u5c0f\u732b")
GIRL: Final = Tokens("aki", "1girl")
DRAWS: Final = 2000

# why, tokens, template, caption, what an instance picture says, what a class picture says
TABLE: Final[tuple[tuple[str, Tokens, str, str, str, str], ...]] = (
    # the worked examples
    ("class only", MAN, FILEWORDS, "a man in a hat", "zxy in a hat", "a man in a hat"),
    ("neither", MAN, FILEWORDS, "portrait, studio", "zxy, portrait, studio", "man, portrait, studio"),
    ("both", MAN, FILEWORDS, "zxy man smiling", "zxy man smiling", "man smiling"),
    ("instance only", MAN, FILEWORDS, "zxy smiling", "zxy smiling", "man smiling"),
    # rule 0: the template
    ("template around", MAN, "photo of [filewords], 4k", "a man", "photo of zxy, 4k", "photo of a man, 4k"),
    ("template without the tag", MAN, "photo of a man", "blue", "photo of zxy", "photo of a man"),
    ("the template has the token", MAN, "zxy, [filewords]", "a man", "zxy, a man", "a man"),
    ("the template has the class", MAN, "a man, [filewords]", "smiling", "zxy, smiling", "a man, smiling"),
    ("the tag twice", MAN, "[filewords]. [filewords]", "hat", "zxy, hat. hat", "man, hat. hat"),
    ("no other tag is known", MAN, "[name] [filewords]", "a man", "[name] zxy", "[name] a man"),
    ("a caption that says the tag", MAN, FILEWORDS, "man [filewords]", "zxy [filewords]", "man [filewords]"),
    ("no caption", MAN, FILEWORDS, "", "zxy", "man"),
    ("no caption in a template", MAN, "photo, [filewords]", "", "zxy, photo,", "man, photo,"),
    ("empty template", MAN, "", "a man", "zxy", "man"),
    # rule 1: articles go with the class
    ("the", MAN, FILEWORDS, "the man", "zxy", "the man"),
    ("an", Tokens("zxy", "owl"), FILEWORDS, "an owl flies", "zxy flies", "an owl flies"),
    ("any case", MAN, FILEWORDS, "A MAN walks", "zxy walks", "A MAN walks"),
    ("not the end of a word", MAN, FILEWORDS, "drama man", "drama zxy", "drama man"),
    ("not of another word", MAN, FILEWORDS, "a tall man", "a tall zxy", "a tall man"),
    ("no other article", MAN, FILEWORDS, "one man, my man", "one zxy, my zxy", "one man, my man"),
    ("spaces between", MAN, FILEWORDS, "a   man", "zxy", "a man"),
    ("not before the token itself", MAN, FILEWORDS, "a zxy", "a zxy", "a man"),
    # rule 1: whole words in any case
    ("in a longer word", MAN, FILEWORDS, "a mannequin", "zxy, a mannequin", "man, a mannequin"),
    ("the end of a word", MAN, FILEWORDS, "a woman", "zxy, a woman", "man, a woman"),
    ("in a compound", MAN, FILEWORDS, "a man-made lake", "zxy, a man-made lake", "man, a man-made lake"),
    ("end of a compound", MAN, FILEWORDS, "a bat-man", "zxy, a bat-man", "man, a bat-man"),
    ("a dash is no hyphen", MAN, FILEWORDS, "man - hat", "zxy - hat", "man - hat"),
    ("a person's thing", MAN, FILEWORDS, "a man's hat", "zxy's hat", "a man's hat"),
    ("beside signs", MAN, FILEWORDS, "(man), 'man'.", "(zxy), 'zxy'.", "(man), 'man'."),
    ("a weight", MAN, FILEWORDS, "(man:1.2)", "(zxy:1.2)", "(man:1.2)"),
    ("every place", MAN, FILEWORDS, "man beside a man", "zxy beside zxy", "man beside a man"),
    ("instance in any case", MAN, FILEWORDS, "ZXY smiles", "ZXY smiles", "man smiles"),
    ("class and instance in any case", MAN, FILEWORDS, "Zxy MAN", "Zxy MAN", "MAN"),
    ("instance in a longer word", MAN, FILEWORDS, "zxyz", "zxy, zxyz", "man, zxyz"),
    ("a numbered file", MAN, FILEWORDS, "zxy-01", "zxy-01", "man-01"),
    ("a file with underscores", MAN, FILEWORDS, "zxy_01", "zxy_01", "man_01"),
    ("a digit touches", MAN, FILEWORDS, "man2", "zxy, man2", "man, man2"),
    ("a letter with an accent touches", MAN, FILEWORDS, "man\u00e9", "zxy, man\u00e9", "man, man\u00e9"),
    # rule 1: a deleted token takes its comma along
    ("first tag", MAN, FILEWORDS, "zxy, man, hat", "zxy, man, hat", "man, hat"),
    ("a tag between", MAN, FILEWORDS, "man, zxy, hat", "man, zxy, hat", "man, hat"),
    ("last tag", MAN, FILEWORDS, "man, zxy", "man, zxy", "man"),
    ("several tags", MAN, FILEWORDS, "zxy, zxy, man, zxy", "zxy, zxy, man, zxy", "man"),
    ("a word of a tag", MAN, FILEWORDS, "hat, old zxy man", "hat, old zxy man", "hat, old man"),
    ("other commas stay", MAN, FILEWORDS, "a,, zxy man", "a,, zxy man", "a,, man"),
    # rule 2: one token, or none
    ("instance alone in front", ONLY_I, FILEWORDS, "a man", "zxy, a man", "a man"),
    ("instance alone not twice", ONLY_I, FILEWORDS, "a Zxy", "a Zxy", "a Zxy"),
    ("class alone in front", ONLY_C, FILEWORDS, "hat", "hat", "man, hat"),
    ("class alone not twice", ONLY_C, FILEWORDS, "A Man", "A Man", "A Man"),
    ("class alone in a word", ONLY_C, FILEWORDS, "woman", "woman", "man, woman"),
    ("no tokens", NONE, "[filewords]!", "a man", "a man!", "a man!"),
    ("nothing at all", NONE, FILEWORDS, "", "", ""),
    ("tokens of spaces are none", Tokens(" ", "\t"), FILEWORDS, "hat", "hat", "hat"),
    # rule 3: one line, no backslashes
    ("white space", NONE, FILEWORDS, "  a \n b\t\tc ", "a b c", "a b c"),
    ("backslashes", NONE, FILEWORDS, r"a \(b\) \\ c", "a (b) c", "a (b) c"),
    ("a word behind backslashes", MAN, FILEWORDS, r"m\an \(zxy\)", "man (zxy)", "man ()"),
    ("a tag escaped by a tagger", MAN, FILEWORDS, r"man \(hat\)", "zxy (hat)", "man (hat)"),
    ("tokens are tidied too", Tokens(" z\\xy ", "big  man"), FILEWORDS, "a big man", "zxy", "a big man"),
    # tokens of several words, of one another, and of signs
    ("the longer one counts", NESTED, FILEWORDS, "zxy man smiling", "zxy man smiling", "man smiling"),
    ("the class in the longer one", NESTED, FILEWORDS, "a man", "zxy man", "a man"),
    ("both beside each other", NESTED, FILEWORDS, "zxy man and a man", "zxy man and a man", "and a man"),
    ("the class is the longer one", OUTER, FILEWORDS, "a sks dog", "sks", "a sks dog"),
    ("alone in it", OUTER, FILEWORDS, "sks runs", "sks runs", "sks dog runs"),
    ("beside the longer class", OUTER, FILEWORDS, "sks and sks dog", "sks and sks dog", "and sks dog"),
    ("the same word", Tokens("cat", "Cat"), FILEWORDS, "a cat, b", "a cat, b", "a cat, b"),
    ("the same word, missing", Tokens("cat", "cat"), FILEWORDS, "b", "cat, b", "cat, b"),
    ("brackets are no border", CAT, FILEWORDS, "photo of <my-cat>!", "photo of <my-cat>!", "photo of cat!"),
    ("the class in the token", CAT, FILEWORDS, "a cat", "<my-cat>", "a cat"),
    ("both words", CAT, FILEWORDS, "<my-cat> cat", "<my-cat> cat", "cat"),
    ("signs mean themselves", SIGNS, FILEWORDS, "learn c++", "learn [v*]", "learn c++"),
    ("no part of an expression", SIGNS, FILEWORDS, "v, c", "[v*], v, c", "c++, v, c"),
    ("replaced signs", SIGNS, FILEWORDS, "[V*] here", "[V*] here", "c++ here"),
    ("a backreference", Tokens(r"\1", r"\g<0>"), FILEWORDS, "g<0> x", "1 x", "g<0> x"),
    ("a tag with a digit", GIRL, FILEWORDS, "1girl, solo", "aki, solo", "1girl, solo"),
    ("another number", GIRL, FILEWORDS, "11girls, 2girl", "aki, 11girls, 2girl", "1girl, 11girls, 2girl"),
    # words that nothing parts
    (
        "a Chinese class", HAN, FILEWORDS,
        "\u4e00\u53ea\u5c0f\u732b\u5750\u7740", "\u4e00\u53ea\u5c0f\u6708\u5750\u7740",
        "\u4e00\u53ea\u5c0f\u732b\u5750\u7740",
    ),
    (
        "a Chinese token", HAN, FILEWORDS,
        "\u5c0f\u6708\u5750\u7740", "\u5c0f\u6708\u5750\u7740", "\u5c0f\u732b\u5750\u7740",
    ),
    ("neither in Chinese", HAN, FILEWORDS, "\u8349", "\u5c0f\u6708, \u8349", "\u5c0f\u732b, \u8349"),
    (
        "letters among Chinese", MIXED, FILEWORDS,
        "\u4e00\u53eazxy\u5750\u7740", "\u4e00\u53eazxy\u5750\u7740", "\u4e00\u53ea\u5c0f\u732b\u5750\u7740",
    ),
    ("letters get spaces", MIXED, FILEWORDS, "a\u5c0f\u732bb", "a zxy b", "a\u5c0f\u732bb"),
    ("side by side", MIXED, FILEWORDS, "\u5c0f\u732b\u5c0f\u732b", "zxy zxy", "\u5c0f\u732b\u5c0f\u732b"),
    (
        "a part of a longer Chinese word", Tokens("zxy", "\u732b"), FILEWORDS,
        "\u718a\u732b", "\u718azxy", "\u718a\u732b",
    ),
)  # fmt: skip

CASES: Final = [
    pytest.param(template, caption, tokens, kind == 1, wanted[kind], id=f"{('instance', 'class')[kind]}: {why}")
    for why, tokens, template, caption, *wanted in TABLE
    for kind in (0, 1)
]


@pytest.mark.parametrize(("template", "caption", "tokens", "is_class", "wanted"), CASES)
def test_what_is_said(template: str, caption: str, tokens: Tokens, is_class: bool, wanted: str) -> None:  # noqa: FBT001
    assert fill(template, caption, tokens, is_class=is_class) == wanted


def test_the_table_is_a_table() -> None:
    """Enough of it, and no row twice."""
    rows = {row[1:4] for row in TABLE}
    assert len(rows) == len(TABLE) >= 60


@pytest.mark.parametrize("page", ["methods.md", "zh-CN/methods.md"])
def test_the_examples_of_the_manual_are_true(page: str) -> None:
    lines = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("| `a man in a hat`"))
    rows = [re.findall("`(.*?)`", line) for line in takewhile(lambda line: line.startswith("|"), lines[first:])]
    assert len(rows) == 8
    for caption, instance, general in rows:
        assert fill(FILEWORDS, caption, MAN, is_class=False) == instance
        assert fill(FILEWORDS, caption, MAN, is_class=True) == general


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("zxy smiling.png", "  a man\n", "a man"),
        ("zxy smiling.png", None, "zxy smiling"),
        ("zxy.png", "", ""),
        ("12 - a dog.png", None, "- a dog"),
        ("003 a dog.png", None, "a dog"),
        ("2026-11-21  dog.v2.jpeg", None, "dog.v2"),
        ("-dog.png", None, "dog"),
        ("0001.png", None, ""),
        ("dog 12.png", None, "dog 12"),
        ("1girl.png", None, "girl"),
        ("12_dog.png", None, "_dog"),
        ("12 \u5c0f\u732b.png", None, "\u5c0f\u732b"),
        ("12 dog.png", "12 dogs", "12 dogs"),
    ],
)
def test_a_pictures_caption(name: str, text: str | None, wanted: str) -> None:
    assert caption_of(Path("pictures") / name, text) == wanted


PAIRS: Final = (MAN, CAT, ONLY_I, ONLY_C, NONE, SIGNS, HAN, MIXED, GIRL)
WORDS: Final = (
    "a", "A", "the", "an", "man", "Man", "mannequin", "man-made", "zxy", "ZXY", "zxy-01", "zxys", "hat", "\\",
    "smiling", "cat", "cats", "<my-cat>", "c++", "c", "[v*]", "1girl", "aki", "aki's", "\u5c0f\u732b", "\u5c0f\u6708",
    "\u8349\u5730", "(man)", "[filewords]", "4k",
)  # fmt: skip
JOINS: Final = (" ", " ", " ", ", ", ", ", "  ", ". ", "\n", ",", "\\ ")


def drawn(number: int) -> tuple[str, Tokens, bool]:
    """Return one caption made of words and what joins them, tokens, and a kind of picture."""
    rng = Random(number)
    caption = "".join(rng.choice(WORDS) + rng.choice(JOINS) for _ in range(rng.randrange(9)))
    return caption, rng.choice(PAIRS), rng.random() < 0.5


def count(text: str, token: str) -> int:
    """Count a token by plain means, in words that signs other than its own surround."""
    return (
        len(re.findall(rf"(?<![a-z0-9])(?<![a-z]-){re.escape(token)}(?![a-z0-9])(?!-[a-z])", text.lower()))
        if token
        else 0
    )


def test_filling_twice_is_filling_once() -> None:
    for number in range(DRAWS):
        caption, tokens, is_class = drawn(number)
        once = fill(FILEWORDS, caption, tokens, is_class=is_class)
        assert fill(FILEWORDS, once, tokens, is_class=is_class) == once, (caption, tokens)


def test_no_other_word_is_lost() -> None:
    """Apart from the two tokens and the articles every word stands, in its order."""

    def others(text: str, tokens: Tokens) -> list[str]:
        for token in filter(None, (tokens.instance, tokens.subject_class)):
            text = re.sub(
                rf"(?<![a-z0-9])(?<![a-z]-){re.escape(token)}(?![a-z0-9])(?!-[a-z])", " ", text, flags=re.IGNORECASE
            )
        return [word for word in re.findall(r"[^\s,\\]+", text) if word.lower() not in {"a", "an", "the"}]

    for number in range(DRAWS):
        caption, tokens, is_class = drawn(number)
        text = fill(FILEWORDS, caption, tokens, is_class=is_class)
        assert others(text, tokens) == others(caption, tokens), (caption, tokens)


def test_no_token_is_doubled() -> None:
    """Where the caption has a token none is added; where it has none one is, once."""
    for number in range(DRAWS):
        caption, tokens, is_class = drawn(number)
        text = fill(FILEWORDS, caption, tokens, is_class=is_class)
        both = (tokens.instance, tokens.subject_class)
        before, after = (sum(count(said, token) for token in both) for said in (caption.replace("\\", ""), text))
        wanted = both[is_class]
        assert after <= max(before, 1), (caption, tokens, text)
        assert not wanted or count(text, wanted), (caption, tokens, text)
        if is_class and all(both):
            assert not count(text, tokens.instance), (caption, tokens, text)


def test_one_line_without_backslashes() -> None:
    for number in range(DRAWS):
        caption, tokens, is_class = drawn(number)
        text = fill("best, [filewords]", caption, tokens, is_class=is_class)
        assert "\\" not in text
        assert "  " not in text
        assert text == text.strip()
        assert "\n" not in text
