"""Sentences instead of captions: drawn one by one, with the word in them, and refused captions without it."""

from pathlib import Path
from typing import Any

import pytest

from mikazuki.data.batches import sample_rng
from mikazuki.data.draw import draw_showing
from mikazuki.data.plan import Plan, make_plan
from mikazuki.data.templates import BUILT_IN, NAME, OBJECTS, STYLES, read_templates, sentences, worded
from mikazuki.errors import MikazukiError
from mikazuki.settings.concepts import FILEWORDS
from mikazuki.settings.form import form_of
from mikazuki.settings.train import TrainSettings
from tests.training.making import draw_dataset, draw_picture


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


def written(folder: Path, text: str) -> Path:
    path = folder / "own.txt"
    path.write_bytes(text.encode())
    return path


def drawn(plan: Plan, count: int = 60, *, entry: int = 0) -> list[str]:
    shown = plan.entries[entry]
    options = plan.subsets[shown.subset].options
    return [
        draw_showing(shown, options, sample_rng(1, 0, number), epoch=1, step=0, max_steps=9).caption
        for number in range(count)
    ]


@pytest.mark.parametrize(("option", "templates"), [("use_object_template", OBJECTS), ("use_style_template", STYLES)])
def test_one_of_the_sentences_is_drawn(tmp_path: Path, option: str, templates: tuple[str, ...]) -> None:
    """Whatever the captions' own options: the word stands as it is written, braces and all."""
    plan = planned(draw_dataset(tmp_path), caption_prefix="best", shuffle_caption=True, **{option: True})
    wanted = {template.replace(NAME, "<my{cat}>") for template in templates}
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


def test_several_words_are_said_together_and_each_must_be_in_captions(tmp_path: Path) -> None:
    folder = draw_dataset(tmp_path)
    two, three = ({"token_string": words} for words in ("<a>, <b>", "<a> <b> <c>"))
    assert set(drawn(planned(folder, template_file="none", **two))) == {"<a> <b>"}
    with pytest.raises(MikazukiError) as caught:
        planned(folder, caption_prefix="<b>", **three)
    assert "holds <a>, <c> (" in str(caught.value)


def test_other_methods_keep_their_plan(tmp_path: Path) -> None:
    folder = draw_dataset(tmp_path)
    found = settings(folder, method="lora", token_string=None)
    plan = make_plan(found, family_step=64, verify=False)
    assert worded(plan, found) is plan


def test_templates_have_one_place_for_the_word(tmp_path: Path) -> None:
    assert len(set(OBJECTS)) == len(OBJECTS) > 20
    assert len(set(STYLES)) == len(STYLES) > 10
    assert all(template.count(NAME) == 1 for template in (*OBJECTS, *STYLES))
    assert sentences(settings(tmp_path)) == ()


@pytest.mark.parametrize("name", BUILT_IN)
def test_names_of_ours_are_sentences(tmp_path: Path, name: str) -> None:
    """Each says the word once, and the caption where its name promises it; the form offers the same names."""
    found = sentences(settings(tmp_path, template_file=name))
    assert found == BUILT_IN[name]
    assert len(set(found)) == len(found)
    assert all(line.count(NAME) == 1 for line in found)
    assert all(line.count(FILEWORDS) == name.endswith("_filewords") for line in found)
    assert name in form_of("textual_inversion", "sd1").fields["template_file"].suggestions


@pytest.mark.parametrize("method", ["textual_inversion", "pivotal_tuning"])
def test_a_file_has_sentences_of_ones_own(tmp_path: Path, method: str) -> None:
    """Both methods that teach a word: its lines as they are, with the word, and each picture's own caption."""
    own = written(tmp_path, "\ufeffa photo of [name], [filewords]\n\n  # [name] {red|blue}  \r\n[name] and [name]\n")
    plan = planned(draw_dataset(tmp_path), template_file=str(own), method=method)
    assert set(drawn(plan)) == {
        "a photo of <my{cat}>, a red square, left",
        "# <my{cat}> {red|blue}",
        "<my{cat}> and <my{cat}>",
    }
    assert "a photo of <my{cat}>, a green square, right" in drawn(plan, entry=1)


def test_one_sentence_is_always_said(tmp_path: Path) -> None:
    assert set(drawn(planned(draw_dataset(tmp_path), template_file="none"))) == {"<my{cat}>"}


def test_captions_in_sentences_are_told_in_order_with_prefix_and_suffix(tmp_path: Path) -> None:
    own = written(tmp_path, "[name]: [filewords]")
    plan = planned(
        draw_dataset(tmp_path),
        template_file=str(own),
        shuffle_caption=True,
        caption_prefix="{best}",
        caption_suffix="end",
    )
    assert set(drawn(plan)) == {"<my{cat}>: {best} a red square, left end"}


def test_a_caption_may_say_what_stands_in_templates(tmp_path: Path) -> None:
    folder = draw_dataset(tmp_path)
    (folder / "1_sks thing" / "0.txt").write_text("[name] of [filewords]", encoding="utf-8")
    plan = planned(folder, template_file=str(written(tmp_path, "[filewords] by [name]")))
    assert set(drawn(plan)) == {"[name] of [filewords] by <my{cat}>"}


def test_pictures_without_a_caption_file_are_called_as_their_file_is(tmp_path: Path) -> None:
    """Not as their folder; an empty caption file says nothing."""
    inner = tmp_path / "1_sks thing"
    for name in ("012 a red hat", "a dog"):
        draw_picture(inner / f"{name}.png", 1, (64, 64))
    (inner / "a dog.txt").write_text("", encoding="utf-8")
    plan = planned(tmp_path, template_file=str(written(tmp_path, "[filewords] and [name]")))
    assert [drawn(plan, 1, entry=number) for number in (0, 1)] == [["a red hat and <my{cat}>"], ["and <my{cat}>"]]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (None, "template-not-found", ("own.txt", "subject_filewords")),
        (b"", "template-empty", ("own.txt", NAME)),
        (b" \n\t\n", "template-empty", ("own.txt",)),
        (b"a photo of [name]\n\na photo\n[filewords]", "template-without-word", ("line 3 (a photo)", "line 4 ([filew")),
        (b"\xff\xfe[name]", "template-not-readable", ("own.txt", "UTF-8")),
    ],
)
def test_templates_that_teach_nothing_are_refused(
    tmp_path: Path, data: bytes | None, code: str, said: tuple[str, ...]
) -> None:
    path = tmp_path / "own.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(MikazukiError) as caught:
        planned(draw_dataset(tmp_path / "pictures"), template_file=str(path))
    assert caught.value.code == code
    assert all(word in f"{caught.value} {caught.value.hint}" for word in said)


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        read_templates(tmp_path)
    assert caught.value.code == "template-not-readable"
