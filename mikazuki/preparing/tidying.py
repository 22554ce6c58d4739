"""Puts pictures, data sets and models into the bin together with the files that belong to them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from mikazuki.bin import Bin, Kind
from mikazuki.data.collection import alone, with_captions
from mikazuki.data.folders import PICTURE_SUFFIXES
from mikazuki.data.mask_places import MaskFinder, mask_places
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import MODEL_ENDINGS
from mikazuki.models.library import files_beside


def bin_picture(bin_: Bin, picture: Path, roots: Sequence[Path]) -> list[str]:
    """Put a picture, its captions and its masks into the bin and return the ids by which they come back.

    Captions and masks that another picture of the same name shares stay. ``roots`` are the folders that data sets lie
    in.

    Raises:
        MikazukiError: ``picture-not-found`` where there is no such picture, and what the bin raises.
    """
    if picture.suffix.lower() not in PICTURE_SUFFIXES or not picture.is_file():
        raise MikazukiError("picture-not-found", f"There is no picture {picture}.", "Look at the folder again.")
    finder = MaskFinder()
    masks = [mask for place in mask_places(picture, roots) for mask in finder.all(place)] if alone(picture) else []
    return _all_or_none(bin_, [*with_captions(picture), *masks], "picture")


def bin_data_set(bin_: Bin, folder: Path, roots: Sequence[Path]) -> list[str]:
    """Put a data set, or one folder of it, into the bin with its masks; ``roots`` are what data sets lie in.

    Raises:
        MikazukiError: ``dataset-not-found`` for anything else than such a folder, and what the bin raises.
    """
    above = {root.resolve() for root in roots}
    place = folder.resolve()
    if not folder.is_dir() or place in above or above.isdisjoint({place.parent, place.parent.parent}):
        raise MikazukiError(
            "dataset-not-found",
            f"{folder} is neither a data set nor a folder of one.",
            "Choose a folder below train, or below a folder given as a data root.",
        )
    masks = [found for found in mask_places(folder, roots) if found.is_dir()]
    return _all_or_none(bin_, [folder, *masks], "dataset")


def bin_model(bin_: Bin, model: Path) -> list[str]:
    """Put a model into the bin, its preview and descriptions with it, and return the ids.

    Raises:
        MikazukiError: ``model-not-found`` where there is none, and what the bin raises.
    """
    is_folder = (model / "model_index.json").is_file()
    if not is_folder and not (model.suffix.lower() in MODEL_ENDINGS and model.is_file()):
        raise MikazukiError("model-not-found", f"There is no model at {model}.", "Look at the list again.")
    return _all_or_none(bin_, [model, *files_beside(model)], "model")


def _all_or_none(bin_: Bin, paths: Iterable[Path], kind: Kind) -> list[str]:
    """Put files into the bin; where one cannot go, those before come back."""
    ids: list[str] = []
    try:
        for path in paths:
            ids.append(bin_.put(path, kind, path.name))  # noqa: PERF401 - what was put must be known after a failure
    except MikazukiError:
        for one in reversed(ids):
            bin_.restore(one)
        raise
    return ids
