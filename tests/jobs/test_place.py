from pathlib import Path

import pytest

from mikazuki.jobs import place as place_module
from mikazuki.jobs.folder import Job, create
from mikazuki.jobs.place import Place, Row, place_of, rank_at, read_place, spread, write_place


def rows(tmp_path: Path, *ranks: float) -> list[Row]:
    made = []
    for number, rank in enumerate(ranks):
        job = create(tmp_path, f"j{number}", {"config.toml": ""}, {})
        write_place(job, Place(rank=rank))
        made.append((job, Place(rank=rank)))
    return made


def test_a_place_is_read_as_it_was_written(tmp_path: Path) -> None:
    job = create(tmp_path, "demo", {"config.toml": ""}, {})
    assert read_place(job) is None
    place = Place(3.5, 1e9, ("0", "2"), held=True, needs=2)
    write_place(job, place)
    assert read_place(job) == place


def test_a_broken_place_still_waits(tmp_path: Path) -> None:
    job = Job(tmp_path)
    for text in ("{", '{"rank": "x", "gpus": null, "needs": "x"}'):
        job.place.write_text(text, encoding="utf-8")
        assert read_place(job) == Place()


def test_what_needs_no_slot_is_read_as_such(tmp_path: Path) -> None:
    job = create(tmp_path, "demo", {"config.toml": ""}, {"needs": 0})
    assert place_of(job).needs == 0
    assert place_of(create(tmp_path, "old", {"config.toml": ""}, {})).needs == 1
    write_place(job, Place(needs=0))
    assert read_place(job) == place_of(job) == Place(needs=0)


def test_ranks_stand_where_they_are_asked_for(tmp_path: Path) -> None:
    order = rows(tmp_path, 1.0, 2.0, 3.0)
    assert rank_at([], 5) == 0.0
    for position, (low, high) in {0: (-1e9, 1.0), 1: (1.0, 2.0), 2: (2.0, 3.0), 3: (3.0, 1e9), 99: (3.0, 1e9)}.items():
        rank = rank_at(order, position)
        assert rank is not None
        assert low < rank < high
    assert rank_at(order, -4) == rank_at(order, 0)
    assert rank_at(order, None) == rank_at(order, 3)


def test_without_room_ranks_are_dealt_out_anew_in_the_same_order(tmp_path: Path) -> None:
    order = rows(tmp_path, 1.0, 1.0000000001, 5.0)
    assert rank_at(order, 1) is None
    dealt = spread(order)
    assert [job for job, _ in dealt] == [job for job, _ in order]
    ranks = [place.rank for _, place in dealt]
    assert ranks == sorted(ranks)
    assert rank_at(dealt, 1) is not None
    assert [read_place(job) for job, _ in order] == [place for _, place in dealt]


def test_dealing_out_keeps_the_order_at_every_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = rows(tmp_path, 1.0, 2.0, 3.0, 4.0)
    names = [job.id for job, _ in order]
    seen = []

    def watched(job: Job, place: Place) -> None:
        write_place(job, place)
        now = {job.id: (read_place(job) or Place()).rank for job, _ in order}
        seen.append(sorted(names, key=lambda name: now[name]))

    monkeypatch.setattr(place_module, "write_place", watched)
    spread(order)
    assert seen == [names] * 4
