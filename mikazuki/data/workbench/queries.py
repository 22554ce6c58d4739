"""Finds captions by tags, length, text, place, size and state, among ten thousand in a moment."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mikazuki.data.buckets import Size, bucket_list, choose
from mikazuki.data.workbench.asked import Caption, Order, Query
from mikazuki.data.workbench.draft import Text
from mikazuki.data.workbench.patterns import matching
from mikazuki.data.workbench.tags import split_tags
from mikazuki.data.workbench.tokens import token_counter
from mikazuki.data.workbench.transforms import folded

SMALLEST: Final = 256
STEP: Final = 64
"""Bounds of the buckets that pictures are sorted into: those of most trainings."""


@dataclass(frozen=True, slots=True)
class Row:
    """A caption as queries see it."""

    name: str
    folder: str
    text: Text
    changed: bool

    @property
    def words(self) -> str:
        """The text, empty where there is no file."""
        return self.text or ""


Test = Callable[[Row], bool]


def found_places(
    rows: Sequence[Row], query: Query, separator: str, sizes: Callable[[], Sequence[Size | None]]
) -> list[int]:
    """Return the places of the rows that a query finds, in their order.

    Args:
        rows: All captions.
        query: What is looked for.
        separator: What stands between tags.
        sizes: Gives the sizes of all pictures; asked only where the query needs them.

    Raises:
        MikazukiError: `pattern-wrong`, `pattern-too-slow`.
    """
    tests = [*_plain_tests(query), *_tag_tests(query, separator)]
    places = [place for place, row in enumerate(rows) if all(test(row) for test in tests)]
    if query.least_tokens is not None or query.most_tokens is not None:
        counts = token_counter().counts(rows[place].words for place in places)
        within = _within(query.least_tokens, query.most_tokens)
        places = [place for place, count in zip(places, counts, strict=True) if within(count)]
    if query.pattern is not None:
        hits = matching(query.pattern, [rows[place].words for place in places])
        places = [place for place, hit in zip(places, hits, strict=True) if hit]
    if query.bucket is not None:
        buckets = bucket_names(sizes(), query.resolution)
        places = [place for place in places if buckets[place] == query.bucket]
    return places


def ordered(places: list[int], rows: Sequence[Row], order: Order, separator: str) -> list[int]:
    """Sort places; rows of equal length stay in the order of their names."""
    if order == "name":
        return places
    if order == "tokens":
        lengths = token_counter().counts(rows[place].words for place in places)
    elif order == "tags":
        lengths = [len(split_tags(rows[place].words, separator)) for place in places]
    else:
        lengths = [len(rows[place].words) for place in places]
    return [place for _, place in sorted(zip(lengths, places, strict=True), key=lambda pair: pair[0])]


def frequencies(texts: Iterable[Text], separator: str) -> Counter[str]:
    """Count in how many captions each tag stands, as it is written."""
    return Counter(tag for text in texts if text for tag in dict.fromkeys(split_tags(text, separator)))


def beside(texts: Iterable[Text], tag: str, separator: str) -> Counter[str]:
    """Count in how many captions each tag stands together with another one."""
    wanted = folded(tag)
    found: Counter[str] = Counter()
    for text in texts:
        tags = dict.fromkeys(split_tags(text or "", separator))
        if any(folded(one) == wanted for one in tags):
            found.update(one for one in tags if folded(one) != wanted)
    return found


def bucket_names(sizes: Sequence[Size | None], resolution: int) -> list[str]:
    """Name the bucket that each picture goes into, empty where its size is not known."""
    buckets = bucket_list((resolution, resolution), SMALLEST, max(1024, 2 * resolution), STEP)
    known: dict[Size, str] = {}
    for size in set(sizes):
        if size is not None:
            width, height = choose(size, buckets)
            known[size] = f"{width}x{height}"
    return [known[size] if size is not None else "" for size in sizes]


def _plain_tests(query: Query) -> Iterator[Test]:
    """Yield what names, states and characters must be, the cheapest first."""
    if query.changed:
        yield lambda row: row.changed
    if query.folder is not None:
        yield lambda row: row.folder == query.folder
    if query.caption != "any":
        wanted = query.caption
        yield lambda row: state_of(row.text) == wanted
    if query.least_characters is not None or query.most_characters is not None:
        within = _within(query.least_characters, query.most_characters)
        yield lambda row: within(len(row.words))
    if words := query.text.casefold().split():
        yield lambda row: _holds(row, words)


def _tag_tests(query: Query, separator: str) -> Iterator[Test]:
    wanted, some, none = (frozenset(map(folded, tags)) for tags in (query.all_tags, query.any_tags, query.no_tags))
    if wanted or some or none:

        def tagged(row: Row) -> bool:
            tags = {folded(tag) for tag in split_tags(row.words, separator)}
            return wanted <= tags and (not some or not some.isdisjoint(tags)) and none.isdisjoint(tags)

        yield tagged
    if query.least_tags is not None or query.most_tags is not None:
        within = _within(query.least_tags, query.most_tags)
        yield lambda row: within(len(split_tags(row.words, separator)))


def state_of(text: Text) -> Caption:
    """Say whether a caption is missing, empty or written."""
    if text is None:
        return "missing"
    return "written" if text.strip() else "empty"


def _holds(row: Row, words: list[str]) -> bool:
    name, text = row.name.casefold(), row.words.casefold()
    return all(word in name or word in text for word in words)


def _within(least: int | None, most: int | None) -> Callable[[int], bool]:
    low, high = least or 0, float("inf") if most is None else most
    return lambda count: low <= count <= high
