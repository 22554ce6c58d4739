"""From what a tagger saw to the words of a caption: pure functions, each one rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mikazuki.settings.tagging import BEST_OF, TagSettings, replacements

EMOTICONS: Final = frozenset(
    (
        *("0_0", "(o)_(o)", "+_+", "+_-", "._.", "<o>_<o>", "<|>_<|>", "=_=", ">_<", "3_3", "6_9", ">_o"),
        *("@_@", "^_^", "o_o", "u_u", "x_x", "|_|", "||_||"),
    )
)
"""Tags whose underscore is a part of a drawing, as the taggers of the WD14 family know them."""
SHORTEST_WITH_SPACE: Final = 4
"""Tags of fewer signs keep their underscores: all of them are emoticons."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as a model names it, its kind (one of `CATEGORIES`) and how sure the model is, 0 to 1."""

    name: str
    category: str
    confidence: float


def same(name: str) -> str:
    """Return what two spellings of a tag have in common: small letters, spaces, no backslashes before brackets."""
    plain = name.replace("\\(", "(").replace("\\)", ")").replace("\\\\", "\\")
    return " ".join(plain.replace("_", " ").lower().split())


def listed(text: str | None) -> list[str]:
    """Return the tags of a list separated by commas."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def select(tags: Iterable[Tag], settings: TagSettings) -> list[Tag]:
    """Take the tags of the wanted kinds that are sure enough, and of ratings and quality the likeliest one each."""
    wanted = {
        "rating": settings.use_rating_tags or settings.use_rating_tags_as_last_tag,
        "quality": settings.use_quality_tags,
    }
    tags = list(tags)
    best = {
        kind: max((tag for tag in tags if tag.category == kind), key=lambda tag: tag.confidence, default=None)
        for kind in BEST_OF
        if wanted[kind]
    }
    return [
        tag
        for tag in tags
        if tag is best.get(tag.category)
        or (tag.category in settings.categories and tag.confidence >= settings.threshold(tag.category))
    ]


def ordered(tags: Sequence[Tag], settings: TagSettings) -> list[Tag]:
    """Order tags by confidence or as the model lists them, then bring characters and ratings to their places.

    With `max_tags` only the surest stay; a rating and a quality tag are not counted.
    """
    surest = sorted(tags, key=lambda tag: -tag.confidence)
    found = surest if settings.order == "confidence" else list(tags)
    if settings.max_tags is not None:
        counted = [tag for tag in surest if tag.category not in BEST_OF][: settings.max_tags]
        found = [tag for tag in found if tag.category in BEST_OF or tag in counted]
    if settings.character_tags_first:
        found.sort(key=lambda tag: tag.category != "character")
    place = {"rating": -1 if settings.use_rating_tags else 1}
    return sorted(found, key=lambda tag: place.get(tag.category, 0))


def expanded(tag: Tag) -> list[Tag]:
    """Split a character's `name_(costume)_(series)` into `name_(costume)` and `series`; all else stays one tag."""
    name, bracket, series = tag.name.rpartition("(")
    if tag.category != "character" or not bracket or not series.endswith(")") or not name.strip("_ "):
        return [tag]
    return [replace(tag, name=name.rstrip("_ ")), replace(tag, name=series[:-1], category="copyright")]


def spelled(name: str, settings: TagSettings) -> str:
    """Write a tag's underscores and brackets as asked."""
    kept = len(name) < SHORTEST_WITH_SPACE or name in EMOTICONS or name in listed(settings.keep_underscore)
    if settings.remove_underscore and not kept:
        name = name.replace("_", " ")
    if settings.escape_brackets:
        for sign in ("\\", "(", ")"):
            name = name.replace(sign, "\\" + sign)
    return name


def chosen(tags: Iterable[Tag], settings: TagSettings) -> list[str]:
    """Replace and leave out tags, then spell them; in whichever spelling they were named, before or after."""
    new = {same(old): new for old, new in replacements(settings.tag_replacement).items()}
    unwanted = {same(name) for name in listed(settings.undesired_tags)}
    found: list[str] = []
    for tag in tags:
        name = new.get(same(tag.name), tag.name)
        if name and not {same(tag.name), same(name)} & unwanted:
            # a replacement is written as its person spelled it
            found.append(spelled(name, settings) if name == tag.name else name)
    return found


def first(names: Sequence[str], leading: Sequence[str]) -> list[str]:
    """Bring the names that are in `leading` to the front, in its order; the others keep theirs."""
    rank = {same(name): place for place, name in enumerate(leading)}
    return sorted(names, key=lambda name: rank.get(same(name), len(rank)))


def unique(names: Iterable[str]) -> list[str]:
    """Keep of equal names the first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(same(name), name)
    return list(found.values())


def caption_words(tags: Iterable[Tag], settings: TagSettings, model: str) -> list[str]:
    """Return the words of a picture's caption by all rules, from what the model saw, in the model's own order."""
    picked = ordered(select(tags, settings), settings)
    if settings.character_tag_expand:
        picked = [part for tag in picked for part in expanded(tag)]
    return framed(first(chosen(picked, settings), listed(settings.always_first_tags)), settings, model)


def framed(words: Sequence[str], settings: TagSettings, model: str) -> list[str]:
    """Put the additional tags before, and the model's name behind, a caption's words."""
    return unique([*listed(settings.additional_tags), *words, *([model] if settings.add_model_name else [])])


def merged(old: str, words: Sequence[str], settings: TagSettings) -> str:
    """Return a caption's new text from its old one (empty where there was none) and the new words.

    No words leave the old text, whatever is asked: nothing found is no reason to lose a caption.
    """
    separator, how = settings.caption_separator, settings.on_conflict
    new = separator.join(words)
    if not old.strip():
        return new
    if how == "keep" or not words:
        return old
    if how == "overwrite":
        return new
    there = {same(part) for part in old.split(separator.strip() or separator)}
    fresh = [word for word in words if same(word) not in there]
    parts = [old.strip(), *fresh] if how == "append" else [*fresh, old.strip()]
    return separator.join(parts)
