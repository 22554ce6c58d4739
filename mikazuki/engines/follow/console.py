"""Understands what upstream's training scripts print: which stage it is, how far the training is, what was saved."""

import math
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from mikazuki.engines.follow.bars import BAR, Bar, split_bars
from mikazuki.engines.follow.lines import Lines
from mikazuki.engines.follow.records import Record, Records, english

KEPT_LINES: Final = 600
"""Lines kept to find a failure's cause in: two tracebacks and what led to them."""
MAX_WARNINGS: Final = 40
"""Different warnings told of a run; a script that warns at every picture must not drown the rest."""

TRAIN_BAR: Final = "steps"
OTHER_BARS: Final = ("validation steps", "epoch validation steps")
AVERAGES: Final = ("avr_loss", "loss")
"""Names of the mean loss behind the bar: all scripts', and textual inversion's."""

_LOADING: Final = (
    r"preparing accelerator|loading model for process|load (StableDiffusion checkpoint|Diffusers pretrained)"
    r"|Loading (state dict|model|DiT|VAE|Anima|Qwen\w*|\w+ tokenizer)\b|Building "
)
STAGES: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), name, text)
    for pattern, name, text in (
        (r"Using DreamBooth method|prepare images|loading existing (\w+ )?metadata", "prepare", "reading the pictures"),
        (_LOADING, "load_model", "loading the base model"),
        (r"caching latents", "cache_latents", "encoding the pictures"),
        (r"caching text encoder outputs", "prepare", "encoding the captions"),
        (r"import network module|prepare optimizer", "prepare", "preparing the training"),
        (r"generating sample images", "sample", "drawing sample pictures"),
        (r"saving last state|save trained model as", "save", "saving"),
    )
)
"""How a line begins -> the stage it opens (facts of the pinned commit, all scripts)."""

HARMLESS: Final = re.compile(
    r"no regularization images|Failed to get git commit|image info file not found|gemm_4bit_forward"
)
"""Warnings that ask nothing of anybody."""


@dataclass(frozen=True)
class Said:
    """One thing that was understood: an event's kind with its fields, or a matter for `follower`.

    ``saving`` (path) and ``removed`` (path) name checkpoints, ``saving_state`` (epoch, step or neither: the last one)
    a state, ``prompt`` (text) a picture that is about to be drawn.
    """

    kind: str
    fields: dict[str, Any] = field(default_factory=dict)
    place: tuple[int, int | None] = (0, None)
    """Step and epoch at which a file was announced."""


@dataclass
class Known:
    """What the output has told so far."""

    total: int | None = None
    first: int = 0
    step: int = 0
    epoch: int | None = None
    epochs: int | None = None
    device: str | None = None
    modules: int | None = None
    parameters: int | None = None
    average: float | None = None
    stage: str = ""
    training: bool = False

    @property
    def place(self) -> tuple[int, int | None]:
        """Step and epoch."""
        return (self.step, self.epoch)


class Console:
    """Takes the output's bytes in any pieces; what it says does not depend on how they were cut."""

    def __init__(self) -> None:
        """Begin before the first byte."""
        self.known = Known()
        self.kept: deque[str] = deque(maxlen=KEPT_LINES)
        """The last lines without progress bars, records put together again."""
        self._lines = Lines()
        self._records = Records()
        self._text = ""
        self._pending: Bar | None = None
        self._told = -1
        self._warned: set[str] = set()

    def feed(self, data: bytes) -> list[Said]:
        """Take the next bytes and return what they say."""
        lines = self._lines.feed(data)
        if BAR.fullmatch(self._lines.peek().strip()):
            # A bar's end is known only at its next drawing, which may be a minute away.
            lines += self._lines.close()
        return [said for line in lines for said in self._line(line)]

    def flush(self) -> list[Said]:
        """Return what a record says that is open; for when nothing has come for a while."""
        return [said for record in self._records.flush() for said in self._record(record)]

    def close(self) -> list[Said]:
        """Return what is left when the program has ended."""
        left = [said for line in self._lines.close() for said in self._line(line)]
        return [*left, *self.flush(), *self._tell_pending()]

    @property
    def log(self) -> str:
        """The last lines, for `failures.explain`."""
        return "\n".join(self.kept)

    def _line(self, line: str) -> Iterator[Said]:
        bars, text = split_bars(line)
        for bar in bars:
            yield from self._bar(bar)
        if bars and not text.strip():
            return
        for record in self._records.feed(text):
            yield from self._record(record)

    def _bar(self, bar: Bar) -> Iterator[Said]:
        yield from self.flush()
        if bar.title == TRAIN_BAR:
            yield from self._train_bar(bar)
        elif bar.title not in OTHER_BARS and self.known.stage in {"prepare", "cache_latents", "sample"}:
            yield Said("stage_progress", {"name": self.known.stage, "done": bar.done, "total": bar.total})

    def _train_bar(self, bar: Bar) -> Iterator[Said]:
        """Tell each step once: it is drawn when counted, and again with its loss behind it."""
        if not self.known.training:
            yield self._begin(bar)
        self.known.step = self.known.first + bar.done
        before = self._pending
        if before and before.done != bar.done:
            yield from self._tell_pending()
        self._pending = bar
        if before and before.done == bar.done and bar != before:
            yield from self._tell_pending()

    def _begin(self, bar: Bar) -> Said:
        """Open the training; a bar shorter than the whole means that it goes on from a state."""
        now = self.known
        now.training, now.stage = True, "train"
        now.total = max(now.total or 0, bar.total)
        now.first = now.step = now.total - bar.total
        fields = {"total": now.total, "epochs": now.epochs, "first": now.first, "device": now.device}
        told = {"modules": now.modules, "parameters": now.parameters}
        fields |= {name: number for name, number in told.items() if number is not None}
        return Said("stage", {"name": "train", "text": "training", **fields})

    def _tell_pending(self) -> Iterator[Said]:
        bar, self._pending = self._pending, None
        if bar is None or bar.done == 0 or bar.done <= self._told:
            return
        now = self.known
        self._told = bar.done
        now.stage = "train"
        now.average = next((bar.figures[name] for name in AVERAGES if name in bar.figures), None)
        step = now.first + bar.done
        fields = {"step": step, "total": now.total, "epoch": now.epoch, "epochs": now.epochs}
        yield Said("progress", {**fields, "avg_loss": now.average, "speed": bar.speed, "eta": bar.left})
        if now.average is not None and not math.isfinite(now.average):
            yield from self._warn("loss-not-finite", f"the loss is no number any more at step {step}")

    def _record(self, record: Record) -> Iterator[Said]:
        text = record.text.strip()
        if not text:
            return
        self.kept.append(f"{record.level} {record.text}".strip() if record.level else record.text)
        if record.level in {"WARNING", "ERROR", "CRITICAL"} and not HARMLESS.search(text):
            yield from self._warn("upstream-warning", english(text))
        yield from self._stage(text)
        for pattern, understand in RULES:
            if found := pattern.match(text):
                yield from understand(self.known, found)
                break

    def _stage(self, text: str) -> Iterator[Said]:
        for pattern, name, words in STAGES:
            if pattern.match(text):
                if (name, words) != (self.known.stage, self._text):
                    self.known.stage, self._text = name, words
                    yield Said("stage", {"name": name, "text": words})
                return

    def _warn(self, code: str, text: str) -> Iterator[Said]:
        key = code if code == "loss-not-finite" else text
        if key not in self._warned and len(self._warned) < MAX_WARNINGS:
            self._warned.add(key)
            yield Said("warning", {"code": code, "text": text})


def _epoch(known: Known, found: re.Match[str]) -> list[Said]:
    known.epoch, known.epochs = int(found[1]), int(found[2])
    return []


def _remember(name: str) -> Callable[[Known, re.Match[str]], list[Said]]:
    """Make a rule that keeps a number."""

    def keep(known: Known, found: re.Match[str]) -> list[Said]:
        setattr(known, name, int(found[1].replace(",", "")))
        return []

    return keep


def _device(known: Known, found: re.Match[str]) -> list[Said]:
    known.device = found[1]
    return []


def _modules(known: Known, found: re.Match[str]) -> list[Said]:
    known.modules = (known.modules or 0) + int(found[1])
    return []


def _path(kind: str) -> Callable[[Known, re.Match[str]], list[Said]]:
    """Make a rule that hands a path on."""
    return lambda known, found: [Said(kind, {"path": found[1].strip()}, known.place)]


def _state(known: Known, found: re.Match[str]) -> list[Said]:
    mark = {} if found[1] is None else {found[1]: int(found[2])}
    return [Said("saving_state", mark, known.place)]


def _prompt(_known: Known, found: re.Match[str]) -> list[Said]:
    return [Said("prompt", {"text": found[1]})]


def _sampling(known: Known, _found: re.Match[str]) -> list[Said]:
    return [Said("sampling", place=known.place)]


Rule = Callable[[Known, re.Match[str]], list[Said]]
RULES: Final[tuple[tuple[re.Pattern[str], Rule], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), rule)
    for pattern, rule in (
        (r"epoch (\d+)/(\d+)$", _epoch),
        (r"accelerator device: (\S+)", _device),
        (r"num epochs\b.*: (\d+)$", _remember("epochs")),
        (r"total optimization steps\b.*: (\d+)$", _remember("total")),
        (r"(?:number of|total) trainable parameters: ([\d,]+)", _remember("parameters")),
        (r"(?:enable LoRA|create LyCORIS) for [\w -]+: (\d+) modules", _modules),
        (r"saving checkpoint: (.+)$", _path("saving")),
        (r"saving model: (.+)$", _path("saving")),
        (r"save trained model as \w+(?: checkpoint)? to (.+)$", _path("saving")),
        (r"removing old (?:checkpoint|model|state): (.+)$", _path("removed")),
        (r"saving (?:state at (epoch|step) (\d+)|last state)", _state),
        (r"prompt: (.*)$", _prompt),
        (r"generating sample images", _sampling),
    )
)
"""How a line begins -> what it means (facts of the pinned commit; the first that fits)."""
