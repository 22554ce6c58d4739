"""What the tests of upstream's options share: a right configuration of each script, and values that are no defaults."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from mikazuki.settings.upstream.bounds import bounds_of
from mikazuki.settings.upstream.options import COMMAND_LINE, Option, options_of
from mikazuki.settings.upstream.rules.needs import PARTS
from mikazuki.settings.upstream.rules.parts import NETWORKS
from mikazuki.settings.upstream.scripts import SCRIPTS

CHECKOUT = os.environ.get("MIKAZUKI_SD_SCRIPTS", "")
real = pytest.mark.skipif(not CHECKOUT, reason="MIKAZUKI_SD_SCRIPTS names no checkout of sd-scripts")


def checkout_python() -> Path:
    """The interpreter of the checkout's environment."""
    from mikazuki.engines.sd_scripts_place import find_place

    python = find_place(Path(CHECKOUT)).python
    assert python is not None
    return python


def right(script: str) -> dict[str, Any]:
    """The least that a script needs."""
    own = SCRIPTS[script]
    if not own.trains:
        names = {"ckpt": "model.safetensors", "prompt": "a cat"}
        files = ("pretrained_model_name_or_path", "gemma2_path", "ae_path")
        return {n: names.get(n, "a") for n in (*names, *files) if n in options_of(script)}
    values: dict[str, Any] = {
        "pretrained_model_name_or_path": "model.safetensors",
        "train_data_dir": "pictures",
        "resolution": "512",
        "output_dir": "output",
    }
    values |= dict.fromkeys(PARTS.get(own.families[0], ()), "part.safetensors")
    if own.methods == ("lora",):
        values["network_module"] = NETWORKS[own.families[0]][0]
    if own.methods == ("textual_inversion",):
        values |= dict.fromkeys(["token_string"], "mika")
    if own.methods[0] in {"controlnet", "lllite", "lllite_old"}:
        values["conditioning_data_dir"] = "edges"
    if script == "fine_tune":
        values["in_json"] = "captions.json"
    return values


def other_value(option: Option) -> Any:
    """A value of an option that is not its default, as a file would have it."""
    if option.is_switch:
        return True
    special: dict[str, Any] = {
        "resolution": "640,448",
        "face_crop_aug_range": "2.0,4.0",
        "block_lr": ",".join(["0.5"] * 23),
        "sample_prompts": "prompts.toml",
        "optimizer_args": ["betas=(0.8, 0.9)", "weight_decay=0.01"],
        "lr_scheduler_args": ["lr_end=1e-07"],
        "network_args": ["conv_dim=4", "algo=loha"],
        "lr_warmup_steps": "10%",
        "lr_decay_steps": 7,
    }
    if option.name in special:
        return special[option.name]
    one = _other(option)
    return [one] * option.nargs if isinstance(option.nargs, int) else [one, one] if option.is_list else one


def _other(option: Option) -> Any:
    if option.choices:
        return next(choice for choice in option.choices if choice != option.default)
    if not option.is_number:
        return 'a "b" \\ 三日月'
    bounds = bounds_of(option.name)
    step = bounds.get("multipleOf", 1 if option.type == "int" else 0.25)
    low = bounds.get("minimum", bounds.get("exclusiveMinimum", 0))
    return next(value for value in (low + step, low + 2 * step) if value != option.default)


def settable(script: str) -> dict[str, Any]:
    """Every option that a settings file may hold, at a value that is not its default."""
    return {
        name: other_value(option) for name, option in options_of(script).items() if name not in COMMAND_LINE
    }  # fmt: skip


def int_or_float(text: str) -> int | float:
    """Steps, or a share of all steps: the one kind of value that upstream defines itself."""
    number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    return int(number) if number >= 1 else number


def stand_in_parser(script: str) -> argparse.ArgumentParser:
    """A parser as the data file describes upstream's."""
    kinds: dict[str, Any] = {"int": int, "float": float, "int_or_float": int_or_float, "Path": Path, "str": str}
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name, option in options_of(script).items():
        if option.is_switch:
            parser.add_argument(option.flag, action="store_true")
            continue
        more: dict[str, Any] = {"nargs": option.nargs} if option.nargs else {}
        more |= {"choices": option.choices} if option.choices else {}
        parser.add_argument(option.flag, dest=name, type=kinds[option.type], default=option.default, **more)
    return parser


def read_flags(parser: argparse.ArgumentParser, flags: Sequence[str]) -> dict[str, Any]:
    """What a parser makes of a command line."""
    return vars(parser.parse_args(list(flags)))
