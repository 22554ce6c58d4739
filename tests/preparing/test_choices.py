"""Which engine can do what, and the form with what other rooms know."""

import pytest

from mikazuki.engines.contract import Availability
from mikazuki.engines.sd_scripts import SdScripts
from mikazuki.preparing.choices import choices, family_shown, form
from mikazuki.settings.upstream.scripts import TABLE


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Availability(ok=False, reason="it is elsewhere", remedy="fetch it")
    monkeypatch.setattr(SdScripts, "available", lambda _self: answer)


def test_every_pair_that_an_engine_knows_is_there_once() -> None:
    pairs = [(one.method, one.family) for one in choices()]
    assert len(pairs) == len(set(pairs))
    assert {pair for pair in TABLE if pair[0] != "generate"} <= set(pairs)
    assert {("lora", "auto"), ("lora", "chroma"), ("full", "chroma")} <= set(pairs)
    assert not {("controlnet", "chroma"), ("full", "auto"), ("generate", "sd1")} & set(pairs)


def test_why_none_is_ready_is_said() -> None:
    found = {(one.method, one.family): one for one in choices()}
    sd1, flux = found["lora", "sd1"], found["lora", "flux"]
    assert (sd1.engines, sd1.ready, sd1.reason) == (("builtin", "sd-scripts"), ("builtin",), "")
    assert (flux.engines, flux.ready) == (("sd-scripts",), ())
    assert flux.reason == "sd-scripts: it is elsewhere - fetch it"


def test_each_choice_has_its_form() -> None:
    for one in choices():
        for engine in one.engines:
            assert form(one.method, one.family, engine).fields["learning_rate"]


def test_a_network_s_own_arguments_are_suggested() -> None:
    assert {"conv_dim=", "algo=", "block_dims="} <= set(form("lora", "sd1").fields["network_args"].suggestions)
    assert form("lora", "flux").fields["network_args"].suggestions == ()


def test_the_family_of_a_file_that_names_none_or_a_strange_one() -> None:
    assert [family_shown(text) for text in ("auto", "sdxl", "chroma", "sd9")] == ["auto", "sdxl", "chroma", "auto"]
