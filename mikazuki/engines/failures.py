"""Known ends of a training, as its log shows them: what happened in plain words, and what to do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from mikazuki.engines.failure_causes import CAUSES, Cause
from mikazuki.settings.train import TrainSettings

TAIL_LINES: Final = 15
CONTEXT_LINES: Final = 60
"""Lines in which a cause is looked for that no traceback names: warnings of a start must not be taken for the end."""
TRACEBACK: Final = "Traceback (most recent call last)"
CHAINED: Final = re.compile(
    r"^(During handling of the above exception|The above exception was the direct cause)", re.MULTILINE
)
LAUNCHER: Final = re.compile(r"CalledProcessError|ChildFailedError")
"""How the launchers end below the trainer's own traceback: accelerate's for one process, torch's for several."""
EXCEPTION: Final = re.compile(
    r"^(?:\[rank\d+\]:\s*)?((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Interrupt|Exit)\b.*)$", re.MULTILINE
)
"""The line that a traceback ends with."""

Settings = TrainSettings | Mapping[str, Any]
"""What was asked for; of scripts beyond `TrainSettings`, upstream's names with their values."""


@dataclass(frozen=True)
class Failure:
    """A cause that is known."""

    code: str
    message: str
    hint: str


def memory_advice(settings: Settings) -> str:
    """Name the settings that save memory and are not at their lowest yet, the most effective first."""
    batch, rank = int(_value(settings, "train_batch_size") or 1), int(_value(settings, "network_dim") or 0)
    resolution = _resolution(_value(settings, "resolution"))
    steps = (
        (batch > 1, f"train_batch_size = 1 (now {batch})"),
        (not _value(settings, "gradient_checkpointing"), "gradient_checkpointing = true"),
        (_area(resolution) > 512 * 512, f"a lower resolution (now {','.join(map(str, resolution))})"),
        (not _value(settings, "network_train_unet_only"), "network_train_unet_only = true"),
        (_value(settings, "mixed_precision") == "no", 'mixed_precision = "bf16" (older cards: "fp16")'),
        (not _value(settings, "cache_latents"), "cache_latents = true"),
        (_value(settings, "optimizer_type") == "AdamW", 'optimizer_type = "AdamW8bit"'),
        (rank > 16, f"a lower network_dim (now {rank})"),
    )
    advice = [text for possible, text in steps if possible]
    if not advice:
        return "Every setting that saves memory is on already: close other programs, or use a lower resolution."
    return f"In order of effect: {'; '.join(advice)}. Close other programs that use the GPU."


def _value(settings: Settings, name: str) -> Any:
    """Return a setting, or its default where a mapping leaves it out."""
    if isinstance(settings, TrainSettings):
        return getattr(settings, name)
    return settings.get(name, TrainSettings.model_fields[name].default)


def _resolution(value: Any) -> tuple[int, ...]:
    """Read ``512``, ``"512,768"`` or a pair; what is none of these has no pixels."""
    parts = str(value).strip("()[] ").split(",") if isinstance(value, (str, int)) else value or ()
    try:
        return tuple(int(part) for part in parts)
    except (TypeError, ValueError):
        return ()


def _area(resolution: tuple[int, ...]) -> int:
    return resolution[0] * resolution[-1] if resolution else 0


def explain(log: str, settings: Settings) -> Failure | None:
    """Return the first known cause that a log shows, or None.

    The trainer's own traceback counts first, then what the launcher says of its child, then the last lines.
    """
    text = without_launcher(log)
    last = "\n".join(text.splitlines()[-CONTEXT_LINES:])
    named = tuple(cause for cause in CAUSES if not cause.traceback_only)
    for source, causes in ((own_traceback(text), CAUSES), (log[len(text) :], named), (last, named)):
        for cause in causes:
            if found := cause.pattern.search(source):
                return _told(cause, found, settings)
    return None


def _told(cause: Cause, found: re.Match[str], settings: Settings) -> Failure:
    name = next((group for group in found.groups() if group), "").strip()
    message = cause.message.replace("{found}", f": {name}" if name else "")
    return Failure(cause.code, message, cause.hint.replace("{memory}", memory_advice(settings)))


def own_traceback(text: str) -> str:
    """Return a log from its last traceback on, with those that led to it; empty without one."""
    begin = text.rfind(TRACEBACK)
    while begin > 0:
        before = text.rfind(TRACEBACK, 0, begin)
        if before < 0 or not CHAINED.search(text, before, begin):
            break
        begin = before
    return text[begin:] if begin >= 0 else ""


def last_exception(log: str) -> str:
    """Return the line that names the trainer's own exception; empty without one."""
    found = EXCEPTION.findall(own_traceback(without_launcher(log)))
    return str(found[-1]).strip() if found else ""


def without_launcher(log: str) -> str:
    """Cut off the traceback that `accelerate launch` adds below the trainer's own: it only says that one failed."""
    begin = log.rfind(TRACEBACK)
    return log[:begin] if begin >= 0 and LAUNCHER.search(log, begin) else log


def tail(log: str, lines: int = TAIL_LINES) -> list[str]:
    """Return the last lines that say something."""
    return [line for line in without_launcher(log).splitlines() if line.strip()][-lines:]
