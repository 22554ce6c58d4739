"""Runs the demo as a person would, over several seeds, and measures what it learned and how long it took.

    python benchmarks/demo.py --seeds 1 2 3

Prints a Markdown table: seconds to the first step and in all, likeness to the subject without and with the LoRA,
and what became of prompts that do not name it.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import torch

from mikazuki.models.identify import identify
from mikazuki.models.load import load_base
from mikazuki.tools.measure import LoraMeasures, lora_measures

ROOT = Path(__file__).parents[1]


def train(seed: int, folder: Path, more: list[str]) -> tuple[float, float, Path]:
    """Run the demo with a seed; return seconds to the first step, seconds in all, and the LoRA's path."""
    settings = [f"seed={seed}", f"output_dir={folder}", f"logging_dir={folder / 'logs'}", *more]
    flags = [part for setting in settings for part in ("--set", setting)]
    began = time.time()
    subprocess.run(
        [sys.executable, "-m", "mikazuki", "train", "config/default.toml", *flags],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    ended = time.time()
    events = next((folder / "logs" / "jobs").glob("*/events.jsonl"))
    lines = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]
    first = next(line["time"] for line in lines if line["kind"] == "metric")
    return first - began, ended - began, folder / "demo.safetensors"


def row(seed: int, first: float, total: float, found: LoraMeasures) -> str:
    """Return one line of the table."""
    cells = [
        str(seed),
        f"{first:.1f}",
        f"{total:.1f}",
        f"{found.subject_base:.3f}",
        f"{found.subject_lora:.3f}",
        f"{found.subject_lora - found.subject_base:+.3f}",
        f"{found.prior_change:.3f}",
        f"{found.prior_likeness_to_subject:.3f}",
        f"{found.prior_fidelity_base} -> {found.prior_fidelity_lora}",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Run every seed and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="other settings than the demo's"
    )
    arguments = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    print(f"{platform.machine()}, {os.cpu_count()} cores, torch {torch.__version__}, {time.strftime('%Y-%m-%d')}\n")
    print("| seed | first step s | all s | base | LoRA | margin | prior change | prior likeness | prior fidelity |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    base = load_base(identify(ROOT / "sd-models" / "tiny-sd"), dtype=torch.float32)
    measured = []
    for seed in arguments.seeds:
        with tempfile.TemporaryDirectory() as folder:
            first, total, path = train(seed, Path(folder), arguments.set)
            measured.append(lora_measures(base, path))
            print(row(seed, first, total, measured[-1]), flush=True)
    print(json.dumps([asdict(found) for found in measured]))


if __name__ == "__main__":
    main()
