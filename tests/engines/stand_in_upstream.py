"""Stands in for upstream's scripts: takes their options, prints and writes as they do, and trains nothing.

`checkout` makes a folder of such scripts. What a run does says its option `training_comment`: done, slow, crash,
memory, nothing or nan.
"""

import argparse
import json
import struct
import sys
import time
import tomllib
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

from mikazuki.settings.upstream.options import Option, options_of
from mikazuki.settings.upstream.scripts import SCRIPTS

ROOT = Path(__file__).parents[2]
WRAPPER = """import sys
sys.path.insert(0, {root!r})
from tests.engines.stand_in_upstream import main
sys.exit(main({name!r}))
"""
TYPES = {"int": (int,), "float": (int, float), "int_or_float": (int, float), "str": (str,), "Path": (str,)}
STEPS = 4
EPOCHS = 2
STANDS_STILL = 120
"""Seconds of a slow run; long for its test, and not for ever where that was killed."""


def checkout(folder: Path) -> Path:
    """Make a checkout with every script."""
    folder.mkdir(parents=True)
    for name in SCRIPTS:
        (folder / f"{name}.py").write_text(WRAPPER.format(root=str(ROOT), name=name), encoding="utf-8")
    return folder


def main(script: str) -> int:
    """Do as a script does."""
    args = parse(script, sys.argv[1:])
    sys.stdout.write("accelerator device: cpu\n")
    sys.stdout.flush()
    what = args.get("training_comment") or "done"
    if what == "nothing":
        sys.stderr.write("No data found. Please verify arguments\n")
        return 0
    return train(args, what)


def parse(script: str, words: list[str]) -> dict[str, Any]:
    """Read the command line and the settings file as upstream does, but refuse what it would take silently."""
    options = options_of(script)
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for option in options.values():
        _declare(parser, option)
    for own in ("config_file", "output_config"):
        if own not in options:
            parser.add_argument(f"--{own}")
    named = parser.parse_args(words)
    values = tomllib.loads(Path(named.config_file).read_text(encoding="utf-8"))
    for name, value in values.items():
        if name not in options:
            parser.error(f"unknown key {name}")
        if not _fits(options[name], value):
            parser.error(f"{name} = {value!r} is no {options[name].type}")
    return vars(parser.parse_args(words, argparse.Namespace(**values)))


def _declare(parser: argparse.ArgumentParser, option: Option) -> None:
    if option.is_switch:
        parser.add_argument(option.flag, dest=option.name, action="store_true")
    else:
        parser.add_argument(option.flag, dest=option.name, default=option.default)


def _fits(option: Option, value: object) -> bool:
    if option.is_switch:
        return isinstance(value, bool)
    items = value if isinstance(value, list) else [value]
    right = isinstance(value, list) == option.is_list
    return right and all(isinstance(item, TYPES[option.type]) for item in items)


def train(args: dict[str, Any], what: str) -> int:
    """Draw the bar, write the files."""
    say("running training / \u5b66\u7fd2\u958b\u59cb")
    say(f"  num train images * repeats / \u5b66\u7fd2: {pictures_in(args)}")
    say("  num batches per epoch / 1epoch: 2")
    say(f"  num epochs / epoch\u6570: {EPOCHS}")
    say(f"  total optimization steps / \u5b66\u7fd2\u30b9\u30c6\u30c3\u30d7\u6570: {STEPS}")
    bar(0, "")
    for step in range(1, STEPS + 1):
        if step % 2 == 1:
            say(f"\nepoch {step // 2 + 1}/{EPOCHS}")
        if what == "slow" and step == 3:
            time.sleep(STANDS_STILL)
        if what == "crash" and step == 3:
            raise ZeroDivisionError("nobody foresaw this")
        if what == "memory" and step == 3:
            raise MemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        bar(step, ", avr_loss=nan" if what == "nan" else f", avr_loss={1 / step:.3}")
        if step == 2 and args.get("save_every_n_epochs"):
            save(args, "-000001")
            save_state(args, "-000001", step)
        # A bar stands for seconds of training: its follower looks at every one.
        time.sleep(0.05)
    save(args, "")
    say("model saved.")
    return 0


def pictures_in(args: dict[str, Any]) -> int:
    """Count the pictures of the dataset file: folders must be there."""
    data = tomllib.loads(Path(args["dataset_config"]).read_text(encoding="utf-8"))
    subsets = [subset for dataset in data["datasets"] for subset in dataset["subsets"]]
    return sum(len(list(Path(subset["image_dir"]).glob("*.png"))) * subset["num_repeats"] for subset in subsets)


def say(text: str) -> None:
    """Print as a script does."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def bar(step: int, more: str) -> None:
    """Draw the bar as tqdm does."""
    sys.stderr.write(f"\rsteps: {25 * step:3d}%|{'#' * step}| {step}/{STEPS} [00:0{step}<00:04,  1.00s/it{more}]")
    sys.stderr.flush()


def save(args: dict[str, Any], mark: str) -> None:
    """Write a file with a header that can be read."""
    path = Path(args["output_dir"]) / f"{args['output_name']}{mark}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    say(f"\nsaving checkpoint: {path}")
    header = json.dumps({"x": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(4))


def save_state(args: dict[str, Any], mark: str, step: int) -> None:
    """Write a state folder as accelerate does, as far as its facts go."""
    if args.get("save_state"):
        folder = Path(args["output_dir"]) / f"{args['output_name']}{mark}-state"
        say(f"\nsaving state at epoch {int(mark.strip('-'))}")
        folder.mkdir(parents=True)
        (folder / "train_state.json").write_text(json.dumps({"current_epoch": 1, "current_step": step}))
        (folder / "model.safetensors").write_bytes(b"x")
        (folder / "random_states_0.pkl").write_bytes(b"x")


def command_line(*, accelerate: bool = False) -> int:
    """Run the command line with this Python taken for upstream's, though it lacks some of its packages.

    ``accelerate`` says whether the real launcher stands in between, which takes seconds to start.
    """
    from mikazuki.cli.main import main as cli
    from mikazuki.engines import sd_scripts_run
    from mikazuki.engines.sd_scripts_place import Place

    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(Place, "missing", return_value=[]))
        if not accelerate:
            patches.enter_context(mock.patch.object(sd_scripts_run, "accelerate_command", light_launcher))
        return cli()


def light_launcher(python: Path, _config: Path, _launch: object) -> tuple[str, ...]:
    """Stand in for accelerate: a process in between that does nothing but start the script and wait for it."""
    return (str(python), "-c", "import subprocess, sys; sys.exit(subprocess.call([sys.executable, *sys.argv[1:]]))")


if __name__ == "__main__":
    sys.exit(command_line())
