"""Say what is installed, what is missing or wrong, and what to do about each."""

import argparse
import json
from dataclasses import asdict

from mikazuki.errors import EXIT_DONE, EXIT_FAILED
from mikazuki.paths import repository
from mikazuki.preparing.doctor import examine
from mikazuki.text import table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")


def run(arguments: argparse.Namespace) -> int:
    """Look at everything; exit code 1 when something is wrong that keeps trainings from working."""
    findings = list(examine(repository()))
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        print("\n".join(table([(f.state, f.name, f.text) for f in findings], indent="")))
        todo = [finding for finding in findings if finding.remedy]
        if todo:
            print("\nWhat to do:")
            print("\n".join(f"- {finding.name}: {finding.remedy}" for finding in todo))
    return EXIT_FAILED if any(finding.state == "fail" for finding in findings) else EXIT_DONE
