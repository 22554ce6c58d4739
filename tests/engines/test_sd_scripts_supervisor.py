import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mikazuki.engines.sd_scripts_supervisor import Followed, bring_tokenizers, trainer_environment
from mikazuki.paths import repository


def facts(**more: Any) -> dict[str, Any]:
    return {"script": "train_network", "commit": None, "output_dir": "out", "output_name": "cat", **more}


def test_folders_are_made_absolute_where_the_trainer_sees_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "follow.json").write_text(json.dumps(facts(logging_dir="logs", precision="bf16")), encoding="utf-8")
    followed = Followed.read(tmp_path)
    assert followed.watched.output_dir == tmp_path / "out"
    assert followed.watched.logging_dir == tmp_path / "logs"
    assert followed.watched.precision == "bf16"
    assert followed.versions["sd-scripts"] == "unknown"
    assert Followed(tmp_path, facts()).watched.logging_dir is None


def test_the_trainer_does_not_find_our_packages() -> None:
    root = str(repository().root)
    given = {"PYTHONPATH": os.pathsep.join([root, "elsewhere"]), "HF_ENDPOINT": "https://mirror"}
    assert trainer_environment(given) == {"PYTHONPATH": "elsewhere", "HF_ENDPOINT": "https://mirror"}
    assert trainer_environment({"PYTHONPATH": root}) == {}


def test_tokenizers_lie_where_upstream_looks_and_fill_up_with_their_own_token(tmp_path: Path) -> None:
    mine = tmp_path / "laion_CLIP-ViT-bigG-14-laion2B-39B-b160k"
    mine.mkdir()
    bring_tokenizers(tmp_path)
    assert list(mine.iterdir()) == [], "what is there stays"
    fillers = {}
    for name in ("openai_clip-vit-large-patch14", "stabilityai_stable-diffusion-2"):
        files = {path.name for path in (tmp_path / name).iterdir()}
        assert {"vocab.json", "merges.txt"} <= files
        words = json.loads((tmp_path / name / "special_tokens_map.json").read_text(encoding="utf-8"))
        fillers[name] = words["pad_token"]
    assert list(fillers.values()) == ["<|endoftext|>", "!"]
    assert len(list(tmp_path.iterdir())) == 3, "no half-made folder is left"
    bring_tokenizers(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
def test_a_stop_comes_by_signal_or_by_the_stop_file(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys, pathlib\n"
        "from mikazuki.engines.sd_scripts_supervisor import StopRequest\n"
        "stop = StopRequest(pathlib.Path(sys.argv[1]))\n"
        "assert not stop\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
        "assert stop\n"
        "other = StopRequest(pathlib.Path(sys.argv[1]))\n"
        "assert not other\n"
        "pathlib.Path(sys.argv[1], 'stop').touch()\n"
        "assert other\n"
    )
    env = {**os.environ, "PYTHONPATH": str(repository().root)}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], env=env, check=True, timeout=60)
