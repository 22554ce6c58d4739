"""Write a base model in another layout (file, diffusers folder), number type or file format."""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mikazuki.cli.follow import POLL_SECONDS, Interrupts, counted_interrupts
from mikazuki.cli.live import LiveView
from mikazuki.engines.builtin import ENVIRONMENT
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, MikazukiError
from mikazuki.files import sweep, write_text
from mikazuki.jobs.events import LAST_KINDS, Event, EventReader
from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import Child, exit_in_words
from mikazuki.models.conversion import examine_conversion, outputs
from mikazuki.models.families import FAMILY_TITLES
from mikazuki.models.identify import ModelInfo
from mikazuki.paths import repository
from mikazuki.settings.base import choices
from mikazuki.settings.convert import ConvertSettings
from mikazuki.settings.load import dump_toml, load_toml, parse
from mikazuki.text import count, size

PROGRAM: Final = "mikazuki.tools.convert"
_FIELDS: Final = ConvertSettings.model_fields
_LOG_LINES: Final = 20
"""Lines of a broken program's own words that are shown."""


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
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")


def run(arguments: argparse.Namespace) -> int:
    """Check, convert in a process of its own, show how far it is, and say what came of it."""
    settings = _settings(arguments)
    info = examine_conversion(settings)
    with tempfile.TemporaryDirectory(prefix="mikazuki-convert-", ignore_cleanup_errors=True) as folder:
        job = Job(Path(folder))
        write_text(job.config, dump_toml(settings))
        with counted_interrupts() as interrupts, _view(quiet=arguments.json) as view:
            last = _follow(job, interrupts, view.handle)
        if interrupts.count:
            sweep(Path(settings.model_to_save).parent)
            return EXIT_STOPPED
        if last["kind"] != "done":
            raise MikazukiError(
                str(last["code"]), str(last["message"]), str(last["hint"]), exit_code=int(last["exit_code"])
            )
    _say(settings, info, last, as_json=arguments.json)
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


@contextmanager
def _view(*, quiet: bool) -> Iterator[LiveView]:
    """Give what shows the progress: nothing of it where only the answer is wanted."""
    out = Path(os.devnull).open("w", encoding="utf-8") if quiet else sys.stdout  # noqa: SIM115 - closed below
    view = LiveView(out, terminal=not quiet and out.isatty())
    try:
        yield view
    finally:
        view.close()
        if quiet:
            out.close()


def _follow(job: Job, interrupts: Interrupts, show: Callable[[Event], None]) -> Event:
    """Run the program to its end and return its last word; an interrupt ends it at once."""
    child = Child.start(job, [sys.executable, "-m", PROGRAM, "--config_file", str(job.config)], ENVIRONMENT, _home())
    reader = EventReader(job.events)
    last: Event | None = None
    running = True
    while running:
        running = child.poll() is None
        for event in reader.read():
            last = event if event["kind"] in LAST_KINDS else last
            show(event)
        if running and interrupts.count:
            child.end()
        elif running:
            time.sleep(POLL_SECONDS)
    return last or _without_a_word(job, child.poll() or EXIT_FAILED)


def _without_a_word(job: Job, code: int) -> Event:
    """Say how a program ended that could not say it itself."""
    said = job.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    message = "\n".join([f"The conversion was {exit_in_words(code)}." if code < 0 else "The conversion failed:", *said])
    return {"kind": "failed", "code": "convert-failed", "message": message, "hint": "", "exit_code": EXIT_FAILED}


def _home() -> Path:
    """Return where the program is started, so that it finds this very project."""
    return repository().root


def _say(settings: ConvertSettings, info: ModelInfo, last: Event, *, as_json: bool) -> None:
    written = outputs(Path(settings.model_to_save), info)
    total = sum(_bytes(path) for path in written)
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


def _bytes(path: Path) -> int:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)
