"""Measure a training's memory and time by two real steps, and say which settings make it fit."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from mikazuki.cli import check
from mikazuki.cli.follow import counted_interrupts
from mikazuki.cli.main import report
from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.preparing import scripts
from mikazuki.preparing.probe import Line, Probed, Watcher, probe
from mikazuki.preparing.training import examine
from mikazuki.settings.docs import ENGLISH, LANGUAGES
from mikazuki.settings.form_words import Words
from mikazuki.settings.load import toml_value
from mikazuki.settings.train import TrainSettings

SETTINGS = TrainSettings
"""Options of these are taken as flags."""

GIB: Final = 2**30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    check.add_shared_arguments(parser)
    parser.add_argument(
        "--memory", type=float, metavar="GIB", help="memory of the card to pretend, in GiB; default: what is free here"
    )
    parser.add_argument("--language", choices=LANGUAGES, default=ENGLISH, help="language of the reasons")


def run(arguments: argparse.Namespace) -> int:
    """Measure; the exit code is 0 where a way fits, 1 where none does."""
    if scripts.wanted(check.file_of(arguments), arguments.given):
        raise MikazukiError(
            "not-measurable",
            "Only sd-scripts trains what these settings ask for, and only the builtin engine can be measured.",
            "Measure a training with method and a family that the builtin engine knows.",
        )
    settings = check.settings_of(arguments)
    memory = bytes_of(arguments.memory)
    request = examine(settings, verify=False)
    if request.problems:
        report(request.problems, as_json=arguments.json)
        return EXIT_WRONG_REQUEST
    found = measured(settings, memory, quiet=arguments.json, language=arguments.language)
    if found is None:
        return EXIT_STOPPED
    if arguments.json:
        print(json.dumps(as_json(found), ensure_ascii=False))
    else:
        print("\n".join(conclusion(found, arguments.language)))
    return EXIT_DONE if found.changes is not None else EXIT_FAILED


def bytes_of(memory: float | None) -> int | None:
    """Return GiB as bytes; raises MikazukiError ``memory-wrong`` for what no card has."""
    if memory is None:
        return None
    if not 0 < memory < 10_000:
        raise MikazukiError("memory-wrong", f"--memory {memory:g} is no card's memory.", "Give it in GiB: 8.")
    return int(memory * GIB)


def measured(settings: TrainSettings, memory: int | None, *, quiet: bool, language: str) -> Probed | None:
    """Measure, each decision printed as it is made; None where Ctrl-C ended it."""
    with counted_interrupts() as interrupts, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        out = nowhere if quiet else sys.stdout
        print("Measuring two steps on the largest batch, in processes of their own ...", file=out, flush=True)

        def show(line: Line) -> None:
            print(f"  {said(line.why, language)}", file=out, flush=True)

        try:
            return probe(settings, memory, Watcher(show, lambda: interrupts.count > 0))
        except KeyboardInterrupt:
            return None


def said(words: Words, language: str) -> str:
    """Return a text in a language."""
    return words.en if language == ENGLISH else words.zh


def as_json(found: Probed) -> dict[str, Any]:
    """Return what was found for programs; memory in bytes, seconds a step."""
    return {
        "fits": found.changes is not None,
        "changes": dict(found.changes or {}),
        "measured": asdict(found.chosen) if found.chosen else None,
        "decisions": [_decision(line) for line in found.lines],
        "warnings": [{"code": code, "text": asdict(words)} for code, words in found.warnings],
    }


def _decision(line: Line) -> dict[str, Any]:
    decision = line.decision
    return {
        "changes": dict(decision.way.changes),
        "saving": decision.way.saving,
        "verdict": decision.verdict,
        "measured": asdict(decision.measured) if decision.measured else None,
        "why": asdict(line.why),
    }


def conclusion(found: Probed, language: str) -> Iterator[str]:
    """Yield what to do: the settings to change as they stand in a settings file, and warnings."""
    for _, words in found.warnings:
        yield f"\nwarning: {said(words, language)}"
    if found.changes is None:
        return
    yield ""
    if not found.changes:
        yield "Nothing needs to change."
        return
    yield "Set these:"
    yield from toml_lines(found.changes)


def toml_lines(changes: Mapping[str, Any]) -> Iterator[str]:
    """Yield options as lines of a settings file."""
    for name, value in changes.items():
        yield f"{name} = {toml_value(value)}"
