"""The Chinese sentences for what the server refuses or remarks: one for each code that a page can show, no others."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
CATALOGUE: Final = ROOT / "frontend" / "src" / "i18n" / "problems" / "zh-CN.json"
LONGEST: Final = 60
"""Characters of a sentence: it stands as a heading above the server's own words."""

ELSEWHERE: Final = ("cli", "setup")
"""Rooms whose words stand in a console, which is English."""
PLACES: Final[dict[str, int | None]] = {
    "MikazukiError": 0,
    "Notice": 0,
    "Finding": 0,
    "Failure": 0,
    "Problem": 0,
    "Refusal": 1,
    "_broken": 1,
    "_cause": 1,
    "_groups": 3,
    "_say": 0,
    "_warn": 0,
    "warn": 0,
    "emit": None,
}
"""Position of the code among the arguments of what takes one; it may be given by the name ``code`` as well, or only."""
NO_CODES: Final = {
    ("Finding", "preparing/doctor.py"),
    ("_groups", "tagging/pipeline.py"),
    ("_groups", "training/networks/attached.py"),
}
"""Other things of the same name."""

BUILT: Final = {
    # a status without words of ours: the page looks http-418 up as http
    ("web/envelope.py", "known.get(error.status_code, (f'http-{error.status_code}', str(error.detail)))"): {
        "http",
        "method-wrong",
        "route-not-found",
    },
    # a caption or a mask that somebody else wrote meanwhile
    ("data/unchanged.py", "f'{what}-changed'"): {"caption-changed", "mask-changed"},
    # log_with names a tracker whose package is not there
    ("training/trackers.py", "f'{name}-missing'"): {"tensorboard-missing", "wandb-missing"},
    # what settings/optimizers.py yields, beside its sentence
    ("preparing/preflight.py", "code"): {"rate-low", "rate-not-used", "scheduler-not-used"},
}
"""Codes that are put together, or that come out of a table or a generator."""
OWN_WORDS: Final = {("web/form_answers.py", "code"), ("web/probes.py", "code")}
"""The guided mode and the measurement, which say it in the language that was asked for."""
GIVEN: Final = {
    ("data/picture_report.py", "code"),
    ("training/parts_of_batches.py", "code"),
    ("training/report.py", "code"),
    ("web/job_detail.py", "code"),
}
"""Functions that take a code as their own argument, or read it from events; their callers are looked at."""
PASSED_ON: Final = re.compile(r"\w+\.code|str\(\w+\['code'\]\)")
"""A code that was made elsewhere, such as `error.code`."""


def sources() -> dict[str, ast.Module]:
    """Return all modules whose words a page can show, by their paths in the package."""
    package = ROOT / "mikazuki"
    paths = {path.relative_to(package).as_posix(): path for path in sorted(package.rglob("*.py"))}
    return {
        name: ast.parse(path.read_text(encoding="utf-8"))
        for name, path in paths.items()
        if name.partition("/")[0] not in ELSEWHERE
    }


def code_in(call: ast.Call, module: str) -> ast.expr | None:
    """Return the argument that is a code, or None where the call takes none."""
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
    if name not in PLACES or (name, module) in NO_CODES:
        return None
    named = next((one.value for one in call.keywords if one.arg == "code"), None)
    place = PLACES[name]
    return named or (call.args[place] if place is not None and len(call.args) > place else None)


def parts(node: ast.expr, names: dict[str, list[ast.expr]]) -> Iterator[ast.expr]:
    """Yield the expressions that a code can come from, followed through names and choices."""
    if isinstance(node, ast.IfExp):
        yield from (one for part in (node.body, node.orelse) for one in parts(part, names))
    elif isinstance(node, ast.BoolOp):
        yield from (one for part in node.values for one in parts(part, names))
    elif isinstance(node, ast.Name) and node.id in names:
        yield from (one for part in names[node.id] for one in parts(part, names))
    else:
        yield node


def assigned(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """Return the expressions that names stand for, wherever in the module."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                first = target.elts[0] if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Call) else target
                if isinstance(first, ast.Name):
                    found.setdefault(first.id, []).append(node.value)
    return found


@cache
def codes() -> tuple[set[str], set[tuple[str, str]]]:
    """Return the codes that stand in the code, and where others come from: (module, expression)."""
    known: set[str] = set()
    others: set[tuple[str, str]] = set()
    for module, tree in sources().items():
        names = assigned(tree)
        calls = [found for node in ast.walk(tree) if isinstance(node, ast.Call) and (found := code_in(node, module))]
        for part in (part for code in calls for part in parts(code, names)):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                known.add(part.value)
            elif not PASSED_ON.fullmatch(ast.unparse(part)):
                others.add((module, ast.unparse(part)))
    return known, others


def catalogue() -> dict[str, str]:
    found: dict[str, str] = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return found


def test_every_code_of_the_server_has_a_chinese_sentence_and_no_other() -> None:
    known, _ = codes()
    expected = known.union(*BUILT.values())
    assert sorted(expected - set(catalogue())) == [], "these have no sentence"
    assert sorted(set(catalogue()) - expected) == [], "nothing says these any more"


def test_nothing_makes_codes_in_a_way_that_is_not_looked_at() -> None:
    _, others = codes()
    assert others == set(BUILT) | OWN_WORDS | GIVEN


def test_codes_of_tables_stand_there() -> None:
    places = {"preparing/preflight.py": "settings/optimizers.py"}
    for (module, _), names in BUILT.items():
        text = (ROOT / "mikazuki" / places.get(module, module)).read_text(encoding="utf-8")
        assert [name for name in names if f'"{name}"' not in text and f'"{name.partition("-")[0]}' not in text] == []


def test_sentences_are_short_chinese_and_in_order() -> None:
    found = catalogue()
    assert list(found) == sorted(found)
    odd = {
        code: text
        for code, text in found.items()
        if len(text) > LONGEST
        or not re.search(r"[\u4e00-\u9fff].*\u3002$", text)
        or re.search(r"[,;:!?](?! ?[a-z0-9])", text)
    }
    assert odd == {}
