from pathlib import Path

import pytest

from tests.cli import world


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder whose name has a space and Chinese in it."""
    folder = tmp_path / "my \u6d4b\u8bd5"
    folder.mkdir()
    return folder


@pytest.fixture
def config(root: Path) -> Path:
    """A settings file that nothing stops."""
    return world.make(root)
