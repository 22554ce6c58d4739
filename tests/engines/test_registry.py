from pathlib import Path

import pytest

from mikazuki.engines.contract import Availability, Engine
from mikazuki.engines.registry import ENGINES, choose
from mikazuki.engines.sd_scripts import SdScripts
from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings


class Stub(SdScripts):
    """An engine that is there, or not."""

    def __init__(self, ok: bool) -> None:  # noqa: FBT001
        super().__init__(Path())
        self._ok = ok

    def available(self) -> Availability:
        return Availability(self._ok, "" if self._ok else "it is asleep", "" if self._ok else "wake it")


def test_auto_takes_the_builtin_engine() -> None:
    assert choose("auto", "lora", "sdxl").name == "builtin"
    assert [engine.name for engine in ENGINES] == ["builtin", "sd-scripts"]


def test_auto_goes_on_to_the_next_one_that_can() -> None:
    engines: list[Engine] = [Stub(ok=False), Stub(ok=True)]
    assert choose("auto", "lora", "sd1", engines) is engines[1]


@pytest.mark.parametrize(
    ("method", "family", "why"),
    [
        ("hypernetwork", "sd1", "does not train hypernetwork"),
        ("lora", "pixart", "not train on pixart"),
        ("lora", "sd1", "wake it"),
    ],
)
def test_a_refusal_says_why_and_what_to_do(method: str, family: str, why: str) -> None:
    with pytest.raises(MikazukiError, match=why) as caught:
        choose("sd-scripts", method, family, [Stub(ok=False)])
    assert caught.value.code == "engine-not-available"


def test_every_engine_named_in_the_settings_is_there() -> None:
    names = {"auto", *(engine.name for engine in ENGINES)}
    assert names == set(TrainSettings.model_json_schema()["properties"]["engine"]["enum"])
