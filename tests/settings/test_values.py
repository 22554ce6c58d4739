import pytest

from mikazuki.settings.values import key_values, no_empty, parse_resolution, parse_steps, split_pairs, steps_of


@pytest.mark.parametrize(
    ("given", "size"),
    [
        (512, (512, 512)),
        ("512", (512, 512)),
        ("512,768", (512, 768)),
        ("512x768", (512, 768)),
        (" 640 , 448 ", (640, 448)),
        ([512, 768], (512, 768)),
        ((512,), (512, 512)),
    ],
)
def test_sizes_in_every_form(given: object, size: tuple[int, int]) -> None:
    assert parse_resolution(given) == size


@pytest.mark.parametrize("given", ["", "large", "512,", "512,512,512", 63, 8193, [512, "a"], 51.2, None, -512, True])
def test_what_is_no_size(given: object) -> None:
    with pytest.raises(ValueError, match="pixels"):
        parse_resolution(given)


@pytest.mark.parametrize(
    ("given", "meant"),
    [(100, 100), ("100", 100), (0.1, 0.1), ("10%", 0.1), (" 5 % ", 0.05), (3.0, 3), (0, 0), ("0", 0)],
)
def test_steps_or_a_share(given: object, meant: float) -> None:
    assert parse_steps(given) == meant


@pytest.mark.parametrize("given", ["ten", "%", -1, "-5%", "inf", "nan", float("inf"), ""])
def test_what_is_no_number_of_steps(given: object) -> None:
    with pytest.raises(ValueError, match=r"steps|negative|finite"):
        parse_steps(given)


def test_a_share_counts_of_all_steps() -> None:
    assert steps_of(0.1, 350) == 35
    assert steps_of(20, 350) == 20


def test_empty_text_is_nothing() -> None:
    assert no_empty("  ") is None
    assert no_empty("x") == "x"
    assert no_empty(0) == 0


def test_pairs() -> None:
    assert split_pairs("conv_dim=4 name='a b'") == ["conv_dim=4", "name=a b"]
    assert split_pairs(["a=1"]) == ["a=1"]
    assert key_values(("a=1", "b=")) == ("a=1", "b=")
    with pytest.raises(ValueError, match="key=value"):
        key_values(("a",))
