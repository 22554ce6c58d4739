"""Loss and its weights, each a small pure function."""

import torch
from torch import Tensor


def snr(alpha_bar: Tensor, t: Tensor) -> Tensor:
    """Return the signal-to-noise ratio abar_t / (1 - abar_t) at the timesteps ``t`` (B)."""
    chosen = alpha_bar.to(t.device)[t]
    return chosen / (1 - chosen)


def min_snr_weight(snr_t: Tensor, gamma: float, *, v_prediction: bool) -> Tensor:
    """Return min(snr, gamma) / snr for noise prediction, / (snr + 1) for v (Hang et al. 2023, section 3.4)."""
    return torch.clamp(snr_t, max=gamma) / (snr_t + 1 if v_prediction else snr_t)


def mean_squared_error(prediction: Tensor, target: Tensor) -> Tensor:
    """Return the mean over all but the first axis, in fp32: B."""
    return (prediction.float() - target.float()).square().flatten(1).mean(1)
