"""Make masks of the pictures of a folder, by a model or of their transparency."""

import argparse
import json
from pathlib import Path
from typing import Final

from mikazuki.cli.tool import Ending, given_values, list_options, put_into_queue, run_resumable
from mikazuki.data.mask_models import MODEL_SUFFIX
from mikazuki.errors import EXIT_DONE, EXIT_STOPPED
from mikazuki.settings.load import gather, parse
from mikazuki.settings.masking import MaskSettings
from mikazuki.settings.program_forms import MASKS
from mikazuki.text import count

SETTINGS: Final = MaskSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments; FOLDER may be a settings file."""
    parser.add_argument("folder", metavar="FOLDER", help="pictures to make masks of; or settings: a .toml")
    parser.add_argument("--queue", action="store_true", help="put it into the queue instead of starting it")
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")
    list_options(parser, "options of the masks:", MaskSettings, "image_dir")


def run(arguments: argparse.Namespace) -> int:
    """Make them in a process of its own and say what came of it."""
    settings = _settings(arguments)
    if arguments.queue:
        return put_into_queue(settings, as_json=arguments.json)
    ending = run_resumable(MASKS.module, settings, quiet=arguments.json)
    if ending is None:
        return EXIT_STOPPED
    _say(ending, as_json=arguments.json)
    return EXIT_DONE


def _settings(arguments: argparse.Namespace) -> MaskSettings:
    """Return what is asked for, of a settings file and the flags, which win; paths as seen from here."""
    config, given = given_values(arguments.folder, arguments.given)
    settings = parse(MaskSettings, *gather(config, given))
    # what is not given begins at the project's folder, where the program runs
    given_paths = MASKS.paths.keys() & settings.model_fields_set
    paths = {name: str(Path(path).absolute()) for name in given_paths if (path := getattr(settings, name))}
    if settings.model and settings.model.endswith(MODEL_SUFFIX) and Path(settings.model).is_file():
        paths["model"] = str(Path(settings.model).absolute())
    return settings.model_copy(update=paths)


def _say(ending: Ending, *, as_json: bool) -> None:
    last = ending.last
    if as_json:
        facts = {name: last[name] for name in ("path", "written", "kept", "failed", "due", "names") if name in last}
        print(json.dumps({**facts, "warnings": ending.warnings}, ensure_ascii=False))
        return
    for name in last.get("names", ()):
        print(name)
    told = f"{count(last['due'], 'mask')} would be" if "due" in last else f"{count(last['written'], 'mask')}"
    parts = [f"{told} written"]
    parts += [f"{last['kept']:,} stay as they are"] if last["kept"] else []
    parts += [f"{last['failed']:,} could not be made"] if last["failed"] else []
    print(f"{last['path']}: {', '.join(parts)}.")
    if "due" not in last:
        print("Train with them by masked_loss = true and conditioning_data_dir = that folder.")
