"""The order of an epoch: pure functions of seed, epoch and place, so there is nothing to save."""

from collections.abc import Sequence
from random import Random

from mikazuki.data.buckets import Size
from mikazuki.data.chance import shuffled
from mikazuki.data.entries import Turns
from mikazuki.data.plan import Plan


def epoch_batches(plan: Plan, *, seed: int, epoch: int) -> list[list[int]]:
    """Lay out an epoch: batches of indices into `plan.entries`, each from one bucket of one dataset.

    Every entry comes up as often as its repeats say, but for class pictures that take turns and for datasets that the
    epoch does not show. A bucket is shuffled and cut into batches for all processes together, the last of which may be
    short; then the batches of all datasets are shuffled together. The same seed and epoch give the same order,
    whatever ran before.
    """
    waiting = {(turn.dataset, turn.bucket): (turn, list[int]()) for turn in plan.turns}
    rng = Random(f"order {seed} {epoch}")
    by_bucket: dict[tuple[int, Size], list[int]] = {}
    for index, entry in enumerate(plan.entries):
        if not plan.shows(entry.dataset, epoch):
            continue
        key = (entry.dataset, entry.bucket)
        if entry.is_reg and key in waiting:
            waiting[key][1].append(index)
        else:
            by_bucket.setdefault(key, []).extend([index] * entry.repeats)
    for key, (turn, rows) in waiting.items():
        if rows:
            by_bucket.setdefault(key, []).extend(turn_of(rows, turn, seed=seed, epoch=epoch))
    batches: list[list[int]] = []
    for dataset, bucket in sorted(by_bucket):
        order = shuffled(by_bucket[dataset, bucket], rng)
        size = plan.batch_of(dataset)
        batches.extend(order[start : start + size] for start in range(0, len(order), size))
    return shuffled(batches, rng)


def turn_of(rows: Sequence[int], turn: Turns, *, seed: int, epoch: int) -> list[int]:
    """Return those of the rows whose turn it is: over the epochs all come up equally often, in random order.

    The rows are laid out in one shuffle after the other without end, of which each epoch takes the next part.
    """
    start, count = epoch * turn.shown, len(rows)
    rounds = {
        number: shuffled(rows, Random(f"turns {seed} {turn.dataset} {turn.bucket} {number}"))
        for number in range(start // count, (start + turn.shown - 1) // count + 1)
    }
    return [rounds[place // count][place % count] for place in range(start, start + turn.shown)]


def own_part(count: int, *, rank: int, processes: int) -> slice:
    """Return which of a batch's `count` pictures a process takes; the first processes take one more where need be."""
    each, more = divmod(count, processes)
    start = rank * each + min(rank, more)
    return slice(start, start + each + (rank < more))


def sample_rng(seed: int, epoch: int, position: int) -> Random:
    """Make the random numbers of one picture of an epoch.

    `position` must be its own for every picture of the epoch over all processes: see `sample_position`.
    """
    return Random(f"sample {seed} {epoch} {position}")


def sample_position(plan: Plan, place: int, at: int) -> int:
    """Return the number that is a picture's own in its epoch; `at` is its place in the batch at `place`."""
    return place * plan.largest_batch + at
