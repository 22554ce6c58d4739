"""Opens the studio: python gui.py [--listen] [--port 28000] ...; python gui.py --help says more."""

import gc
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run the command `gui`, with the project's own Python where this one lacks the packages."""
    gc.disable()  # nothing of what a start makes is thrown away: looking for such things costs a seventh of it
    sys.path.insert(0, str(HERE))
    try:
        import fastapi  # noqa: F401 - looked for; the command itself would say less

        from mikazuki.cli.main import main as run
    except ImportError as error:
        return _with_own_python(error)
    return run(["gui", *sys.argv[1:]])


def _with_own_python(error: ImportError) -> int:
    for python in (HERE / "venv" / "bin" / "python", HERE / "venv" / "Scripts" / "python.exe"):
        if python.is_file() and Path(sys.prefix).resolve() != (HERE / "venv").resolve():
            try:
                return subprocess.call([str(python), str(HERE / "gui.py"), *sys.argv[1:]])
            except KeyboardInterrupt:
                return 130
    install = "install.ps1" if os.name == "nt" else "install.sh"
    sys.stderr.write(f"{error}. The installation is not complete: run {install} first.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
