"""`python -m mikazuki.setup`: says so in plain words when Python is too old for everything that follows."""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this is the place where an older Python is told
        sys.exit(
            "Mikazuki needs Python 3.11 or newer; this is %s (%s).\n"  # noqa: UP031 - must parse on any Python 3
            "Install a newer Python, or run install.sh (install.ps1), which offers to bring one."
            % (sys.version.split()[0], sys.executable)
        )
    from mikazuki.setup.install import main

    sys.exit(main(sys.argv[1:]))
