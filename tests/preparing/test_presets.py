"""The project's presets in both languages, and people's own beside them."""

import shutil
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.paths import Paths, repository
from mikazuki.preparing.configs import differences
from mikazuki.preparing.presets import DEMO, Preset, keep, own_file, presets
from mikazuki.settings.form import form_of
from mikazuki.settings.form_words import Words

OWN = Preset("\u6211\u7684", Words("Mine", "\u6211\u7684"), Words("", ""), "lora", "sdxl", None, {"network_dim": 64})


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    shutil.copytree(repository().config, tmp_path / "config", ignore=shutil.ignore_patterns("own", "saved", "prompts"))
    return Paths(tmp_path)


def test_every_preset_of_the_project_is_there(paths: Paths) -> None:
    found = {preset.name: preset for preset in presets(paths)}
    files = {path.stem for path in (paths.config / "presets").glob("*.toml")}
    assert found.keys() == files | {DEMO}
    assert next(iter(found)) == DEMO
    for preset in found.values():
        assert preset.title.en.isascii()
        assert not preset.title.zh.isascii()
        assert len(preset.why.en) > 20
        assert not preset.own
        form = form_of(preset.method, preset.family)
        assert preset.values.keys() - {"method", "model_type", "engine"} <= form.fields.keys()
    assert found["flux-style"].family == "flux"
    assert found["sd15-style"].memory == 8


def test_one_of_a_person_is_kept_read_and_told_apart(paths: Paths) -> None:
    kept = keep(paths, OWN)
    assert kept.own
    again = next(preset for preset in presets(paths) if preset.own)
    assert again == kept
    assert (again.title, again.family, again.memory) == (OWN.title, "sdxl", None)
    assert differences(again.values, OWN.values) == []
    assert own_file(paths, OWN.name).is_file()


def test_names_of_the_project_s_are_not_taken(paths: Paths) -> None:
    for name, code in (("Flux-Style", "preset-exists"), (DEMO, "preset-exists"), ("../x", "name-wrong")):
        with pytest.raises(MikazukiError) as found:
            keep(paths, Preset(name, OWN.title, OWN.why, "lora", "sd1", None, {}))
        assert found.value.code == code
    with pytest.raises(MikazukiError) as gone:
        own_file(paths, "flux-style")
    assert gone.value.code == "preset-not-found"


def test_a_broken_one_is_passed_over(paths: Paths) -> None:
    keep(paths, OWN)
    broken = own_file(paths, OWN.name)
    broken.write_text("no head", encoding="utf-8")
    assert not any(preset.own for preset in presets(paths))
