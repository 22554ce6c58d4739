"""The order of an epoch and everything random in it: pure functions of seed, epoch and place, so nothing to save."""

from collections.abc import Sequence
from random import Random

from mikazuki.data.buckets import Size
from mikazuki.data.captions import final_caption, shuffled
from mikazuki.data.plan import Entry, Plan
from mikazuki.settings.train import DatasetSettings


def epoch_batches(plan: Plan, *, seed: int, epoch: int, batch_size: int) -> list[list[int]]:
    """Lay out an epoch: batches of indices into `plan.entries`, each batch from one bucket.

    Every entry comes up as often as its repeats say. A bucket is shuffled and cut into batches, the last of which
    may be short; then the batches are shuffled. The same seed and epoch give the same order, whatever ran before.
    """
    rng = Random(f"order {seed} {epoch}")
    by_bucket: dict[Size, list[int]] = {}
    for index, entry in enumerate(plan.entries):
        by_bucket.setdefault(entry.bucket, []).extend([index] * entry.repeats)
    batches: list[list[int]] = []
    for bucket in sorted(by_bucket):
        order = shuffled(by_bucket[bucket], rng)
        batches.extend(order[start : start + batch_size] for start in range(0, len(order), batch_size))
    return shuffled(batches, rng)


def rank_batches(batches: Sequence[list[int]], *, rank: int, num_processes: int) -> list[tuple[int, list[int]]]:
    """Deal an epoch's batches out to one process: (place in the epoch, batch), the same number for each process.

    What is missing in the last round is filled up with the epoch's first batches, under places of their own.
    """
    rounds = -(-len(batches) // num_processes)
    return [(place, batches[place % len(batches)]) for place in range(rank, rounds * num_processes, num_processes)]


def sample_rng(seed: int, epoch: int, position: int) -> Random:
    """Make the random numbers of one picture of an epoch.

    `position` must be its own for every picture of the epoch over all processes: place of the batch in the epoch
    times batch size, plus place in the batch.
    """
    return Random(f"sample {seed} {epoch} {position}")


def draw_sample(entry: Entry, settings: DatasetSettings, rng: Random) -> tuple[str, bool]:
    """Draw what is random about one showing of a picture: the caption as trained on, and whether it is mirrored."""
    mirrored = rng.random() < 0.5
    return final_caption(entry.caption, settings, rng), settings.flip_aug and mirrored
