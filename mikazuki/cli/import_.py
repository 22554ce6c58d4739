"""Turn a settings file of lora-scripts, kohya_ss or sd-scripts into one of ours, and say what was changed and why."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

from mikazuki.errors import EXIT_DONE, MikazukiError
from mikazuki.files import write_text
from mikazuki.settings.old_files import Imported, import_file
from mikazuki.text import count

HEADINGS: Final = {
    "renamed": "Has another name here",
    "changed": "Has another value",
    "added": "Was added",
    "dropped": "Was left out",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("old", type=Path, help="a .toml, .json, train.ps1 or train.sh of another program")
    parser.add_argument("-o", "--output", type=Path, help="settings file to write; without it only the report is shown")
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")


def run(arguments: argparse.Namespace) -> int:
    """Import one file; exit code 0 even where something is left to be put right, which the report says."""
    output: Path | None = arguments.output
    found = import_file(arguments.old)
    files = found.files(output) if output else {}
    there = next((path for path in files if path.exists()), None)
    if there:
        raise MikazukiError("config-exists", f"{there} is there already.", "Name a new file with -o.")
    for path, text in files.items():
        write_text(path, text)
    if arguments.json:
        print(json.dumps(_as_json(found, files), ensure_ascii=False))
    else:
        print("\n".join(_report(found, files)))
    return EXIT_DONE


def _as_json(found: Imported, files: dict[Path, str]) -> dict[str, object]:
    return {
        "origin": found.origin,
        "method": found.target.method,
        "model_type": found.target.model_type,
        "kept": found.kept,
        "unused": found.unused,
        "changes": [asdict(change) for change in found.changes],
        "notes": list(found.notes),
        "problems": list(found.problems),
        "files": [str(path) for path in files],
        "values": found.values,
    }


def _report(found: Imported, files: dict[Path, str]) -> Iterator[str]:
    yield f"From {found.origin}: {count(found.kept, 'option')} kept as they are."
    if found.unused:
        yield f"{count(found.unused, 'option')} said nothing, or what is the default anyway, and are left out."
    for kind, heading in HEADINGS.items():
        lines = [change.text for change in found.changes if change.kind == kind]
        if lines:
            yield from ("", f"{heading}:", *(f"- {line}" for line in lines))
    if found.notes:
        yield from ("", "About the file:", *(f"- {note}" for note in found.notes))
    if found.problems:
        yield from ("", "To be put right by hand before a training can start:", *(f"- {p}" for p in found.problems))
    yield ""
    if files:
        yield from (f"{path} is written." for path in files)
    else:
        yield "Nothing was written: name a file with -o."
