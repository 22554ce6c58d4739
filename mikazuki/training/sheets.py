"""Draws what a method shows of itself at the end of a training: the same prompts under each of its views."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from PIL import Image

from mikazuki.files import replacing
from mikazuki.training.grid import make_grid
from mikazuki.training.methods import Sheet
from mikazuki.training.sampling import Artist


def draw_sheet(sheet: Sheet, artist: Artist, showing: Callable[[], AbstractContextManager[None]], path: Path) -> None:
    """Draw every prompt of ``sheet`` under each of its views and write the whole as a PNG.

    In ``showing`` the model is as it is used.
    """
    columns = []
    with showing():
        for title, view in sheet.views:
            with view():
                columns.append((title, [Image.fromarray(pixels) for pixels in artist.draw_all(sheet.prompts)]))
    rows = [f"{prompt.text} (seed {prompt.seed})" for prompt in sheet.prompts]
    with replacing(path) as part:
        make_grid(columns, rows).save(part, format="PNG")
