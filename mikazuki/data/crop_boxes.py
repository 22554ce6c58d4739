"""Boxes that a person drew on pictures, in a JSON file."""

import json
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, TypeAdapter, ValidationError

from mikazuki.data.buckets import Size
from mikazuki.errors import MikazukiError

Side = Annotated[int, Field(ge=1)]


class CropBox(BaseModel):
    """A box in pixels of a picture as a person sees it (EXIF orientation applied)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    picture: str
    """Path of the picture within its folder, parts joined by `/`."""
    left: NonNegativeInt
    top: NonNegativeInt
    width: Side
    height: Side

    def corners(self, size: Size) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom within a picture of `size`; raises MikazukiError (`crop-box`)."""
        right, bottom = self.left + self.width, self.top + self.height
        if right > size[0] or bottom > size[1]:
            text = f"The box {self.left},{self.top} to {right},{bottom} reaches beyond {self.picture}"
            raise MikazukiError("crop-box", f"{text}, which is {size[0]}x{size[1]}.", "Draw it again.")
        return self.left, self.top, right, bottom


def read_boxes(path: Path) -> dict[str, list[CropBox]]:
    """Read a file of boxes: picture -> its boxes.

    Raises:
        MikazukiError: `crop-boxes` when it cannot be read or is no list of boxes, with the first thing that is wrong.
    """
    hint = 'Write a list such as [{"picture": "a.png", "left": 0, "top": 0, "width": 512, "height": 512}].'
    try:
        boxes = TypeAdapter(list[CropBox]).validate_python(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        text = f"The boxes {path} (crop_boxes) cannot be read: {error.strerror or error}."
        raise MikazukiError("crop-boxes", text, "Name a file that is there.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise MikazukiError("crop-boxes", f"{path} (crop_boxes): {place}: {first['msg']}.", hint) from error
    except ValueError as error:
        raise MikazukiError("crop-boxes", f"{path} (crop_boxes) is no JSON: {error}.", hint) from error
    found: dict[str, list[CropBox]] = {}
    for box in boxes:
        found.setdefault(box.picture, []).append(box)
    return found
