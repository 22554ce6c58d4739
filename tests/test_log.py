"""Messages go where they should, once, in the form asked for."""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.log import set_up, set_up_training_log


@dataclass
class Options:
    console_log_level: str | None = None
    console_log_file: str | None = None
    console_log_simple: bool = False


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    """Leave every logger as it was."""
    loggers = [logging.getLogger(), logging.getLogger("mikazuki")]
    before = [(logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    # what the test runner listens with would be told as well
    yield
    for logger, (handlers, level, propagate) in zip(loggers, before, strict=True):
        for handler in logger.handlers:
            if handler not in handlers:
                handler.close()
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_messages_go_to_one_place_once() -> None:
    stream = io.StringIO()
    set_up(stream=io.StringIO())
    set_up(stream=stream)
    logging.getLogger("mikazuki.training").info("hello")
    logging.getLogger("mikazuki.training").debug("whisper")
    assert stream.getvalue().count("hello") == 1
    assert "whisper" not in stream.getvalue()
    set_up(stream=stream, verbose=True).debug("whisper")
    assert "whisper" in stream.getvalue()


def said(options: Options | None) -> list[str]:
    """Return the lines of a few messages."""
    stream = io.StringIO()
    set_up_training_log(None, io.StringIO())
    set_up_training_log(options, stream)
    for logger in (logging.getLogger("mikazuki.training"), logging.getLogger("another")):
        logger.debug("whisper")
        logger.info("talk")
        logger.error("cry")
    return stream.getvalue().splitlines()


def test_a_training_tells_everyones_messages_once() -> None:
    lines = said(None)
    assert [line.rsplit(": ", 1)[1] for line in lines] == ["talk", "cry"] * 2
    assert "INFO    mikazuki.training" in lines[0]


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        (Options(console_log_simple=True), ["talk", "cry", "talk", "cry"]),
        (Options(console_log_simple=True, console_log_level="ERROR"), ["cry", "cry"]),
        (Options(console_log_simple=True, console_log_level="DEBUG"), ["whisper", "talk", "cry", "talk", "cry"]),
    ],
)
def test_form_and_level(options: Options, lines: list[str]) -> None:
    assert said(options) == lines


def test_a_file_takes_the_messages_as_well(tmp_path: Path) -> None:
    path = tmp_path / "new" / "own.log"
    for count in (1, 2):
        lines = said(Options(console_log_simple=True, console_log_file=str(path)))
        assert path.read_text(encoding="utf-8").splitlines() == lines * count


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match="console_log_file") as caught:
        set_up_training_log(Options(console_log_file=str(tmp_path)))
    assert caught.value.code == "log-file"


def test_other_listeners_stay() -> None:
    own = logging.NullHandler()
    logging.getLogger().addHandler(own)
    said(None)
    assert own in logging.getLogger().handlers


def test_a_programs_own_log_is_bounded_and_takes_others_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mikazuki.log.FILE_BYTES", 2000)
    path = tmp_path / "logs" / "studio.log"
    logger = set_up(file=path, others=("some.other",))
    for number in range(100):
        logger.info("message %d", number)
    logging.getLogger("some.other").warning("from elsewhere")
    set_up(stream=io.StringIO())
    assert "from elsewhere" in path.read_text(encoding="utf-8")
    assert {one.name for one in path.parent.iterdir()} == {"studio.log", "studio.log.1"}
    assert all(one.stat().st_size <= 2000 for one in path.parent.iterdir())
    other = logging.getLogger("some.other")
    for handler in other.handlers:
        handler.close()
    other.handlers, other.propagate = [], True


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(MikazukiError) as caught:
        set_up(file=tmp_path / "file" / "studio.log")
    assert caught.value.code == "log-file"
