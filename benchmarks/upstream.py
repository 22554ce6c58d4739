r"""Trains the same LoRA by upstream sd-scripts and by the builtin engine, in turns, and prints what each took.

    python benchmarks/upstream.py --checkout SD_SCRIPTS --python SD_SCRIPTS/venv/bin/python --model sd15.safetensors \
        --pictures DIR --tokenizers DIR --steps 5 --rounds 2

Both get the same options under the same names, through ``accelerate launch``, fp32, with the same threads. Prints a
Markdown table: seconds from the command to the end of the first step, seconds a step after it, seconds in all, and
the largest resident memory of a process; then the ratios.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import IO, Any

ROOT = Path(__file__).parents[1]
BAR = re.compile(rb"steps:[^\r\n]*?(\d+)/(\d+) \[")

OPTIONS: dict[str, Any] = {
    "resolution": "128,128",
    "enable_bucket": True,
    "min_bucket_reso": 64,
    "max_bucket_reso": 256,
    "train_batch_size": 2,
    "network_module": "networks.lora",
    "network_dim": 8,
    "network_alpha": 4,
    "learning_rate": 1e-4,
    "optimizer_type": "AdamW",
    "lr_scheduler": "constant",
    "mixed_precision": "no",
    "seed": 42,
    "caption_extension": ".txt",
    "max_data_loader_n_workers": 0,
    "output_name": "x",
    "save_model_as": "safetensors",
}


@dataclass(frozen=True)
class Took:
    """Seconds to the end of the first step, seconds a step after it (median), seconds in all, bytes at the most."""

    first: float
    step: float
    total: float
    memory: int


def run(argv: list[str], cwd: Path, watch: Callable[[IO[bytes]], list[float]], env: dict[str, str]) -> Took:
    """Run a command to its end; ``watch`` reads its output and returns when each step ended."""
    began = time.time()
    child = subprocess.Popen(argv, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    ends: list[float] = []
    assert child.stdout is not None
    reader = threading.Thread(target=lambda: ends.extend(watch(child.stdout)))  # type: ignore[arg-type]
    reader.start()
    _, status, usage = os.wait4(child.pid, 0)
    total = time.time() - began
    reader.join()
    if status or len(ends) < 2:
        raise SystemExit(f"{argv} ended with {status} after {len(ends)} steps")
    steps = [after - before for before, after in pairwise(ends)]
    return Took(ends[0] - began, median(steps), total, usage.ru_maxrss * 1024)


def bars(output: IO[bytes]) -> list[float]:
    """Return when the bar of sd-scripts first showed each number of steps."""
    seen: dict[int, float] = {}
    rest = b""
    while piece := os.read(output.fileno(), 4096):
        rest += piece
        for found in BAR.finditer(rest):
            if int(found[1]):
                seen.setdefault(int(found[1]), time.time())
        rest = rest[-200:]
    return [seen[number] for number in sorted(seen)]


def toml(values: dict[str, Any]) -> str:
    """Write options as TOML."""
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())


def by_upstream(arguments: argparse.Namespace, folder: Path, options: dict[str, Any]) -> Took:
    """Train by sd-scripts."""
    config = folder / "upstream.toml"
    own = {"tokenizer_cache_dir": str(arguments.tokenizers), "logging_dir": str(folder / "log")}
    config.write_text(toml({**options, **own}), encoding="utf-8")
    launch = [str(arguments.python), "-m", "accelerate.commands.launch", "--num_processes", "1", "--num_machines", "1"]
    launch += [
        "--mixed_precision",
        "no",
        "--dynamo_backend",
        "no",
        "--num_cpu_threads_per_process",
        str(os.cpu_count()),
    ]
    argv = [*launch, "train_network.py", "--config_file", str(config)]
    return run(argv, arguments.checkout, bars, {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONUNBUFFERED": "1"})


def by_builtin(_arguments: argparse.Namespace, folder: Path, options: dict[str, Any]) -> Took:
    """Train by the builtin engine, through the command a person uses."""
    config = folder / "builtin.toml"
    config.write_text(toml({**options, "logging_dir": str(folder / "logs")}), encoding="utf-8")

    def events(output: IO[bytes]) -> list[float]:
        while os.read(output.fileno(), 4096):
            pass
        path = next((folder / "logs" / "jobs").glob("*/events.jsonl"))
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [line["time"] for line in lines if line["kind"] == "metric"]

    return run([sys.executable, "-m", "mikazuki", "train", str(config)], ROOT, events, dict(os.environ))


def main() -> None:
    """Run both in turns and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("checkout", "python", "model", "pictures", "tokenizers"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--cached", action="store_true", help="encode the pictures once instead of at every step")
    arguments = parser.parse_args()
    results: dict[str, list[Took]] = {"sd-scripts": [], "builtin": []}
    for _ in range(arguments.rounds):
        for name, train in (("sd-scripts", by_upstream), ("builtin", by_builtin)):
            with tempfile.TemporaryDirectory() as text:
                options = {
                    **OPTIONS,
                    "pretrained_model_name_or_path": str(arguments.model),
                    "train_data_dir": str(arguments.pictures),
                    "output_dir": text,
                    "max_train_steps": arguments.steps,
                    "cache_latents": arguments.cached,
                }
                results[name].append(train(arguments, Path(text), options))
    print("| engine | to the first step | a step | in all | memory |\n|---|--:|--:|--:|--:|")
    best = {
        name: [min(getattr(one, key) for one in found) for key in Took.__annotations__]
        for name, found in results.items()
    }
    for name, (first, step, total, memory) in best.items():
        print(f"| {name} | {first:.1f} s | {step:.2f} s | {total:.0f} s | {memory / 1e9:.2f} GB |")
    ratios = [ours / theirs for ours, theirs in zip(best["builtin"], best["sd-scripts"], strict=True)]
    print(f"| builtin / sd-scripts | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |")


if __name__ == "__main__":
    main()
