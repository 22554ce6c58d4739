"""Balances regularisation pictures against those of the subject, and class pictures by buckets, in numbers alone."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def balanced(wanted: int, repeats: Sequence[int]) -> list[int]:
    """Return the repeats of the regularisation pictures that are used, in order.

    They are taken in order until they are shown `wanted` times together, as often as the pictures of the subject;
    the rest is not used. If all of them are too few, each one's repeats go up by one in turn until there are enough.

    Args:
        wanted: How often an epoch shows pictures of the subject.
        repeats: The regularisation pictures' own repeats, 1 or more each.
    """
    used: list[int] = []
    lacking = wanted
    for own in repeats:
        if lacking <= 0:
            break
        used.append(own)
        lacking -= own
    more, rest = divmod(max(0, lacking), len(used) or 1)
    return [own + more + (place < rest) for place, own in enumerate(used)]


def spread(total: int, shares: Mapping[K, int]) -> dict[K, int]:
    """Divide a whole number in proportion to shares, rounded by largest remainders, the first of equals.

    Without any share nothing is given out.
    """
    whole = sum(shares.values())
    if not whole:
        return dict.fromkeys(shares, 0)
    parts = {key: total * share // whole for key, share in shares.items()}
    rest = total - sum(parts.values())
    more = set(sorted(shares, key=lambda key: -(total * shares[key] % whole))[:rest])
    return {key: part + (key in more) for key, part in parts.items()}


def class_quotas(wanted: Mapping[K, int], classes: Mapping[K, int]) -> dict[K, int]:
    """Say how often an epoch shows class pictures of each bucket: as often as pictures of the concept.

    What is shown in buckets without class pictures is paired with those in buckets of their own, or where there are
    none with the others, in proportion to their number.

    Args:
        wanted: Bucket -> how often an epoch shows pictures of the concept.
        classes: Bucket -> the number of class pictures, 1 or more.
    """
    paired = {bucket: wanted[bucket] for bucket in classes if wanted.get(bucket)}
    others = {bucket: number for bucket, number in classes.items() if bucket not in paired}
    rest = spread(sum(wanted.values()) - sum(paired.values()), others or classes)
    return {bucket: paired.get(bucket, 0) + rest.get(bucket, 0) for bucket in classes}
