from pathlib import Path

import pytest

from mikazuki.cli import docs
from mikazuki.cli import main as cli
from mikazuki.paths import Paths


def test_pages_are_written_and_then_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs, "repository", lambda: Paths(tmp_path))
    assert cli.main(["docs", "--check"]) == 1
    assert "docs/zh-CN/options.md" in capsys.readouterr().out.replace("\\", "/")
    assert cli.main(["docs", "--write"]) == 0
    assert cli.main(["docs", "--check"]) == 0
    page = tmp_path / "docs" / "options.md"
    page.write_text(page.read_text(encoding="utf-8") + "more", encoding="utf-8")
    assert cli.main(["docs", "--check"]) == 1


def test_pages_of_scripts_that_are_gone_are_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "repository", lambda: Paths(tmp_path))
    assert cli.main(["docs", "--write"]) == 0
    old = tmp_path / "docs" / "zh-CN" / "upstream" / "train_nothing.md"
    old.touch()
    assert cli.main(["docs", "--check"]) == 1
    assert cli.main(["docs", "--write"]) == 0
    assert not old.exists()
    assert (old.with_name("flux_train_network.md")).is_file()


def test_the_pages_in_this_repository_are_up_to_date() -> None:
    assert cli.main(["docs", "--check"]) == 0
