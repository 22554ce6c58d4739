"""Write a base model in another layout (file, diffusers folder), number type or file format."""

import argparse
import json
from pathlib import Path
from typing import Final

from mikazuki.cli.tool import put_into_queue, run_tool
from mikazuki.errors import EXIT_DONE, EXIT_STOPPED, MikazukiError
from mikazuki.files import sweep
from mikazuki.jobs.events import Event
from mikazuki.models.conversion import examine_conversion, outputs
from mikazuki.models.families import FAMILY_TITLES
from mikazuki.models.identify import ModelInfo
from mikazuki.settings.base import choices
from mikazuki.settings.convert import ConvertSettings
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.program_forms import CONVERT
from mikazuki.text import count, size

PROGRAM: Final = CONVERT.module
_FIELDS: Final = ConvertSettings.model_fields


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments; IN alone may be a settings file of the same names."""
    parser.add_argument("model_to_load", metavar="IN", help=_help("model_to_load") + " Or settings: a .toml")
    parser.add_argument("model_to_save", metavar="OUT", nargs="?", help=_help("model_to_save"))
    precision = parser.add_mutually_exclusive_group()
    kinds = choices(_FIELDS["save_precision"])
    precision.add_argument("--save_precision", choices=kinds, help=_help("save_precision"))
    precision.add_argument("--half", dest="save_precision", action="store_const", const="fp16", help="the same as fp16")
    parser.add_argument("--vae", help=_help("vae"))
    parser.add_argument("--ema", action="store_true", default=None, help=_help("ema"))
    v_option = argparse.BooleanOptionalAction
    parser.add_argument("--v_parameterization", action=v_option, default=None, help=_help("v_parameterization"))
    parser.add_argument("--queue", action="store_true", help="put it into the queue instead of starting it")
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")


def run(arguments: argparse.Namespace) -> int:
    """Check, convert in a process of its own, show how far it is, and say what came of it."""
    settings = _settings(arguments)
    info = examine_conversion(settings)
    if arguments.queue:
        return put_into_queue(settings, as_json=arguments.json)
    try:
        ending = run_tool(PROGRAM, settings, quiet=arguments.json)
    finally:
        # a second Ctrl-C ends it where it stands
        sweep(Path(settings.model_to_save).parent)
    if ending.last["kind"] == "stopped":
        return EXIT_STOPPED
    _say(settings, info, ending.last, as_json=arguments.json)
    return EXIT_DONE


def _help(option: str) -> str:
    return (_FIELDS[option].description or "").replace("%", "%%")


def _settings(arguments: argparse.Namespace) -> ConvertSettings:
    """Return what is asked for, of a settings file and the flags, which win; paths as seen from here."""
    given = {name: value for name in _FIELDS if (value := getattr(arguments, name)) is not None}
    config = Path(arguments.model_to_load)
    if config.suffix == ".toml":
        given = load_toml(config) | {name: value for name, value in given.items() if name != "model_to_load"}
    elif arguments.model_to_save is None:
        raise MikazukiError("no-output", "It is not said where the model is to be written.", "Name OUT behind IN.")
    settings = parse(ConvertSettings, given, str(config))
    paths = {name: getattr(settings, name) for name in ("model_to_load", "model_to_save", "vae")}
    return settings.model_copy(update={name: str(Path(path).absolute()) for name, path in paths.items() if path})


def _say(settings: ConvertSettings, info: ModelInfo, last: Event, *, as_json: bool) -> None:
    written = outputs(Path(settings.model_to_save), info)
    total = int(last["bytes"])
    if as_json:
        facts = {
            "family": info.family,
            "prediction_type": info.prediction_type,
            "files": [str(path) for path in written],
            "bytes": total,
            "means_left_out": last["means_left_out"],
            "others_left_out": last["others_left_out"],
        }
        print(json.dumps(facts, ensure_ascii=False))
        return
    print(f"{settings.model_to_save} is written: {FAMILY_TITLES[info.family]}, {size(total)} (was {size(info.bytes)}).")
    if len(written) > 1:
        print(f"{written[1]} belongs to it: keep both together.")
    rest = ((last["means_left_out"], "means of weights (EMA)"), (last["others_left_out"], "of no part of the model"))
    for number, what in rest:
        if number:
            print(f"Left out: {count(number, 'tensor')}, {what}.")
