"""Finds the models that make masks: files in a folder that people put them into by hand."""

from pathlib import Path
from typing import Final

from mikazuki.data.folders import listed
from mikazuki.errors import MikazukiError

MODEL_SUFFIX: Final = ".onnx"


def models_in(folder: Path) -> list[str]:
    """Return the names of the models that lie in a folder, as `find_model` takes them."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.glob(f"*{MODEL_SUFFIX}") if not path.name.startswith(".") and path.is_file()]
    return sorted((path.stem for path in found), key=str.casefold)


def find_model(model: str, folder: Path) -> Path:
    """Return the file of a model.

    Args:
        model: Its path, or its name in ``folder`` with or without the ending.
        folder: Where models lie.

    Raises:
        MikazukiError: `model-not-found`, saying which file goes where.
    """
    named = folder / (model if model.endswith(MODEL_SUFFIX) else model + MODEL_SUFFIX)
    for path in (Path(model), named):
        if path.suffix == MODEL_SUFFIX and path.is_file():
            return path
    there = models_in(folder)
    raise MikazukiError(
        "model-not-found",
        f"The model {model} (model) is no ONNX file, and there is no {named}."
        + (f" Models in that folder: {listed(there)}." if there else ""),
        f"Put a U2-Net, IS-Net or BiRefNet model as one {MODEL_SUFFIX} file into {folder}, and give its name.",
    )
