"""Killed at fifty moments of bulk edits and Saves: every caption is whole, and what was undone before can be undone."""

import multiprocessing
import os
import random
import re
import signal
import time
from pathlib import Path

import psutil  # noqa: F401 - by the parent, so that no child spends its life on it
import pytest

from mikazuki.data.workbench.asked import Selection
from mikazuki.data.workbench.bench import Workbench
from mikazuki.data.workbench.operations import SetText

KILLS = 50
PICTURES = 30
WHOLE = re.compile(r"round (\d+)( word){40} end\n")


def caption(number: int) -> str:
    return f"round {number}{' word' * 40} end"


def work(folder: Path, drafts: Path, first: int) -> None:
    """Edit all captions and save them, over and over; without flushes, which a killed process does not need."""
    os.fsync = os.sync = lambda *_: None  # type: ignore[assignment]
    bench = Workbench(folder, drafts)
    for number in range(first, first + 1000):
        bench.apply(Selection(), SetText(kind="set", text=caption(number)), ",")
        bench.save()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked, so that fifty start in a moment")
def test_no_kill_leaves_half_a_caption_or_an_unreadable_draft(tmp_path: Path) -> None:
    folder, drafts = tmp_path / "set", tmp_path / "drafts"
    folder.mkdir()
    for number in range(PICTURES):
        (folder / f"{number}.png").write_bytes(b"")
        (folder / f"{number}.txt").write_text(caption(0) + "\n", encoding="utf-8", newline="\n")
    context, chance = multiprocessing.get_context("fork"), random.Random(7)
    reached = set()
    for kill in range(KILLS):
        child = context.Process(target=work, args=(folder, drafts, 1 + kill * 1000))
        child.start()
        # counted in steps, and not in time alone, of which a busy machine gives a child none
        for _ in range(chance.randint(1, 4)):
            steps = _size(drafts)
            while _size(drafts) == steps and child.is_alive():
                time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.03))
        assert child.pid
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        found = [WHOLE.fullmatch((folder / f"{number}.txt").read_text(encoding="utf-8")) for number in range(PICTURES)]
        assert all(found)
        reached |= {one[1] for one in found if one}
        _check_undo(Workbench(folder, drafts))
    assert len(reached) > KILLS // 4, "hardly anything was written before the kills"
    bench = Workbench(folder, drafts)
    bench.apply(Selection(), SetText(kind="set", text="last"), ",")
    bench.save()
    assert not list(folder.glob(".*")), "what killed processes left half-written is swept away"


def _size(drafts: Path) -> int:
    return sum(path.stat().st_size for path in drafts.glob("*/draft.jsonl"))


def _check_undo(bench: Workbench) -> None:
    """Every step leads back, and forth again."""
    if not bench.draft.done:
        return
    last = bench.draft.done[-1]
    assert len(last.changes) == PICTURES
    bench.undo()
    before = {key: old for key, old, _ in last.changes}
    assert {row.name.replace("png", "txt"): row.text for row in bench.rows()} == before
    bench.redo()
    assert {row.text for row in bench.rows()} == {new for _, _, new in last.changes}
