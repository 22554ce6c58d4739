"""Sample prompts: upstream's prompt lines, ``a cat --w 512 --h 768 --d 1 --s 30 --l 7.5 --n ugly``."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError

_SIDE_STEP: Final = 8
_SMALLEST_SIDE: Final = 64
_MOST_STEPS: Final = 1000


@dataclass(frozen=True, slots=True)
class Prompt:
    """One picture to draw: sides in pixels, ``seed`` None for a random one, ``scale`` the guidance."""

    text: str
    width: int
    height: int
    seed: int | None = None
    steps: int = 30
    scale: float = 7.5
    negative: str = ""


def _side(text: str) -> int:
    return max(_SMALLEST_SIDE, int(text) // _SIDE_STEP * _SIDE_STEP)


_KEYS: Final[dict[str, tuple[str, Any]]] = {
    "w": ("width", _side),
    "h": ("height", _side),
    "d": ("seed", int),
    "s": ("steps", lambda text: min(_MOST_STEPS, max(1, int(text)))),
    "l": ("scale", float),
    "n": ("negative", str),
}


def parse_line(line: str, size: tuple[int, int], where: str = "the prompt") -> Prompt:
    """Read one prompt line; ``size`` (width, height) is used where it names none.

    Raises MikazukiError (``prompt-wrong``) for an option or value that is not known, naming ``where``.
    """
    text, *options = line.split(" --")
    prompt = Prompt(text.strip(), *size)
    for option in options:
        key, _, value = option.strip().partition(" ")
        name, convert = _KEYS.get(key.lower(), ("", None))
        if convert is None:
            raise MikazukiError(
                "prompt-wrong",
                f"{where}: --{key} is not an option of a prompt.",
                f"Options are: --{', --'.join(_KEYS)}.",
            )
        try:
            prompt = replace(prompt, **{name: convert(value.strip())})
        except ValueError as error:
            raise MikazukiError(
                "prompt-wrong", f"{where}: --{key} {value.strip()} is not a number.", "Write it like --w 512."
            ) from error
    return prompt


def read_prompts(path: Path, size: tuple[int, int]) -> list[Prompt]:
    """Read a file of prompt lines (UTF-8); empty lines and lines that begin with # are skipped.

    Raises MikazukiError: ``prompts-not-found``, ``prompts-not-utf8``, ``prompt-wrong``, ``prompts-empty``.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise MikazukiError(
            "prompts-not-found", f"sample_prompts: there is no file {path}.", "Correct the path, or leave it empty."
        ) from error
    except UnicodeDecodeError as error:
        raise MikazukiError(
            "prompts-not-utf8", f"sample_prompts: {path} is not UTF-8 text.", "Save it as UTF-8 in your editor."
        ) from error
    prompts = [
        parse_line(line, size, f"{path}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not prompts:
        raise MikazukiError("prompts-empty", f"sample_prompts: {path} holds no prompt.", "Write one prompt a line.")
    return prompts
