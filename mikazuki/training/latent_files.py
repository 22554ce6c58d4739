"""Keeps encoded pictures in .npz files beside them, under upstream's names, with all that a use of them needs."""

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from mikazuki.data.buckets import Size
from mikazuki.data.entries import Entry
from mikazuki.data.load import Pixels
from mikazuki.files import replacing
from mikazuki.models.families import FamilyName
from mikazuki.settings.datasets import SubsetOptions
from mikazuki.training.latents import Encoded, Key
from mikazuki.training.noise import generator_at

Arrays = dict[str, NDArray[Any]]

FORMAT: Final = 1
"""Version of what `identity` and the arrays mean."""
PREFIX: Final = "mikazuki"
"""Begins the names of arrays that upstream does not know; upstream keeps them when it writes into a file."""
_PARTS: Final = ("mean", "deviation", "sizes")
DAMAGED: Final = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
"""What reading a file raises that is none of ours, or only a part of one."""


def latent_path(entry: Entry, family: FamilyName) -> Path:
    """Name the file of a picture's latents: ``<stem>_WWWWxHHHH_sd.npz``, of the picture's own size; SDXL ``_sdxl``."""
    width, height = entry.size
    ending = "sdxl" if family == "sdxl" else "sd"
    return entry.picture.with_name(f"{entry.picture.stem}_{width:04d}x{height:04d}_{ending}.npz")


def upstream_crop(bucket: Size, size: Size) -> tuple[float, float, float, float]:
    """Return the corners (left, top, right, bottom) that upstream notes for SDXL: the picture fitted into its bucket.

    Source: sd-scripts ``BucketManager.get_crop_ltrb``. For upstream alone: what is trained on here is `Encoded.sizes`.
    """
    aspect = size[0] / size[1]
    if bucket[0] / bucket[1] > aspect:
        width, height = bucket[1] * aspect, float(bucket[1])
    else:
        width, height = float(bucket[0]), bucket[0] / aspect
    left, top = (bucket[0] - width) // 2, (bucket[1] - height) // 2
    return left, top, left + width, top + height


def stamp(path: Path | None) -> list[int] | None:
    """Return a file's size in bytes and time of change (ns), which tell whether it is still the same."""
    if path is None:
        return None
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def read_arrays(path: Path) -> Arrays:
    """Return what a .npz file holds; nothing where there is none, or none that can be read. Runs nothing in it."""
    try:
        # opened here, since numpy leaves a damaged file open
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except DAMAGED:
        return {}


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write a .npz file in one piece; raises MikazukiError where the folder refuses it."""
    with replacing(path) as part, part.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]  # any name but these options' own is an array's


class LatentFiles:
    """Reads and writes the files of one VAE's latents; a file that does not hold any more counts as missing.

    A file has upstream's arrays, so that upstream can use it as well, and ours: mean and deviation of the posterior,
    for fresh noise at every use, and what they were made of. A file that upstream wrote is completed.
    """

    def __init__(
        self, vae: str, family: FamilyName, subsets: Sequence[SubsetOptions], *, skip_check: bool = False
    ) -> None:
        """Keep latents of the VAE of this identity (`sources.vae_identity`); ``skip_check`` trusts what is there."""
        self._vae = vae
        self._family = family
        self._subsets = subsets
        self._skip_check = skip_check

    def identity(self, entry: Entry, key: Key) -> str:
        """Return a name for all that latents are made of: VAE, picture, mask, and how both are cut."""
        options = self._subsets[entry.subset]
        facts = {
            "format": FORMAT,
            "vae": self._vae,
            "picture": stamp(entry.picture),
            "mask": stamp(entry.mask),
            "alpha_mask": options.alpha_mask,
            "resize_interpolation": options.resize_interpolation,
            "bucket": entry.bucket,
            "resized": entry.crop.resized,
            "corner": None if key.way == "cover" else [entry.crop.left, entry.crop.top],
            "flip": key.flip,
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    def read(self, entry: Entry, key: Key) -> Encoded | None:
        """Return what was kept of a picture, None where there is nothing that still holds."""
        path = latent_path(entry, self._family)
        names = _names(key)
        masked = self._masked(entry)
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                if not self._skip_check and str(file[names["identity"]]) != self.identity(entry, key):
                    return None
                mask = torch.from_numpy(file[names["mask"]]) if masked else None
                mean, deviation, sizes = (torch.from_numpy(file[names[part]]) for part in _PARTS)
        except DAMAGED:
            return None
        return Encoded(mean, deviation, sizes, None if mask is None or mask.numel() == 0 else mask)

    def write(self, entry: Entry, found: dict[Key, tuple[Encoded, Pixels]]) -> None:
        """Add what was encoded of one picture to its file; what else is in it stays."""
        path = latent_path(entry, self._family)
        arrays = read_arrays(path)
        for key, (encoded, pixels) in found.items():
            names = _names(key)
            arrays[names["identity"]] = np.array(self.identity(entry, key))
            for part in _PARTS:
                arrays[names[part]] = getattr(encoded, part).numpy()
            if self._masked(entry):
                # an empty one says that it was looked for, and that everything counts
                arrays[names["mask"]] = np.zeros(0, np.float32) if encoded.mask is None else encoded.mask.numpy()
            if key.way == "bucket":
                arrays |= _upstream_arrays(entry, key, encoded)
                # upstream weighs by whatever transparency it finds here, asked for or not
                arrays.pop("alpha_mask", None)
                if self._subsets[entry.subset].alpha_mask and entry.mask is None:
                    arrays["alpha_mask"] = _upright(pixels, flip=key.flip)
        write_arrays(path, arrays)

    def _masked(self, entry: Entry) -> bool:
        """Tell whether a mask is looked for."""
        return self._subsets[entry.subset].alpha_mask or entry.mask is not None


def _names(key: Key) -> dict[str, str]:
    """Name the arrays of one encoded picture."""
    width, height = key.bucket
    ending = f"{width}x{height}" + ("_cover" if key.way == "cover" else "") + ("_flipped" if key.flip else "")
    return {part: f"{PREFIX}_{part}_{ending}" for part in ("identity", *_PARTS, "mask")}


def _upstream_arrays(entry: Entry, key: Key, encoded: Encoded) -> Arrays:
    """Return what upstream looks for: one latent drawn from the posterior, unscaled, and the sizes."""
    latent: NDArray[Any] = encoded.sample(generator_at("latent file", entry.picture.name, str(key.flip))).numpy()
    if key.flip:
        return {"latents_flipped": latent}
    return {
        "latents": latent,
        "original_size": np.array(entry.size),
        "crop_ltrb": np.array(upstream_crop(entry.bucket, entry.size)),
    }


def _upright(pixels: Pixels, *, flip: bool) -> NDArray[Any]:
    """Return the mask as it lies in the picture, in the bucket's size; all ones where everything counts."""
    if pixels.mask is None:
        return np.ones(pixels.rgb.shape[:2], dtype=np.float32)
    return pixels.mask[:, ::-1] if flip else pixels.mask
