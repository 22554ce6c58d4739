import os
import signal

import pytest

from mikazuki.cli.follow import counted_interrupts


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
def test_interrupts_are_counted_and_the_old_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with counted_interrupts() as interrupts:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        assert interrupts.count == 2
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
