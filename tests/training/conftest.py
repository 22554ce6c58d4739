"""Tiny models and pictures, made once for all tests of this room."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mikazuki.models.families import FamilyName, Layout
from mikazuki.settings.train import TrainSettings
from tests.models import tiny
from tests.training import making

GetModel = Callable[..., Path]
MakeSettings = Callable[..., TrainSettings]
MakeRun = Callable[..., making.Run]


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> GetModel:
    """Return a tiny model of a family and layout."""
    made: dict[tuple[str, str], Path] = {}

    def get(family: FamilyName = "sd1", layout: Layout = "single") -> Path:
        if (family, layout) not in made:
            made[family, layout] = tiny.make(family, tmp_path_factory.mktemp(f"{family}-{layout}"), layout)
        return made[family, layout]

    return get


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of four pictures in two buckets."""
    return making.draw_dataset(tmp_path_factory.mktemp("pictures"))


@pytest.fixture
def make_settings(tiny_model: GetModel, dataset: Path, tmp_path: Path) -> MakeSettings:
    """Return settings for a tiny SD1 and the pictures; ``model`` is another base model, ``at`` where things go."""

    def make(model: Path | None = None, at: str = ".", **more: Any) -> TrainSettings:
        return making.settings_for(model or tiny_model(), dataset, tmp_path / at, **more)

    return make


@pytest.fixture
def train_tiny(make_settings: MakeSettings, tmp_path: Path) -> MakeRun:
    """Train with these options in a folder of its own (``at``)."""

    def train(model: Path | None = None, at: str = "run", **more: Any) -> making.Run:
        return making.run(make_settings(model, at, **more), tmp_path / at / "job")

    return train
