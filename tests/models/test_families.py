import pytest

from mikazuki.errors import MikazukiError
from mikazuki.models.families import SD1, SD2, SDXL, family_of, norm_groups, text_heads, unet_heads


@pytest.mark.parametrize(("width", "heads"), [(768, 12), (1024, 16), (1280, 20), (64, 4), (16, 4), (24, 4)])
def test_text_heads(width: int, heads: int) -> None:
    assert text_heads(width) == heads


def test_unet_heads() -> None:
    assert unet_heads(SD1, (320, 640, 1280, 1280)) == 8
    assert unet_heads(SD1, (48, 96, 160)) == 8
    assert unet_heads(SD1, (12, 24)) == 4
    assert unet_heads(SD2, (320, 640, 1280, 1280)) == [5, 10, 20, 20]
    assert unet_heads(SDXL, (8, 96)) == [1, 3]


@pytest.mark.parametrize(("channels", "groups"), [((320, 640, 1280), 32), ((48, 96, 160), 16), ((24, 48, 96), 8)])
def test_norm_groups(channels: tuple[int, ...], groups: int) -> None:
    assert norm_groups(channels) == groups


def test_an_unknown_family_is_an_error() -> None:
    assert family_of("sd2") is SD2
    with pytest.raises(MikazukiError, match="sd1, sd2, sdxl"):
        family_of("sd9")
