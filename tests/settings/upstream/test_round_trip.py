"""Every settable option of every script, at a value that is no default: its parser takes it as it was meant."""

import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mikazuki.settings.upstream.check import UpstreamSettings
from mikazuki.settings.upstream.forms import take
from mikazuki.settings.upstream.options import COMMAND_LINE, options_of
from mikazuki.settings.upstream.scripts import SCRIPTS
from tests.settings.upstream.world import (
    CHECKOUT,
    checkout_python,
    int_or_float,
    read_flags,
    real,
    settable,
    stand_in_parser,
)

READER = Path(__file__).with_name("upstream_reader.py")


def everything(script: str) -> UpstreamSettings:
    """All options set; together they contradict one another, so each is checked by itself alone."""
    options = options_of(script)
    return UpstreamSettings(script, {name: take(options[name], value) for name, value in settable(script).items()})


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """What a parser found, paths as text, without what belongs to its command line."""
    return {name: str(v) if isinstance(v, Path) else v for name, v in values.items() if name not in COMMAND_LINE}


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_settable_option_is_set_to_something_else(script: str) -> None:
    settings, options = everything(script), options_of(script)
    assert settings.values.keys() == options.keys() - COMMAND_LINE
    assert all(value != options[name].default for name, value in settings.values.items())


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_parser_like_upstreams_finds_in_flags_what_the_file_says(script: str) -> None:
    settings = everything(script)
    found = plain(read_flags(stand_in_parser(script), settings.flags()))
    assert found == settings.values
    # upstream takes the values of a file as they are, so they must be of the types that its parser makes
    assert {n: type(v) for n, v in found.items()} == {n: type(v) for n, v in settings.values.items()}


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_file_says_what_was_meant(script: str) -> None:
    settings = everything(script)
    assert tomllib.loads(settings.toml()) == settings.values


@pytest.mark.parametrize(("text", "steps"), [("10%", 0.1), ("10", 10), ("0.5", 0.5)])
def test_steps_are_read_as_upstream_reads_them(text: str, steps: float) -> None:
    ours = take(options_of("train_network")["lr_warmup_steps"], text)
    assert ours == int_or_float(text) == steps
    assert type(ours) is type(steps)


@pytest.mark.slow
@real
def test_the_real_parsers_take_file_and_flags_alike(tmp_path: Path) -> None:
    jobs = {}
    for script in SCRIPTS:
        settings = everything(script)
        file = tmp_path / f"{script}.toml"
        file.write_text(settings.toml(), encoding="utf-8")
        jobs[script] = {"file": str(file) if SCRIPTS[script].trains else "", "flags": settings.flags()}
    (tmp_path / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    command = [str(checkout_python()), str(READER), str(tmp_path / "jobs.json"), str(tmp_path / "found.json")]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, timeout=600)
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    for script in SCRIPTS:
        meant = json.loads(json.dumps(everything(script).values))
        assert plain(found[script]["flags"]) == meant, script
        if SCRIPTS[script].trains:
            assert plain(found[script]["file"]) == meant, script
