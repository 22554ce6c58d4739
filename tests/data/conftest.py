"""Pictures and settings for the tests of this room."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mikazuki.settings.train import TrainSettings

MakePicture = Callable[..., Path]
MakeSettings = Callable[..., TrainSettings]


@pytest.fixture
def make_picture() -> MakePicture:
    """Write a picture of random pixels, different for every path, with a caption file when one is given."""

    def make(path: Path, size: tuple[int, int] = (64, 64), caption: str | None = None, **save: Any) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        rng = np.random.default_rng(list(path.name.encode()))
        Image.fromarray(rng.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)).save(path, **save)
        if caption is not None:
            path.with_suffix(".txt").write_text(caption, encoding="utf-8")
        return path

    return make


@pytest.fixture
def make_settings() -> MakeSettings:
    """Make settings for a folder of pictures, small sizes unless told otherwise."""

    def make(folder: Path, **options: Any) -> TrainSettings:
        small: dict[str, Any] = {"resolution": 128, "min_bucket_reso": 64, "max_bucket_reso": 256}
        return TrainSettings.model_validate(
            {"pretrained_model_name_or_path": "m", "train_data_dir": str(folder), **small, **options}
        )

    return make
