"""Turns training pictures into latents: encoded once and kept, or at every step."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate

from mikazuki.data.buckets import Size, floored
from mikazuki.data.draw import Showing, corner_in_cover
from mikazuki.data.entries import Entry
from mikazuki.data.folders import Notice
from mikazuki.data.load import Pixels, covering_pixels, training_pixels
from mikazuki.data.plan import Plan
from mikazuki.data.showings import CROP_STEP, Shown, Way, way_at, way_of
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.settings.datasets import SubsetOptions
from mikazuki.text import count


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture's posterior, 4 x h x w each, not yet scaled: every use draws from it anew.

    ``sizes`` is 3 x 2: original (height, width), crop (top, left), target (height, width), as SDXL is told them.
    ``mask`` 1 x h x w, 0 to 1, weighs the loss; None counts everything.
    """

    mean: Tensor
    deviation: Tensor
    sizes: Tensor
    mask: Tensor | None = None

    def sample(self, generator: torch.Generator) -> Tensor:
        """Draw a latent from the posterior (reparameterisation)."""
        return self.mean + self.deviation * torch.randn(self.mean.shape, generator=generator)

    @property
    def bytes(self) -> int:
        """Memory of the tensors: 128 KiB for 512 x 512 pixels, 512 KiB for 1024 x 1024; a mask adds an eighth."""
        return sum(part.nbytes for part in (self.mean, self.deviation, self.sizes, self.mask) if part is not None)

    def cut(self, corner: tuple[int, int], size: tuple[int, int], told: tuple[int, int]) -> "Encoded":
        """Cut out latents: ``corner`` (top, left) and ``size`` (height, width) in latents, ``told`` SDXL's corner."""
        part = (..., slice(corner[0], corner[0] + size[0]), slice(corner[1], corner[1] + size[1]))
        sizes = torch.stack((self.sizes[0], torch.tensor(told), self.sizes[2]))
        return Encoded(self.mean[part], self.deviation[part], sizes, None if self.mask is None else self.mask[part])


@dataclass(frozen=True, slots=True)
class Key:
    """What tells one encoded picture from another."""

    picture: str
    subset: int
    bucket: Size
    way: Way
    flip: bool


class Files(Protocol):
    """Keeps encoded pictures from run to run (`latent_files.LatentFiles`)."""

    def read(self, entry: Entry, key: Key) -> Encoded | None:
        """Return what was kept, None where there is nothing that still holds."""

    def write(self, entry: Entry, found: dict[Key, tuple[Encoded, Pixels]]) -> None:
        """Keep what was encoded of one picture."""


def cache_notices(plan: Plan) -> list[Notice]:
    """Say which pictures are encoded at steps of the training although latents are to be kept."""
    options = [(entry, plan.subsets[entry.subset].options) for entry in plan.entries]
    changing = sum(own.color_aug or way_of(entry, own) == "anew" for entry, own in options)
    if not changing:
        return []
    text = (
        f"{count(changing, 'picture')} of {len(plan.entries)} cannot all be encoded beforehand, since color_aug or "
        "face_crop_aug_range changes them: the VAE stays in memory and encodes them at the step."
    )
    return [Notice("latents-not-cached", text)]


class PictureEncoder:
    """Encodes pictures with the VAE in fp32 and keeps what it encoded if ``keep``.

    Flips are encoded as pictures of their own: a VAE's latents of a mirrored picture are not the mirrored latents.
    """

    def __init__(
        self,
        vae: Callable[[], nn.Module],
        device: torch.device,
        subsets: Sequence[SubsetOptions],
        *,
        keep: bool,
        files: Files | None = None,
    ) -> None:
        """Keep ``vae``, which loads the VAE when it is first needed; ``files`` are asked before it by `fill`."""
        self._load: Callable[[], Any] = vae
        self._vae: Any = None
        self._device = device
        self._subsets = subsets
        self.keeps = keep
        self._files = files if keep else None
        self._kept: dict[Key, Encoded] = {}

    @property
    def bytes(self) -> int:
        """Memory of what is kept."""
        return sum(encoded.bytes for encoded in self._kept.values())

    @torch.no_grad()
    def encode(self, wanted: Sequence[Shown], *, plain: bool = False) -> list[Encoded]:
        """Return (entry, showing) pairs encoded; entries of one call share a bucket.

        ``plain`` pictures are shown without anything random, whatever their subset says.
        """
        keys = [self._key(entry, showing, plain=plain) for entry, showing in wanted]
        missing: dict[Key | int, tuple[Key, Shown]] = {}
        for place, (key, pair) in enumerate(zip(keys, wanted, strict=True)):
            if key not in self._kept:
                # two showings of a picture that changes every time are two pictures
                missing[place if key.way == "anew" else key] = (key, pair)
        fresh = dict(zip(missing, (found for found, _ in self._encode(list(missing.values()))), strict=True))
        if self.keeps:
            self._kept.update({name: found for name, found in fresh.items() if isinstance(name, Key)})
        found = [
            self._kept[key] if key in self._kept else fresh[place if key.way == "anew" else key]
            for place, key in enumerate(keys)
        ]
        return [
            cut_cover(one, *pair) if key.way == "cover" else one
            for key, one, pair in zip(keys, found, wanted, strict=True)
        ]

    def missing(self, entries: Sequence[Entry], *, plain: bool = False) -> list[tuple[Key, Entry]]:
        """Return what `fill` will have to encode, after taking in what files hold; empty: it needs no VAE."""
        left = []
        for key, entry in self._fillable(entries, plain=plain).items():
            known = self._files.read(entry, key) if self._files and key not in self._kept else None
            if known is not None:
                self._kept[key] = known
            elif key not in self._kept:
                left.append((key, entry))
        return left

    def fill(self, entries: Sequence[Entry], *, batch: int, plain: bool = False) -> Iterator[int]:
        """Encode everything beforehand, ``batch`` pictures at a time; yields how many are done, of `fillable`."""
        left = self.missing(entries, plain=plain)
        done = self.fillable(entries, plain=plain) - len(left)
        alike: dict[tuple[Way, Size], list[tuple[Key, Entry]]] = {}
        for key, entry in left:
            size = entry.crop.resized if key.way == "cover" else entry.bucket
            alike.setdefault((key.way, size), []).append((key, entry))
        if done:
            yield done
        for group in alike.values():
            for start in range(0, len(group), batch):
                part = group[start : start + batch]
                self._fill(part)
                done += len(part)
                yield done

    def fillable(self, entries: Sequence[Entry], *, plain: bool = False) -> int:
        """Count what is encoded beforehand: pictures, and mirrored ones."""
        return len(self._fillable(entries, plain=plain))

    def release(self) -> None:
        """Move the VAE off the device, where it was used at all."""
        if self._vae is not None:
            self._vae.to("cpu")

    @torch.no_grad()
    def _fill(self, part: Sequence[tuple[Key, Entry]]) -> None:
        pairs = [(key, (entry, _unchanged(entry, flip=key.flip))) for key, entry in part]
        of_picture: dict[str, tuple[Entry, dict[Key, tuple[Encoded, Pixels]]]] = {}
        for (key, entry), found in zip(part, self._encode(pairs), strict=True):
            self._kept[key] = found[0]
            of_picture.setdefault(key.picture, (entry, {}))[1][key] = found
        if self._files:
            for entry, together in of_picture.values():
                self._files.write(entry, together)

    def _fillable(self, entries: Sequence[Entry], *, plain: bool) -> dict[Key, Entry]:
        found: dict[Key, Entry] = {}
        for entry in entries:
            flips = (False, True) if self._subsets[entry.subset].flip_aug and not plain else (False,)
            for flip in flips:
                key = self._key(entry, _unchanged(entry, flip=flip), plain=plain)
                if key.way != "anew":
                    found.setdefault(key, entry)
        return found

    def _encode(self, wanted: Sequence[tuple[Key, Shown]]) -> list[tuple[Encoded, Pixels]]:
        """Load and encode pictures, those of one size together."""
        loaded = [self._pixels(key, *pair) for key, pair in wanted]
        alike: dict[tuple[int, ...], list[int]] = {}
        for number, one in enumerate(loaded):
            alike.setdefault(one.rgb.shape, []).append(number)
        results: dict[int, tuple[Encoded, Pixels]] = {}
        for numbers in alike.values():
            mean, deviation = self._posterior(np.stack([loaded[number].rgb for number in numbers]))
            for row, number in enumerate(numbers):
                entry = wanted[number][1][0]
                if not bool(torch.isfinite(mean[row]).all() and torch.isfinite(deviation[row]).all()):
                    raise _not_finite(entry)
                results[number] = (_encoded(entry, loaded[number], mean[row], deviation[row]), loaded[number])
        return [results[number] for number in range(len(wanted))]

    def _posterior(self, pictures: np.ndarray[Any, np.dtype[np.uint8]]) -> tuple[Tensor, Tensor]:
        if self._vae is None:
            self._vae = self._load()
        self._vae.to(self._device)
        pixels = torch.from_numpy(pictures)
        scaled = pixels.to(self._device).permute(0, 3, 1, 2).float().div(127.5).sub(1)
        posterior = self._vae.encode(scaled.to(next(self._vae.parameters()).dtype)).latent_dist
        return posterior.mean.float().cpu(), posterior.std.float().cpu()

    def _pixels(self, key: Key, entry: Entry, showing: Showing) -> Pixels:
        options = self._subsets[entry.subset]
        if key.way == "cover":
            return covering_pixels(entry, options, flip=showing.flip)
        return training_pixels(entry, showing, options)

    def _key(self, entry: Entry, showing: Showing, *, plain: bool) -> Key:
        options = self._subsets[entry.subset]
        way = "bucket" if plain else way_at(entry, showing, options, keep=self.keeps)
        return Key(str(entry.picture), entry.subset, entry.bucket, way, showing.flip)


def _unchanged(entry: Entry, *, flip: bool) -> Showing:
    return Showing("", flip, entry.crop)


def cut_cover(encoded: Encoded, entry: Entry, showing: Showing) -> Encoded:
    """Cut a showing out of the latents of the whole picture."""
    pixels = floored(showing.crop.resized[0], CROP_STEP) // encoded.mean.shape[-1]
    corner = corner_in_cover(showing, entry.bucket, step=CROP_STEP)
    top, left = floored(showing.crop.top, CROP_STEP), floored(showing.crop.left, CROP_STEP)
    if showing.flip:
        left = showing.crop.resized[0] - entry.bucket[0] - left
    width, height = entry.bucket
    return encoded.cut((corner[0] // pixels, corner[1] // pixels), (height // pixels, width // pixels), (top, left))


def _encoded(entry: Entry, loaded: Pixels, mean: Tensor, deviation: Tensor) -> Encoded:
    target = (entry.bucket[1], entry.bucket[0])
    mask = None
    if loaded.mask is not None:
        # "area" as sd-scripts shrinks masks: each latent's share of what it stands for
        mask = interpolate(torch.from_numpy(loaded.mask)[None, None], size=mean.shape[-2:], mode="area")[0]
    sizes = torch.tensor((loaded.original, loaded.corner, target))
    return Encoded(mean.clone(), deviation.clone(), sizes, mask)


def _not_finite(entry: Entry) -> MikazukiError:
    return MikazukiError(
        "latents-nan",
        f"The VAE makes no numbers of {entry.picture}: its latents are not finite.",
        "Another VAE (vae) usually helps: some lose their range in 16 bits. If it is this picture alone, save it anew.",
        exit_code=EXIT_FAILED,
    )
