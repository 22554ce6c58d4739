"""The modelspec keys say what was set, under the specification's names."""

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import ModelInfo
from mikazuki.models.prediction import PredictionType
from mikazuki.settings.train import TrainSettings
from mikazuki.training.modelspec import THUMBNAIL_BYTES, model_spec, read_thumbnail


def spec(family: FamilyName = "sd1", prediction: PredictionType = "epsilon", **options: Any) -> dict[str, str]:
    info = ModelInfo(Path("b"), "single", family, prediction, has_vae=True, bytes=7, resolution=512, shapes={})
    data = {} if "dataset_config" in options else {"train_data_dir": "d"}
    settings = TrainSettings.model_validate({"pretrained_model_name_or_path": "b", **data, **options})
    return {key.removeprefix("modelspec."): value for key, value in model_spec(settings, info, 0.0).items()}


@pytest.mark.parametrize(
    ("family", "prediction", "architecture", "predicts"),
    [
        ("sd1", "epsilon", "stable-diffusion-v1/lora", "epsilon"),
        ("sd2", "epsilon", "stable-diffusion-v2-512/lora", "epsilon"),
        ("sd2", "v_prediction", "stable-diffusion-v2-768-v/lora", "v"),
        ("sdxl", "epsilon", "stable-diffusion-xl-v1-base/lora", "epsilon"),
    ],
)
def test_families_are_named_as_the_field_does(
    family: FamilyName, prediction: PredictionType, architecture: str, predicts: str
) -> None:
    made = spec(family, prediction)
    assert (made["architecture"], made["prediction_type"]) == (architecture, predicts)


@pytest.mark.parametrize(
    ("options", "architecture"),
    [
        ({"method": "hypernetwork"}, "stable-diffusion-v1/hypernetwork"),
        ({"method": "textual_inversion", "token_string": "<cat>"}, "stable-diffusion-v1/textual-inversion"),
        ({"method": "dreambooth"}, "stable-diffusion-v1"),
    ],
)
def test_methods_follow_the_architecture(options: dict[str, Any], architecture: str) -> None:
    assert spec(**options)["architecture"] == architecture


def test_only_what_is_set_is_said() -> None:
    assert spec(output_name="cat").keys() == {
        "sai_model_spec", "architecture", "implementation", "implementation_version", "title", "resolution", "date",
        "prediction_type",
    }  # fmt: skip
    assert spec(output_name="cat")["title"] == "cat"


def test_what_the_person_says() -> None:
    names = ("author", "description", "license", "tags", "usage_hint", "merged_from", "trigger_phrase", "preprocessor",
             "is_negative_embedding", "title")  # fmt: skip
    options: dict[str, Any] = {f"metadata_{name}": f"my {name}" for name in names}
    made = spec(**options)
    assert {name: made[name] for name in names} == {name: f"my {name}" for name in names}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"min_timestep": 200}, {"timestep_range": "200,1000"}),
        ({"max_timestep": 500}, {"timestep_range": "0,500"}),
        ({"min_timestep": 0}, {"timestep_range": "0,1000"}),
        ({"clip_skip": 2}, {"encoder_layer": "2"}),
        ({"resolution": "640,768"}, {"resolution": "640x768"}),
    ],
    ids=str,
)
def test_what_the_settings_say(options: dict[str, Any], said: dict[str, str]) -> None:
    made = spec(**options)
    assert {name: made[name] for name in said} == said


@pytest.mark.parametrize(
    ("family", "prediction", "said"),
    [("sd1", "epsilon", "512x512"), ("sd2", "v_prediction", "768x768"), ("sdxl", "epsilon", "1024x1024")],
)
def test_a_dataset_config_leaves_the_models_own_resolution(
    family: FamilyName, prediction: PredictionType, said: str
) -> None:
    assert spec(family, prediction, dataset_config="d.toml")["resolution"] == said


def test_a_thumbnail_that_is_a_data_url_stays() -> None:
    assert read_thumbnail("data:image/png;base64,AA==") == "data:image/png;base64,AA=="
    assert read_thumbnail(None) is None


def picture_of(url: str) -> tuple[str, bytes]:
    kind, _, text = url.partition(";base64,")
    return kind, base64.b64decode(text)


def test_a_small_picture_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "cat.webp"
    Image.new("RGB", (64, 48), (200, 30, 30)).save(path)
    assert picture_of(read_thumbnail(str(path)) or "") == ("data:image/webp", path.read_bytes())


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    path = tmp_path / "cat.png"
    Image.fromarray(np.random.default_rng(1).integers(0, 255, (400, 800, 3), dtype=np.uint8)).save(path)
    assert path.stat().st_size > THUMBNAIL_BYTES
    kind, content = picture_of(read_thumbnail(str(path)) or "")
    with Image.open(BytesIO(content)) as picture:
        assert (kind, picture.format, picture.size) == ("data:image/jpeg", "JPEG", (512, 256))


@pytest.mark.parametrize("content", [None, b"no picture"])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "cat.png"
    if content:
        path.write_bytes(content)
    with pytest.raises(MikazukiError, match="metadata_thumbnail") as caught:
        read_thumbnail(str(path))
    assert caught.value.code == "thumbnail"
