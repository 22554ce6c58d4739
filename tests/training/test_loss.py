"""Loss weights against numbers worked out by hand."""

import pytest
import torch

from mikazuki.training import loss


def test_snr() -> None:
    alpha_bar = torch.tensor([0.8, 0.5, 0.2])
    assert loss.snr(alpha_bar, torch.tensor([0, 1, 2])).tolist() == pytest.approx([4.0, 1.0, 0.25])


def test_min_snr_weight() -> None:
    snr = torch.tensor([10.0, 5.0, 0.5])
    assert loss.min_snr_weight(snr, 5.0, v_prediction=False).tolist() == pytest.approx([0.5, 1.0, 1.0])
    assert loss.min_snr_weight(snr, 5.0, v_prediction=True).tolist() == pytest.approx([5 / 11, 5 / 6, 0.5 / 1.5])


def test_mean_squared_error_is_a_mean_for_each_sample() -> None:
    prediction = torch.tensor([[[[1.0, 2.0]]], [[[0.0, 4.0]]]])
    assert loss.mean_squared_error(prediction, torch.zeros(2, 1, 1, 2)).tolist() == pytest.approx([2.5, 8.0])
