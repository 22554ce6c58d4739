"""Options of the methods beside LoRA: whole models, and textual inversion."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PositiveInt

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalCount, OptionalText, Rate
from mikazuki.settings.values import check_rates, no_empty


class WholeSettings(Settings):
    """Training whole models."""

    train_text_encoder: bool = False
    """Train the text encoders too. Method dreambooth does so anyway on SD1 and SD2."""
    learning_rate_te: Rate = None
    """Learning rate of the text encoders; 0 leaves them out. Not set: learning_rate."""
    learning_rate_te1: Rate = None
    """Learning rate of SDXL's first text encoder; not set: learning_rate_te."""
    learning_rate_te2: Rate = None
    """Learning rate of SDXL's second text encoder; not set: learning_rate_te."""
    stop_text_encoder_training: Annotated[int | None, BeforeValidator(no_empty)] = None
    """Steps after which the text encoders rest; a negative number, or 0, never trains them."""
    no_token_padding: bool = False
    """Condition on a caption's own tokens only, without what fills it up to 75."""
    block_lr: Annotated[str | None, BeforeValidator(no_empty), AfterValidator(check_rates)] = None
    """Learning rates of the 23 blocks of SDXL's UNet, separated by commas; 0 leaves a block out."""
    fused_optimizer_groups: OptionalCount = None
    """Update weights within the backward pass, in N groups, and free their gradients: less memory, any optimizer."""
    use_safetensors: bool = False
    """Older way to write save_model_as safetensors, or diffusers_safetensors for a folder."""
    diffusers_xformers: bool = False
    """Older name of xformers."""


class InversionSettings(Settings):
    """Textual inversion."""

    token_string: OptionalText = None
    """New word that is taught; none that the base model's vocabulary holds already."""
    init_word: OptionalText = None
    """Words that it means at first, such as `cat`; not set: nothing in particular."""
    num_vectors_per_token: PositiveInt = 1
    """Vectors that the word stands for; each takes one of a prompt's 75 tokens."""
    weights: OptionalText = None
    """Embedding file to start from."""
    use_object_template: bool = False
    """Instead of captions, say `a photo of a WORD` and the like."""
    use_style_template: bool = False
    """Instead of captions, say `a painting in the style of WORD` and the like."""
