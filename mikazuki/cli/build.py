"""Write a checkpoint of what a training had learned at a saved state, or of a base model with a LoRA in it."""

import argparse
import json
from pathlib import Path
from typing import Final

from mikazuki.cli.tool import put_into_queue, run_tool
from mikazuki.errors import EXIT_DONE, EXIT_STOPPED
from mikazuki.files import sweep
from mikazuki.models.building import examine_build
from mikazuki.models.families import FAMILY_TITLES
from mikazuki.settings.build_checkpoint import BuildSettings
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.program_forms import BUILD
from mikazuki.text import size

SETTINGS: Final = BuildSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments; every option is a flag as well."""
    parser.add_argument("config", nargs="?", type=Path, help="settings file of the same names")
    parser.add_argument("--half", action="store_true", help="the same as --save_precision fp16")
    parser.add_argument("--queue", action="store_true", help="put it into the queue instead of starting it")
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")
    parser.epilog = "Every option works as a flag: " + ", ".join(f"--{name}" for name in BuildSettings.model_fields)


def run(arguments: argparse.Namespace) -> int:
    """Check, build in a process of its own, show how far it is, and say what came of it."""
    values = (load_toml(arguments.config) if arguments.config else {}) | dict(arguments.given)
    if arguments.half:
        values["save_precision"] = "fp16"
    settings = from_here(parse(BuildSettings, values, str(arguments.config or "the command line")))
    return build(settings, queue=arguments.queue, as_json=arguments.json)


def from_here(settings: BuildSettings) -> BuildSettings:
    """Return the settings with paths as seen from where the command is given."""
    paths = {name: str(Path(path).absolute()) for name in BUILD.paths if (path := getattr(settings, name))}
    return settings.model_copy(update=paths)


def build(settings: BuildSettings, *, queue: bool, as_json: bool) -> int:
    """Build now, or put it into the queue; return the exit code."""
    found = examine_build(settings)
    if queue:
        return put_into_queue(settings, as_json=as_json)
    try:
        ending = run_tool(BUILD.module, settings, quiet=as_json)
    finally:
        # a second Ctrl-C ends it where it stands
        sweep(found.path.parent)
    if ending.last["kind"] == "stopped":
        return EXIT_STOPPED
    images, total = ending.last["images"], int(ending.last["bytes"])
    if as_json:
        print(json.dumps({"files": [str(path) for path in found.files], "bytes": total, "images": images}))
        return EXIT_DONE
    told = "" if images is None else f" after {images} pictures"
    print(f"{found.path} is written: {FAMILY_TITLES[found.info.family]}{told}, {size(total)}.")
    if len(found.files) > 1:
        print(f"{found.files[1]} belongs to it: keep both together.")
    return EXIT_DONE
