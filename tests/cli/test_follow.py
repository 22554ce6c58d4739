import os
import signal
from pathlib import Path

import pytest

from mikazuki.cli.follow import counted_interrupts, stopping
from mikazuki.jobs.folder import Job


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
def test_interrupts_are_counted_and_the_old_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with counted_interrupts() as interrupts:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        assert interrupts.count == 2
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.parametrize(
    ("frozen", "said"),
    [
        ("", "the state is saved after the current step"),
        ("save_model_on_cancel = true", "the model and the state are saved after"),
        ("save_model_on_cancel = true\nsave_state_on_cancel = false", "the model is saved after"),
        ("save_state_on_cancel = false", "nothing is saved after"),
        ("[", "the state is saved after"),
    ],
)
def test_a_stop_promises_what_will_be_saved(tmp_path: Path, frozen: str, said: str) -> None:
    job = Job(tmp_path)
    job.config.write_text(frozen, encoding="utf-8")
    assert said in stopping(job)
    assert ("without saving" in stopping(job)) is ("nothing" not in said)
