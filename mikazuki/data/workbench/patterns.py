"""Regular expressions of a person, over all captions, for a few seconds at most: some take longer than a life."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError

SECONDS: Final = 5.0
"""How long one expression may take; ordinary ones take some hundredths of a second for thousands of captions."""
_WORKER: Final = Path(__file__).with_name("pattern_worker.py")


def matching(pattern: str, texts: Sequence[str], *, match_case: bool = False, seconds: float = SECONDS) -> list[bool]:
    """Say of each text whether the expression is found in it; raises `pattern-wrong`, `pattern-too-slow`."""
    check_pattern(pattern)
    found: list[bool] = _run({"pattern": pattern, "by": None, "match_case": match_case, "texts": texts}, seconds)
    return found


def substituted(
    pattern: str, by: str, texts: Sequence[str], *, match_case: bool = False, seconds: float = SECONDS
) -> list[str]:
    """Return the texts with all that is found replaced; raises `pattern-wrong`, `pattern-too-slow`."""
    check_pattern(pattern, by)
    found: list[str] = _run({"pattern": pattern, "by": by, "match_case": match_case, "texts": texts}, seconds)
    return found


def check_pattern(pattern: str, by: str = "") -> None:
    """Refuse what is no regular expression, or replaces by a group that there is not; raises `pattern-wrong`."""
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise MikazukiError(
            "pattern-wrong",
            f"{pattern} is no regular expression: {error}.",
            "Put a backslash before signs that are meant as they are: . ( ) [ ] * + ? ^ $ |",
        ) from error
    try:
        compiled.sub(by, "")  # which reads the replacement though nothing is found
    except (re.error, IndexError) as error:
        raise MikazukiError(
            "pattern-wrong",
            f"{by} cannot replace what {pattern} finds: {error}.",
            f"The expression has {compiled.groups} groups; write two backslashes for one.",
        ) from error


def _run(asked: dict[str, Any], seconds: float) -> Any:
    if not asked["texts"]:
        return []
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(_WORKER)],
            input=json.dumps(asked).encode("ascii"),
            capture_output=True,
            timeout=seconds,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise MikazukiError(
            "pattern-too-slow",
            f"The regular expression {asked['pattern']} took longer than {seconds:g} seconds.",
            "Repeats within repeats, such as (a+)+, take forever: write it more simply.",
        ) from error
    return json.loads(done.stdout)
