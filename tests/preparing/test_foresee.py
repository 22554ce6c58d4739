"""What is told of a training before it runs: epochs in numbers, crops in the original's pixels, what is not known."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mikazuki.data.buckets import Crop
from mikazuki.errors import MikazukiError
from mikazuki.preparing.foresee import BucketFacts, Foresight, foresee, token_counts
from mikazuki.preparing.training import Request, examine
from mikazuki.settings.train import TrainSettings
from tests.cli import world


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A model, six upright pictures and two wide ones of twice the size."""
    world.safetensors(tmp_path / "model.safetensors", world.SD1)
    world.pictures(tmp_path / "train" / "2_cat")
    for number in range(2):
        path = tmp_path / "train" / "1_wide" / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (256, 128), (number * 90, 40, 40)).save(path)
        path.with_suffix(".txt").write_text("a wide cat, on sand, at night", encoding="utf-8")
    return tmp_path


def looked_at(root: Path, **options: Any) -> Request:
    values = {
        "pretrained_model_name_or_path": str(root / "model.safetensors"),
        "train_data_dir": str(root / "train"),
        "output_dir": str(root / "output"),
        "logging_dir": str(root / "logs"),
        "resolution": 64,
        "min_bucket_reso": 32,
        "bucket_reso_steps": 16,
        "max_train_epochs": 3,
        "train_batch_size": 4,
        "seed": 3,
        **options,
    }
    return examine(TrainSettings.model_validate({k: v for k, v in values.items() if v is not None}))


def foreseen(root: Path, **options: Any) -> Foresight:
    return foresee(looked_at(root, **options))


def test_an_epoch_in_numbers(root: Path) -> None:
    facts = foreseen(root, gradient_accumulation_steps=2).epoch(2)
    wide, tall = (80, 48), (48, 80)
    assert facts.buckets == (BucketFacts(tall, 12, 3), BucketFacts(wide, 2, 1))
    assert (facts.first_step, facts.steps, facts.batches) == (3, 2, 4)
    assert (facts.subject, facts.classes, facts.class_share, facts.missing) == (14, 0, 0.0, 0)


def test_the_last_epoch_ends_where_the_training_does(root: Path) -> None:
    found = foreseen(root, max_train_epochs=None, max_train_steps=5)
    assert [found.epoch(number).batches for number in (1, 2)] == [4, 1]
    assert [batch.step for number in (1, 2) for batch in found.batches(number)] == [1, 2, 3, 4, 5]
    for number in (0, 3):
        with pytest.raises(MikazukiError, match="epochs 1 to 2"):
            found.epoch(number)


def test_a_part_of_the_batches_and_of_the_sizes(root: Path) -> None:
    found = foreseen(root)
    every = list(found.batches(1))
    assert list(found.batches(1, 1, 2)) == every[1:3]
    assert list(found.batches(1, bucket=(80, 48))) == [one for one in every if len(one.pictures) == 2]
    assert list(found.batches(1, 1, bucket=(80, 48))) == []


def test_a_crop_lies_in_the_pixels_of_the_original(root: Path) -> None:
    (batch,) = foreseen(root).batches(1, bucket=(80, 48))
    seen = batch.pictures[0]
    # 256 x 128 becomes 96 x 48, of which 80 x 48 is cut out
    for left, box in ((8, (21.33, 0, 234.67, 128)), (0, (0, 0, 213.33, 128))):
        moved = replace(seen, showing=replace(seen.showing, crop=Crop((96, 48), left, 0)))
        assert moved.box == pytest.approx(box, abs=0.01)


def test_captions_of_an_epoch_by_picture(root: Path) -> None:
    found = foreseen(root, shuffle_caption=True)
    picture = root / "train" / "1_wide" / "0.png"
    entry = next(one for one in found.plan.entries if one.picture == picture)
    key = (entry.subset, picture)
    told = [one.showing.caption for batch in found.batches(2) for one in batch.pictures if one.entry.picture == picture]
    assert found.captions_in(2, frozenset([key])) == {key: told[0]}
    assert found.plain(entry) == "a wide cat, on sand, at night"


@pytest.mark.parametrize(("seed", "codes"), [(None, ["seed-not-set"]), (3, [])])
def test_a_seed_that_is_drawn_later_is_told(root: Path, seed: int | None, codes: list[str]) -> None:
    found = foreseen(root, seed=seed)
    assert ([note.code for note in found.notes], found.seed) == (codes, seed or 0)


def test_pictures_held_back_are_told(root: Path) -> None:
    (note,) = foreseen(root, validation_split=0.25).notes
    assert note.code == "held-back"
    assert note.text.startswith("1 picture held back")


def test_class_pictures_that_are_not_there_yet(root: Path) -> None:
    concept = {"instance_data_dir": str(root / "train" / "1_wide"), "class_token": "cat", "num_class_images_per": 2}
    found = foreseen(root, train_data_dir=None, concepts_list=json.dumps([concept]), prior_loss_weight=0.5)
    facts = found.epoch(1)
    assert (facts.subject, facts.classes, facts.missing) == (2, 2, 2)
    assert facts.class_share == pytest.approx(1 / 3)
    shown = [one for batch in found.batches(1) for one in batch.pictures]
    assert {(one.entry.is_reg, one.missing, one.weight) for one in shown} == {(False, False, 1.0), (True, True, 0.5)}


def test_where_masks_come_from(root: Path) -> None:
    masks = root / "masks"
    for folder, size in (("2_cat", (64, 96)), ("1_wide", (256, 128))):
        for path in (root / "train" / folder).glob("*.png"):
            masks.mkdir(exist_ok=True)
            Image.new("RGB", size).save(masks / path.name)
    plain, clear = foreseen(root), foreseen(root, alpha_mask=True)
    assert {one.mask for batch in plain.batches(1) for one in batch.pictures} == {None}
    assert {one.mask for batch in clear.batches(1) for one in batch.pictures} == {"transparency"}


def test_nothing_is_foreseen_of_pictures_that_cannot_be_read(root: Path) -> None:
    request = looked_at(root, train_data_dir=str(root / "nowhere"))
    with pytest.raises(MikazukiError, match="Put right") as caught:
        foresee(request)
    assert caught.value.code == "nothing-to-foresee"


def test_tokens_are_counted() -> None:
    assert token_counts(["a cat", "", "a cat, a dog"]) == [2, 0, 5]
