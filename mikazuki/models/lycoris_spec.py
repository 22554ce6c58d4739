"""What a LyCORIS network is to be: its algorithm, the shape of its modules, and which modules; no tensors.

Meanings and defaults are those of lycoris-lora 4.1.3 under sd-scripts (its ``lycoris.kohya``).
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from mikazuki.models.network_args import ALGORITHMS, bad_args, read_network_args
from mikazuki.settings.train import TrainSettings

MODULE: Final = "lycoris.kohya"
DYLORA_BLOCK: Final = 4
"""Ranks of a DyLoRA that learn at a time, where block_size does not say."""
_LORA: Final = ("lora", "locon")
_PRODUCTS: Final = (*_LORA, "loha", "lokr")
_TAKERS: Final[dict[str, tuple[str, ...]]] = {
    "dora_wd": _PRODUCTS,
    "use_tucker": _PRODUCTS,
    "use_scalar": (*_PRODUCTS, "glora"),
    "rs_lora": (*_PRODUCTS, "glora"),
    "full_matrix": ("lokr",),
    "decompose_both": ("lokr",),
    "unbalanced_factorization": ("lokr",),
    "constraint": ("diag-oft", "boft"),
    "rescaled": ("diag-oft", "boft"),
}
"""Which algorithms an argument acts on; with others it is refused rather than passed over in silence."""
_TUCKER_NAMES: Final = ("use_tucker", "use_cp", "use_conv_cp")


@dataclass(frozen=True, slots=True)
class ModuleSpec:
    """The shape of one module, in lycoris' words; ``dim`` and ``alpha`` mean what a kind of module makes of them.

    ``alpha`` 0 means the rank. ``factor`` is LoKr's, ``block_size`` DyLoRA's, ``constraint`` and ``rescaled`` are
    those of the rotations (diag-oft, boft), ``on_input`` is IA3's.
    """

    algo: str = "lora"
    dim: int = 4
    alpha: float = 1.0
    use_tucker: bool = False
    use_scalar: bool = False
    dora_wd: bool = False
    wd_on_output: bool = True
    rs_lora: bool = False
    factor: int = -1
    full_matrix: bool = False
    decompose_both: bool = False
    unbalanced_factorization: bool = False
    block_size: int = DYLORA_BLOCK
    constraint: float = 0.0
    rescaled: bool = False
    on_input: bool = False


@dataclass(frozen=True, slots=True)
class Preset:
    """Which modules of the base model get a module beside them; the words are sd-scripts' names.

    A Linear or convolution is chosen inside a block of one of the ``classes``, or where its own path matches one of
    the ``names`` (regular expressions from the path's beginning, shell patterns with ``glob``). ``by_class`` and
    ``by_name`` change the shape of modules in such blocks, or of such paths. ``conv`` False leaves 3x3 convolutions
    out.
    """

    conv: bool = True
    unet_classes: tuple[str, ...] = (
        "Transformer2DModel",
        "ResnetBlock2D",
        "Downsample2D",
        "Upsample2D",
        "TimestepEmbedding",
    )
    unet_names: tuple[str, ...] = ("conv_in", "conv_out", "time_embedding.linear_1", "time_embedding.linear_2")
    text_classes: tuple[str, ...] = ("CLIPAttention", "CLIPSdpaAttention", "CLIPMLP")
    text_names: tuple[str, ...] = ()
    by_class: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    by_name: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    excluded: tuple[str, ...] = ()
    glob: bool = False


_ATTENTION: Final = ("Transformer2DModel", "TimestepEmbedding")
_ON_INPUT: Final = {"on_input": True}
PRESETS: Final[dict[str, Preset]] = {
    "full": Preset(),
    "full-lin": Preset(
        conv=False,
        unet_classes=("Transformer2DModel", "ResnetBlock2D", "TimestepEmbedding"),
        unet_names=("time_embedding.linear_1", "time_embedding.linear_2"),
    ),
    "attn-mlp": Preset(conv=False, unet_classes=_ATTENTION, unet_names=()),
    "attn-only": Preset(
        conv=False,
        unet_classes=("CrossAttention", "SelfAttention"),
        unet_names=(),
        text_classes=("CLIPAttention", "CLIPSdpaAttention"),
    ),
    "unet-only": Preset(text_classes=()),
    "unet-transformer-only": Preset(conv=False, unet_classes=_ATTENTION, unet_names=(), text_classes=()),
    "unet-convblock-only": Preset(
        unet_classes=("ResnetBlock2D", "Downsample2D", "Upsample2D"),
        unet_names=("conv_in", "conv_out"),
        text_classes=(),
    ),
    # the library's own patterns begin a path instead of ending it and find nothing; these are what they mean
    "ia3": Preset(
        conv=False,
        unet_classes=(),
        unet_names=(r".*\.to_[kv]$", r".*\.ff\.net\.2$"),
        text_classes=(),
        text_names=(r".*\.[kv]_proj$", r".*\.mlp\.fc2$"),
        by_name={r".*\.ff\.net\.2$": _ON_INPUT, r".*\.mlp\.fc2$": _ON_INPUT},
    ),
}
_FILE_KEYS: Final = {
    "enable_conv": "conv",
    "unet_target_module": "unet_classes",
    "unet_target_name": "unet_names",
    "text_encoder_target_module": "text_classes",
    "text_encoder_target_name": "text_names",
    "module_algo_map": "by_class",
    "name_algo_map": "by_name",
    "exclude_name": "excluded",
    "use_fnmatch": "glob",
}
_OVERRIDES: Final = {"weight_decompose": "dora_wd", "wd_on_out": "wd_on_output", "train_on_input": "on_input"}
"""Names of arguments in a preset file's maps that differ from those in network_args."""


@dataclass(frozen=True, slots=True)
class LycorisSpec:
    """A LyCORIS network. A ``conv_dim`` of 0 leaves 3x3 convolutions out.

    ``dropout`` drops what a module adds, ``rank_dropout`` whole outputs of it (with ``bypass`` and algo lora: whole
    ranks), ``module_dropout`` whole modules, each as a share of the steps. ``plus_unet`` and ``plus_text`` are LoRA+'s
    factors of the rate of the up weights.
    """

    module: ModuleSpec
    conv_dim: int
    conv_alpha: float
    preset: Preset
    train_norm: bool = False
    dropout: float = 0.0
    rank_dropout: float = 0.0
    module_dropout: float = 0.0
    bypass: bool = False
    plus_unet: float | None = None
    plus_text: float | None = None


def lycoris_spec(settings: TrainSettings) -> LycorisSpec:
    """Return the network that network_dim, network_alpha, network_dropout and network_args describe.

    Raises:
        MikazukiError: ``bad-network-args`` for a key, value or preset file that does not fit, and for arguments that
            would have no effect.
    """
    given = read_network_args(MODULE, settings.network_args)
    preset = _preset(given.pop("preset", "full"))
    dim, alpha = settings.network_dim, settings.network_alpha
    given["use_tucker"] = any(given.pop(name, False) for name in _TUCKER_NAMES)
    own = {item.name for item in fields(ModuleSpec)}
    module = ModuleSpec(dim=dim, alpha=alpha, **{key: value for key, value in given.items() if key in own})
    _check_effect(given, {module.algo} | set(_algorithms(preset)))
    plus = given.get("loraplus_lr_ratio")
    spec = LycorisSpec(
        module=module,
        conv_dim=given.get("conv_dim", dim) if preset.conv else 0,
        conv_alpha=given.get("conv_alpha", alpha),
        preset=preset,
        train_norm=given.get("train_norm", False),
        dropout=given.get("dropout", settings.network_dropout) or 0.0,
        rank_dropout=given.get("rank_dropout", 0.0),
        module_dropout=given.get("module_dropout", 0.0),
        bypass=given.get("bypass_mode", False),
        plus_unet=given.get("loraplus_unet_lr_ratio", plus),
        plus_text=given.get("loraplus_text_encoder_lr_ratio", plus),
    )
    _check_dylora(spec)
    return spec


def with_overrides(spec: ModuleSpec, changes: Mapping[str, Any]) -> ModuleSpec:
    """Return the shape with what a preset says of this class or path."""
    return replace(spec, **changes)


def _algorithms(preset: Preset) -> Iterable[str]:
    for changes in (*preset.by_class.values(), *preset.by_name.values()):
        if "algo" in changes:
            yield changes["algo"]


def _check_effect(given: Mapping[str, Any], algorithms: set[str]) -> None:
    """Refuse what none of the algorithms in use takes; what is off or left at its default may stand."""
    for key, takers in _TAKERS.items():
        if given.get(key) and not algorithms & set(takers):
            used = ", ".join(sorted(algorithms))
            raise bad_args(
                f"network_args: {key} has no effect with algo={used}.",
                f"It acts on {', '.join(takers)}: leave it out, or choose one of these.",
            )


def _check_dylora(spec: LycorisSpec) -> None:
    if spec.module.algo != "dylora":
        return
    if spec.dropout or spec.rank_dropout or spec.module_dropout:
        raise bad_args(
            "Dropout has no effect with algo=dylora: its ranks are dropped instead.",
            "Leave network_dropout and the dropouts of network_args out.",
        )
    for name, dim in (("network_dim", spec.module.dim), ("conv_dim", spec.conv_dim)):
        if dim % spec.module.block_size:
            raise bad_args(
                f"network_args: block_size={spec.module.block_size} does not divide {name} {dim}.",
                "Choose a block_size that does.",
            )


def _preset(name: str) -> Preset:
    """Return a preset of the library by name, or the one that a TOML file describes."""
    if name in PRESETS:
        return PRESETS[name]
    path = Path(name)
    if not path.is_file():
        raise bad_args(
            f"network_args: preset={name} is neither a preset nor a file.",
            f"Choose one of {', '.join(PRESETS)}, or name a TOML file.",
        )
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise bad_args(f"network_args: the preset file {name} is no TOML: {error}.", "Correct it.") from error
    return _preset_of(name, content)


def _preset_of(name: str, content: Mapping[str, Any]) -> Preset:
    """Return the preset that a file's content describes; what it leaves out is as in ``full``."""
    values: dict[str, Any] = {}
    for key, value in content.items():
        if key not in _FILE_KEYS:
            raise bad_args(
                f"network_args: the preset file {name} holds the unknown key {key}.",
                f"It takes {', '.join(_FILE_KEYS)}.",
            )
        own = _FILE_KEYS[key]
        if own in {"by_class", "by_name"}:
            values[own] = {pattern: _changes(name, changes) for pattern, changes in value.items()}
        else:
            values[own] = bool(value) if own in {"conv", "glob"} else tuple(value)
    return Preset(**values)


def _changes(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a map of a preset file says of one class or path, as fields of a `ModuleSpec`."""
    known = {item.name for item in fields(ModuleSpec)}
    changes: dict[str, Any] = {}
    for key, value in given.items():
        own = _OVERRIDES.get(key, key)
        if own not in known:
            raise bad_args(
                f"network_args: the preset file {name} holds the unknown option {key} in a map.",
                f"A map takes {', '.join(sorted(known))}.",
            )
        wanted = type(getattr(ModuleSpec(), own))
        changes[own] = str(value).lower() == "true" if wanted is bool else wanted(value)
    if changes.get("algo", ALGORITHMS[0]) not in ALGORITHMS:
        raise bad_args(
            f"network_args: the preset file {name} holds the unknown algo {changes['algo']}.",
            f"Choose one of {', '.join(ALGORITHMS)}.",
        )
    return changes
