#!/usr/bin/env bash
# Makes venv/ and installs everything that Mikazuki needs. Safe to run again: what is there is not fetched twice.
#
#   bash install.sh                 torch's build is chosen by the graphics card and its driver
#   bash install.sh --cn            download from mirrors in mainland China / 使用国内镜像
#   bash install.sh --torch cpu     take this build of torch (cpu, cu126, cu130)
#   bash install.sh --with-sd-scripts    also the upstream trainer, with a virtual environment of its own
#   bash install.sh --yes           ask nothing (the same as MIKAZUKI_YES=1)
#   MIKAZUKI_PYTHON=/path/python bash install.sh     use this Python
#
# This script only finds a Python; the installation itself is mikazuki/setup/install.py, the same on every system.
set -euo pipefail
trap 'echo "install.sh: line $LINENO failed; nothing was finished. Put right what is said above and run it again." >&2' ERR
cd "$(dirname "${BASH_SOURCE[0]}")"
unset PYTHONHOME PYTHONPATH

yes="${MIKAZUKI_YES:-}"
mainland=""
for argument in "$@"; do
  case "$argument" in
    --yes) yes=1 ;;
    --cn) mainland=1 ;;
  esac
done

# Python 3.11 or newer that can make a virtual environment; Debian ships that part apart.
suits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  local name
  for name in venv/bin/python venv/Scripts/python.exe; do
    if [ -f venv/.mikazuki-install ] && suits "$name"; then echo "$name" && return; fi
  done
  for name in ${MIKAZUKI_PYTHON:+"$MIKAZUKI_PYTHON"} python3.13 python3.12 python3.11 python3 python \
    .python/versions/*/bin/python3 .python/versions/*/python.exe; do
    if suits "$name"; then echo "$name" && return; fi
  done
}

# What the person has instead, in words.
describe() {
  local name
  for name in python3 python; do
    if "$name" -c 'import sys; print("Python " + sys.version.split()[0] + " (" + sys.executable + ")")' 2>/dev/null; then
      if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        echo "cannot make a virtual environment (Debian, Ubuntu: sudo apt install python3-venv)"
      else
        echo "is too old"
      fi
      return
    fi
  done
  echo "no Python was found"
}

# uv: the one on PATH, else from pip of an older Python, else by its own installer. Its path goes to stdout.
bring_uv() {
  local old
  if command -v uv; then return; fi
  for old in python3 python; do
    if "$old" -m pip --version >/dev/null 2>&1 && "$old" -m pip install --quiet --target .python/uv uv >&2; then
      echo .python/uv/bin/uv && return
    fi
  done
  if command -v curl >/dev/null; then
    curl -LsSf https://astral.sh/uv/install.sh | UV_INSTALL_DIR="$PWD/.python/uv/bin" UV_NO_MODIFY_PATH=1 sh >&2
  else
    wget -qO- https://astral.sh/uv/install.sh | UV_INSTALL_DIR="$PWD/.python/uv/bin" UV_NO_MODIFY_PATH=1 sh >&2
  fi
  echo .python/uv/bin/uv
}

bring_python() {
  local answer uv found
  found="$(describe)"
  echo "Mikazuki needs Python 3.11 or newer: ${found//$'\n'/ }." >&2
  if [ -z "$yes" ]; then
    if [ ! -t 0 ]; then
      echo "Install one, or let this bring one into the folder .python with uv: bash install.sh --yes" >&2
      exit 1
    fi
    read -r -p "Bring Python 3.11 into the folder .python with uv (about 30 MB)? [y/N] " answer
    case "$answer" in [yY]*) ;; *) exit 1 ;; esac
  fi
  if [ -n "$mainland" ]; then
    export PIP_INDEX_URL="https://mirrors.tuna.tsinghua.edu.cn/pypi/web/simple"
    export UV_PYTHON_INSTALL_MIRROR="https://mirror.nju.edu.cn/github-release/astral-sh/python-build-standalone"
  fi
  export UV_PYTHON_INSTALL_DIR="$PWD/.python/versions"
  if ! uv="$(bring_uv)" || ! "$uv" python install 3.11 >&2; then
    echo "Python could not be brought: see above. Install Python 3.11 or newer yourself and run this again." >&2
    exit 1
  fi
}

python="$(find_python)"
if [ -z "$python" ]; then
  bring_python
  python="$(find_python)"
  if [ -z "$python" ]; then echo "The Python that uv brought does not start; install one yourself." >&2 && exit 1; fi
fi
PYTHONUTF8=1 "$python" -m mikazuki.setup "$@" || { status=$?; trap - ERR; exit "$status"; }
