"""A little change of colour: another hue or another gamma for a third of the showings."""

from dataclasses import dataclass
from random import Random
from typing import Final

from PIL import Image

from mikazuki.data.chance import between

_SHARE: Final = 0.33
_HUES: Final = 255
"""Steps of Pillow's hue in a turn: 255 is red again, as 0 is."""
_MOST_HUE: Final = 16.0
_GAMMAS: Final = (0.95, 1.05)


@dataclass(frozen=True, slots=True)
class ColourShift:
    """A change of colour: `hue` is turned by so many degrees, values (0 to 1) are raised to the power `gamma`."""

    hue: float = 0.0
    gamma: float = 1.0


def draw_shift(rng: Random) -> ColourShift | None:
    """Draw a change of colour: none for 67% of the draws, else as often a hue as a gamma.

    The hue turns by up to 16 degrees either way, gamma is 0.95 to 1.05. Source: color_aug, whose stated ranges these
    are: 8 of OpenCV's 180 steps of hue, gamma 95 to 105 per cent.
    """
    if rng.random() >= _SHARE:
        return None
    if rng.random() < 0.5:
        return ColourShift(hue=between(-_MOST_HUE, _MOST_HUE, rng))
    return ColourShift(gamma=between(*_GAMMAS, rng))


def shifted(image: Image.Image, shift: ColourShift) -> Image.Image:
    """Return an RGB picture with its colours changed.

    Hue has 255 steps a turn (1.4 degrees each), which a pixel's values may miss by a few of their 255.
    """
    if shift.gamma != 1:
        image = image.point([round(255 * (value / 255) ** shift.gamma) for value in range(256)] * 3)
    turn = round(shift.hue * _HUES / 360)
    if not turn:
        return image
    hue, saturation, value = image.convert("HSV").split()
    hue = hue.point([(step + turn) % _HUES for step in range(256)])
    return Image.merge("HSV", (hue, saturation, value)).convert("RGB")
