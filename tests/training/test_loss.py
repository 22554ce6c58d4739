"""Errors and loss weights against numbers worked out by hand."""

import pytest
import torch
from torch import Tensor

from mikazuki.settings.options.noise import NoiseSettings
from mikazuki.training import loss, noise


def picture(*numbers: float) -> Tensor:
    """Return one picture of one channel and one row."""
    return torch.tensor(numbers).view(1, 1, 1, -1)


def test_snr() -> None:
    alpha_bar = torch.tensor([0.8, 0.5, 0.2])
    assert loss.snr(alpha_bar, torch.tensor([0, 1, 2])).tolist() == pytest.approx([4.0, 1.0, 0.25])


def test_errors() -> None:
    settings = {kind: NoiseSettings(loss_type=kind, huber_schedule="constant", huber_c=4.0) for kind in KINDS}
    t, alpha_bar = torch.tensor([0]), torch.tensor([0.5])
    found = {
        kind: loss.error(picture(3.0, 0.0), picture(0.0, 0.0), one, t, alpha_bar).flatten().tolist()
        for kind, one in settings.items()
    }
    # the root of 3 * 3 + 4 * 4 is 5
    assert found == {"l2": [9, 0], "l1": [3, 0], "huber": [8, 0], "smooth_l1": [2, 0]}


KINDS = ("l2", "l1", "huber", "smooth_l1")


@pytest.mark.parametrize("kind", KINDS)
def test_errors_are_taken_in_fp32(kind: str) -> None:
    one = loss.error(
        picture(3.0).bfloat16(),
        picture(1.01),
        NoiseSettings.model_validate({"loss_type": kind}),
        torch.tensor([0]),
        torch.tensor([0.5]),
    )
    assert one.dtype == torch.float32


def test_every_picture_has_its_own_threshold() -> None:
    threshold = torch.tensor([4.0, 1.5])
    prediction, target = torch.tensor([3.0, 2.0]).view(2, 1, 1, 1), torch.zeros(2, 1, 1, 1)
    # of the second the root is 2.5: twice 1.5 times 1, and twice 1
    assert loss.huber_error(prediction, target, threshold).flatten().tolist() == pytest.approx([8.0, 3.0])
    assert loss.smooth_l1_error(prediction, target, threshold).flatten().tolist() == pytest.approx([2.0, 2.0])


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("constant", [0.02, 0.02, 0.02]),
        # 0.01 to the power of a half is 0.1
        ("exponential", [2.0, 0.2, 0.02]),
        # sigma is 0, 1 and infinite: 0.99 / 1 + 0.01, 0.99 / 4 + 0.01, 0.01; the scale is no part of it
        ("snr", [1.0, 0.2575, 0.01]),
    ],
)
def test_huber_threshold(schedule: str, expected: list[float]) -> None:
    settings = NoiseSettings.model_validate({"huber_schedule": schedule, "huber_c": 0.01, "huber_scale": 2.0})
    alpha_bar = torch.zeros(1000)
    alpha_bar[0], alpha_bar[500] = 1.0, 0.5
    # timestep 1000 does not exist: the exponential's end is reached in the limit
    found = loss.huber_threshold(settings, torch.tensor([0, 500, 999]), alpha_bar)
    assert found.tolist() == pytest.approx(expected, rel=0.006)


def test_a_picture_counts_by_its_mean() -> None:
    errors = torch.tensor([[[[1.0, 4.0]]], [[[0.0, 16.0]]]])
    assert loss.picture_mean(errors).tolist() == pytest.approx([2.5, 8.0])


def test_masked_pixels_count_as_zeros() -> None:
    errors = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).expand(1, 4, 2, 2)
    mask = torch.tensor([[1.0, 0.0], [0.5, 0.0]]).view(1, 1, 2, 2)
    # (1 + 1.5) / 4 in every channel
    assert loss.picture_mean(errors, mask).tolist() == pytest.approx([0.625])


def test_min_snr_weight() -> None:
    snr = torch.tensor([10.0, 5.0, 0.5, 0.0])
    assert loss.min_snr_weight(snr, 5.0, v_prediction=False).tolist() == pytest.approx([0.5, 1.0, 1.0, 1.0])
    assert loss.min_snr_weight(snr, 5.0, v_prediction=True).tolist() == pytest.approx([5 / 11, 5 / 6, 0.5 / 1.5, 0])


def test_debiased_weight() -> None:
    snr = torch.tensor([0.25, 4.0, 1e6])
    assert loss.debiased_weight(snr, v_prediction=False).tolist() == pytest.approx([2.0, 0.5, 1000**-0.5])
    assert loss.debiased_weight(snr, v_prediction=True).tolist() == pytest.approx([0.8, 0.2, 1 / 1001])


def test_a_v_loss_weighed_as_noise() -> None:
    assert loss.noise_like_weight(torch.tensor([3.0, 1e6])).tolist() == pytest.approx([0.75, 1000 / 1001])


def test_the_weight_of_noise_is_that_of_its_error() -> None:
    """Of the same wrong guess of the picture: the squared v error times the weight is the squared noise error."""
    alpha_bar, t = noise.alphas_cumprod(), torch.tensor([300])
    x, e = torch.tensor(0.4).view(1, 1, 1, 1), torch.tensor(-1.1).view(1, 1, 1, 1)
    seen, guess = noise.add_noise(x, e, t, alpha_bar), torch.tensor(0.1).view(1, 1, 1, 1)
    guessed_noise = (seen - alpha_bar[t].sqrt() * guess) / (1 - alpha_bar[t]).sqrt()
    v_error = noise.velocity(x, e, t, alpha_bar) - noise.velocity(guess, guessed_noise, t, alpha_bar)
    weight = loss.noise_like_weight(loss.snr(alpha_bar, t))
    assert float(v_error**2 * weight) == pytest.approx(float((e - guessed_noise) ** 2), rel=1e-4)


def test_a_noise_loss_with_some_v_loss() -> None:
    # the quotient is 2 and 1.25
    assert loss.v_like_weight(torch.tensor([1.0, 4.0]), 0.5).tolist() == pytest.approx([2.0, 1.625])


def test_weights_that_are_on_multiply() -> None:
    per_picture, snr = torch.tensor([2.0, 2.0]), torch.tensor([3.0, 3.0])

    def found(*, v: bool = False, **options: float) -> list[float]:
        settings = NoiseSettings.model_validate(options)
        weighed: list[float] = loss.weighted(per_picture, settings, snr, v_prediction=v).tolist()
        return weighed

    assert found() == [2.0, 2.0]
    assert found(min_snr_gamma=1.5) == pytest.approx([1.0] * 2)
    assert found(min_snr_gamma=1.5, debiased_estimation_loss=True) == pytest.approx([3**-0.5] * 2)
    assert found(v_pred_like_loss=0.75) == pytest.approx([4.0] * 2)
    assert found(v=True, scale_v_pred_loss_like_noise_pred=True) == pytest.approx([1.5] * 2)
    # 2 times 1/4, 3/4 and 1/4
    every: dict[str, float] = {
        "min_snr_gamma": 1,
        "scale_v_pred_loss_like_noise_pred": True,
        "debiased_estimation_loss": True,
    }
    assert found(v=True, **every) == pytest.approx([0.09375] * 2)
