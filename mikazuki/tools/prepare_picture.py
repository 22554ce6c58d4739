"""Makes one prepared picture out of a file: cut, freed of its background, resized; and its mask, cut the same way."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops

from mikazuki.data.buckets import Crop, Size
from mikazuki.data.crop_boxes import CropBox
from mikazuki.data.decoding import MOST_PIXELS, decode
from mikazuki.data.load import resize
from mikazuki.data.masks import mask_in_file
from mikazuki.errors import MikazukiError
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.tools.prepare_crop import Place, smart_crop

Matting = Callable[[Image.Image], Image.Image]
"""Gives an RGB picture's subject as a mask of one channel and the same size."""
Upscaling = Callable[[Image.Image], Image.Image]
"""Enlarges an RGB picture by a factor of its own."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What a whole run works with: its settings, the rule of sizes, and models where there are any."""

    settings: PrepareSettings
    place: Place
    matting: Matting | None = None
    upscaling: Upscaling | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A prepared picture, its mask where it has one, and notes on what was changed on the way."""

    picture: Image.Image
    mask: Image.Image | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Layers:
    """A picture on its way: colours, how opaque it is, and the mask that came with it; all of one size."""

    colours: Image.Image
    alpha: Image.Image | None
    mask: Image.Image | None

    def each(self, change: Callable[[Image.Image], Image.Image]) -> "_Layers":
        alpha = self.alpha and change(self.alpha)
        return _Layers(change(self.colours), alpha, self.mask and change(self.mask))


def make(file: Path, mask: Path | None, box: CropBox | None, kit: Kit, stem: str | None = None) -> Made:
    """Prepare one picture.

    Args:
        file: The picture's file.
        mask: Its mask's file, of the same size.
        box: What a person wants cut out of it first.
        kit: What the run works with.
        stem: The name that may tell where a face is, where it is not the file's own.

    Raises:
        MikazukiError: `corrupt-pictures`, `mask-size`, `crop-box` or `picture-too-long`: it cannot be prepared.
    """
    decoded = decode(file)
    layers = _layers(decoded.image, mask)
    if box is not None:
        corners = box.corners(layers.colours.size)
        layers = layers.each(lambda layer: layer.crop(corners))
    layers = _trimmed(_matted(layers, kit.matting), trim=kit.settings.trim)
    size, crop = kit.place(layers.colours.size)
    _check_size(file, layers.colours.size, crop)
    if kit.settings.crop == "smart":
        crop = smart_crop(layers.colours, stem or file.stem, crop, size)
    return _finished(_enlarged(layers, crop, kit.upscaling), crop, size, kit.settings, decoded.notes)


def _check_size(file: Path, size: Size, crop: Crop) -> None:
    """Refuse what would become too large on its way: a thin strip that has to cover a size of whole steps."""
    width, height = crop.resized
    if width * height > MOST_PIXELS:
        text = f"{file} is {size[0]}x{size[1]} and would have to be made {width}x{height} before it is cut."
        raise MikazukiError("picture-too-long", text, "Crop it first, or set crop = none.")


def _layers(image: Image.Image, mask: Path | None) -> _Layers:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    weights = None if mask is None else Image.fromarray(mask_in_file(mask, image.size))
    return _Layers(image.convert("RGB"), alpha, weights)


def _matted(layers: _Layers, matting: Matting | None) -> _Layers:
    """Make the background transparent; what was transparent stays so."""
    if matting is None:
        return layers
    subject = matting(layers.colours)
    alpha = subject if layers.alpha is None else ImageChops.multiply(layers.alpha, subject)
    return _Layers(layers.colours, alpha, layers.mask)


def _trimmed(layers: _Layers, *, trim: bool) -> _Layers:
    """Cut off wholly transparent margins; a picture with nothing in it stays as it is."""
    box = layers.alpha.getbbox() if trim and layers.alpha is not None else None
    return layers if box is None else layers.each(lambda layer: layer.crop(box))


def _enlarged(layers: _Layers, crop: Crop, upscaling: Upscaling | None) -> _Layers:
    """Let the model enlarge what is too small; the other layers are enlarged to the size that it gives."""
    width, height = layers.colours.size
    if upscaling is None or (width >= crop.resized[0] and height >= crop.resized[1]):
        return layers
    colours = upscaling(layers.colours)
    others = layers.each(lambda layer: layer.resize(colours.size, Image.Resampling.LANCZOS))
    return _Layers(colours, others.alpha, others.mask)


def _finished(layers: _Layers, crop: Crop, size: Size, settings: PrepareSettings, notes: tuple[str, ...]) -> Made:
    """Lay transparency down as asked, resize and cut."""
    mask = layers.mask
    keep = settings.alpha == "keep" and layers.alpha is not None
    if settings.alpha == "mask" and layers.alpha is not None:
        mask = layers.alpha if mask is None else ImageChops.multiply(mask, layers.alpha)
    picture = layers.colours
    if layers.alpha is not None:
        if keep:
            picture.putalpha(layers.alpha)
        else:
            picture = Image.composite(picture, Image.new("RGB", picture.size, settings.background_color), layers.alpha)
    kind = settings.resize_interpolation
    return Made(_cut(picture, crop, size, kind), None if mask is None else _cut(mask, crop, size, kind), notes)


def _cut(layer: Image.Image, crop: Crop, size: Size, interpolation: str | None) -> Image.Image:
    """Resize a layer by the trainer's own code and cut it; colours behind transparency do not bleed into the rest."""
    if layer.mode == "RGBA":
        bands = [_cut(band, crop, size, interpolation) for band in layer.convert("RGBa").split()]
        return Image.merge("RGBa", bands).convert("RGBA")
    resized = resize(np.asarray(layer, dtype=np.uint8), crop.resized, interpolation)
    part = resized[crop.top : crop.top + size[1], crop.left : crop.left + size[0]]
    return Image.fromarray(np.ascontiguousarray(part))
