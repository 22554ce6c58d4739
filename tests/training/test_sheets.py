"""Sheets: every prompt under every view, drawn while the model is as it is used."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mikazuki.data.prompts import Prompt
from mikazuki.training.methods import Sheet
from mikazuki.training.sheets import draw_sheet


class World:
    """Draws pictures as bright as the view says, and twice as bright where the model is shown as it is used."""

    def __init__(self) -> None:
        self.view = 0
        self.shown = 1

    @contextmanager
    def at(self, view: int) -> Iterator[None]:
        self.view = view
        yield
        self.view = 0

    @contextmanager
    def showing(self) -> Iterator[None]:
        self.shown = 2
        yield
        self.shown = 1

    def draw_all(self, prompts: Sequence[Prompt]) -> list[NDArray[np.uint8]]:
        return [np.full((64, 64, 3), self.view * self.shown + (prompt.seed or 0), np.uint8) for prompt in prompts]


def test_every_prompt_under_every_view(tmp_path: Path) -> None:
    world: Any = World()
    prompts = [Prompt("a cat", 64, 64, seed) for seed in (1, 2)]
    views = [(f"view {number}", lambda number=number: world.at(number)) for number in (20, 40, 60)]
    draw_sheet(Sheet("x", prompts, views), world, world.showing, tmp_path / "x.png")
    sheet = np.asarray(Image.open(tmp_path / "x.png"))
    lefts, tops = (6, 6 + 198, 6 + 2 * 198), (26, 26 + 192 + 20 + 6 + 6)
    found = [[int(sheet[top + 20, left + 20, 0]) for left in lefts] for top in tops]
    assert found == [[41, 81, 121], [42, 82, 122]]
