import sys
from pathlib import Path

import pytest

from mikazuki.engines import sd_scripts_place
from mikazuki.engines.sd_scripts_place import NEEDS, find_place, find_python, python_of, read_commit

COMMIT = "48d368fa557731ad0488c07304dfeba8c07910eb"
OTHER = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MIKAZUKI_SD_SCRIPTS", "MIKAZUKI_SD_SCRIPTS_PYTHON"):
        monkeypatch.delenv(name, raising=False)


def venv(home: Path, *packages: str) -> Path:
    python = python_of(home)
    python.parent.mkdir(parents=True)
    python.touch()
    lib = home / "lib" / "python3.11" / "site-packages"
    lib.mkdir(parents=True)
    for name in packages:
        if name == "toml":
            (lib / f"{name}.py").touch()
        else:
            (lib / name).mkdir()
    return python


def test_the_environment_names_a_checkout_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_place().folder.name == "sd-scripts"
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(tmp_path))
    assert find_place().folder == tmp_path
    assert find_place(tmp_path / "named").folder == tmp_path / "named"
    assert not find_place().there
    (tmp_path / "train_network.py").touch()
    assert find_place().there


def test_its_python_lies_in_its_own_venv_or_beside_it(tmp_path: Path) -> None:
    home = tmp_path / "up"
    home.mkdir()
    beside = venv(tmp_path / "venv-sd-scripts")
    assert find_python(home) == beside
    own = venv(home / "venv")
    assert find_python(home) == own


def test_the_environment_names_its_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    venv(tmp_path / "venv")
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS_PYTHON", str(tmp_path / "p"))
    assert find_python(tmp_path) == tmp_path / "p"


def test_this_python_is_taken_only_where_it_has_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_python(tmp_path) is None, "upstream's own packages are not among ours"
    monkeypatch.setattr(sd_scripts_place, "NEEDS", ("json", "psutil"))
    assert find_python(tmp_path) == Path(sys.executable)


def test_missing_packages_are_seen_by_their_folders(tmp_path: Path) -> None:
    venv(tmp_path / "venv", *(name for name in NEEDS if name not in {"torch", "imagesize"}))
    assert find_place(tmp_path).missing() == ["torch", "imagesize"]


@pytest.mark.parametrize("kind", ["detached", "ref", "packed", "submodule"])
def test_the_commit_is_read_without_git(tmp_path: Path, kind: str) -> None:
    git = tmp_path / ".git"
    if kind == "submodule":
        home = tmp_path / "modules" / "up"
        git.write_text(f"gitdir: {Path('modules', 'up')}\n", encoding="utf-8")
    else:
        home = git
    home.mkdir(parents=True)
    head = COMMIT if kind in {"detached", "submodule"} else "ref: refs/heads/main"
    (home / "HEAD").write_text(f"{head}\n", encoding="utf-8")
    if kind == "ref":
        (home / "refs" / "heads").mkdir(parents=True)
        (home / "refs" / "heads" / "main").write_text(f"{COMMIT}\n", encoding="utf-8")
    if kind == "packed":
        text = f"# pack-refs\n{OTHER} refs/heads/other\n{COMMIT} refs/heads/main\n"
        (home / "packed-refs").write_text(text, encoding="utf-8")
    assert read_commit(tmp_path) == COMMIT


def test_a_plain_folder_has_no_commit(tmp_path: Path) -> None:
    assert read_commit(tmp_path) is None
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("rubbish\n", encoding="utf-8")
    assert read_commit(tmp_path) is None
