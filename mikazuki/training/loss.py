"""Loss and its weights, each a small pure function."""

import math

import torch
from torch import Tensor

from mikazuki.settings.options.noise import NoiseSettings

_MOST_SNR = 1000.0
"""Where debiased estimation and the scale of v losses cap the signal-to-noise ratio, as sd-scripts does."""


def snr(alpha_bar: Tensor, t: Tensor) -> Tensor:
    """Return the signal-to-noise ratio abar_t / (1 - abar_t) at the timesteps ``t`` (B)."""
    chosen = alpha_bar.to(t.device)[t]
    return chosen / (1 - chosen)


def huber_threshold(settings: NoiseSettings, t: Tensor, alpha_bar: Tensor) -> Tensor:
    """Return the error at which huber and smooth_l1 turn from squares to absolute values: B, fp32, above 0.

    With c = ``huber_c`` and s = ``huber_scale``: constant s c; exponential s c^(t / 1000); snr
    (1 - c) / (1 + sigma)^2 + c with sigma = sqrt((1 - abar_t) / abar_t). As in sd-scripts, s is not part of the
    last one. Source: Khrapov et al. 2024, Improving Diffusion Models's Data-Corruption Resistance using Scheduled
    Pseudo-Huber Loss; sd-scripts ``huber_schedule``.
    """
    c, scale = settings.huber_c, settings.huber_scale
    if settings.huber_schedule == "constant":
        return torch.full(t.shape, c * scale, device=t.device)
    if settings.huber_schedule == "exponential":
        return torch.exp(math.log(c) / len(alpha_bar) * t) * scale
    chosen = alpha_bar.to(t.device)[t]
    # where no signal is left sigma is infinite, and c remains
    sigma = ((1 - chosen) / chosen).sqrt()
    return (1 - c) / (1 + sigma) ** 2 + c


def squared_error(prediction: Tensor, target: Tensor) -> Tensor:
    """Return (prediction - target)^2, in fp32 and their shape (``loss_type`` l2)."""
    return (prediction.float() - target.float()).square()


def absolute_error(prediction: Tensor, target: Tensor) -> Tensor:
    """Return |prediction - target|, in fp32 and their shape (``loss_type`` l1)."""
    return (prediction.float() - target.float()).abs()


def smooth_l1_error(prediction: Tensor, target: Tensor, threshold: Tensor) -> Tensor:
    """Return 2 (sqrt(d^2 + c^2) - c) of the difference d, in fp32, with the thresholds c (B).

    Close to d^2 / c for small and to 2 |d| for large d (sd-scripts ``loss_type`` smooth_l1).
    """
    c = threshold.view(-1, *[1] * (prediction.ndim - 1))
    return 2 * ((squared_error(prediction, target) + c**2).sqrt() - c)


def huber_error(prediction: Tensor, target: Tensor, threshold: Tensor) -> Tensor:
    """Return 2 c (sqrt(d^2 + c^2) - c) of the difference d, in fp32, with the thresholds c (B).

    Close to d^2 for small and to 2 c |d| for large d: the pseudo-Huber loss, doubled (sd-scripts ``loss_type`` huber).
    """
    c = threshold.view(-1, *[1] * (prediction.ndim - 1))
    return c * smooth_l1_error(prediction, target, threshold)


def error(prediction: Tensor, target: Tensor, settings: NoiseSettings, t: Tensor, alpha_bar: Tensor) -> Tensor:
    """Return the error that ``loss_type`` names, in fp32 and the shape of ``prediction`` (B x C x h x w); t B."""
    match settings.loss_type:
        case "l2":
            return squared_error(prediction, target)
        case "l1":
            return absolute_error(prediction, target)
        case "huber":
            return huber_error(prediction, target, huber_threshold(settings, t, alpha_bar))
        case "smooth_l1":
            return smooth_l1_error(prediction, target, huber_threshold(settings, t, alpha_bar))


def picture_mean(per_pixel: Tensor, mask: Tensor | None = None) -> Tensor:
    """Return the mean over all but the first axis: B.

    A ``mask`` (B x 1 x h x w, 0 to 1) multiplies the errors first; the mean goes over all pixels, masked or not, as
    sd-scripts' ``masked_loss`` does: a picture of which little counts moves the weights little.
    """
    if mask is not None:
        per_pixel = per_pixel * mask
    return per_pixel.flatten(1).mean(1)


def min_snr_weight(snr_t: Tensor, gamma: float, *, v_prediction: bool) -> Tensor:
    """Return min(snr, gamma) / snr for noise prediction, / (snr + 1) for v (Hang et al. 2023, section 3.4)."""
    if v_prediction:
        return snr_t.clamp(max=gamma) / (snr_t + 1)
    # the same number, and 1 where snr is 0
    return (gamma / snr_t).clamp(max=1)


def debiased_weight(snr_t: Tensor, *, v_prediction: bool) -> Tensor:
    """Return 1 / sqrt(snr) for noise prediction, 1 / (snr + 1) for v, snr capped at 1000; snr above 0.

    Source: Yu et al. 2023, Unmasking Bias in Diffusion Model Training; sd-scripts ``debiased_estimation_loss``.
    """
    capped = snr_t.clamp(max=_MOST_SNR)
    return 1 / (capped + 1 if v_prediction else capped.sqrt())


def noise_like_weight(snr_t: Tensor) -> Tensor:
    """Return snr / (snr + 1), snr capped at 1000: weighs a v loss as a loss of noise.

    A v error is a noise error times sqrt((snr + 1) / snr) (Salimans & Ho 2022, appendix D; sd-scripts
    ``scale_v_pred_loss_like_noise_pred``).
    """
    capped = snr_t.clamp(max=_MOST_SNR)
    return capped / (capped + 1)


def v_like_weight(snr_t: Tensor, share: float) -> Tensor:
    """Return 1 + share (snr + 1) / snr, snr capped at 1000 and above 0: adds ``share`` of the loss as a v loss.

    Source: sd-scripts ``v_pred_like_loss``.
    """
    return 1 + share / noise_like_weight(snr_t)


def weighted(per_picture: Tensor, settings: NoiseSettings, snr_t: Tensor, *, v_prediction: bool) -> Tensor:
    """Apply to losses (B) the weights that are on, in sd-scripts' order; all of them multiply."""
    if settings.min_snr_gamma:
        per_picture = per_picture * min_snr_weight(snr_t, settings.min_snr_gamma, v_prediction=v_prediction)
    if settings.scale_v_pred_loss_like_noise_pred:
        per_picture = per_picture * noise_like_weight(snr_t)
    if settings.v_pred_like_loss:
        per_picture = per_picture * v_like_weight(snr_t, settings.v_pred_like_loss)
    if settings.debiased_estimation_loss:
        per_picture = per_picture * debiased_weight(snr_t, v_prediction=v_prediction)
    return per_picture
