"""Write the reference pages of the options, or check that they say what the settings' definition says."""

import argparse
from collections.abc import Collection
from pathlib import Path
from typing import Final

from mikazuki.errors import EXIT_DONE, EXIT_FAILED
from mikazuki.files import write_text
from mikazuki.paths import repository
from mikazuki.settings import tagging_docs
from mikazuki.settings.docs import ENGLISH, LANGUAGES, markdown
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream import docs as upstream

FOLDERS: Final = {"en": Path("docs"), "zh-CN": Path("docs/zh-CN")}
OPTIONS: Final = "options.md"
TAGGING: Final = "tagging.md"
"""A page that is written by hand but for its table of options."""
SCRIPTS: Final = "upstream"
"""Folder of the pages on sd-scripts' scripts."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when a page is out of date")
    parser.add_argument("--write", action="store_true", help="write the pages")


def run(arguments: argparse.Namespace) -> int:
    """Write the pages, check them, or without either print the English one of our own options."""
    if not (arguments.check or arguments.write):
        print(markdown(TrainSettings, ENGLISH))
        return EXIT_DONE
    root = repository().root
    found = {path: text for language in LANGUAGES for path, text in pages(language).items()}
    if arguments.write:
        for path, text in found.items():
            write_text(root / path, text)
        for path in left_over(root, found.keys()):
            path.unlink()
        return EXIT_DONE
    stale = [str(path) for path, text in found.items() if not _says(root / path, text)]
    stale += [str(path.relative_to(root)) for path in left_over(root, found.keys())]
    if stale:
        print(f"Out of date: {', '.join(stale)}. Run `python -m mikazuki docs --write`.")
    return EXIT_FAILED if stale else EXIT_DONE


def pages(language: str) -> dict[Path, str]:
    """Return every page that is made, in that language: path in the repository -> text."""
    folder = FOLDERS[language]
    scripts = {folder / SCRIPTS / name: text for name, text in upstream.pages(language).items()}
    tagging = folder / TAGGING
    by_hand = repository().root / tagging
    own = {folder / OPTIONS: markdown(TrainSettings, language)}
    if by_hand.is_file():
        own[tagging] = tagging_docs.refreshed(by_hand.read_text(encoding="utf-8"), language)
    return own | scripts


def left_over(root: Path, wanted: Collection[Path]) -> list[Path]:
    """Return pages of scripts that there are no more."""
    there = [path for folder in FOLDERS.values() for path in sorted((root / folder / SCRIPTS).glob("*.md"))]
    return [path for path in there if path.relative_to(root) not in wanted]


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text
