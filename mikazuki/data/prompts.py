"""Sample prompts: upstream's prompt lines, ``a cat --w 512 --h 768 --d 1 --s 30 --l 7.5 --n ugly``, TOML and JSON."""

import difflib
import json
import math
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, get_args

from mikazuki.errors import MikazukiError
from mikazuki.settings.options.sample import SAMPLERS

_SIDE_STEP: Final = 8
_SMALLEST_SIDE: Final = 64
_MOST_STEPS: Final = 1000
_MOST_SEEDS: Final = 2**64


@dataclass(frozen=True, slots=True)
class Prompt:
    """One picture to draw: sides in pixels, ``seed`` None for a random one, ``scale`` the guidance.

    ``sampler`` is None for the one of the run; ``sanity`` marks the prompt that shows what the base model forgets.
    ``notes`` say what of the prompt has no effect, one sentence each.
    """

    text: str
    width: int
    height: int
    seed: int | None = None
    steps: int = 30
    scale: float = 7.5
    negative: str = ""
    sampler: str | None = None
    sanity: bool = False
    notes: tuple[str, ...] = ()


def _side(value: Any) -> int:
    return max(_SMALLEST_SIDE, int(value) // _SIDE_STEP * _SIDE_STEP)


def _seed(value: Any) -> int | None:
    """Return the seed; a negative one means a random one."""
    seed = int(value)
    if seed >= _MOST_SEEDS:
        raise ValueError
    return seed if seed >= 0 else None


def _steps(value: Any) -> int:
    return min(_MOST_STEPS, max(1, int(value)))


def _scale(value: Any) -> float:
    scale = float(value)
    if not math.isfinite(scale):
        raise ValueError
    return scale


def _sampler(value: Any) -> str:
    if str(value).lower() not in get_args(SAMPLERS):
        raise ValueError
    return str(value).lower()


@dataclass(frozen=True, slots=True)
class _Option:
    """An option of a prompt: its key in a line and in TOML and JSON, the field it sets, and what it takes."""

    letter: str
    key: str
    field: str
    read: Callable[[Any], Any]
    takes: str


_WHOLE: Final = "a whole number"
_OPTIONS: Final = (
    _Option("w", "width", "width", _side, _WHOLE),
    _Option("h", "height", "height", _side, _WHOLE),
    _Option("d", "seed", "seed", _seed, f"{_WHOLE} below 2^64"),
    _Option("s", "sample_steps", "steps", _steps, _WHOLE),
    _Option("l", "scale", "scale", _scale, "a number"),
    _Option("n", "negative_prompt", "negative", str.strip, "a text"),
    _Option("ss", "sample_sampler", "sampler", _sampler, f"one of {', '.join(get_args(SAMPLERS))}"),
)
_TEXT_KEY: Final = "prompt"
_TEXT: Final = _Option("", _TEXT_KEY, "text", str.strip, "a text")
_WITHOUT_EFFECT: Final = {
    "g": "guidance_scale",
    "cn": "controlnet_image",
    "ctr": "cfg_trunc_ratio",
    "rcfg": "renorm_cfg",
    "fs": "flow_shift",
}
"""Letters and keys of options for other families of models and for control nets."""


def _wrong(text: str, hint: str) -> MikazukiError:
    return MikazukiError("prompt-wrong", text, hint)


def _with(prompt: Prompt, option: _Option, value: Any, where: str) -> Prompt:
    """Return the prompt with an option set; ``where`` names place and option in what is said of a wrong value."""
    try:
        return replace(prompt, **{option.field: option.read(value)})
    except (ValueError, TypeError, OverflowError) as error:
        raise _wrong(f"{where} is {value!r}, which is not {option.takes}.", f"Give it {option.takes}.") from error


def _noted(prompt: Prompt, where: str) -> Prompt:
    return replace(
        prompt, notes=(*prompt.notes, f"{where} has no effect here: it is for other models or for ControlNet.")
    )


def parse_line(line: str, size: tuple[int, int], where: str = "the prompt") -> Prompt:
    """Read one prompt line; ``size`` (width, height) is used where it names none.

    Raises MikazukiError (``prompt-wrong``) for an option or value that is not known, naming ``where``.
    """
    known = {option.letter: option for option in _OPTIONS}
    text, *options = line.split(" --")
    prompt = Prompt(text.strip(), *size)
    for part in options:
        letter, _, value = part.strip().partition(" ")
        place = f"{where}: --{letter}"
        letter = letter.lower()
        if letter in known:
            prompt = _with(prompt, known[letter], value.strip(), place)
        elif letter in _WITHOUT_EFFECT:
            prompt = _noted(prompt, place)
        else:
            raise _wrong(f"{place} is not an option of a prompt.", f"Options are: --{', --'.join(known)}.")
    return prompt


def _from_table(table: Mapping[str, Any], size: tuple[int, int], where: str) -> Prompt:
    """Read one prompt from TOML or JSON keys; raises MikazukiError as `parse_line`."""
    known = {option.key: option for option in (_TEXT, *_OPTIONS)}
    prompt = Prompt("", *size)
    for key, value in table.items():
        place = f"{where}: {key}"
        if key in known:
            # null in JSON: as if it were not there
            prompt = prompt if value is None else _with(prompt, known[key], value, place)
        elif key in _WITHOUT_EFFECT.values():
            prompt = _noted(prompt, place)
        else:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Keys are: {', '.join(known)}."
            raise _wrong(f"{place} is not a key of a prompt.", hint)
    return prompt


def _lines(text: str, size: tuple[int, int], path: Path) -> list[Prompt]:
    """Read prompt lines; empty lines and lines that begin with # are skipped."""
    return [
        parse_line(line, size, f"{path}, line {number}")
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    ]


def _toml(text: str, size: tuple[int, int], path: Path) -> list[Prompt]:
    """Read ``[prompt]``, what all share, and one ``[[prompt.subset]]`` a picture; without any, the one prompt."""
    try:
        shared = tomllib.loads(text).get(_TEXT_KEY)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"sample_prompts: {path} is not TOML: {error}.", "Correct it there.") from error
    if not isinstance(shared, dict):
        raise _wrong(f"sample_prompts: {path} has no [prompt].", "Begin with it, then one [[prompt.subset]] a picture.")
    subsets = shared.pop("subset", [{}])
    if not (isinstance(subsets, list) and all(isinstance(subset, dict) for subset in subsets)):
        raise _wrong(f"sample_prompts: {path} has a subset that is no list of tables.", "Write [[prompt.subset]].")
    return _entries([{**shared, **subset} for subset in subsets], size, path)


def _json(text: str, size: tuple[int, int], path: Path) -> list[Prompt]:
    """Read a list of objects, or of prompt lines."""
    try:
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        raise _wrong(f"sample_prompts: {path} is not JSON: {error}.", "Correct it there.") from error
    if not isinstance(entries, list):
        raise _wrong(f"sample_prompts: {path} is not a list.", 'Write [{"prompt": "a cat"}].')
    return _entries(entries, size, path)


def _entries(entries: Iterable[Any], size: tuple[int, int], path: Path) -> list[Prompt]:
    """Read entries that are tables or prompt lines."""
    prompts = []
    for number, entry in enumerate(entries, start=1):
        where = f"{path}, prompt {number}"
        if isinstance(entry, dict):
            prompts.append(_from_table(entry, size, where))
        elif isinstance(entry, str):
            prompts.append(parse_line(entry, size, where))
        else:
            raise _wrong(f"{where} is {entry!r}.", "A prompt is a table of keys or a text.")
    return prompts


_READERS: Final = {".toml": _toml, ".json": _json}


def read_prompts(path: Path, size: tuple[int, int]) -> list[Prompt]:
    """Read a file of prompts (UTF-8): TOML or JSON by its ending, else prompt lines.

    Raises MikazukiError: ``prompts-not-found``, ``prompts-not-utf8``, ``prompt-wrong``, ``prompts-empty``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise MikazukiError(
            "prompts-not-found", f"sample_prompts: there is no file {path}.", "Correct the path, or leave it empty."
        ) from error
    except UnicodeDecodeError as error:
        raise MikazukiError(
            "prompts-not-utf8", f"sample_prompts: {path} is not UTF-8 text.", "Save it as UTF-8 in your editor."
        ) from error
    prompts = _READERS.get(path.suffix.lower(), _lines)(text, size, path)
    if not prompts:
        raise MikazukiError("prompts-empty", f"sample_prompts: {path} holds no prompt.", "Write at least one.")
    return prompts
