"""Balances regularisation pictures against those of the subject, in numbers alone."""

from collections.abc import Sequence


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
