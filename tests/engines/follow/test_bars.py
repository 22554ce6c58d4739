import math

import pytest

from mikazuki.engines.follow.bars import Bar, split_bars


def one(line: str) -> Bar:
    bars, rest = split_bars(line)
    assert len(bars) == 1
    assert not rest.strip()
    return bars[0]


def test_a_slow_bar_with_a_loss() -> None:
    bar = one("steps:  40%|████      | 4/10 [00:16<00:24,  4.07s/it, avr_loss=1.07]")
    assert (bar.title, bar.done, bar.total, bar.left) == ("steps", 4, 10, 24.0)
    assert bar.figures == {"avr_loss": 1.07}
    assert bar.speed is not None
    assert bar.speed * 4.07 == pytest.approx(1)


def test_a_fast_bar_counts_pieces_a_second() -> None:
    bar = one("steps:   0%|          | 15/16000 [00:10<2:58:15,  1.49it/s, Keys Scaled=3, avr_loss=0.09]")
    assert bar.speed == 1.49
    assert bar.left == 2 * 3600 + 58 * 60 + 15
    assert bar.figures == {"Keys Scaled": 3.0, "avr_loss": 0.09}


def test_a_bar_at_its_beginning_knows_neither_speed_nor_end() -> None:
    bar = one("steps:   0%|          | 0/4 [00:00<?, ?it/s]")
    assert (bar.done, bar.total, bar.speed, bar.left) == (0, 4, None, None)
    assert bar.figures == {}


def test_a_bar_without_a_title_and_ones_of_other_units() -> None:
    assert one(" 50%|█████     | 1/2 [00:01<00:01,  1.29s/it]").title == ""
    loading = one("Loading model.safetensors:  12%|#2        | 97/780 [00:04<00:29, 23.1key/s]")
    assert (loading.title, loading.done, loading.speed) == ("Loading model.safetensors", 97, 23.1)
    assert one("model:  50%|#####     | 1.5k/3k [00:01<00:01, 1.50kB/s]").total == 3000


def test_a_loss_that_is_no_number_is_told() -> None:
    figures = one("steps: 100%|##########| 3/3 [00:24<00:00,  8.30s/it, avr_loss=nan]").figures
    assert math.isnan(figures["avr_loss"])


def test_text_right_behind_a_bar_is_given_back() -> None:
    bars, rest = split_bars("steps:  50%|#####     | 1/2 [00:01<00:01,  1.00s/it]2026-11-21 15:01:09 INFO     saving")
    assert [bar.done for bar in bars] == [1]
    assert rest == "2026-11-21 15:01:09 INFO     saving"


@pytest.mark.parametrize("line", ["", "100% sure", "100%| of it", "loss 40%|done|", "steps: 1/2"])
def test_what_is_no_bar_is_left_alone(line: str) -> None:
    assert split_bars(line) == ([], line)
