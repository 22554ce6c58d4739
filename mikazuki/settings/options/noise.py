"""Options of noise and loss."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, NonNegativeFloat

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalCount, OptionalNumber, OptionalPositive
from mikazuki.settings.values import no_empty

Timestep = Annotated[Annotated[int, Field(ge=0, le=1000)] | None, BeforeValidator(no_empty)]


class NoiseSettings(Settings):
    """Noise and loss."""

    noise_offset: NonNegativeFloat = 0.0
    """Adds a little of the same noise to a whole channel: darker darks and brighter lights; 0.1 is strong."""
    noise_offset_random_strength: bool = False
    """Draw the strength of the offset between 0 and noise_offset at every step."""
    adaptive_noise_scale: OptionalNumber = None
    """Add this times the mean of each latent channel, without its sign, to noise_offset."""
    multires_noise_iterations: OptionalCount = None
    """Add noise of this many coarser resolutions; 6 is usual."""
    multires_noise_discount: Annotated[float, Field(ge=0, le=1)] = 0.3
    """Strength of each coarser noise against the one before."""
    ip_noise_gamma: OptionalPositive = None
    """Disturb the noisy picture itself by this much noise, against errors that add up in sampling; 0.1 is usual."""
    ip_noise_gamma_random_strength: bool = False
    """Draw the strength of that disturbance between 0 and ip_noise_gamma at every step."""
    zero_terminal_snr: bool = False
    """Let the last timestep be pure noise; for models that predict v."""
    min_timestep: Timestep = None
    """Lowest timestep trained on; 0 where not set."""
    max_timestep: Timestep = None
    """Timestep below which it is trained; 1000 where not set."""
    noise_scheduler: Literal["DDPM", "DEIS", "UniPC"] = "DDPM"
    """Whose rule mixes picture and noise; see docs/methods.md for how little differs."""
    dream_training: bool = False
    """Train on what the model itself makes of the noise (DREAM): sharper, about a third slower."""
    dream_detail_preservation: NonNegativeFloat = 0.5
    """DREAM: how quickly that fades towards clean timesteps; higher keeps more detail."""
    loss_type: Literal["l1", "l2", "huber", "smooth_l1"] = "l2"
    """How prediction and truth are compared."""
    huber_schedule: Literal["constant", "exponential", "snr"] = "snr"
    """How huber_c changes with the timestep."""
    huber_c: Annotated[float, Field(gt=0)] = 0.1
    """Error at which huber and smooth_l1 turn from squares to absolute values."""
    huber_scale: Annotated[float, Field(gt=0)] = 1.0
    """Factor on huber_c; huber_schedule snr takes no notice of it."""
    min_snr_gamma: NonNegativeFloat = 0.0
    """Lowers the weight of nearly clean timesteps (Min-SNR); 5 is usual, 0 is off."""
    debiased_estimation_loss: bool = False
    """Weighs timesteps by one over the square root of their signal-to-noise ratio."""
    scale_v_pred_loss_like_noise_pred: bool = False
    """Weighs the loss of a v model as if it predicted noise."""
    v_pred_like_loss: OptionalPositive = None
    """Adds this times a loss weighed as a v model's."""
