"""What imagic asks of the data: one picture, one sentence, steps for both halves."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mikazuki.data.one_picture import one_picture, sentence_steps, target_text
from mikazuki.data.plan import Plan, make_plan
from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings
from tests.training.making import draw_picture, settings_for


def planned(folder: Path, count: int = 1, **more: Any) -> tuple[Plan, TrainSettings]:
    for number in range(count):
        draw_picture(folder / "1_sks" / f"{number}.png", number, (64, 64))
        (folder / "1_sks" / f"{number}.txt").write_text("a red square", encoding="utf-8")
    settings = settings_for(folder / "model", folder, folder, **{"method": "imagic", **more})
    return make_plan(settings, family_step=16, verify=False), settings


def refusal(plan: Plan, settings: TrainSettings) -> MikazukiError:
    with pytest.raises(MikazukiError) as caught:
        one_picture(plan, settings)
    return caught.value


def test_one_picture_is_taken(tmp_path: Path) -> None:
    plan, settings = planned(tmp_path, caption_prefix="oh")
    assert one_picture(plan, settings) is plan
    assert target_text(plan) == "oh a red square"


def test_other_methods_take_more(tmp_path: Path) -> None:
    plan, settings = planned(tmp_path, 2, method="lora")
    assert one_picture(plan, settings) is plan


@pytest.mark.parametrize("more", [{}, {"validation_split": 0.5}])
def test_more_pictures_are_refused(tmp_path: Path, more: dict[str, Any]) -> None:
    error = refusal(*planned(tmp_path, 2, **more))
    assert error.code == "imagic-pictures"
    assert "the data hold 2" in error.message


@pytest.mark.parametrize("more", [{"shuffle_caption": True}, {"caption_dropout_rate": 0.1}, {"enable_wildcard": True}])
def test_a_caption_that_changes_is_refused(tmp_path: Path, more: dict[str, Any]) -> None:
    error = refusal(*planned(tmp_path, **more))
    assert error.code == "imagic-caption"
    assert next(iter(more)) in error.message


def test_no_caption_is_refused(tmp_path: Path) -> None:
    plan, settings = planned(tmp_path)
    error = refusal(replace(plan, entries=(replace(plan.entries[0], caption=""),)), settings)
    assert error.code == "imagic-caption"
    assert "has no caption" in error.message


def test_steps_of_both_halves(tmp_path: Path) -> None:
    plan, settings = planned(tmp_path, max_train_steps=5)
    assert sentence_steps(settings, 5) == 2
    some = settings.model_copy(update={"imagic_embedding_steps": 4})
    assert sentence_steps(some, 5) == 4
    assert refusal(plan, settings.model_copy(update={"imagic_embedding_steps": 5})).code == "imagic-steps"
