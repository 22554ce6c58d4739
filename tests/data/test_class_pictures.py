"""Class pictures: how many of which prompt and size are wanted, used and missing, and a plan that counts them."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mikazuki.data.batches import epoch_batches
from mikazuki.data.class_pictures import ClassOrder, class_orders, wanted_kinds
from mikazuki.data.describe import summarise
from mikazuki.data.plan import Plan, make_plan
from mikazuki.settings.concepts import Concept
from mikazuki.settings.dataset_lookup import PRESERVED
from mikazuki.settings.train import TrainSettings
from tests.data.conftest import MakePicture

SQUARE, TALL, WIDE = (128, 128), (64, 192), (192, 64)
Run = Callable[..., TrainSettings]


@pytest.fixture
def dogs(tmp_path: Path, make_picture: MakePicture) -> Path:
    """Three pictures of a dog: two square ones and a tall one."""
    make_picture(tmp_path / "dog" / "1.png", SQUARE, "a dog on grass")
    make_picture(tmp_path / "dog" / "2.png", SQUARE, "a dog on grass")
    make_picture(tmp_path / "dog" / "3.png", TALL, "a dog in snow")
    return tmp_path


@pytest.fixture
def run(dogs: Path) -> Run:
    """Make settings of concepts that are taught from those pictures."""

    def make(*concepts: dict[str, Any], **options: Any) -> TrainSettings:
        (dogs / "c.json").write_text(json.dumps([dog(**concept) for concept in concepts]), "utf-8")
        small = {"resolution": 128, "min_bucket_reso": 64, "max_bucket_reso": 256, "output_dir": str(dogs / "out")}
        model = {"pretrained_model_name_or_path": "m", "output_name": "o", "concepts_list": str(dogs / "c.json")}
        return TrainSettings.model_validate({**model, **small, **options})

    return make


def dog(**values: Any) -> dict[str, Any]:
    return {"instance_data_dir": "dog", "instance_token": "sks", "class_token": "dog", **values}


def draw(orders: Sequence[ClassOrder]) -> None:
    """Draw what was ordered, as the engine does: pictures of the size with their prompts beside them."""
    for number, order in enumerate(orders):
        order.folder.mkdir(parents=True, exist_ok=True)
        for place in range(order.count):
            path = order.folder / f"{number:03d}-{place:03d}-{len(list(order.folder.iterdir()))}.png"
            Image.new("RGB", order.size, (number, place, 0)).save(path)
            path.with_suffix(".txt").write_text(order.prompt, "utf-8")


def counts(settings: TrainSettings) -> list[tuple[str, tuple[int, int], int]]:
    return [(order.prompt, order.size, order.count) for order in class_orders(settings, 64)]


def numbers(plan: Plan) -> tuple[object, ...]:
    """Return all of a plan but the names of its class pictures and what is told of them."""
    entries = Counter(
        (entry.dataset, entry.is_reg, entry.caption, entry.bucket, entry.repeats) for entry in plan.entries
    )
    same = ("buckets", "num_train_images", "num_reg_images", "batches_per_epoch", "max_train_steps", "turns", "lengths")
    return entries, *(getattr(plan, name) for name in same)


def test_so_many_for_each_picture_by_prompt_and_size(dogs: Path, run: Run) -> None:
    settings = run({"num_class_images_per": 2, "class_negative_prompt": "cat", "class_infer_steps": 9, "class_seed": 5})
    first, second = class_orders(settings, 64)
    assert first == ClassOrder(
        concept=0,
        folder=dogs / "out" / "o-class" / "1",
        prompt="a dog on grass",
        negative="cat",
        size=SQUARE,
        count=4,
        steps=9,
        guidance=7.5,
        seed=5,
    )
    assert (second.prompt, second.size, second.count) == ("a dog in snow", TALL, 2)


def test_a_total_is_divided_in_proportion(run: Run) -> None:
    assert counts(run({"num_class_images": 10})) == [("a dog on grass", SQUARE, 7), ("a dog in snow", TALL, 3)]
    assert counts(run({"num_class_images": 1})) == [("a dog on grass", SQUARE, 1)]
    one = Concept(instance_data_dir="x", num_class_images=9, num_class_images_per=1)
    assert wanted_kinds(one, [("a", SQUARE)] * 2) == {("a", SQUARE): 2}


def test_only_the_shortfall_is_ordered(dogs: Path, run: Run, make_picture: MakePicture) -> None:
    settings = run({"num_class_images_per": 2, "class_data_dir": "class"})
    folder = dogs / "class"
    make_picture(folder / "a.png", SQUARE, "a dog on grass")
    make_picture(folder / "sub" / "b.png", (130, 130), "a dog  on grass\n")
    make_picture(folder / "tall.png", TALL, "a dog on grass")
    make_picture(folder / "other.png", SQUARE, "a dog")
    assert counts(settings) == [("a dog on grass", SQUARE, 2), ("a dog in snow", TALL, 2)]
    plan = make_plan(settings)
    assert [notice.code for notice in plan.notes] == ["class-pictures-missing", "class-pictures-unused"]
    assert plan.notes[0].text == "4 class pictures will be drawn first."
    assert (plan.concepts[0].class_there, plan.concepts[0].class_wanted) == (2, 6)
    draw(class_orders(settings, 64))
    assert counts(settings) == []


def test_without_matching_every_picture_there_counts(dogs: Path, run: Run, make_picture: MakePicture) -> None:
    settings = run({"num_class_images_per": 2, "class_data_dir": "class"}, disable_class_matching=True)
    for number in range(3):
        make_picture(dogs / "class" / f"{number}.png", WIDE, "whatever")
    assert counts(settings) == [("a dog on grass", SQUARE, 2), ("a dog in snow", TALL, 1)]
    for number in range(5):
        make_picture(dogs / "class" / f"more{number}.png", SQUARE)
    assert counts(settings) == []
    plan = make_plan(settings)
    assert plan.concepts[0].class_wanted == 8
    assert {entry.caption for entry in plan.entries if entry.is_reg} == {"whatever", "dog"}


def test_nothing_is_wanted_where_nothing_is_asked_for(dogs: Path, run: Run, make_picture: MakePicture) -> None:
    assert counts(run({})) == []
    assert make_plan(run({})).num_reg_images == 0
    assert counts(run({"num_class_images_per": 2}, prior_preservation="base_model")) == []
    plain = TrainSettings(pretrained_model_name_or_path="m", train_data_dir=str(dogs))
    assert class_orders(plain, 64) == ()
    make_picture(dogs / "class" / "1.png", SQUARE)
    assert make_plan(run({"class_data_dir": "class"})).concepts[0].class_there == 1
    assert make_plan(run({"class_data_dir": "class", "num_class_images_per": 0})).concepts[0].class_there == 0


@pytest.mark.parametrize("options", [{}, {"disable_class_matching": True}, {"train_batch_size": 2}])
@pytest.mark.parametrize(
    "concept",
    [
        {"num_class_images_per": 1},
        {"num_class_images_per": 3, "num_repeats": 2},
        {"num_class_images": 2},
        {"num_class_images": 7, "max_steps": 5},
    ],
)
def test_the_plan_is_the_same_before_and_after_drawing(
    dogs: Path, run: Run, make_picture: MakePicture, concept: dict[str, Any], options: dict[str, Any]
) -> None:
    make_picture(dogs / "out" / "o-class" / "1" / "1.png", TALL, "a dog in snow")
    settings = run(concept, {"num_class_images_per": 1, "instance_token": "two"}, **options)
    before = make_plan(settings)
    planned = [entry.picture for entry in before.entries if not entry.picture.exists()]
    assert planned
    assert len(planned) == sum(order.count for order in class_orders(settings, 64))
    draw(class_orders(settings, 64))
    after = make_plan(settings)
    assert all(entry.picture.exists() for entry in after.entries)
    assert numbers(after) == numbers(before)
    assert all(entry.size == entry.bucket for entry in before.entries if entry.is_reg)


def test_two_concepts_share_what_is_drawn_into_one_folder(run: Run) -> None:
    several = {"num_class_images_per": 1, "class_data_dir": "class"}
    settings = run(several, {**several, "instance_token": "two", "num_class_images_per": 2})
    assert counts(settings) == [
        ("a dog on grass", SQUARE, 2),
        ("a dog in snow", TALL, 1),
        ("a dog on grass", SQUARE, 2),
        ("a dog in snow", TALL, 1),
    ]
    before = make_plan(settings)
    draw(class_orders(settings, 64))
    after = make_plan(settings)
    assert numbers(after) == numbers(before)
    assert [facts.class_there for facts in after.concepts] == [3, 6]


def test_concepts_never_share_a_batch(run: Run) -> None:
    plan = make_plan(run({"num_class_images_per": 1}, {"instance_token": "two"}, train_batch_size=8))
    batches = epoch_batches(plan, seed=1, epoch=0)
    assert all(len({plan.entries[row].dataset for row in rows}) == 1 for rows in batches)
    assert len(batches) == plan.batches_per_epoch == 4
    assert [len(dataset.subsets) for dataset in plan.datasets] == [2, 1]


def test_class_pictures_are_shown_bucket_by_bucket(run: Run) -> None:
    """There are as many of each size as pictures of the concept, and the whole pool has its turn."""
    plan = make_plan(run({"num_class_images_per": 4}))
    assert (plan.num_train_images, plan.num_reg_images) == (3, 3)
    assert {bucket.resolution: bucket.count for bucket in plan.buckets} == {TALL: 2, SQUARE: 4}
    seen: Counter[int] = Counter()
    for epoch in range(8):
        rows = [row for batch in epoch_batches(plan, seed=3, epoch=epoch) for row in batch]
        assert Counter((plan.entries[row].bucket, plan.entries[row].is_reg) for row in rows) == {
            (SQUARE, False): 2,
            (SQUARE, True): 2,
            (TALL, False): 1,
            (TALL, True): 1,
        }
        seen.update(row for row in rows if plan.entries[row].is_reg)
    assert Counter(seen.values()) == {2: 12}
    assert summarise(plan).subsets[1].shown == 3
    assert epoch_batches(plan, seed=3, epoch=5) == epoch_batches(plan, seed=3, epoch=5)


def test_few_class_pictures_repeat(run: Run) -> None:
    plan = make_plan(run({"num_class_images": 2, "num_repeats": 4}))
    regs = [(entry.bucket, entry.repeats) for entry in plan.entries if entry.is_reg]
    assert regs == [(SQUARE, 8), (TALL, 4)]
    assert plan.num_reg_images == plan.num_train_images == 12


def test_the_base_model_stands_for_the_class(run: Run) -> None:
    plan = make_plan(run({"num_repeats": 3}, prior_preservation="base_model", caption_prefix="p"))
    own = [entry for entry in plan.entries if not entry.is_reg]
    twins = [entry for entry in plan.entries if entry.is_reg]
    assert [entry.caption for entry in own] == ["sks on grass", "sks on grass", "sks in snow"]
    assert [entry.caption for entry in twins] == ["a dog on grass", "a dog on grass", "a dog in snow"]
    subset = {entry.subset for entry in twins}.pop()
    assert twins == [
        replace(entry, is_reg=True, caption=twin.caption, subset=subset) for entry, twin in zip(own, twins, strict=True)
    ]
    options = plan.subsets[subset].options
    assert dict(options.custom_attributes) == {PRESERVED: True}
    assert options.captions.caption_prefix is None
    assert plan.turns == ()


def test_what_is_held_back_is_not_trained_as_its_class_either(run: Run) -> None:
    plan = make_plan(run({}, prior_preservation="base_model", validation_split=0.4, seed=1))
    held = {entry.picture for entry in plan.validation}
    assert len(held) == 1
    assert held.isdisjoint(entry.picture for entry in plan.entries)
    assert [len(subset.pictures) for subset in plan.subsets] == [2, 2]
    assert (plan.num_train_images, plan.num_reg_images) == (2, 2)


def test_a_concept_has_its_number_of_pictures(run: Run) -> None:
    plan = make_plan(run({"max_steps": 7, "num_class_images_per": 1}, {"instance_token": "two"}, max_train_epochs=5))
    assert (plan.concepts[0].limit, plan.concepts[0].epochs, plan.concepts[1].epochs) == (7, 3, None)
    shown = [
        Counter(plan.entries[row].dataset for batch in epoch_batches(plan, seed=1, epoch=epoch) for row in batch)
        for epoch in range(5)
    ]
    assert shown == [{0: 6, 1: 3}] * 3 + [{1: 3}] * 2
    assert [plan.steps_in(epoch) for epoch in range(5)] == [9, 9, 9, 3, 3]
    assert [plan.batches_in(epoch) for epoch in range(5)] == [9, 9, 9, 3, 3]
    assert (plan.max_train_steps, plan.max_train_epochs) == (33, 5)
    assert plan.steps_before(4) == 30


def test_a_training_ends_when_all_concepts_have(run: Run) -> None:
    limited = ({"max_steps": 4}, {"max_steps": 10, "instance_token": "two"})
    plan = make_plan(run(*limited, max_train_steps=1000))
    assert (plan.max_train_steps, plan.max_train_epochs) == (2 * 6 + 2 * 3, 4)
    assert "concepts-end-early" in [notice.code for notice in plan.warnings]
    early = make_plan(run(*limited, max_train_steps=13))
    assert (early.max_train_steps, early.max_train_epochs) == (13, 3)
    assert "concepts-end-early" not in [notice.code for notice in early.warnings]
