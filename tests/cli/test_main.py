import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import mikazuki.cli
from mikazuki.cli import main as cli
from mikazuki.cli.main import COMMANDS, MODULES

REPOSITORY = Path(__file__).parents[2]


def test_without_a_command_it_shows_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)


def test_an_unknown_command_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["trian"]) == 2
    assert "train" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([command, "--help"])
    assert caught.value.code == 0
    assert f"python -m mikazuki {command}" in capsys.readouterr().out


def test_an_unknown_flag_is_a_wrong_request_with_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--network_dmi", "8"]) == 2
    assert "did you mean network_dim?" in capsys.readouterr().err
    assert cli.main(["train", "--deepspeed"]) == 2
    assert "DeepSpeed splits" in capsys.readouterr().err


def test_a_file_that_may_not_be_read_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from mikazuki.cli import info

    def refuse(_arguments: object) -> int:
        raise PermissionError(13, "Permission denied", "secret.safetensors")

    monkeypatch.setattr(info, "run", refuse)
    assert cli.main(["info", "x"]) == 2
    assert "secret.safetensors could not be used: Permission denied" in capsys.readouterr().err


def test_no_command_loads_anything_heavy() -> None:
    names = [f"mikazuki.cli.{module.name}" for module in pkgutil.iter_modules(mikazuki.cli.__path__)]
    assert {MODULES.get(command, command) for command in COMMANDS} <= {name.rsplit(".", 1)[-1] for name in names}
    code = (
        f"import sys, importlib; [importlib.import_module(name) for name in {names!r}]; "
        "print(sorted({'torch', 'numpy', 'diffusers', 'transformers', 'accelerate'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_each_command_loads_its_own_module_only() -> None:
    code = (
        "import sys; from mikazuki.cli.main import main; main(['docs']); "
        "print([n for n in sys.modules if n in ('mikazuki.cli.train', 'mikazuki.jobs', 'PIL')], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_that_goes_away_is_no_traceback() -> None:
    command = f'"{sys.executable}" -m mikazuki docs | head -n 1'
    done = subprocess.run(["bash", "-c", command], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("# Options")
    assert done.stderr == ""
