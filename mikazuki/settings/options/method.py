"""Options of the methods beside LoRA: whole models, and textual inversion."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, NonNegativeFloat, PositiveInt

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalCount, OptionalShare, OptionalText, Rate, Share
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
    text_encoder_ratio: OptionalShare = None
    """Share of the epochs in which the text encoders learn: 0.7 for faces, 0.2 for styles; not set: all of them."""
    freeze_clip_normalization: bool = False
    """Leave the text encoders' layer norms as they are."""
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
    """New word that is taught, none that the base model knows; several with spaces or commas between, a file each."""
    init_word: OptionalText = None
    """Words that it means at first, such as `cat`; for several new words a part each between commas, or one for all."""
    num_vectors_per_token: PositiveInt = 1
    """Vectors that the word stands for; each takes one of a prompt's 75 tokens."""
    weights: OptionalText = None
    """Embedding file to start from."""
    template_file: OptionalText = None
    """Sentences instead of captions: a file with `[name]` and `[filewords]`, or a name of ours; see docs/methods.md."""
    use_object_template: bool = False
    """Instead of captions, say `a photo of a WORD` and the like."""
    use_style_template: bool = False
    """Instead of captions, say `a painting in the style of WORD` and the like."""
    embedding_lr: Rate = None
    """Pivotal tuning: learning rate of the words beside the network; not set: 5e-3."""
    pivotal_ratio: Share = 0.5
    """Pivotal tuning: share of the steps in which the words learn; then the network alone goes on."""


class ImagicSettings(Settings):
    """Imagic."""

    imagic_embedding_lr: NonNegativeFloat = 1e-3
    """Learning rate of the sentence, which learns first."""
    imagic_embedding_steps: OptionalCount = None
    """Steps for the sentence; the model learns in the others. Not set: half of them."""
