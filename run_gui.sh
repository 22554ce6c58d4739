#!/usr/bin/env bash
# Opens the studio in the browser; installs what is missing first. What is added goes to gui.py: bash run_gui.sh --listen
# 在浏览器中打开工作台,缺少的东西会先安装。后面的参数会交给 gui.py,例如 bash run_gui.sh --listen
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
bash install.sh --if-needed
python=venv/bin/python
[ -x "$python" ] || python=venv/Scripts/python.exe
PYTHONUTF8=1 exec "$python" gui.py "$@"
