#!/usr/bin/env bash
# Sets up what the tests need, then runs every check and all tests; arguments go to pytest: bash test.sh -k buckets
set -euo pipefail
trap 'echo "test.sh: line $LINENO failed." >&2' ERR
cd "$(dirname "${BASH_SOURCE[0]}")"
bash install.sh --if-needed --with test --with dev --with optimizers
python=venv/bin/python
[ -x "$python" ] || python=venv/Scripts/python.exe
export PYTHONUTF8=1 HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false

wrong=""
check() { # runs a check; one that fails does not keep the others, nor the tests, from being seen
  echo "== $1"
  "$python" "${@:2}" || wrong="$wrong, $1"
}
check "ruff check" -m ruff check .
check "ruff format" -m ruff format --check .
check "mypy" -m mypy
check "import-linter" -c "import sys; from importlinter.cli import lint_imports_command as run; sys.argv = ['lint-imports']; run()"
check "pytest" -m pytest "$@"
if [ -n "$wrong" ]; then
  echo "test.sh: failed: ${wrong#, }" >&2
  exit 1
fi
