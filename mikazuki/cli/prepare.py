"""Copy pictures into a new folder, ready to train on; or with --report say what to look at in a folder first."""

import argparse
import json
import warnings
from pathlib import Path
from typing import Final

from mikazuki.cli.tool import Ending, given_values, list_options, put_into_queue, run_resumable
from mikazuki.errors import EXIT_DONE, EXIT_STOPPED, MikazukiError
from mikazuki.files import write_text
from mikazuki.paths import repository
from mikazuki.settings.load import gather, parse
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.settings.program_forms import PREPARE
from mikazuki.text import count

SETTINGS: Final = PrepareSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments; FOLDER alone may be a settings file."""
    parser.add_argument("folder", metavar="FOLDER", help="pictures to copy or report on; or settings: a .toml")
    parser.add_argument("output", metavar="OUT", nargs="?", help="folder that the copies go into")
    parser.add_argument("--report", action="store_true", help="copy nothing; say what is remarkable about FOLDER")
    parser.add_argument("--report_file", type=Path, help="write the report as JSON into this file as well")
    parser.add_argument("--queue", action="store_true", help="put it into the queue instead of starting it")
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")
    list_options(parser, "options of the copies:", PrepareSettings, "image_dir", "output_dir")


def run(arguments: argparse.Namespace) -> int:
    """Report, or copy in a process of its own and say what came of it."""
    if arguments.report or arguments.report_file:
        return _report(arguments)
    settings = _settings(arguments)
    if arguments.queue:
        return put_into_queue(settings, as_json=arguments.json)
    ending = run_resumable(PREPARE.module, settings, quiet=arguments.json)
    if ending is None:
        return EXIT_STOPPED
    _say(settings, ending, as_json=arguments.json)
    return EXIT_DONE


def _settings(arguments: argparse.Namespace) -> PrepareSettings:
    """Return what is asked for, of a settings file and the flags, which win; paths as seen from here."""
    config, given = given_values(arguments.folder, arguments.given)
    if arguments.output is not None:
        given["output_dir"] = arguments.output
    values, sources = gather(config, given)
    if not values.get("output_dir"):
        text = "It is not said where the copies are to go."
        raise MikazukiError("no-output", text, "Name OUT behind FOLDER; --report alone needs none.")
    settings = parse(PrepareSettings, values, sources)
    paths = {name: str(Path(path).absolute()) for name in PREPARE.paths if (path := getattr(settings, name))}
    return settings.model_copy(update=paths)


def _report(arguments: argparse.Namespace) -> int:
    """Scan a folder and print what is remarkable about it; nothing is written into it."""
    from PIL import Image

    from mikazuki.data.picture_report import ReportOptions, make_report, report_lines
    from mikazuki.data.scan_cache import CACHE_FOLDER, cached_scan

    # the scan has a bound of its own, and says so in words
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    asked = parse(PrepareSettings, {"image_dir": arguments.folder, "output_dir": ".", **arguments.given}, "--report")
    recursive = asked.recursive or "recursive" not in arguments.given
    scan = cached_scan(Path(arguments.folder), repository().logs / CACHE_FOLDER, recursive=recursive)
    report = make_report(scan, ReportOptions(asked.resolution))
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
    if arguments.report_file:
        write_text(arguments.report_file, text + "\n")
    print(text if arguments.json else "\n".join(report_lines(report)))
    return EXIT_DONE


def _say(settings: PrepareSettings, ending: Ending, *, as_json: bool) -> None:
    last = ending.last
    if as_json:
        names = ("path", "written", "kept", "failed", "removed")
        facts = {name: last[name] for name in names}
        print(json.dumps({**facts, "warnings": ending.warnings}, ensure_ascii=False))
        return
    parts = [f"{count(last['written'], 'picture')} prepared"]
    parts += [f"{last['kept']:,} stood already"] if last["kept"] else []
    parts += [f"{last['failed']:,} could not be"] if last["failed"] else []
    parts += [f"{count(last['removed'], 'old file')} removed"] if last["removed"] else []
    print(f"{settings.output_dir}: {', '.join(parts)}.")
