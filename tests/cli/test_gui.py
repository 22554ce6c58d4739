"""Opening the studio from the command line: what its flags mean and what they refuse."""

import argparse
from pathlib import Path
from typing import Any

import pytest

from mikazuki.cli import gui, main
from mikazuki.paths import repository
from mikazuki.web import serve
from mikazuki.web.studio import Studio


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Keep what would be served, and come back at once as after Ctrl-C."""
    found: list[dict[str, Any]] = []

    def note(studio: Studio, listening: Any, host: str, on_ready: Any) -> None:
        found.append({"studio": studio, "host": host, "port": listening.getsockname()[1]})
        on_ready()
        studio.closing.set()
        raise KeyboardInterrupt

    monkeypatch.setattr(serve, "serve", note)
    monkeypatch.setattr(serve, "open_browser", lambda url: found[-1].update(browser=url))
    monkeypatch.setattr(gui, "EVERYWHERE", "127.0.0.1")
    monkeypatch.chdir(repository().root)
    monkeypatch.delenv(gui.TOKEN_VARIABLE, raising=False)
    return found


def test_by_default_this_machine_alone_and_no_token(
    served: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["gui", "--port", "0"]) == 130
    assert served[0]["host"] == "127.0.0.1"
    assert served[0]["studio"].token is None
    assert served[0]["browser"] == f"http://127.0.0.1:{served[0]['port']}/"
    said = capsys.readouterr().out
    assert "trainings that run go on" in said
    assert "The studio has ended." in said


def test_a_token_is_made_for_other_addresses(
    served: list[dict[str, Any]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import mikazuki.web.guard

    monkeypatch.setattr(mikazuki.web.guard, "is_loopback", lambda _host: False)
    main.main(["gui", "--port", "0", "--listen", "--no-browser"])
    token = served[0]["studio"].token
    assert len(token) >= 16
    assert f"/?token={token}" in capsys.readouterr().out
    assert "browser" not in served[0]
    main.main(["gui", "--port", "0", "--listen", "--no-browser"])
    assert served[1]["studio"].token != token, "another one each time"


def test_a_token_may_be_named(served: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(gui.TOKEN_VARIABLE, "from the environment")
    main.main(["gui", "--port", "0"])
    main.main(["gui", "--port", "0", "--token", "named"])
    assert [one["studio"].token for one in served] == ["from the environment", "named"]


def test_a_port_that_is_taken_is_said(served: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    with serve.bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        main.main(["gui", "--port", str(port), "--lang", "zh-CN"])
    assert served[0]["port"] != port
    assert f"{port} \u5df2\u88ab\u5360\u7528" in capsys.readouterr().out


def test_further_folders(served: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["gui", "--port", "0", "--data-root", str(tmp_path)])
    assert served[0]["studio"].more_roots == [tmp_path]
    assert main.main(["gui", "--data-root", str(tmp_path / "none")]) == 2
    assert "--data-root" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["-1", "65536", "x", ""])
def test_what_is_no_port(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        gui._port(text)


def test_both_languages_say_the_same() -> None:
    assert gui.TEXTS["en"].keys() == gui.TEXTS["zh-CN"].keys()
