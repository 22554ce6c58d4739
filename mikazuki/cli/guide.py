"""Fill in a settings file from a goal, a folder of pictures and a base model, each value with its reason."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final, get_args

from mikazuki.cli.probe import measured
from mikazuki.errors import EXIT_DONE, EXIT_STOPPED, MikazukiError
from mikazuki.files import write_text
from mikazuki.preparing.config_files import as_toml
from mikazuki.preparing.guide import Guide, Wish, guide, with_prompts
from mikazuki.preparing.guide_facts import Goal
from mikazuki.preparing.guide_parts import GB
from mikazuki.preparing.guide_probe import with_measures
from mikazuki.settings.docs import ENGLISH, LANGUAGES
from mikazuki.settings.form_words import Words
from mikazuki.settings.load import parse, toml_value
from mikazuki.settings.options.network import Method
from mikazuki.settings.target import AUTO
from mikazuki.settings.train import TrainSettings
from mikazuki.text import count

GOALS: Final = get_args(Goal)
METHODS: Final = (AUTO, *get_args(Method))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", type=Path, help="folder of pictures, or of N_name folders")
    parser.add_argument("--goal", choices=GOALS, required=True, help="what to teach")
    parser.add_argument("--model", type=Path, required=True, help="base model: a file or a diffusers folder")
    parser.add_argument(
        "--method", choices=METHODS, default=AUTO, help="what shall come out; auto, the default, goes by what is there"
    )
    parser.add_argument("--memory", type=float, metavar="GB", help="memory of the card; default: what this machine has")
    parser.add_argument("--probe", action="store_true", help="measure two steps, and choose by that what fits")
    parser.add_argument("-o", "--output", type=Path, help="settings file to write; without it nothing is written")
    parser.add_argument("--language", choices=LANGUAGES, default=ENGLISH, help="language of the reasons")
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")


def run(arguments: argparse.Namespace) -> int:
    """Choose, say why, and write the file where one is named."""
    output: Path | None = arguments.output
    if output is not None and output.exists():
        raise MikazukiError("config-exists", f"{output} is there already.", "Name a new file with -o.")
    if arguments.memory is not None and not 0 < arguments.memory < 10_000:
        raise MikazukiError("memory-wrong", f"--memory {arguments.memory:g} is no card's memory.", "Give it in GB: 8.")
    memory = None if arguments.memory is None else int(arguments.memory * GB)
    found = guide(Wish(arguments.goal, arguments.folder, arguments.model, memory, arguments.method))
    if arguments.probe:
        probed = measured(
            parse(TrainSettings, found.settings, "the guided mode"),
            memory,
            quiet=arguments.json,
            language=arguments.language,
        )
        if probed is None:
            return EXIT_STOPPED
        found = with_measures(found, probed)
    if output is not None:
        found = with_prompts(found, output.with_name(f"{output.stem}-prompts.txt"))
        write_text(output, as_toml(found.settings))
    if arguments.json:
        print(json.dumps(_as_json(found, output), ensure_ascii=False))
    else:
        print("\n".join(_report(found, output, arguments.language)))
    return EXIT_DONE


def _as_json(found: Guide, output: Path | None) -> dict[str, object]:
    return {
        "method": found.method,
        "family": found.family,
        "engine": found.engine,
        "pictures": found.pictures,
        "captions": found.captions,
        "values": [asdict(chosen) for chosen in found.values],
        "warnings": [{"code": code, "text": asdict(words)} for code, words in found.warnings],
        "prompts": list(found.prompts),
        "file": str(output) if output else None,
    }


def _report(found: Guide, output: Path | None, language: str) -> Iterator[str]:
    def said(words: Words) -> str:
        return words.en if language == ENGLISH else words.zh

    yield f"{count(found.pictures, 'picture')}, {count(found.captions, 'caption')}; {found.method} on {found.family}."
    for chosen in found.values:
        yield f"\n{chosen.option} = {toml_value(chosen.value)}\n  {said(chosen.why)}"
    for _, words in found.warnings:
        yield f"\nwarning: {said(words)}"
    yield ""
    if output:
        yield f"{output} is written. Look it over and train: python -m mikazuki train {output}"
    else:
        yield "Nothing was written: name a file with -o."
