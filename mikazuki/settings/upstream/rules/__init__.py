"""Values of sd-scripts' options that do not go together: what is wrong with several at once, one sentence each."""

from collections.abc import Iterator

from mikazuki.settings.upstream.rules import data, learning, machine, needs, parts
from mikazuki.settings.upstream.rules.view import Rules, View

GROUPS: tuple[Rules, ...] = (
    *needs.GROUPS,
    *data.GROUPS,
    *parts.GROUPS,
    *learning.GROUPS,
    *machine.GROUPS,
)
"""Every group of rules; each yields the sentences of those that are broken."""


def problems(view: View) -> Iterator[str]:
    """Yield what is wrong with options that exclude or need one another, or cannot work as they are."""
    for group in GROUPS:
        for broken, text in group(view):
            if broken:
                yield text
