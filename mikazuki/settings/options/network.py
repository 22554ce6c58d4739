"""Options of the network that is trained."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import KeyValues, Numbers, OptionalPositive, OptionalText, Words

Method = Literal["lora", "dreambooth", "fine_tune", "textual_inversion", "pivotal_tuning", "hypernetwork", "imagic"]
"""What a training makes."""


class NetworkSettings(Settings):
    """What is trained."""

    method: Method = "lora"
    """What the training makes: a LoRA, a whole model, a new word, a hypernetwork...; see docs/methods.md."""
    network_module: Literal["networks.lora", "networks.lora_fa", "networks.dylora", "networks.oft", "lycoris.kohya"] = (
        "networks.lora"
    )
    """Kind of network; lycoris.kohya makes LoHa, LoKr, DoRA and more, chosen in network_args; see docs/networks.md."""
    network_dim: PositiveInt = 4
    """Rank of the LoRA."""
    network_alpha: Annotated[float, Field(ge=0)] = 1.0
    """LoRA alpha: its weights act times alpha / dim; 0 means equal to dim."""
    network_dropout: Annotated[float | None, Field(ge=0, lt=1)] = None
    """Share of a LoRA's inner activations dropped at a step."""
    network_args: KeyValues = ()
    """More for the network, each `key=value`: conv_dim, block_dims, loraplus_lr_ratio, algo... see docs/networks.md."""
    network_weights: OptionalText = None
    """LoRA file to start from."""
    dim_from_weights: bool = False
    """Take ranks and alphas from network_weights instead of network_dim and network_alpha."""
    base_weights: Words = ()
    """LoRA files merged into the base model before the training."""
    base_weights_multiplier: Numbers = ()
    """Strength of each of base_weights; 1 where not given."""
    scale_weight_norms: OptionalPositive = None
    """Scale a module's weights down to this norm after every step; 1 is a good start."""
    network_train_unet_only: bool = False
    """Train the UNet's part only."""
    network_train_text_encoder_only: bool = False
    """Train the text encoder's part only."""
    ema_decay: Annotated[float | None, Field(gt=0, lt=1)] = None
    """Save and draw with a running mean of the weights, of this decay a step; 0.999 is usual."""
