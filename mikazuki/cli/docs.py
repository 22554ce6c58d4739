"""Write the reference pages of the options, or check that they say what the settings' definition says."""

import argparse
from pathlib import Path
from typing import Final

from mikazuki.errors import EXIT_DONE, EXIT_FAILED
from mikazuki.files import write_text
from mikazuki.paths import repository
from mikazuki.settings.docs import LANGUAGES, markdown
from mikazuki.settings.train import TrainSettings

PAGES: Final = {"en": Path("docs/options.md"), "zh-CN": Path("docs/zh-CN/options.md")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when a page is out of date")
    parser.add_argument("--write", action="store_true", help="write the pages")


def run(arguments: argparse.Namespace) -> int:
    """Write the pages, check them, or without either print the English one."""
    if not (arguments.check or arguments.write):
        print(markdown(TrainSettings, "en"))
        return EXIT_DONE
    stale = []
    for language in LANGUAGES:
        path, text = repository().root / PAGES[language], markdown(TrainSettings, language)
        if arguments.write:
            write_text(path, text)
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(str(PAGES[language]))
    if stale:
        print(f"Out of date: {', '.join(stale)}. Run `python -m mikazuki docs --write`.")
    return EXIT_FAILED if stale else EXIT_DONE
