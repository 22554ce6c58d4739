"""Runs the studio on the folders of a test: python -m tests.page.serve ROOT PORT; port 0 takes any free one."""

import os
import sys
from pathlib import Path

from mikazuki.paths import Paths
from mikazuki.web import serve
from mikazuki.web.studio import Studio


def main() -> None:
    """Serve until the process is ended; the first line says the address."""
    root = Path(sys.argv[1])
    os.chdir(root)
    studio = Studio(Paths(root), runs_queue=True, tensorboard_port=26006)
    with serve.bind("127.0.0.1", int(sys.argv[2])) as listening:
        port = listening.getsockname()[1]
        serve.serve(studio, listening, "127.0.0.1", lambda: tell(port))


def tell(port: int) -> None:
    """Say the address to whoever started this."""
    sys.stdout.write(f"http://127.0.0.1:{port}/\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
