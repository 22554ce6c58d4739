"""The installation runs before any package is there."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_installer_needs_the_standard_library_alone() -> None:
    command = [sys.executable, "-I", "-S", "-c", "import sys; sys.path.insert(0, '.'); import mikazuki.setup.install"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
