"""From a model's name to the loaded model; imports what its kind needs, and no more."""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from mikazuki.errors import MikazukiError
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.download import Tell, fetch
from mikazuki.tagging.known import Kind, Source, incomplete, kind_of
from mikazuki.tagging.reader import Reader

ONNX_MISSING: Final = "python -m mikazuki tag needs onnxruntime for this model, and it is not installed."
INSTALL: Final = "bash install.sh --with tagging (Windows: install.ps1 --with tagging) installs it."


def open_model(source: Source, settings: TagSettings, tell: Tell) -> Reader:
    """Load a model, fetched first where it is not there and that is allowed; ``tell`` is told what is fetched.

    Raises:
        MikazukiError: ``tagger-incomplete``, and what the kind's own loading raises.
    """
    return load_model(source.folder, present_kind(source, settings, tell), settings)


def present_kind(source: Source, settings: TagSettings, tell: Tell) -> Kind:
    """Return a model's kind, once its folder is complete; raises as `open_model` does."""
    kind = kind_of(source.folder)
    if kind is None and settings.download and (source.known or source.repository):
        fetch(source, settings.download_from, tell)
        kind = kind_of(source.folder)
    if kind is None:
        raise incomplete(source)
    return kind


def load_model(folder: Path, kind: Kind, settings: TagSettings) -> Reader:
    """Load the model of a folder; raises MikazukiError, ``package-missing`` among others."""
    if kind == "captioner":
        from mikazuki.tagging.captioners import Captioner

        return Captioner(folder, settings)
    if find_spec("onnxruntime") is None:
        raise MikazukiError("package-missing", ONNX_MISSING, INSTALL)
    from mikazuki.tagging.onnx_tagger import OnnxTagger

    return OnnxTagger(folder, kind, settings)
