"""Run by the upstream trainer's Python in its checkout: what its own parsers make of files and of flags."""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any


def read(script: str, job: dict[str, Any]) -> dict[str, Any]:
    """The values that a script would train with."""
    parser: argparse.ArgumentParser = importlib.import_module(script).setup_parser()
    found = {"flags": vars(parser.parse_args(job["flags"]))}
    if job["file"]:
        sys.argv = [script, "--config_file", job["file"]]
        read_file = importlib.import_module("library.train_util").read_config_from_file
        found["file"] = vars(read_file(parser.parse_args(), parser))
    return found


def main(jobs_file: str, found_file: str) -> None:
    """Read every job."""
    sys.path[0] = str(Path.cwd())
    jobs = json.loads(Path(jobs_file).read_text(encoding="utf-8"))
    found = {script: read(script, job) for script, job in jobs.items()}
    Path(found_file).write_text(json.dumps(found, default=str), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
