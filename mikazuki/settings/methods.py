"""What each method trains and saves: its rates, its options, its formats."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mikazuki.settings import words
from mikazuki.settings.optimizers import finds_own_rate, is_schedule_free

if TYPE_CHECKING:
    from mikazuki.settings.train import TrainSettings

LORA: Final = "lora"
DREAMBOOTH: Final = "dreambooth"
FINE_TUNE: Final = "fine_tune"
INVERSION: Final = "textual_inversion"
PIVOTAL: Final = "pivotal_tuning"
HYPERNETWORK: Final = "hypernetwork"
IMAGIC: Final = "imagic"

WHOLE: Final = (DREAMBOOTH, FINE_TUNE, IMAGIC)
"""Methods that train the base model's own weights."""
NETWORKS: Final = (LORA, PIVOTAL)
"""Methods that train a network beside the base model's weights."""
WORDS: Final = (INVERSION, PIVOTAL)
"""Methods that teach a word."""
OURS_ALONE: Final = (PIVOTAL, HYPERNETWORK, IMAGIC)
"""Methods that sd-scripts does not know."""

USUAL_RATES: Final[Mapping[str, float]] = MappingProxyType(
    {DREAMBOOTH: 2e-6, FINE_TUNE: 2e-6, IMAGIC: 2e-6, INVERSION: 5e-3, PIVOTAL: 1e-4, HYPERNETWORK: 1e-5}
)
"""What learning_rate is where it is not set: whole models need far less than a LoRA, a single word far more."""

NETWORK_ONLY: Final = frozenset(
    {
        "network_module", "network_dim", "network_alpha", "network_dropout", "network_args", "network_weights",
        "dim_from_weights", "scale_weight_norms", "network_train_unet_only", "network_train_text_encoder_only",
        "unet_lr", "text_encoder_lr", "training_comment", "no_metadata", "save_merged_model",
    }
)  # fmt: skip
WHOLE_ONLY: Final = frozenset(
    {
        "block_lr", "fused_optimizer_groups", "use_safetensors", "diffusers_xformers",
    }
)  # fmt: skip
TEXT_OF_WHOLE: Final = frozenset(
    {
        "train_text_encoder", "learning_rate_te", "learning_rate_te1", "learning_rate_te2",
        "stop_text_encoder_training", "freeze_clip_normalization",
    }
)  # fmt: skip
"""Options of whole models whose text encoders learn as well, which imagic's do not."""
WORD_ONLY: Final = frozenset(
    {
        "token_string", "init_word", "num_vectors_per_token", "weights", "template_file", "use_object_template",
        "use_style_template",
    }
)  # fmt: skip
PIVOTAL_ONLY: Final = frozenset({"embedding_lr", "pivotal_ratio"})
HYPERNETWORK_ONLY: Final = frozenset(
    {
        "hypernetwork_sizes", "hypernetwork_layer_structure", "hypernetwork_activation", "hypernetwork_weight_init",
        "hypernetwork_layer_norm", "hypernetwork_activate_output", "hypernetwork_dropout_structure",
        "hypernetwork_weights",
    }
)  # fmt: skip
IMAGIC_ONLY: Final = frozenset({"imagic_embedding_lr", "imagic_embedding_steps"})
NOT_WHOLE: Final = frozenset({"fp8_base", "fp8_base_unet"})
"""Options that keep the base model as it is, which methods that train it cannot."""
NOT_OF_WORDS: Final = frozenset({"concepts_list"})
"""Options of several subjects, each with tokens of its own."""

OF_METHODS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    dict.fromkeys(NETWORK_ONLY, NETWORKS)
    | dict.fromkeys(WHOLE_ONLY, WHOLE)
    | dict.fromkeys(TEXT_OF_WHOLE, (DREAMBOOTH, FINE_TUNE))
    | dict.fromkeys(WORD_ONLY, WORDS)
    | dict.fromkeys(PIVOTAL_ONLY, (PIVOTAL,))
    | dict.fromkeys(HYPERNETWORK_ONLY, (HYPERNETWORK,))
    | dict.fromkeys(IMAGIC_ONLY, (IMAGIC,))
    | dict.fromkeys(NOT_WHOLE, (*NETWORKS, INVERSION, HYPERNETWORK))
    | dict.fromkeys(NOT_OF_WORDS, (LORA, DREAMBOOTH, FINE_TUNE, HYPERNETWORK))
    | dict.fromkeys(("text_encoder_ratio", "no_token_padding"), (*NETWORKS, DREAMBOOTH, FINE_TUNE))
)
"""Option -> the methods that have it; every other option is for all."""

FORMATS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    dict.fromkeys(NETWORKS, ("safetensors", "ckpt", "pt"))
    | dict.fromkeys((INVERSION, HYPERNETWORK), ("safetensors", "pt", "ckpt"))
    | dict.fromkeys(WHOLE, ("safetensors", "ckpt", "diffusers", "diffusers_safetensors"))
)
"""Method -> values of save_model_as."""

UNET_BLOCKS: Final = 23
"""Numbers of block_lr: time and size embeddings, 9 input blocks, 3 middle ones, 9 output blocks, the end."""


def options_beside(method: str) -> frozenset[str]:
    """Return the options that a method does not have."""
    return frozenset(name for name, methods in OF_METHODS.items() if method not in methods)


def trains_text(settings: "TrainSettings") -> bool:
    """Tell whether a method that trains whole models trains text encoders, rates of 0 aside.

    As upstream: train_db always does, its other scripts where they are told to.
    """
    stop = settings.stop_text_encoder_training
    wanted = settings.train_text_encoder or (settings.method == DREAMBOOTH and settings.wanted_family != "sdxl")
    return wanted and (stop is None or stop > 0)


def unet_rate(settings: "TrainSettings") -> float:
    """Return the learning rate of the UNet's part, the largest one of block_lr, 0 where it is not trained."""
    if settings.method == INVERSION:
        return 0.0
    if settings.method in WHOLE:
        return max(settings.block_rates or (settings.learning_rate,))
    own = settings.learning_rate if settings.unet_lr is None else settings.unet_lr
    return 0.0 if settings.network_train_text_encoder_only else own


def text_rates(settings: "TrainSettings") -> tuple[float, float]:
    """Return the learning rates of the first and second text encoder's part, 0 where it is not trained."""
    rate = settings.learning_rate
    if settings.method == INVERSION:
        return rate, rate
    if settings.method == HYPERNETWORK or settings.text_encoder_ratio == 0:
        return 0.0, 0.0
    if settings.method in WHOLE:
        if not trains_text(settings):
            return 0.0, 0.0
        both = _first(settings.learning_rate_te, rate)
        return _first(settings.learning_rate_te1, both), _first(settings.learning_rate_te2, both)
    own = (rate,) if settings.text_encoder_lr is None else settings.text_encoder_lr
    # networks.oft, as upstream has it, knows the UNet alone
    left_out = settings.network_train_unet_only or settings.network_module == "networks.oft"
    return (0.0, 0.0) if left_out else (own[0], own[-1])


def keeps_encoders(settings: "TrainSettings") -> bool:
    """Tell whether a method changes text encoders, by a network, whole or by a word, so that they stay in memory."""
    return max(text_rates(settings)) > 0 or settings.method in WORDS


def draws_sheet(settings: "TrainSettings") -> bool:
    """Tell whether a method draws pictures of its own at the end, and so needs the empty text beside the captions."""
    return settings.method == IMAGIC


def _first(given: float | None, otherwise: float) -> float:
    return otherwise if given is None else given


def file_format(settings: "TrainSettings") -> str:
    """Return the format to save in, whichever option says it."""
    wanted = settings.save_model_as
    if not settings.use_safetensors:
        return wanted
    return "diffusers_safetensors" if wanted.startswith("diffusers") else "safetensors"


def file_ending(settings: "TrainSettings") -> str:
    """Return what ends the name of a saved model, its dot included; empty for a diffusers folder."""
    found = file_format(settings)
    return "" if found.startswith("diffusers") else f".{found}"


def problems(settings: "TrainSettings") -> Iterator[str]:
    """Yield what does not go with the method, one sentence each."""
    method, fields = settings.method, type(settings).model_fields
    for name in fields:
        if name in OF_METHODS and method not in OF_METHODS[name] and getattr(settings, name) != fields[name].default:
            yield f"{name} is for method {' and '.join(OF_METHODS[name])}, and method is {method}: leave it out."
    if settings.save_model_as not in FORMATS[method]:
        yield f"save_model_as {settings.save_model_as} is not for method {method}: use {', '.join(FORMATS[method])}."
    if settings.no_token_padding and settings.max_token_length != 75:
        yield "no_token_padding is for captions of up to 75 tokens: leave max_token_length out."
    yield from _resting_problems(settings)
    if method in WHOLE:
        yield from _whole_problems(settings)
    if method in WORDS:
        yield from words.problems(settings)
    if method == HYPERNETWORK:
        yield from _hypernetwork_problems(settings)


def _resting_problems(s: "TrainSettings") -> Iterator[str]:
    ratio, stop = s.text_encoder_ratio, s.stop_text_encoder_training
    if ratio is not None and stop is not None:
        yield "text_encoder_ratio and stop_text_encoder_training exclude each other: set one."
    resting = {
        f"text_encoder_ratio {ratio}": ratio is not None and 0 < ratio < 1,
        f"stop_text_encoder_training {stop}": stop is not None and stop > 0,
    }
    for said, rests in resting.items():
        if rests and not s.rate_of_unet:
            yield (
                f"{said} lets the text encoders rest, and nothing else is trained: leave it out, or give the UNet a "
                "learning rate."
            )


def _whole_problems(s: "TrainSettings") -> Iterator[str]:
    if s.block_rates and len(s.block_rates) != UNET_BLOCKS:
        yield f"block_lr has {len(s.block_rates)} numbers: give {UNET_BLOCKS}, one for each block of SDXL's UNet."
    if s.block_rates and s.wanted_family not in {"auto", "sdxl"}:
        yield "block_lr is for SDXL: leave it out."
    if s.fused_optimizer_groups and s.fused_backward_pass:
        yield "fused_optimizer_groups and fused_backward_pass exclude each other: set one."
    if s.fused_optimizer_groups and s.gradient_accumulation_steps > 1:
        yield "fused_optimizer_groups and gradient_accumulation_steps exclude each other: set one."
    if s.fused_optimizer_groups and s.mixed_precision == "fp16":
        yield "fused_optimizer_groups cannot scale gradients as mixed_precision fp16 needs: use bf16 or no."
    if s.fused_optimizer_groups and (finds_own_rate(s.optimizer) or is_schedule_free(s.optimizer)):
        yield f"fused_optimizer_groups cannot be used with {s.optimizer}, which looks at all weights: use another one."


def _hypernetwork_problems(s: "TrainSettings") -> Iterator[str]:
    layers = len(s.hypernetwork_layer_structure.split(","))
    shares = s.hypernetwork_dropout_structure
    if shares is not None and len(shares.split(",")) != layers:
        yield (
            f"hypernetwork_dropout_structure {shares} has {len(shares.split(','))} shares, and "
            f"hypernetwork_layer_structure {s.hypernetwork_layer_structure} has {layers} layers: give one for each."
        )
    if s.hypernetwork_weights and PurePath(s.hypernetwork_weights).suffix.lower() not in {".pt", ".safetensors"}:
        yield f"hypernetwork_weights {s.hypernetwork_weights} is no hypernetwork file: it ends in .pt or .safetensors."
