"""The taggers that are known by name, which files each needs, and where they go; loads nothing."""

import json
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

from mikazuki.errors import MikazukiError
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.hubs import Hub

Kind = Literal["wd", "cl", "deepdanbooru", "captioner"]

LABELS: Final[dict[Kind, str]] = {"wd": "selected_tags.csv", "cl": "tag_mapping.json", "deepdanbooru": "tags.txt"}
"""The file by which a tagger's folder is recognised, and which names its tags."""
CONFIG: Final = "config.json"
"""The file by which a captioner's folder is recognised."""
MODEL: Final = "model.onnx"
WEIGHTS: Final = (".safetensors", ".bin")
INDEX: Final = ".safetensors.index.json"
"""What ends the name of the file that says which weights lie in which file."""
PATTERNS: Final = (MODEL, *LABELS.values(), "*.json", "*.safetensors", "*.txt", "*.jinja", "*.model")
"""What is fetched of a repository that is not known by name."""


@dataclass(frozen=True, slots=True)
class Known:
    """A tagger at a hub: its repository, kind, and files as they are named there."""

    repository: str
    kind: Kind
    files: tuple[str, ...]


def _wd(name: str) -> Known:
    return Known(f"SmilingWolf/{name}", "wd", (MODEL, LABELS["wd"]))


def _cl(version: str) -> Known:
    return Known("cella110n/cl_tagger", "cl", (f"{version}/{MODEL}", f"{version}/{LABELS['cl']}"))


KNOWN: Final[dict[str, Known]] = {
    **{
        name: _wd(name)
        for name in (
            "wd-vit-tagger-v3",
            "wd-convnext-tagger-v3",
            "wd-swinv2-tagger-v3",
            "wd-vit-large-tagger-v3",
            "wd-eva02-large-tagger-v3",
            "wd-v1-4-vit-tagger-v2",
            "wd-v1-4-convnext-tagger-v2",
            "wd-v1-4-convnextv2-tagger-v2",
            "wd-v1-4-swinv2-tagger-v2",
            "wd-v1-4-moat-tagger-v2",
        )
    },
    "cl_tagger_1_01": _cl("cl_tagger_1_01"),
}
SHORT_NAMES: Final = {
    "wd-vit-v3": "wd-vit-tagger-v3",
    "wd-convnext-v3": "wd-convnext-tagger-v3",
    "wd-swinv2-v3": "wd-swinv2-tagger-v3",
    "wd14-vit-v2": "wd-v1-4-vit-tagger-v2",
    "wd14-convnext-v2": "wd-v1-4-convnext-tagger-v2",
    "wd14-convnextv2-v2": "wd-v1-4-convnextv2-tagger-v2",
    "wd14-swinv2-v2": "wd-v1-4-swinv2-tagger-v2",
    "wd14-moat-v2": "wd-v1-4-moat-tagger-v2",
}
"""Names by which lora-scripts calls the same models."""


@dataclass(frozen=True, slots=True)
class Source:
    """A model that is asked for: its name, where it lies or will lie, and where it can be fetched from.

    `known` is set for those of `KNOWN`, `repository` for any other one at the hub; neither for a person's own folder.
    """

    name: str
    folder: Path
    known: Known | None = None
    repository: str | None = None


def source_of(model: str, models_dir: Path) -> Source:
    """Find out what a model's name means: a folder, a known tagger, or a repository `owner/name`.

    Raises:
        MikazukiError: ``tagger-unknown`` with the nearest name.
    """
    name = SHORT_NAMES.get(model, model)
    if name in KNOWN:
        return Source(name, models_dir / name, KNOWN[name])
    if name.startswith("SmilingWolf/") and name.partition("/")[2] in KNOWN:
        return source_of(name.partition("/")[2], models_dir)
    for folder in (Path(model), models_dir / model):
        if folder.is_dir():
            return Source(folder.resolve().name, folder)
    owner, slash, own = model.partition("/")
    if slash and owner and own.strip(".") and "/" not in own and not owner.startswith((".", "~")) and "\\" not in model:
        return Source(own, models_dir / own, repository=model)
    near = get_close_matches(model, [*KNOWN, *SHORT_NAMES], n=1)
    raise MikazukiError(
        "tagger-unknown",
        f"model = {model!r} is neither a known tagger nor a folder.",
        f"Did you mean {near[0]}?" if near else "python -m mikazuki tag --list names the known ones.",
    )


def wanted_source(settings: TagSettings) -> Source:
    """Return the model that settings ask for; raises as `source_of` does."""
    return source_of(settings.model, Path(settings.models_dir))


def kind_of(folder: Path) -> Kind | None:
    """Recognise a model by the files of its folder; None where it is incomplete or of no known kind."""
    if onnx_file(folder) is not None:
        return next((kind for kind, file in LABELS.items() if (folder / file).is_file()), None)
    return "captioner" if (folder / CONFIG).is_file() and _has_weights(folder) else None


def _has_weights(folder: Path) -> bool:
    """Say whether a captioner's weights are there, all files of them where they are split."""
    names = {path.name for path in _files(folder)}
    indexes = [folder / name for name in sorted(names) if name.endswith(INDEX)]
    if not indexes:
        return any(name.endswith(WEIGHTS) for name in names)
    try:
        return set(json.loads(indexes[0].read_text(encoding="utf-8"))["weight_map"].values()) <= names
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def onnx_file(folder: Path) -> Path | None:
    """Return the model's file: `model.onnx`, else the first one in the order of names; None without any."""
    found = sorted((path for path in _files(folder) if path.suffix == ".onnx"), key=lambda path: path.name != MODEL)
    return found[0] if found else None


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def incomplete(source: Source) -> MikazukiError:
    """Say which files a model's folder lacks, and how to get them by hand."""
    return MikazukiError(
        "tagger-incomplete",
        f"The folder {source.folder} holds no model that is known: {MODEL} beside one of "
        f"{', '.join(LABELS.values())}, or a captioner's {CONFIG} and weights.",
        f"python -m mikazuki tag --where {source.name} says which files go where; or set download.",
    )


def where(source: Source, hub: Hub) -> list[tuple[str, Path]]:
    """Return each missing file's address at the hub and where it goes; of an unknown repository its page alone.

    Of a model that the hub does not have there is none.
    """
    if source.known is None:
        return [(hub.page(source.repository), source.folder)] if source.repository else []
    if source.known.repository in hub.lacks:
        return []
    return [
        (hub.address(hub.repository(source.known.repository), file), source.folder / Path(file).name)
        for file in source.known.files
        if not (source.folder / Path(file).name).is_file()
    ]
