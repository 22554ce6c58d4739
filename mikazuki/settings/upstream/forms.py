"""Turns one written value into what sd-scripts expects of it, or says what is wrong with it.

Upstream converts what stands on its command line, but takes a TOML file's values as they are: a `"1e-4"` stays text and
fails hours later. So every value gets its exact type here.
"""

import ast
import math
import shlex
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from mikazuki.settings.schema import bounds_in_words
from mikazuki.settings.upstream.bounds import bounds_of, within
from mikazuki.settings.upstream.options import Option
from mikazuki.settings.values import check_pair, parse_resolution, parse_steps

TOKEN_LENGTHS: Final = (75, 150, 225)
"""Captions are read in chunks of 75 tokens; 75 is what upstream does where nothing is set."""

PROMPT_FILES: Final = (".txt", ".toml", ".json")

BLOCKS: Final = 23
"""Blocks of SDXL's UNet that `block_lr` has a rate for."""


def take(option: Option, value: Any) -> Any:
    """Return a value as upstream needs it.

    Raises:
        ValueError: What is wrong with it, to be put behind ``name = value``.
    """
    if option.is_list:
        return _special(option.name, [_one(option, item) for item in _items(option, value)])
    return _special(option.name, _one(option, value))


def means_default(option: Option, value: Any) -> bool:
    """Tell whether a value is the way of forms and old files to leave an option alone."""
    if value is None:
        return True
    if option.is_list and isinstance(value, (list, tuple)):
        return not value
    return isinstance(value, str) and not value.strip() and (option.type != "str" or option.default is None)


def _items(option: Option, value: Any) -> list[Any]:
    """Return the values of an option that takes several; one text holds them as a command line would."""
    if isinstance(value, str):
        value = shlex.split(value)
    items = list(value) if isinstance(value, (list, tuple)) else [value]
    if isinstance(option.nargs, int) and len(items) != option.nargs:
        raise ValueError(f"needs {option.nargs} values")
    return items


def _one(option: Option, value: Any) -> Any:
    if option.is_switch:
        if not isinstance(value, bool):
            raise ValueError("is neither true nor false")
        return value
    convert: Callable[[Any], Any] = _TYPES.get(option.type, _text)
    taken = convert(value)
    if option.choices and option.name not in _FORMS and taken not in option.choices:
        raise ValueError(f"is none of {', '.join(map(str, option.choices))}")
    if option.is_number and not within(taken, bounds_of(option.name)):
        raise ValueError(f"is out of bounds: it must be {bounds_in_words(bounds_of(option.name))}")
    return taken


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("is not text: put it in quotes")  # noqa: TRY004 - a mistake of the person, not of the program
    return str(value)


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError("is not a whole number")
    return int(number)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("is not a number")  # noqa: TRY004 - likewise
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise ValueError("is not a number") from None
    if not math.isfinite(number):
        raise ValueError("is not a finite number")
    return number


def _steps(value: Any) -> float:
    """Return steps as a whole number, a share of all steps as a fraction; upstream's files know no `10%`."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("is neither a number of steps nor a share such as 10%")  # noqa: TRY004 - likewise
    steps: float = parse_steps(value)
    return steps


_TYPES: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType(
    {"int": _whole, "float": _number, "int_or_float": _steps}
)


def _special(name: str, value: Any) -> Any:
    """Look at the inner form of values that upstream takes apart itself."""
    form = _FORMS.get(name)
    return form(value) if form else value


def _resolution(value: Any) -> str:
    try:
        return ",".join(map(str, parse_resolution(value)))
    except ValueError:
        raise ValueError("is no size in pixels: write 512 or 512,768 (width,height), each side 64 to 8192") from None


def _literals(pairs: list[str]) -> list[str]:
    """Check `key=value` pairs whose values upstream reads as Python literals; `true` and `false` become Python's."""
    return [_literal(pair) for pair in _pairs(pairs)]


def _literal(pair: str) -> str:
    key, _, text = pair.partition("=")
    text = {"true": "True", "false": "False", "none": "None"}.get(text.strip().lower(), text.strip())
    try:
        ast.literal_eval(text)
    except (ValueError, SyntaxError):
        raise ValueError(f"holds {pair!r}, whose value is neither number, True, False, tuple nor quoted text") from None
    if "=" in text:
        raise ValueError(f"holds {pair!r} with a second =, which sd-scripts cannot read")
    return f"{key.strip()}={text}"


def _pairs(pairs: list[str]) -> list[str]:
    for pair in pairs:
        if not pair.partition("=")[0].strip() or "=" not in pair:
            raise ValueError(f"holds {pair!r}, which must be written key=value")
    return pairs


def _block_rates(value: str) -> str:
    rates = [_number(part) for part in value.split(",")]
    if len(rates) != BLOCKS or min(rates) < 0:
        raise ValueError(f"must be {BLOCKS} rates of 0 or more, separated by commas")
    return value


def _token_length(value: int) -> int:
    if value not in TOKEN_LENGTHS:
        raise ValueError(f"is none of {', '.join(map(str, TOKEN_LENGTHS))}: captions are read in chunks of 75 tokens")
    return value


def _prompt_file(value: str) -> str:
    if not value.endswith(PROMPT_FILES):
        raise ValueError(f"must be the name of a file that ends in {', '.join(PROMPT_FILES)}: write prompts into one")
    return value


_FORMS: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType(
    {
        "resolution": _resolution,
        "face_crop_aug_range": check_pair,
        "optimizer_args": _literals,
        "lr_scheduler_args": _literals,
        "network_args": _pairs,
        "block_lr": _block_rates,
        "max_token_length": _token_length,
        "sample_prompts": _prompt_file,
    }
)
