"""Options of how it learns."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, NonNegativeFloat, PositiveInt

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import KeyValues, OptionalCount, OptionalText, Rate, Rates, Share, Steps
from mikazuki.settings.values import no_empty


class OptimizerSettings(Settings):
    """How it learns."""

    learning_rate: NonNegativeFloat = 1e-4
    """Learning rate; not set: 1e-4, for whole models 2e-6, for textual_inversion 5e-3. Parts can have their own."""
    unet_lr: Rate = None
    """Learning rate of the UNet's part; 0 leaves it out."""
    text_encoder_lr: Rates = None
    """Learning rate of the text encoders' part; 0 leaves it out. With SDXL two may be given, one for each."""
    optimizer_type: str = "AdamW"
    """Optimizer: AdamW, AdamW8bit, Lion, Adafactor, Prodigy, DAdaptAdam, CAME and more; see docs/optimizers.md."""
    optimizer_args: KeyValues = ()
    """More for the optimizer, each `key=value`, such as `weight_decay=0.1`."""
    use_8bit_adam: bool = False
    """Older way to write optimizer_type AdamW8bit."""
    use_lion_optimizer: bool = False
    """Older way to write optimizer_type Lion."""
    fused_backward_pass: bool = False
    """Update each weight as soon as its gradient is known and free the gradient; Adafactor only."""
    lr_scheduler: Literal[
        "constant",
        "constant_with_warmup",
        "linear",
        "cosine",
        "cosine_with_restarts",
        "polynomial",
        "inverse_sqrt",
        "cosine_with_min_lr",
        "cosine_warmup_with_min_lr",
        "warmup_stable_decay",
        "piecewise_constant",
        "reduce_lr_on_plateau",
    ] = "constant"
    """Course of the learning rate."""
    lr_scheduler_type: OptionalText = None
    """Class of torch.optim.lr_scheduler, such as CosineAnnealingLR, that beats lr_scheduler."""
    lr_scheduler_args: KeyValues = ()
    """More for the course, each `key=value`."""
    lr_warmup_steps: Steps = 0
    """Steps in which the rate rises from 0; below 1 or with %, a share of all steps."""
    lr_decay_steps: Steps = 0
    """Steps in which the rate falls at the end of warmup_stable_decay; below 1 or with %, a share of all steps."""
    lr_scheduler_num_cycles: PositiveInt = 1
    """Restarts of cosine_with_restarts; half waves of the courses with min_lr and of warmup_stable_decay."""
    lr_scheduler_power: NonNegativeFloat = 1.0
    """Exponent of polynomial."""
    lr_scheduler_timescale: OptionalCount = None
    """Time scale of inverse_sqrt in steps; not set: lr_warmup_steps, or 10000."""
    lr_scheduler_min_lr_ratio: Annotated[Share | None, BeforeValidator(no_empty)] = None
    """Share of the learning rate at which cosine_with_min_lr and warmup_stable_decay end."""
    max_grad_norm: NonNegativeFloat = 1.0
    """Clip gradients to this norm; 0 does not clip."""
    gradient_accumulation_steps: PositiveInt = 1
    """Batches whose gradients are added up to one step."""
