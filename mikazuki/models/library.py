"""Finds base models and adapters below folders and says what each is, from headers alone, remembered between calls."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final, Literal

from mikazuki.errors import MikazukiError
from mikazuki.files import size_of
from mikazuki.models.classify import hypernetwork_widths, is_lora, kind_of
from mikazuki.models.identify import MODEL_ENDINGS, file_shapes, identify
from mikazuki.models.metadata import read_metadata
from mikazuki.models.recipe import family_of_metadata
from mikazuki.settings.identity import FACTS

ModelKind = Literal["base", "lora", "lycoris", "embedding", "hypernetwork", "vae", "unknown"]
PREVIEW_ENDINGS: Final = (".preview.png", ".preview.jpg", ".preview.webp", ".png", ".jpg", ".jpeg", ".webp")
"""How UIs name the picture beside a model, the most telling name first."""
SIDE_ENDINGS: Final = (*PREVIEW_ENDINGS, ".json", ".txt", ".civitai.info", ".cm-info.json", ".metadata.json", ".yaml")
"""Files of a model's name that say something about it, and go where it goes."""
MAX_DEPTH: Final = 8
_STATE_FILES: Final = (FACTS, "optimizer.bin", "scheduler.bin", "random_states_0.pkl")
"""A folder with one of these is the saved state of a training, no model."""
_KINDS_OF_ERRORS: Final[Mapping[str, ModelKind]] = {"is-a-vae": "vae", "is-an-embedding": "embedding"}
_PLAIN_LORAS: Final = frozenset({"lora", "dora"})
_WIDTHS: Final = {768: "sd1", 1024: "sd2", 2048: "sdxl"}
"""Length of a text vector that a cross-attention of the family takes."""


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A model on disk; `problem` says why it cannot be read, and is empty for one that can.

    `layout` is `single` or `diffusers` for base models, the kind of most modules (`lora`, `loha`...) for adapters.
    """

    path: Path
    kind: ModelKind
    bytes: int
    modified: float
    family: str = ""
    rank: int | None = None
    layout: str = ""
    problem: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """Its name without the ending."""
        return stem_of(self.path)


class Library:
    """Remembers what was read off each file until its size or time changes; may be asked from several threads."""

    def __init__(self) -> None:
        """Begin knowing nothing."""
        self._known: dict[Path, tuple[tuple[int, int], FoundModel]] = {}
        self._lock = Lock()

    def models(self, roots: Iterable[Path]) -> list[FoundModel]:
        """Return every model below the folders, each once, by path."""
        found = {path: self.model(path) for path in dict.fromkeys(find_models(roots))}
        with self._lock:
            self._known = {path: known for path, known in self._known.items() if path.exists()}
        return [found[path] for path in sorted(found, key=lambda path: str(path).casefold())]

    def model(self, path: Path) -> FoundModel:
        """Return what lies at ``path``; raises MikazukiError (``model-not-found``) where nothing does."""
        try:
            stamp = path.stat()
        except OSError as error:
            hint = "Look at the list again: it may have been moved or deleted."
            raise MikazukiError("model-not-found", f"There is no model at {path}.", hint) from error
        key = (stamp.st_mtime_ns, stamp.st_size)
        with self._lock:
            known = self._known.get(path)
        if known and known[0] == key:
            return known[1]
        found = read_model(path)
        with self._lock:
            self._known[path] = (key, found)
        return found


def find_models(roots: Iterable[Path]) -> Iterator[Path]:
    """Walk folders for model files and diffusers folders; hidden folders, saved states and deep ones are left out."""
    for root in roots:
        if root.is_dir():
            yield from _walk(root, MAX_DEPTH)


def read_model(path: Path) -> FoundModel:
    """Say what a model is, from its header; a file that cannot be read is told with its ``problem``."""
    stamp = path.stat()
    try:
        shapes = file_shapes(path) if path.is_file() else {}
        if is_lora(shapes):
            return _adapter(path, shapes, stamp)
        if widths := hypernetwork_widths(shapes):
            return _hypernetwork(path, widths, stamp)
        info = identify(path)
    except MikazukiError as error:
        kind = _KINDS_OF_ERRORS.get(error.code, "unknown")
        problem = "" if kind != "unknown" else error.message
        metadata = {} if problem else read_metadata(path)
        return FoundModel(path, kind, size_of(path), stamp.st_mtime, problem=problem, metadata=metadata)
    except OSError as error:
        problem = f"{path} cannot be read: {error.strerror or error}."
        return FoundModel(path, "unknown", stamp.st_size, stamp.st_mtime, problem=problem)
    metadata = info.metadata
    return FoundModel(path, "base", info.bytes, stamp.st_mtime, info.family, None, info.layout, metadata=metadata)


def preview_beside(path: Path) -> Path | None:
    """Return the picture that lies beside a model under its name."""
    stem = stem_of(path)
    beside = (path.with_name(stem + ending) for ending in PREVIEW_ENDINGS)
    return next((picture for picture in beside if picture.is_file()), None)


def files_beside(path: Path) -> list[Path]:
    """Return the files that belong to a model by their name: previews and descriptions."""
    stem = stem_of(path)
    return [other for ending in SIDE_ENDINGS if (other := path.with_name(stem + ending)).is_file() and other != path]


def stem_of(path: Path) -> str:
    """Return a model's name without its ending; folders have none."""
    return path.stem if path.suffix.lower() in MODEL_ENDINGS else path.name


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            inside = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda one: one.name)
    except OSError:
        return
    names = {entry.name for entry in inside}
    if "model_index.json" in names:
        yield folder
        return
    if not names.isdisjoint(_STATE_FILES):
        return
    for entry in inside:
        if entry.is_dir(follow_symlinks=False):
            if depth:
                yield from _walk(folder / entry.name, depth - 1)
        elif entry.name.lower().endswith(MODEL_ENDINGS):
            yield folder / entry.name


def _adapter(path: Path, shapes: Mapping[str, tuple[int, ...]], stamp: os.stat_result) -> FoundModel:
    metadata, layout = read_metadata(path), kind_of(shapes)
    return FoundModel(
        path,
        "lora" if layout in _PLAIN_LORAS else "lycoris",
        stamp.st_size,
        stamp.st_mtime,
        family_of_metadata(metadata) or _family_of_shapes(shapes),
        _rank(shapes, metadata),
        layout,
        metadata=metadata,
    )


def _hypernetwork(path: Path, widths: tuple[int, ...], stamp: os.stat_result) -> FoundModel:
    """Tell the family by the length of the text vectors, which no other attention of a UNet has as its width."""
    family = next((_WIDTHS[width] for width in widths if width in _WIDTHS), "")
    return FoundModel(path, "hypernetwork", stamp.st_size, stamp.st_mtime, family, metadata=read_metadata(path))


def _rank(shapes: Mapping[str, tuple[int, ...]], metadata: Mapping[str, str]) -> int | None:
    """Return the rank of most modules; where the tensors do not tell, what the metadata says."""
    downs = Counter(shape[0] for name, shape in shapes.items() if name.endswith(("lora_down.weight", "lora_A.weight")))
    if downs:
        return downs.most_common(1)[0][0]
    told = metadata.get("ss_network_dim", "")
    return int(told) if told.isdecimal() else None


def _family_of_shapes(shapes: Mapping[str, tuple[int, ...]]) -> str:
    """Tell the family by SDXL's second text encoder, or by the length of the text vectors; empty where neither does."""
    if any(name.startswith("lora_te2_") for name in shapes):
        return "sdxl"
    for name, shape in shapes.items():
        if "attn2_to_k" in name and name.endswith("lora_down.weight") and len(shape) > 1:
            return _WIDTHS.get(shape[1], "")
    return ""
