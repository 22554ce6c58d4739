import io
import logging

from mikazuki.log import set_up


def test_messages_go_to_one_place_once() -> None:
    before = logging.getLogger("mikazuki").handlers, logging.getLogger("mikazuki").propagate
    stream = io.StringIO()
    try:
        set_up(stream=io.StringIO())
        set_up(stream=stream)
        logging.getLogger("mikazuki.training").info("hello")
        logging.getLogger("mikazuki.training").debug("whisper")
        assert stream.getvalue().count("hello") == 1
        assert "whisper" not in stream.getvalue()
        set_up(stream=stream, verbose=True).debug("whisper")
        assert "whisper" in stream.getvalue()
    finally:
        logging.getLogger("mikazuki").handlers, logging.getLogger("mikazuki").propagate = before
