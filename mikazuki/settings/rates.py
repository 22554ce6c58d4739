"""Rates and weights of a training that change or rest on the way, as arithmetic of the settings."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mikazuki.settings.train import TrainSettings

USUAL_EMBEDDING_RATE: Final = 5e-3
"""embedding_lr where it is not set: a few vectors need far more than a network."""


def prior_weight(settings: "TrainSettings", epoch: int) -> float:
    """Return the weight of the class pictures' losses in ``epoch`` (from 0).

    It is w = ``prior_loss_weight``, or with ``prior_loss_scale`` w (1 - e / T) + m e / T in epoch e before
    T = ``prior_loss_target``, and m = ``prior_loss_weight_min`` from there on.
    """
    full = settings.prior_loss_weight
    if not settings.prior_loss_scale:
        return full
    done = min(1.0, epoch / settings.prior_loss_target)
    return full * (1 - done) + settings.prior_loss_weight_min * done


def rest_step(settings: "TrainSettings", epochs: int, steps_before: Callable[[int], int]) -> int | None:
    """Return the optimizer step (from 0) at which text encoders begin to rest, None where they learn to the end.

    stop_text_encoder_training names it. text_encoder_ratio is a share of the epochs, rounded to whole ones, a half to
    the even one; of so few epochs that it rounds to none, they learn in none.

    Args:
        settings: What was asked for.
        epochs: Those of the whole training.
        steps_before: Says how many optimizer steps come before an epoch (from 0).
    """
    if settings.text_encoder_ratio is not None:
        return steps_before(round(epochs * settings.text_encoder_ratio))
    return settings.stop_text_encoder_training


def embedding_rate(settings: "TrainSettings") -> float:
    """Return the rate of new words beside a network."""
    return USUAL_EMBEDDING_RATE if settings.embedding_lr is None else settings.embedding_lr


def word_steps(settings: "TrainSettings", steps: int) -> int:
    """Return in how many of the first steps new words learn beside a network; a half is rounded up."""
    return math.floor(settings.pivotal_ratio * steps + 0.5)
