"""The sheet of samples: every picture in its column and row, small ones enlarged by whole factors."""

from PIL import Image

from mikazuki.training.grid import make_grid


def test_pictures_stand_in_their_places() -> None:
    red, blue = Image.new("RGB", (64, 64), (255, 0, 0)), Image.new("RGB", (64, 64), (0, 0, 255))
    sheet = make_grid([("base", [red, blue]), ("step 9", [blue, red])], ["one", "a long prompt " * 20])
    assert sheet.width == 2 * (192 + 6) - 6 + 12
    first_row, left, right = 26 + 96, 6 + 96, 6 + 198 + 96
    assert sheet.getpixel((left, first_row)) == (255, 0, 0)
    assert sheet.getpixel((right, first_row)) == (0, 0, 255)
    second_row = first_row + 192 + 20 + 6 + 6
    assert sheet.getpixel((left, second_row)) == (0, 0, 255)
    assert sheet.getpixel((right, second_row)) == (255, 0, 0)


def test_large_pictures_stay_as_they_are() -> None:
    assert make_grid([("a", [Image.new("RGB", (512, 768))])], ["p"]).width == 512 + 12
