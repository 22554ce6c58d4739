"""Both languages of every page say the same amount, and what they name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAIRS = (
    ("README.md", "README-zh.md"),
    *(
        (f"docs/{name}.md", f"docs/zh-CN/{name}.md")
        for name in (
            "captions",
            "convert",
            "install",
            "datasets",
            "engines",
            "methods",
            "networks",
            "optimizers",
            "old-files",
            "prepare",
            "queue",
            "studio",
            "tagging",
            "workspaces",
        )
    ),
)
PAGES = sorted({page for pair in PAIRS for page in pair} | {"CONTRIBUTING.md", "docs/dependencies.md"})
MADE_LATER: set[str] = set()
"""Made by a program of the project; they are checked as soon as they are there."""

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
NAMED = re.compile(r"`((?:config|docs|mikazuki|requirements|sd-models|train|\.ci)/[^`*\s]*|[\w-]+\.(?:sh|ps1))`")
EXAMPLES = ("train/my_cat", "config/my_cat", "sd-models/taggers/NAME")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def shape(page: str) -> dict[str, object]:
    """Return what a translation must keep: levels of headings, code without its remarks, rows of tables, links."""
    text = text_of(page)
    blocks = [(kind, re.sub(r"\s*#.*|<.*?>", "", body)) for kind, body in FENCE.findall(text)]
    prose = FENCE.sub("", text)
    return {
        "headings": [len(mark) for mark in re.findall(r"^(#+) ", prose, re.MULTILINE)],
        "code": [block if block[0] != "text" else re.findall(r"^ *\S+", block[1], re.MULTILINE) for block in blocks],
        "rows": len(re.findall(r"^\|", prose, re.MULTILINE)),
        "items": len(re.findall(r"^(?:-|\d\.) ", prose, re.MULTILINE)),
        "links": len(LINK.findall(prose)),
    }


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_have_the_same_shape(english: str, chinese: str) -> None:
    assert shape(english) == shape(chinese)


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_is_there(page: str) -> None:
    text = text_of(page)
    linked = {(ROOT / page).parent / target for target in LINK.findall(text)}
    named = {ROOT / name for name in NAMED.findall(text) if not name.startswith(EXAMPLES)}
    later = {ROOT / name for name in MADE_LATER}
    missing = [str(path) for path in linked | named if not path.exists() and path not in later]
    assert not missing


def test_the_tree_of_the_readme_names_every_room_and_script() -> None:
    tree = next(body for kind, body in FENCE.findall(text_of("README.md")) if kind == "text")
    rooms = {path.parent.name for path in (ROOT / "mikazuki").glob("*/__init__.py")}
    scripts = {path.name for path in ROOT.iterdir() if path.suffix in {".sh", ".ps1"}}
    assert {name for name in rooms if f"  {name}/" not in tree} == set()
    assert {name for name in scripts if name not in tree} == set()
