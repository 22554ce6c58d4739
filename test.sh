#!/usr/bin/env bash
# Sets up what the tests need, then runs every check and all tests; arguments go to pytest: bash test.sh -k buckets
set -euo pipefail
trap 'echo "test.sh: line $LINENO failed." >&2' ERR
cd "$(dirname "${BASH_SOURCE[0]}")"
bash install.sh --if-needed --with test --with dev --with optimizers
python=venv/bin/python
[ -x "$python" ] || python=venv/Scripts/python.exe
export PYTHONUTF8=1 HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false
# One test a core, one thread a test: most of them wait for processes that start, and two threads each would be in
# each other's way. For full-size models (-m slow) add -n 0, or memory runs out.
export OMP_NUM_THREADS=1

wrong=""
check() { # runs a check; one that fails does not keep the others, nor the tests, from being seen
  echo "== $1"
  "$python" "${@:2}" || wrong="$wrong, $1"
}
check "ruff check" -m ruff check .
check "ruff format" -m ruff format --check .
check "mypy" -m mypy
check "import-linter" -c "import sys; from importlinter.cli import lint_imports_command as run; sys.argv = ['lint-imports']; run()"
check "pytest" -m pytest -n auto --dist worksteal "$@"
if [ -n "$wrong" ]; then
  echo "test.sh: failed: ${wrong#, }" >&2
  exit 1
fi
