import io

import pytest

from mikazuki.cli.live import CLEAR_LINE, LiveView, bar_line, progress_text
from mikazuki.jobs.events import Event


class Clock:
    """A clock that stands until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def progress(step: int, total: int = 100) -> Event:
    return {"kind": "progress", "step": step, "total": total, "epoch": 1, "epochs": 2, "avg_loss": 0.1, "speed": 2.0}


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_stages_are_lines_with_their_seconds(clock: Clock) -> None:
    out = io.StringIO()
    view = LiveView(out, terminal=False, clock=clock)
    view.handle({"kind": "stage", "name": "load_model", "text": "loading m"})
    clock.now += 2.5
    view.handle(
        {"kind": "stage", "name": "train", "parameters": 1200, "modules": 3, "device": "cpu", "precision": "no"}
    )
    assert out.getvalue() == "  loading m: 2.5 s\n  training 1,200 parameters in 3 modules on cpu, fp32\n"


def test_a_pipe_gets_a_line_each_five_percent_or_ten_seconds_and_the_last(clock: Clock) -> None:
    out = io.StringIO()
    view = LiveView(out, terminal=False, clock=clock)
    for step in range(1, 101):
        view.handle(progress(step))
    shown = [line.split("/")[0].strip() for line in out.getvalue().splitlines()]
    assert shown == [f"step {step}" for step in range(5, 101, 5)]
    slow = io.StringIO()
    view = LiveView(slow, terminal=False, clock=clock)
    for step in range(1, 101):
        clock.now += 4
        view.handle(progress(step, 10_000))
    assert len(slow.getvalue().splitlines()) == 33
    assert "\r" not in out.getvalue() + slow.getvalue()


def test_a_terminal_gets_one_bar_and_lines_above_it(clock: Clock) -> None:
    out = io.StringIO()
    view = LiveView(out, terminal=True, clock=clock)
    view.handle({"kind": "stage", "name": "load_model", "text": "loading m"})
    view.handle(progress(1))
    view.handle(progress(2))
    view.handle({"kind": "checkpoint", "what": "model", "path": "a.safetensors", "step": 2, "bytes": 1500})
    view.handle({"kind": "warning", "text": "careful"})
    view.close()
    visible = screen(out.getvalue())
    assert visible[0] == "  loading m: 0.0 s"
    assert visible[1] == "  saved at step 2: a.safetensors (1.5 kB)"
    assert visible[2] == "  warning: careful"
    assert visible[3].startswith("    2% [")
    assert visible[4:] == [""]


def screen(written: str) -> list[str]:
    """Return what a terminal shows: a line that was cleared is gone."""
    return [line.split(CLEAR_LINE)[-1] for line in written.split("\n")]


def test_what_is_not_known_is_left_out() -> None:
    assert progress_text({"kind": "progress", "step": 1, "total": 2, "epoch": 1, "epochs": 1, "loss": None}) == (
        "step 1/2, epoch 1/1"
    )
    whole = {**progress(50), "eta": 25.0, "memory": 1.2e9, "speed": 0.25}
    assert progress_text(whole) == "step 50/100, epoch 1/2, loss 0.1000, 4.0 s/step, 25 s left, 1.2 GB"
    assert bar_line(whole).startswith("   50% [############............] step 50/100")
    assert bar_line({"kind": "progress"}).startswith("    0% [........................]")


def test_events_for_others_show_nothing(clock: Clock) -> None:
    out = io.StringIO()
    view = LiveView(out, terminal=False, clock=clock)
    for kind in ("started", "metric", "done", "something new"):
        view.handle({"kind": kind})
    view.close()
    assert out.getvalue() == ""


def test_samples_are_lines(clock: Clock) -> None:
    out = io.StringIO()
    view = LiveView(out, terminal=False, clock=clock)
    view.handle({"kind": "stage", "name": "sample", "text": "drawing"})
    view.handle({"kind": "sample", "path": "a.png"})
    clock.now += 1
    view.handle({"kind": "checkpoint", "what": "state", "path": "s", "step": 1, "bytes": 1})
    assert out.getvalue() == "  sample: a.png\n  drawing: 1.0 s\n  state saved at step 1: s (1 bytes)\n"


def test_a_pause_and_a_merged_model_are_told() -> None:
    out = io.StringIO()
    view = LiveView(out, terminal=False)
    view.handle({"kind": "stage", "time": 0.0, "name": "pause", "text": "pausing for 60 seconds after epoch 1"})
    view.handle(
        {"kind": "checkpoint", "time": 1.0, "what": "merged", "path": "x-merged.safetensors", "step": 2, "bytes": 10}
    )
    assert "pausing for 60 seconds after epoch 1: " in out.getvalue()
    assert "merged model saved at step 2: x-merged.safetensors" in out.getvalue()
