"""Modules that wait for the first request: nothing of them is there before, everything after."""

import subprocess
import sys
from pathlib import Path

import pytest

from mikazuki.web.later import Later


def test_a_module_is_imported_when_something_is_asked_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mikazuki_waits.py").write_text("def doubled(number):\n    return 2 * number\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = Later("mikazuki_waits")
    assert "mikazuki_waits" not in sys.modules
    assert module.doubled(4) == 8
    assert sys.modules.pop("mikazuki_waits")
    with pytest.raises(AttributeError, match="halved"):
        _ = module.halved


def test_routes_leave_what_does_the_work_for_later() -> None:
    code = """
import sys
from mikazuki.web.routes import captions, workspaces
assert not [name for name in sys.modules if name.endswith(("workbench_answers", "workspace_answers"))]
assert captions.answers.rows.__module__ == "mikazuki.web.workbench_answers"
assert workspaces.answers.create.__module__ == "mikazuki.web.workspace_answers"
"""
    subprocess.run([sys.executable, "-c", code], check=True)
