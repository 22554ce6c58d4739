"""Order, batches, broken pictures, and that pictures are read while the model computes."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mikazuki.data.load import Bytes
from mikazuki.tagging.pipeline import BATCHES_AHEAD, _groups, batches
from mikazuki.tagging.reader import Reading
from tests.tagging import world


class Counting:
    """A reader whose answer is the red of a picture; it counts what is prepared."""

    def __init__(self, most: int = 100) -> None:
        self.batch_size = most
        self.where = "cpu"
        self.least_side: int | None = None
        self.prepared = 0
        self.sizes: list[int] = []
        self._lock = threading.Lock()
        self.ahead = threading.Event()

    def prepare(self, pixels: Bytes) -> int:
        with self._lock:
            self.prepared += 1
            if self.prepared > 2:
                self.ahead.set()
        return int(pixels[0, 0, 0])

    def read(self, prepared: Sequence[int]) -> list[Reading]:
        self.sizes.append(len(prepared))
        return [Reading(text=str(value)) for value in prepared]


class Waiting(Counting):
    """Ends its first batch once pictures of the next one have been prepared."""

    def read(self, prepared: Sequence[int]) -> list[Reading]:
        assert self.ahead.wait(30)
        return super().read(prepared)


def pictures(folder: Path, count: int) -> list[Path]:
    return [world.picture(folder / f"{number}.png", (number, 0, 0), (2, 2)) for number in range(count)]


def test_order_and_sizes(tmp_path: Path) -> None:
    reader = Counting(most=3)
    groups = list(batches(pictures(tmp_path, 8), reader, batch_size=5, workers=3))
    assert [seen.reading.text for group in groups for seen in group if seen.reading] == [str(n) for n in range(8)]
    assert [len(group) for group in groups] == [3, 3, 2]
    assert sorted(reader.sizes) == [2, 3, 3], "two threads feed the model: either may come first"


def test_a_broken_picture_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    paths = pictures(tmp_path, 3)
    paths[1].write_bytes(b"broken")
    found = [seen for group in batches(paths, Counting(), batch_size=8, workers=2) for seen in group]
    assert [seen.reading.text if seen.reading else None for seen in found] == ["0", None, "2"]
    assert found[1].problem
    assert found[1].problem.code == "corrupt-pictures"
    paths[0].write_bytes(b"")
    only = [seen for group in batches(paths[:2], Counting(), batch_size=8, workers=2) for seen in group]
    assert [seen.reading for seen in only] == [None, None]


def test_pictures_are_read_while_the_model_computes(tmp_path: Path) -> None:
    reader = Waiting()
    assert len(list(batches(pictures(tmp_path, 6), reader, batch_size=2, workers=2))) == 3


class CountingPool(ThreadPoolExecutor):
    """Counts what it is given to do."""

    submitted = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.submitted += 1
        return super().submit(fn, *args, **kwargs)


def test_not_more_is_read_ahead_than_is_needed_soon(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(20)]
    with CountingPool(1) as pool:
        groups = _groups(paths, str, pool, 2)
        first = next(groups)
        assert pool.submitted == 2 * (1 + BATCHES_AHEAD)
        rest = list(groups)
    assert pool.submitted == 20
    assert [future.result() for group in (first, *rest) for _, future in group] == [str(path) for path in paths]


class Pairing(Counting):
    """Answers to a batch only once another one, too, has been handed to it."""

    def __init__(self) -> None:
        super().__init__()
        self.both = threading.Barrier(2, timeout=30)

    def read(self, prepared: Sequence[int]) -> list[Reading]:
        self.both.wait()
        return super().read(prepared)


def test_one_batch_gets_ready_while_another_is_computed(tmp_path: Path) -> None:
    groups = list(batches(pictures(tmp_path, 8), Pairing(), batch_size=2, workers=2))
    assert [seen.reading.text for group in groups for seen in group if seen.reading] == [str(n) for n in range(8)]


def test_who_stops_asking_ends_it(tmp_path: Path) -> None:
    reader = Counting()
    groups = batches(pictures(tmp_path, 40), reader, batch_size=2, workers=2)
    next(groups)
    groups.close()
    assert len(reader.sizes) <= 3
    assert threading.active_count() < 10


def test_an_end_is_asked_for_and_what_is_under_way_is_told(tmp_path: Path) -> None:
    reader = Counting()
    asked = threading.Event()
    found = []
    paths = pictures(tmp_path, 40)
    for group in batches(paths, reader, batch_size=2, workers=2, stopped=asked.is_set):
        found.append(group)
        asked.set()
    assert len(found) == len(reader.sizes) == 2, "one that was told, and the one that was with the model then"
