"""The same folders as for the commands."""

from tests.cli.conftest import config, root

__all__ = ["config", "root"]
