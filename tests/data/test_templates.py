"""Sentences instead of captions: drawn one by one, with the word in them, and refused captions without it."""

from pathlib import Path
from typing import Any

import pytest

from mikazuki.data.batches import sample_rng
from mikazuki.data.draw import draw_showing
from mikazuki.data.plan import Plan, make_plan
from mikazuki.data.templates import OBJECTS, STYLES, sentences, worded
from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings
from tests.training.making import draw_dataset


def settings(folder: Path, **more: Any) -> TrainSettings:
    values = {
        "pretrained_model_name_or_path": "base",
        "train_data_dir": str(folder),
        "resolution": 64,
        "min_bucket_reso": 32,
        "method": "textual_inversion",
        "token_string": "<my{cat}>",
    }
    return TrainSettings.model_validate({**values, **more})


def planned(folder: Path, **more: Any) -> Plan:
    found = settings(folder, **more)
    return worded(make_plan(found, family_step=64, verify=False), found)


def drawn(plan: Plan, count: int = 60) -> list[str]:
    entry = plan.entries[0]
    options = plan.subsets[entry.subset].options
    return [
        draw_showing(entry, options, sample_rng(1, 0, number), epoch=1, step=0, max_steps=9).caption
        for number in range(count)
    ]


@pytest.mark.parametrize(("option", "templates"), [("use_object_template", OBJECTS), ("use_style_template", STYLES)])
def test_one_of_the_sentences_is_drawn(tmp_path: Path, option: str, templates: tuple[str, ...]) -> None:
    """Whatever the captions' own options: the word stands as it is written, braces and all."""
    plan = planned(draw_dataset(tmp_path), caption_prefix="best", shuffle_caption=True, **{option: True})
    wanted = {template.replace("{}", "<my{cat}>") for template in templates}
    found = drawn(plan)
    assert set(found) <= wanted
    assert len(set(found)) > 8
    assert found == drawn(plan)


def test_captions_are_left_out_as_often_as_said(tmp_path: Path) -> None:
    plan = planned(draw_dataset(tmp_path), use_object_template=True, caption_dropout_rate=0.5)
    assert 15 < drawn(plan).count("") < 45


def test_regularisation_pictures_keep_their_captions(tmp_path: Path) -> None:
    reg = draw_dataset(tmp_path / "class")
    plan = planned(draw_dataset(tmp_path / "own"), reg_data_dir=str(reg), use_style_template=True)
    kept = [entry.caption for entry in plan.entries if entry.is_reg]
    assert kept
    assert all("style of" not in caption for caption in kept)
    assert all("style of" in entry.caption for entry in plan.entries if not entry.is_reg)


def test_captions_need_the_word(tmp_path: Path) -> None:
    folder = draw_dataset(tmp_path)
    with pytest.raises(MikazukiError) as caught:
        planned(folder)
    assert caught.value.code == "token-not-used"
    plan = planned(folder, caption_suffix="<MY{CAT}>")
    assert plan.entries[0].caption == "a red square, left"


def test_other_methods_keep_their_plan(tmp_path: Path) -> None:
    folder = draw_dataset(tmp_path)
    found = settings(folder, method="lora", token_string=None)
    plan = make_plan(found, family_step=64, verify=False)
    assert worded(plan, found) is plan


def test_templates_have_one_place_for_the_word(tmp_path: Path) -> None:
    assert len(set(OBJECTS)) == len(OBJECTS) > 20
    assert len(set(STYLES)) == len(STYLES) > 10
    assert all(template.count("{}") == 1 for template in (*OBJECTS, *STYLES))
    assert sentences(settings(tmp_path)) == ()
