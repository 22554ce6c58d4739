"""Says what to look at before training on a folder: copies, blurred, small and broken pictures, captions."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from mikazuki.data.buckets import Size
from mikazuki.data.duplicates import NEAR_DISTANCE, Group, near, same
from mikazuki.data.folders import PICTURE_SUFFIXES, listed
from mikazuki.data.scan import Scan, Scanned
from mikazuki.data.sharpness import BLURRED_BELOW
from mikazuki.text import count

ENLARGED: Final = 1.5
"""A picture that has to be made more than so many times larger to fill the resolution is too small."""
EXTREME_RATIO: Final = 3.0
"""Longer side to shorter side, above which a crop loses much and buckets are nearly empty."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What counts as remarkable: see the constants of this module and of those that measure."""

    resolution: Size = (512, 512)
    distance: int = NEAR_DISTANCE
    blurred_below: float = BLURRED_BELOW


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: a stable `code`, the pictures it is about by path within the folder, and a sentence."""

    code: str
    pictures: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """All findings about a folder, and what was measured of each picture."""

    folder: str
    readable: int
    findings: tuple[Finding, ...]
    measured: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """Return it in the types that JSON has."""
        return asdict(self)


def make_report(scan: Scan, options: ReportOptions = ReportOptions()) -> Report:
    """Judge a scan; findings come in the order: broken, copies, single pictures, captions, what was left out."""
    good = [picture for picture in scan.pictures if not picture.look.problem]
    findings = [
        *_unreadable(scan),
        *_copies(scan, good, options),
        *_of_each(scan, good, options),
        *_captions(scan, good),
        *(Finding(notice.code, (), notice.text) for notice in scan.notices),
        *_videos(scan),
    ]
    return Report(str(scan.root), len(good), tuple(findings), tuple(_measured(scan, picture) for picture in good))


def report_lines(report: Report) -> list[str]:
    """Write a report as text, one line a finding."""
    lines = [f"{report.folder}: {count(report.readable, 'readable picture')}"]
    lines += [f"  {finding.code}: {finding.text}" for finding in report.findings]
    return lines if report.findings else [*lines, "  nothing to complain of"]


def _name(scan: Scan, picture: Scanned) -> str:
    return picture.path.relative_to(scan.root).as_posix()


def _unreadable(scan: Scan) -> Iterator[Finding]:
    for picture in scan.pictures:
        if picture.look.problem:
            name = _name(scan, picture)
            yield Finding("unreadable", (name,), f"{name}: {picture.look.problem}")


def _copies(scan: Scan, good: list[Scanned], options: ReportOptions) -> Iterator[Finding]:
    """Find files of the same bytes, and then groups that look alike, of each set of same files only the first."""
    exact = same([picture.look.content for picture in good])
    yield from _groups(scan, good, exact, "duplicates", "the same file")
    later = {place for group in exact for place in group[1:]}
    hashes = [None if place in later else picture.look.likeness for place, picture in enumerate(good)]
    yield from _groups(scan, good, near(hashes, options.distance), "near-duplicates", "nearly the same picture")


def _groups(scan: Scan, good: list[Scanned], groups: Iterable[Group], code: str, what: str) -> Iterator[Finding]:
    for group in groups:
        names = tuple(_name(scan, good[place]) for place in group)
        yield Finding(code, names, f"{what}: {listed(names)}")


def _of_each(scan: Scan, good: list[Scanned], options: ReportOptions) -> Iterator[Finding]:
    for picture in good:
        name, (width, height) = _name(scan, picture), picture.look.size
        size = f"{name} is {width}x{height}"
        enlarged = (options.resolution[0] * options.resolution[1] / (width * height)) ** 0.5
        ratio = max(width, height) / min(width, height)
        if enlarged > ENLARGED:
            resolution = "x".join(map(str, options.resolution))
            yield Finding("tiny", (name,), f"{size}: it has to be enlarged {enlarged:.1f} times for {resolution}")
        if ratio > EXTREME_RATIO:
            yield Finding("extreme-ratio", (name,), f"{size}: its sides are {ratio:.1f} to 1; crop it")
        if picture.look.sharpness < options.blurred_below:
            text = f"{name} may be blurred (sharpness {picture.look.sharpness:.0f}, below {options.blurred_below:.0f})"
            yield Finding("blurred", (name,), text)
        if picture.look.frames > 1 and picture.look.mode:
            text = f"{name} is an animation of {picture.look.frames} frames; the first one is taken"
            yield Finding("animated", (name,), text)
        if picture.path.suffix.lower() not in PICTURE_SUFFIXES:
            text = f"{name} is of a kind that a training does not read; prepare writes it as PNG"
            yield Finding("not-trainable", (name,), text)


def _captions(scan: Scan, good: list[Scanned]) -> Iterator[Finding]:
    missing = tuple(_name(scan, picture) for picture in good if picture.caption is None)
    empty = tuple(_name(scan, picture) for picture in good if picture.caption == "" and not picture.caption_problem)
    if missing:
        yield Finding(
            "caption-missing", missing, f"{count(len(missing), 'picture')} without caption: {listed(missing)}"
        )
    if empty:
        yield Finding("caption-empty", empty, f"{count(len(empty), 'caption')} with nothing in it: {listed(empty)}")
    for picture in good:
        if picture.caption_problem:
            yield Finding("caption-unreadable", (_name(scan, picture),), picture.caption_problem)


def _videos(scan: Scan) -> Iterator[Finding]:
    names = tuple(path.relative_to(scan.root).as_posix() for path in scan.videos)
    if names:
        text = f"{count(len(names), 'video')}: {listed(names)}; prepare --frames_every takes pictures out of them"
        yield Finding("videos", names, text)


def _measured(scan: Scan, picture: Scanned) -> dict[str, Any]:
    look = picture.look
    return {
        "picture": _name(scan, picture),
        "size": list(look.size),
        "bytes": look.stamp[0],
        "mode": look.mode,
        "transparent": look.transparent,
        "sharpness": look.sharpness,
        "content": look.content,
        "likeness": None if look.likeness is None else f"{look.likeness:016x}",
        "caption": picture.caption,
    }
