"""Options of hypernetworks: small networks before the keys and values of every attention."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, PositiveInt

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalText
from mikazuki.settings.values import check_layers, check_shares, no_empty, split_words


def _split_sizes(value: Any) -> Any:
    """Take numbers in one text, with commas or spaces between them, for a list."""
    return split_words(value.replace(",", " ") if isinstance(value, str) else value)


class HypernetworkSettings(Settings):
    """Hypernetworks."""

    hypernetwork_sizes: Annotated[tuple[PositiveInt, ...], BeforeValidator(_split_sizes)] = ()
    """Widths of attention that get a network, such as `320,640,768,1280`; not set: all that the base model has."""
    hypernetwork_layer_structure: Annotated[str, AfterValidator(check_layers)] = "1,2,1"
    """Widths of its layers as multiples of the attention's; the first and the last are 1."""
    hypernetwork_activation: Literal[
        "linear", "relu", "leakyrelu", "elu", "swish", "tanh", "sigmoid", "hardswish", "hardtanh", "gelu", "mish",
        "selu", "silu", "softplus", "softsign", "celu", "relu6",
    ] = "linear"  # fmt: skip
    """Function between its layers; linear is none."""
    hypernetwork_weight_init: Literal["Normal", "KaimingUniform", "KaimingNormal", "XavierUniform", "XavierNormal"] = (
        "Normal"
    )
    """How its weights begin; Normal, close to 0, changes the least at first."""
    hypernetwork_layer_norm: bool = False
    """Normalise after each layer."""
    hypernetwork_activate_output: bool = False
    """Put the function behind the last layer as well."""
    hypernetwork_dropout_structure: Annotated[str | None, BeforeValidator(no_empty), AfterValidator(check_shares)] = (
        None
    )
    """Share that is dropped behind each layer, such as `0,0.3,0` for the layers `1,2,1`."""
    hypernetwork_weights: OptionalText = None
    """Hypernetwork file to start from; its own structure counts."""
