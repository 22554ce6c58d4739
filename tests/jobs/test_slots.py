from pathlib import Path

import pytest

from mikazuki.jobs.folder import Job
from mikazuki.jobs.place import Place, Row
from mikazuki.jobs.slots import choose, taken_by, why_waiting

NOW = 1000.0


def queue(*places: Place) -> list[Row]:
    return [(Job(Path(str(number))), place) for number, place in enumerate(places)]


def chosen(
    rows: list[Row], slots: tuple[str, ...], busy: set[str] | None = None, light: int = 0
) -> dict[str, list[str]]:
    return {job.id: taken for (job, _), taken in choose(rows, slots, busy or set(), NOW, light)}


def test_one_job_a_slot_in_order() -> None:
    rows = queue(Place(), Place(), Place())
    assert chosen(rows, ("cpu",)) == {"0": ["cpu"]}
    assert chosen(rows, ("0", "1")) == {"0": ["0"], "1": ["1"]}
    assert chosen(rows, ("0", "1"), {"0"}) == {"0": ["1"]}
    assert chosen(rows, ("0",), {"0"}) == {}


def test_held_and_early_jobs_let_others_pass() -> None:
    rows = queue(Place(held=True), Place(not_before=NOW + 1), Place(not_before=NOW))
    assert chosen(rows, ("0",)) == {"2": ["0"]}


def test_named_slots_are_kept_to() -> None:
    rows = queue(Place(gpus=("1",)), Place(gpus=("0",)))
    assert chosen(rows, ("0", "1")) == {"0": ["1"], "1": ["0"]}
    assert chosen(rows, ("0", "1"), {"1"}) == {"1": ["0"]}
    assert chosen(queue(Place(gpus=("7",))), ("0", "1")) == {}


def test_a_job_of_two_slots_is_not_starved_by_small_ones() -> None:
    rows = queue(Place(needs=2), Place())
    assert chosen(rows, ("0", "1")) == {"0": ["0", "1"]}
    assert chosen(rows, ("0", "1"), {"0"}) == {}
    assert chosen(queue(Place(gpus=("0", "1"), needs=2), Place()), ("0", "1", "2"), {"0"}) == {"1": ["2"]}


@pytest.mark.parametrize("slots", [("0",), ("cpu",)])
def test_light_jobs_pass_all_others_two_at_a_time(slots: tuple[str, ...]) -> None:
    rows = queue(Place(), Place(needs=0), Place(needs=2), Place(needs=0), Place(needs=0))
    assert chosen(rows, slots, set(slots)) == {"1": [], "3": []}
    assert chosen(rows, slots, set(slots), light=1) == {"1": []}
    assert chosen(rows, slots, set(slots), light=2) == {}
    assert chosen(rows, slots) == {"0": list(slots), "1": [], "3": []}


def test_a_light_job_that_was_given_a_gpu_waits_for_it() -> None:
    rows = queue(Place(needs=0, gpus=("1",)), Place(needs=0, held=True))
    assert chosen(rows, ("0", "1"), {"1"}) == {}
    assert chosen(rows, ("0", "1"), light=2) == {"0": ["1"]}


def test_no_job_waits_for_more_than_there_is() -> None:
    assert chosen(queue(Place(needs=4)), ("0", "1")) == {"0": ["0", "1"]}
    assert chosen(queue(Place(gpus=("3",))), ("cpu",)) == {"0": ["cpu"]}


@pytest.mark.parametrize(
    ("gpus", "needs", "taken"),
    [(("1",), 1, ("1",)), ((), 1, ("0",)), ((), 2, ("0", "1")), (("9",), 1, ("0",)), ((), 0, ())],
)
def test_what_a_running_job_takes(gpus: tuple[str, ...], needs: int, taken: tuple[str, ...]) -> None:
    assert taken_by(gpus, needs, ("0", "1", "2")) == taken


@pytest.mark.parametrize(
    ("place", "paused", "word"),
    [
        (Place(held=True), True, "released"),
        (Place(not_before=NOW + 1), True, "time"),
        (Place(), True, "paused"),
        (Place(gpus=("5",)), False, "GPU 5"),
        (Place(gpus=("0",)), False, "turn"),
    ],
)
def test_why_it_waits(place: Place, paused: bool, word: str) -> None:  # noqa: FBT001
    assert word in why_waiting(place, ("0",), NOW, paused=paused)
