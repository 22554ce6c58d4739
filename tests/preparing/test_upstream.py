from dataclasses import replace
from pathlib import Path

import pytest

from mikazuki.engines.registry import ENGINES
from mikazuki.engines.sd_scripts_place import PIN, Place, find_place
from mikazuki.errors import MikazukiError
from mikazuki.preparing import preflight, upstream
from mikazuki.preparing.training import examine, read_settings
from mikazuki.preparing.upstream import check_captions, uses_upstream
from tests.cli import world
from tests.engines import stand_in_upstream

BUILTIN, UPSTREAM = ENGINES


@pytest.fixture(autouse=True)
def checkout(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(stand_in_upstream.checkout(root / "up")))
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS_PYTHON", str(root / "python"))
    monkeypatch.setattr(Place, "missing", lambda _self: [])


def codes(root: Path, **changes: object) -> list[str]:
    config = world.make(root, engine="sd-scripts", bucket_reso_steps=64, **changes)
    return [problem.code for problem in examine(read_settings(config, {})).problems]


def test_upstream_is_meant_where_it_was_chosen_or_asked_for_in_vain(root: Path) -> None:
    settings = read_settings(world.make(root, engine="sd-scripts"), {})
    assert uses_upstream(settings, None)
    assert uses_upstream(settings, UPSTREAM)
    assert not uses_upstream(settings.model_copy(update={"engine": "auto"}), BUILTIN)


def test_an_empty_caption_file_is_refused_before_upstream_falls_over_it(root: Path) -> None:
    config = world.make(root, engine="sd-scripts", bucket_reso_steps=64)
    assert examine(read_settings(config, {})).problems == []
    (root / "train" / "2_sks cat" / "3.txt").write_text("", encoding="utf-8")
    assert [problem.code for problem in examine(read_settings(config, {})).problems] == ["captions-empty"]


def test_the_builtin_engine_takes_an_empty_caption(root: Path) -> None:
    config = world.make(root)
    (root / "train" / "2_sks cat" / "3.txt").write_text("", encoding="utf-8")
    assert examine(read_settings(config, {})).problems == []


def test_what_upstream_cannot_do_is_told_with_everything_else(root: Path) -> None:
    found = codes(root, ema_decay=0.9, resume=str(root / "no-state"))
    assert set(found) == {"state-not-found", "engine-cannot"}


def test_packages_of_this_python_do_not_matter_to_upstream(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise MikazukiError("package-missing", "not here")

    monkeypatch.setattr(preflight, "check_packages", refuse)
    assert codes(root) == []
    assert "package-missing" in [p.code for p in examine(read_settings(world.make(root), {})).problems]


def test_the_settings_choose_the_checkout_that_is_looked_at(root: Path) -> None:
    config = world.make(root, engine="sd-scripts", bucket_reso_steps=64)
    assert examine(read_settings(config, {})).problems == []
    (problem,) = examine(read_settings(config, {"sd_scripts_dir": str(root / "nowhere")})).problems
    assert problem.code == "engine-not-available"
    assert str(root / "nowhere") in problem.message
    other = stand_in_upstream.checkout(root / "other")
    (other / ".git").mkdir()
    (other / ".git" / "HEAD").write_text("1" * 40, encoding="utf-8")
    found = examine(read_settings(config, {"sd_scripts_dir": str(other)}))
    assert found.problems == []
    assert [str(other) in notice.text for notice in found.warnings if notice.code == "other-commit"] == [True]


def test_pictures_that_upstream_would_not_fit_are_refused_before(root: Path) -> None:
    assert codes(root, enable_bucket=False, cache_latents=False) == ["picture-size"]
    assert codes(root, enable_bucket=False, color_aug=True) == ["picture-size"], "then nothing is cached"
    assert codes(root, enable_bucket=False) == []


def test_another_commit_than_the_known_one_is_warned_of(root: Path) -> None:
    place = find_place()
    assert upstream.notices(place) == [], "a folder without git says nothing"
    git = root / "up" / ".git"
    git.mkdir()
    (git / "HEAD").write_text("0" * 40, encoding="utf-8")
    (notice,) = upstream.notices(place)
    assert PIN[:7] in notice.text
    (git / "HEAD").write_text(PIN, encoding="utf-8")
    assert upstream.notices(place) == []


def test_captions_of_a_metadata_file_are_not_looked_for(root: Path) -> None:
    settings = read_settings(world.make(root), {})
    plan = examine(settings).plan
    assert plan
    (root / "train" / "2_sks cat" / "3.txt").write_text("", encoding="utf-8")
    with pytest.raises(MikazukiError):
        check_captions(plan)
    options = replace(plan.subsets[0].options, metadata_file=Path("m.json"))
    check_captions(replace(plan, subsets=(replace(plan.subsets[0], options=options),)))
