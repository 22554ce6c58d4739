import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.jobs.folder import Job
from mikazuki.jobs.metrics import Metrics, thin
from tests.jobs import world


def test_curves_by_tag_grow_with_the_file(tmp_path: Path) -> None:
    job = Job(tmp_path)
    metrics = Metrics(job.events)
    assert metrics.curves().tags == []
    for step in (1, 2, 3):
        world.tell(job, kind="metric", step=step, values={"loss/current": step / 10, "lr/unet": 1e-4})
    world.tell(job, kind="progress", step=3, speed=2.0, memory=99, eta=None)
    found = metrics.curves()
    assert found.tags == ["loss/current", "lr/unet", "progress/speed", "progress/memory"]
    assert found.series["loss/current"].steps == [1, 2, 3]
    assert found.series["loss/current"].values == [0.1, 0.2, 0.3]
    assert found.series["progress/memory"].values == [99.0]
    assert found.last_step == 3
    world.tell(job, kind="metric", step=4, values={"loss/current": None})
    found = metrics.curves({"loss/current"})
    assert list(found.series) == ["loss/current"]
    assert found.series["loss/current"].values[-1] is None
    assert found.series["loss/current"].count == 4
    assert metrics.curves(first=2, last=3).series["loss/current"].steps == [2, 3]


def test_half_a_line_waits_and_a_torn_one_is_left_out(tmp_path: Path) -> None:
    job = Job(tmp_path)
    metrics = Metrics(job.events)
    world.tell(job, kind="metric", step=1, values={"a": 1})
    with job.events.open("a", encoding="utf-8") as file:
        file.write('{"time": 1.0, "kind": "metric", "step": 2, "val')
    assert metrics.curves().series["a"].steps == [1]
    with job.events.open("a", encoding="utf-8") as file:
        file.write("\n")
    world.tell(job, kind="metric", step=3, values={"a": 3})
    assert metrics.curves().series["a"].steps == [1, 3]


def test_steps_that_come_again_replace_the_former(tmp_path: Path) -> None:
    job = Job(tmp_path)
    for step, value in ((1, 1), (2, 2), (3, 3), (2, 9)):
        world.tell(job, kind="metric", step=step, values={"a": value})
    assert Metrics(job.events).curves().series["a"].values == [1.0, 9.0]


def test_a_file_that_was_made_anew_is_read_anew(tmp_path: Path) -> None:
    job = Job(tmp_path)
    metrics = Metrics(job.events)
    for step in range(5):
        world.tell(job, kind="metric", step=step, values={"a": 1})
    assert metrics.curves().last_step == 4
    job.events.unlink()
    world.tell(job, kind="metric", step=1, values={"b": 1})
    assert metrics.curves().tags == ["b"]


def test_a_long_curve_keeps_its_peaks(tmp_path: Path) -> None:
    job = Job(tmp_path)
    values = [math.sin(step / 900) for step in range(20_000)]
    values[7_777], values[12_345] = 50.0, -50.0
    lines = (
        json.dumps({"time": 1.0, "kind": "metric", "step": step, "values": {"a": value}})
        for step, value in enumerate(values)
    )
    job.events.write_text("\n".join(lines) + "\n", encoding="utf-8")
    series = Metrics(job.events).curves(points=500).series["a"]
    assert len(series.steps) <= 500
    assert series.count == 20_000
    assert (series.steps[0], series.steps[-1]) == (0, 19_999)
    assert dict(zip(series.steps, series.values, strict=True))[7_777] == 50.0
    assert dict(zip(series.steps, series.values, strict=True))[12_345] == -50.0


@given(
    st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), min_size=1, max_size=300),
    st.integers(0, 40),
)
def test_thinning_keeps_ends_order_and_extremes(values: list[float], most: int) -> None:
    chosen = thin(values, most)
    assert len(chosen) <= max(4, most)
    assert chosen == sorted(set(chosen))
    assert {chosen[0], chosen[-1]} == {0, len(values) - 1}
    finite = [value for value in values if math.isfinite(value)]
    if len(finite) == len(values):
        kept = [values[at] for at in chosen]
        assert (min(kept), max(kept)) == (min(finite), max(finite))


@pytest.mark.parametrize("most", [-5, 0, 4])
def test_at_least_four_points(most: int) -> None:
    assert len(thin([0.0, 1.0, 5.0, 2.0, -3.0, 0.0], most)) == 4
