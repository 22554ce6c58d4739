"""A run that is killed at any moment leaves each caption whole, old or new, and can be taken back."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

from mikazuki.paths import repository
from mikazuki.settings.load import dump_toml
from mikazuki.tagging.history import undo
from tests.tagging import world
from tests.tagging.world import settings

PICTURES = 60
KILLS = 4


def test_kills(tmp_path: Path) -> None:
    world.wd(tmp_path / "wd")
    old = {}
    for number in range(PICTURES):
        caption = world.picture(tmp_path / "set" / f"{number}.png").with_suffix(".txt")
        old[caption] = f"old {number}\n".encode()
        caption.write_bytes(old[caption])
    job = tmp_path / "job"
    job.mkdir()
    asked = settings(
        train_data_dir=str(tmp_path / "set"), model=str(tmp_path / "wd"), on_conflict="append", batch_size=1
    )
    (job / "config.toml").write_text(dump_toml(asked), encoding="utf-8")
    command = [sys.executable, "-m", "mikazuki.tagging", "--config_file", str(job / "config.toml")]
    new = {
        path: text.rstrip(b"\n") + b", red thing, hero (story), green thing, blue thing\n" for path, text in old.items()
    }
    chance = Random(0)
    killed = 0
    for _ in range(KILLS):
        process = subprocess.Popen(command, cwd=repository().root, stderr=subprocess.DEVNULL)
        reached = chance.randrange(5, PICTURES // 2)
        before = _written(old)
        while process.poll() is None and _written(old) < min(PICTURES, before + reached // 2):
            time.sleep(0.002)
        killed += process.poll() is None
        process.kill()
        process.wait(30)
        assert all(path.read_bytes() in {text, new[path]} for path, text in old.items())
    assert killed >= 2
    assert subprocess.run(command, cwd=repository().root, capture_output=True, check=False).returncode == 0
    assert {path: path.read_bytes() for path in old} == new
    undo(job)
    assert {path: path.read_bytes() for path in old} == old


def _written(old: dict[Path, bytes]) -> int:
    return sum(path.read_bytes() != text for path, text in old.items())
