"""Does what the routes of masks ask for, and puts what comes of it into answers."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.data.browse import Wanted, find_pictures
from mikazuki.data.folders import PICTURE_SUFFIXES
from mikazuki.data.mask_models import models_in
from mikazuki.data.mask_places import MaskFinder, mask_place, masks_folder
from mikazuki.data.mask_reading import painted_mask, read_mask, remarks, small_png, working_size
from mikazuki.data.mask_store import check_unchanged, former_mask, former_masks, modified, remove_mask, write_mask
from mikazuki.data.masks import Mask, mask_in_alpha
from mikazuki.data.pictures import BadPicture, Picture, corrupt_error, probe
from mikazuki.errors import MikazukiError
from mikazuki.preparing.masking import guess
from mikazuki.settings.masking import MaskSettings
from mikazuki.web.answers.base import Notice
from mikazuki.web.answers.masks import FormerMask, LayerQuery, MaskGuess, MaskQuery, MaskSheet, SeenMask
from mikazuki.web.downloads import raw_url
from mikazuki.web.studio import Studio

MOST_BYTES: Final = 32_000_000
"""Of a painted mask as it is sent."""
ALPHA: Final = "alpha"
MASK: Final = "mask"
"""What a layer may be made of beside the former versions, which go by their names."""
_ONE_AT_A_TIME: Final = threading.Lock()
"""A model and a large picture fill the memory; two requests must not do it twice."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A picture that may be used, and where its mask lies."""

    dataset: Path
    picture: Picture
    masks: Path
    place: Path


def sheet(studio: Studio, query: MaskQuery) -> MaskSheet:
    """Return a picture with all that is known of its mask."""
    found = _found(studio, query)
    picture, finder = found.picture, MaskFinder()
    there = finder.one(found.place)
    pictures = [one.path for one in find_pictures(found.dataset, Wanted())]
    index = pictures.index(picture.path) if picture.path in pictures else -1
    after = pictures[index + 1] if 0 <= index < len(pictures) - 1 else None
    working = working_size(picture.size)
    models_dir = _models_dir(studio)
    return MaskSheet(
        picture=str(picture.path),
        name=picture.path.relative_to(found.dataset).as_posix(),
        url=raw_url(picture.path),
        width=picture.size[0],
        height=picture.size[1],
        working_width=working[0],
        working_height=working[1],
        transparent=picture.transparent,
        place=str(there or found.place),
        modified=modified(found.place),
        remarks=[Notice(code=one.code, text=one.text) for one in (remarks(there, picture.size) if there else ())],
        former=[FormerMask(version=one.version, replaced=one.replaced) for one in former_masks(found.place)],
        folder=_told(studio, found.masks),
        pictures=len(pictures),
        masked=finder.count(mask_place(path, found.dataset, found.masks) for path in pictures),
        before=str(pictures[index - 1]) if index > 0 else None,
        after=None if after is None else str(after),
        models=models_in(models_dir),
        models_dir=_told(studio, models_dir),
    )


def layer(studio: Studio, query: LayerQuery) -> bytes:
    """Return something to paint on, a grey PNG of the working size: the mask, transparency, or a former version.

    Raises:
        MikazukiError: `mask-not-found` where there is no such thing, `corrupt-pictures`.
    """
    found = _found(studio, query)
    return small_png(_layer(found, query.kind), working_size(found.picture.size))


def guessed(studio: Studio, asked: MaskGuess) -> bytes:
    """Return what a model says, as `layer` does; raises what it failed of."""
    found = _found(studio, asked)
    if "/" in asked.model or "\\" in asked.model:
        raise MikazukiError("model-not-found", f"{asked.model} is no model's name.", "Choose one from the list.")
    shape = asked.model_dump(include={"threshold", "grow", "soften", "invert"})
    with _ONE_AT_A_TIME:
        mask = guess(found.picture.path, _models_dir(studio), asked.model, shape)
    return small_png(mask, working_size(found.picture.size))


def save(studio: Studio, query: SeenMask, data: bytes) -> MaskSheet:
    """Write a painted mask in its picture's size; the one that was there stays as a former version.

    Raises:
        MikazukiError: `mask-changed`, `mask-wrong`, `mask-size`, `disk-full`, `not-writable`.
    """
    found = _found(studio, query)
    mask = painted_mask(data, found.picture.size)
    check_unchanged(found.place, query.seen)
    write_mask(found.place, mask)
    return sheet(studio, query)


def remove(studio: Studio, query: SeenMask) -> MaskSheet:
    """Take a mask away; it stays as a former version. Raises as `save` does."""
    found = _found(studio, query)
    check_unchanged(found.place, query.seen)
    remove_mask(found.place)
    return sheet(studio, query)


def too_large() -> MikazukiError:
    """Say that a painted mask has too many bytes."""
    text = f"The painted mask has more than {MOST_BYTES // 1_000_000} MB."
    return MikazukiError("mask-wrong", text, "Send a PNG, not larger than the page paints.")


def _found(studio: Studio, query: MaskQuery) -> _Place:
    """Find a picture below a data set, and where its mask lies; both must be below the allowed folders."""
    dataset, path = studio.allowed(query.dataset), studio.allowed(query.picture)
    inside = path.is_relative_to(dataset) and path != dataset
    if not inside or path.suffix.lower() not in PICTURE_SUFFIXES or not path.is_file():
        raise MikazukiError("picture-not-found", f"There is no picture {path} in {dataset}.", "Look at the list again.")
    picture = probe(path)
    if isinstance(picture, BadPicture):
        raise corrupt_error([picture])
    masks = studio.allowed(masks_folder(dataset))
    place = mask_place(path, dataset, masks)
    for written in (place, *MaskFinder().all(place)):
        studio.allowed(written)
    return _Place(dataset, picture, masks, place)


def _layer(found: _Place, kind: str) -> Mask:
    if kind == ALPHA:
        alpha = mask_in_alpha(found.picture.path)
        if alpha is None:
            hint = "Paint the mask, or let a model make it."
            raise MikazukiError("mask-not-found", f"{found.picture.path.name} has no transparency.", hint)
        return alpha
    if kind != MASK:
        return read_mask(former_mask(found.place, kind))
    there = MaskFinder().one(found.place)
    if there is None:
        raise MikazukiError("mask-not-found", f"There is no mask {found.place}.", "Look at the picture again.")
    return read_mask(there)


def _models_dir(studio: Studio) -> Path:
    return studio.paths.root / str(MaskSettings.model_fields["models_dir"].default)


def _told(studio: Studio, path: Path) -> str:
    """Return a path as it is written into settings: from the project's folder where it lies in it."""
    root = studio.paths.root.resolve()
    found = path.resolve()
    return found.relative_to(root).as_posix() if found.is_relative_to(root) else str(found)
