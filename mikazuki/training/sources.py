"""What the parts of a base model are, told from their files without loading them: fingerprints and the VAE's scale."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from mikazuki.models.families import VAE_PREFIX, family_of
from mikazuki.models.headers import looks_like_safetensors, read_header
from mikazuki.models.identify import ModelInfo, file_shapes, part_files, read_json
from mikazuki.settings.train import TrainSettings

SAMPLE_BYTES: Final = 4096
"""Bytes that are read of each tensor."""
SAMPLES: Final = 256
"""Places that are read of a file whose tensors' places are not told."""


def fingerprint(files: Sequence[Path], prefixes: Iterable[str] = ("",)) -> str:
    """Return a name of 64 characters for the weights whose names begin with one of the ``prefixes``.

    Every tensor's name, type, shape and first bytes count: whatever trains a model changes these in nearly all of
    them. So copying or renaming a file keeps its fingerprint, and it is known in milliseconds. A torch checkpoint,
    whose tensors' places are not told, counts as a whole: its size and samples all over it.
    """
    digest = hashlib.sha256()
    wanted = tuple(prefixes)
    for path in files:
        if looks_like_safetensors(path):
            _add_tensors(digest, path, wanted)
        else:
            _add_samples(digest, path)
    return digest.hexdigest()


def _add_tensors(digest: "hashlib._Hash", path: Path, prefixes: tuple[str, ...]) -> None:
    tensors = read_header(path).tensors
    with path.open("rb") as file:
        for name in sorted(name for name in tensors if name.startswith(prefixes)):
            tensor = tensors[name]
            file.seek(tensor.start)
            digest.update(f"{name} {tensor.dtype} {tensor.shape} ".encode())
            digest.update(file.read(min(SAMPLE_BYTES, tensor.end - tensor.start)))


def _add_samples(digest: "hashlib._Hash", path: Path) -> None:
    size = path.stat().st_size
    digest.update(f"{size} ".encode())
    with path.open("rb") as file:
        for number in range(SAMPLES):
            file.seek(size * number // SAMPLES)
            digest.update(file.read(SAMPLE_BYTES))


def vae_identity(info: ModelInfo, vae: Path | str | None = None) -> str:
    """Return the fingerprint of the VAE: the base model's own, or the one set as ``vae``."""
    path = Path(vae) if vae else info.path
    if path.is_dir():
        return fingerprint(part_files(_vae_folder(path)))
    shapes = file_shapes(path) if vae else info.shapes
    prefix = VAE_PREFIX if any(name.startswith(VAE_PREFIX) for name in shapes) else ""
    return fingerprint([path], [prefix])


def vae_scale(info: ModelInfo, vae: Path | str | None = None) -> float:
    """Return what the VAE's latents are multiplied by, as loading it would tell: its folder's word, or the family's."""
    path = Path(vae) if vae else info.path
    family = family_of(info.family)
    if path.is_dir():
        # diffusers' own default where the folder is silent
        return float(read_json(_vae_folder(path) / "config.json").get("scaling_factor", 0.18215))
    return family.vae_scale


def text_identity(info: ModelInfo, settings: TrainSettings, dtype: str) -> str:
    """Return a name for all that turns a caption into numbers: encoders, tokenizers, options and number format."""
    specs = family_of(info.family).text_encoders
    if info.layout == "diffusers":
        weights = [fingerprint(part_files(info.path / spec.folder)) for spec in specs]
    else:
        weights = [fingerprint([info.path], [spec.prefix for spec in specs])]
    facts = {
        "weights": weights,
        # merged into the encoders before they encode
        "base_weights": [fingerprint([Path(path)]) for path in settings.base_weights],
        "base_weights_multiplier": settings.base_weights_multiplier,
        "tokenizers": settings.tokenizer_cache_dir,
        "clip_skip": settings.clip_skip,
        "max_token_length": settings.max_token_length,
        "weighted_captions": settings.weighted_captions,
        "strict_tokens": settings.strict_tokens,
        "dtype": dtype,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _vae_folder(path: Path) -> Path:
    return path / "vae" if (path / "vae").is_dir() else path
