"""Writes what a training will see into a folder: contact sheets, a page to look at, and prompts.json for programs."""

import base64
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from PIL import Image

from mikazuki.data.buckets import Size
from mikazuki.data.draw import Showing
from mikazuki.files import replacing, write_text
from mikazuki.preparing.foresee import Foresight, Seen
from mikazuki.preparing.preview_data import document
from mikazuki.preparing.preview_sheets import Tile, crop_of, fitted, sheets, size_name

TEMPLATE: Final = Path(__file__).with_name("preview_page.html")
DATA: Final = "/*data*/"
"""Where the page's data come in the template."""

Key = tuple[int, Path, Showing]
"""What tells one tile from another: subset, picture, and the showing without its caption."""


@dataclass(frozen=True)
class Written:
    """What was written: the folder, its page, and how many pictures and sheets."""

    folder: Path
    page: Path
    pictures: int
    sheets: int


def new_folder(wanted: Path) -> Path:
    """Return a folder that nothing is in: the wanted one, or the first of it with a number behind its name."""
    number, folder = 1, wanted
    while folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        number += 1
        folder = wanted.with_name(f"{wanted.name}-{number}")
    return folder


def write_preview(foresight: Foresight, wanted: Path, *, epochs: int, limit: int) -> Written:
    """Write the first epochs of a training into a new folder.

    Args:
        foresight: What will be seen.
        wanted: The folder; where there is something in it already, a number is put behind its name.
        epochs: How many epochs; those that the training does not have are left out.
        limit: How many pictures of each epoch are drawn, in training order; 0 draws all. prompts.json has all of them.

    Raises:
        MikazukiError: What `training_pixels` raises.
    """
    folder = new_folder(wanted)
    numbers = range(1, min(epochs, foresight.plan.max_train_epochs) + 1)
    found = document(foresight, numbers)
    tiles = _Tiles(foresight)
    for facts in found["epochs"]:
        tiles.draw(facts["epoch"], facts["batches"], limit)
    folder.mkdir(parents=True, exist_ok=True)
    count = _write_sheets(folder / "sheets", tiles)
    write_text(folder / "prompts.json", json.dumps(_plain(found), ensure_ascii=False, indent=1) + "\n")
    page = folder / "index.html"
    write_text(page, page_of(found, tiles.uris))
    return Written(folder, page, len(tiles.order), count)


def page_of(found: dict[str, Any], tiles: Sequence[str]) -> str:
    """Return the page: the template with its data, which hold every picture as well."""
    shown = {**found, "tiles": list(tiles)}
    # nothing in a caption may end the script that holds the data
    text = json.dumps(shown, ensure_ascii=False).replace("<", "\\u003c")
    return TEMPLATE.read_text(encoding="utf-8").replace(DATA, text)


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """Return the document without the numbers of tiles, which mean something on the page alone."""
    epochs = [
        {
            **epoch,
            "batches": [
                {**batch, "pictures": [{k: v for k, v in row.items() if k != "tile"} for row in batch["pictures"]]}
                for batch in epoch["batches"]
            ],
        }
        for epoch in found["epochs"]
    ]
    return {**found, "epochs": epochs}


@dataclass
class _Tiles:
    """The pictures that are drawn, each once for all showings that look the same."""

    foresight: Foresight
    order: dict[Key, int] = field(default_factory=dict)
    uris: list[str] = field(default_factory=list)
    by_bucket: dict[Size, list[Tile]] = field(default_factory=dict)

    def draw(self, epoch: int, rows: Sequence[dict[str, Any]], limit: int) -> None:
        """Draw an epoch's first pictures, and note in their rows which tile is theirs; none for what is missing."""
        pairs = self._pairs(epoch, rows)
        for number, (seen, row) in enumerate(pairs):
            if limit and number >= limit:
                break
            row["tile"] = None if seen.missing else self._tile(seen)

    def _pairs(self, epoch: int, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[Seen, dict[str, Any]]]:
        for batch, told in zip(self.foresight.batches(epoch), rows, strict=True):
            yield from zip(batch.pictures, told["pictures"], strict=True)

    def _tile(self, seen: Seen) -> int:
        showing = seen.showing
        key = (seen.entry.subset, seen.entry.picture, Showing("", showing.flip, showing.crop, showing.colour))
        if key not in self.order:
            self.order[key] = len(self.order)
            picture = fitted(crop_of(seen, self.foresight.options(seen.entry)))
            self.uris.append(_uri(picture))
            text = showing.caption or "(empty)"
            self.by_bucket.setdefault(seen.entry.bucket, []).append(Tile(picture, text, seen.entry.is_reg))
        return self.order[key]


def _uri(picture: Image.Image) -> str:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=85, method=3)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode("ascii")


def _write_sheets(folder: Path, tiles: _Tiles) -> int:
    written = 0
    for size, own in sorted(tiles.by_bucket.items()):
        for number, sheet in enumerate(sheets(f"{size_name(size)}, {len(own)}", own), start=1):
            path = folder / f"{size_name(size)}-{number}.png"
            with replacing(path) as part:
                sheet.save(part, format="PNG")
            written += 1
    return written
