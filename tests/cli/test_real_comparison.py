"""The real upstream trainer beside the builtin engine on full-size SD1.5: with the same inputs they learn the same.

Needs what `test_real_upstream` needs, and minutes.
"""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.cli import world
from tests.cli.test_real_upstream import MODEL, PATIENCE, ROOT, none_left, pytestmark

__all__ = ["pytestmark"]


def start(root: Path, *more: str) -> subprocess.Popen[str]:
    config = world.make(
        root, pretrained_model_name_or_path=str(MODEL), resolution=128, bucket_reso_steps=64, train_batch_size=2,
        mixed_precision="no", learning_rate=1e-3, shuffle_caption=True, noise_offset=0.05,
    )  # fmt: skip
    argv = [sys.executable, "-m", "mikazuki", "compare-engines", str(config), "--steps", "3", "--json", *more]
    return subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_the_engines_agree(root: Path) -> None:
    process = start(root, "--keep", str(root / "kept"))
    said, _ = process.communicate(timeout=PATIENCE)
    answer = json.loads(said)
    assert (process.returncode, answer["agree"]) == (0, True), answer
    assert max(answer["losses"]["differences"]) < 1e-4
    assert answer["adapter"]["largest"] < 1e-3
    assert not (root / "output").exists()


def test_an_interrupt_leaves_no_process(root: Path) -> None:
    process = start(root, "--keep", str(root / "kept"))
    me = psutil.Process(process.pid)
    while len(me.children(recursive=True)) < 3:
        assert process.poll() is None
        time.sleep(0.2)
    tree = me.children(recursive=True)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert none_left(tree)
