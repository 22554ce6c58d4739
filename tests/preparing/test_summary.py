"""What a person reads before a training of concepts: one line for each of them, and the same for programs."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mikazuki.data.plan import make_plan
from mikazuki.preparing.summary import as_json, lines
from mikazuki.preparing.training import Request
from mikazuki.settings.train import TrainSettings


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Two pictures of a dog."""
    for number in range(2):
        path = tmp_path / "dog" / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (64, 64), (number, 0, 0)).save(path)
    return tmp_path


def request(folder: Path, *concepts: dict[str, Any], **options: Any) -> Request:
    listed = [{"instance_data_dir": str(folder / "dog"), **concept} for concept in concepts]
    values = {"pretrained_model_name_or_path": "m", "concepts_list": json.dumps(listed), "resolution": 64}
    sizes = {"min_bucket_reso": 64, "output_dir": str(folder / "out"), "max_train_epochs": 4}
    settings = TrainSettings.model_validate({**values, **sizes, **options})
    return Request(settings, plan=make_plan(settings))


def test_a_line_for_each_concept(pictures: Path) -> None:
    dog = {"instance_token": "sks", "class_token": "dog", "num_class_images_per": 3, "num_repeats": 2, "max_steps": 5}
    said = [line.split(maxsplit=2) for line in lines(request(pictures, dog, {}))]
    assert [" ".join(words) for words in said if words[:1] in (["concept"], ["length"])] == [
        (
            f"concept 1 2 pictures x 2 in {pictures / 'dog'}; sks of class dog; "
            "0 of 6 class pictures there, 4 shown an epoch; until 5 pictures are shown (2 epochs)"
        ),
        f"concept 2 2 pictures x 1 in {pictures / 'dog'}",
        "length 24 steps: 4 epochs of at most 10 steps, 1 picture each",
    ]


def test_the_base_model_in_place_of_class_pictures(pictures: Path) -> None:
    text = "\n".join(lines(request(pictures, {"class_token": "dog"}, prior_preservation="base_model")))
    assert f"2 pictures x 1 in {pictures / 'dog'}; dog; the base model stands for its class" in text


def test_programs_get_the_concepts(pictures: Path) -> None:
    found = as_json(request(pictures, {"instance_token": "sks", "num_class_images": 5}))
    assert found["concepts"] == [
        {
            "folder": str(pictures / "dog"),
            "instance_token": "sks",
            "class_token": "",
            "pictures": 2,
            "class_there": 0,
            "class_wanted": 5,
            "limit": None,
            "epochs": None,
        }
    ]
    assert json.dumps(found)
