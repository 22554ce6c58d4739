"""Reading a checkout's own parsers."""

import json
import sys
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.upstream import probe
from mikazuki.settings.upstream.options import encode
from mikazuki.settings.upstream.reading import Declared, differences, new_scripts, read_checkout
from mikazuki.settings.upstream.scripts import SCRIPTS
from tests.settings.upstream.world import CHECKOUT, checkout_python, real

SCRIPT = """
import argparse
import options, scripts  # names that this project has too

print("a line on the console")

def steps(text):
    return int(text)

def setup_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default=None)
    parser.add_argument("-r", "--rate", type=float, default=0.5, required=True)
    parser.add_argument("--on", action="store_true")
    parser.add_argument("--kind", choices=[None, "a", "b"])
    parser.add_argument("--many", type=int, nargs="*")
    parser.add_argument("--warmup", type=steps, default=0)
    return parser
"""

EXPECTED = {
    "name": {},
    "rate": {"flags": ["-r", "--rate"], "type": "float", "default": 0.5, "required": True},
    "on": {"kind": "store_true"},
    "kind": {"choices": ["a", "b"]},
    "many": {"type": "int", "nargs": "*"},
    "warmup": {"type": "steps", "default": 0},
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with one script, and modules of its own that our names could hide."""
    (tmp_path / "train_it.py").write_text(SCRIPT, encoding="utf-8")
    for name in ("options", "scripts"):
        (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
    return tmp_path


def test_a_script_is_asked_in_its_own_python(checkout: Path) -> None:
    assert read_checkout(checkout, Path(sys.executable), ["train_it"]) == {"train_it": EXPECTED}


def test_the_order_is_the_parsers(checkout: Path) -> None:
    found = read_checkout(checkout, Path(sys.executable), ["train_it"])["train_it"]
    assert list(found) == list(EXPECTED)
    assert json.loads(encode(found)) == EXPECTED
    assert len(encode(found).splitlines()) == len(EXPECTED) + 2


def test_a_script_that_cannot_be_imported_is_named_with_its_reason(checkout: Path) -> None:
    (checkout / "train_that.py").write_text("import a_missing_package", encoding="utf-8")
    with pytest.raises(MikazukiError, match="train_that: ModuleNotFoundError: No module named 'a_missing_package'"):
        read_checkout(checkout, Path(sys.executable), ["train_it", "train_that"])


def test_a_python_that_is_not_there_is_named(checkout: Path) -> None:
    with pytest.raises(MikazukiError, match="nowhere") as refusal:
        read_checkout(checkout, checkout / "nowhere", ["train_it"])
    assert refusal.value.code == "upstream-unreadable"


def test_a_script_that_ends_python_is_told_by_its_last_line(checkout: Path) -> None:
    (checkout / "train_it.py").write_text("raise SystemExit('no such card')", encoding="utf-8")
    with pytest.raises(MikazukiError, match="no such card"):
        read_checkout(checkout, Path(sys.executable), ["train_it"])


def test_scripts_that_are_new_are_found(checkout: Path) -> None:
    (checkout / "train_network.py").write_text(SCRIPT, encoding="utf-8")
    (checkout / "gen_img_diffusers.py").write_text(SCRIPT, encoding="utf-8")
    assert new_scripts(checkout) == ["train_it"]


def test_differences_are_told_by_option() -> None:
    ours: Declared = {"gone": {}, "same": {"type": "int"}, "changed": {"default": 1}}
    theirs: Declared = {"new": {"type": "float"}, "same": {"type": "int"}, "changed": {"default": 2}}
    assert list(differences("train_it", ours, theirs)) == [
        "train_it: new is new: {'type': 'float'}",
        "train_it: gone is gone",
        "train_it: changed was {'default': 1}, is {'default': 2}",
    ]


def test_the_probe_needs_nothing_of_this_project() -> None:
    assert "mikazuki" not in Path(probe.__file__).read_text(encoding="utf-8")


@pytest.mark.slow
@real
def test_the_real_checkout_has_the_stored_options() -> None:
    from mikazuki.cli.upstream import stored

    found = read_checkout(Path(CHECKOUT), checkout_python())
    assert found == {script: stored(script) for script in SCRIPTS}
    assert new_scripts(Path(CHECKOUT)) == []
