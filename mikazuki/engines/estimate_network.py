"""Counts the numbers of the network that settings ask for, from the shapes of the base model's tensors alone."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatch
from typing import Final

from mikazuki.models.lora_spec import LYCORIS, OFT, oft_spec
from mikazuki.models.lycoris_spec import LycorisSpec, ModuleSpec, lycoris_spec, with_overrides
from mikazuki.settings.train import TrainSettings

Shape = tuple[int, ...]
Shapes = Mapping[str, Shape]

ATTENTION: Final = re.compile(r"\.(to_[qkv]|to_out\.0)\.weight$")
TRANSFORMER: Final = re.compile(r"\.(to_[qkv]|to_out\.0|ff\.net\.0\.proj|ff\.net\.2|proj_in|proj_out)\.weight$")
TEXT: Final = re.compile(r"\.(([qkv]|out)_proj|fc1|fc2|c_fc|c_proj)\.weight$|\.attn\.in_proj_weight$")
RESNET: Final = re.compile(r"\.(emb_layers\.1|time_emb_proj|skip_connection|conv_shortcut)\.weight$")
"""Matrices and 1x1 convolutions of the convolution blocks."""
EDGES: Final = ("conv_in.weight", "conv_out.weight", "input_blocks.0.0.weight", ".out.2.weight")

_SORTS: Final = {
    "attention": ATTENTION,
    "transformer": TRANSFORMER,
    "convolution": RESNET,
    "time": re.compile(r"time_embed(ding)?\."),
    "text attention": re.compile(r"\.([qkv]|out)_proj\.weight$|\.attn\.in_proj_weight$"),
    "text": TEXT,
    "edge": re.compile("|".join(re.escape(end) for end in EDGES)),
}
"""Sort of a tensor -> what its name shows, in this order."""

_CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    "attention": ("CrossAttention", "SelfAttention", "Transformer2DModel"),
    "transformer": ("Transformer2DModel",),
    "convolution": ("ResnetBlock2D", "Downsample2D", "Upsample2D"),
    "time": ("TimestepEmbedding",),
    "text attention": ("CLIPAttention", "CLIPSdpaAttention"),
    "text": ("CLIPMLP",),
    "edge": (),
}
"""Sort of a tensor -> the classes of sd-scripts' blocks around it, by any of which a preset may choose it."""

_PATHS: Final = {
    "input_blocks.0.0": "conv_in",
    "out.2": "conv_out",
    "time_embed.0": "time_embedding.linear_1",
    "time_embed.2": "time_embedding.linear_2",
}
"""Paths in a file in the original format -> those that presets name."""


def network_parameters(unet: Shapes, text: Shapes, settings: TrainSettings, family: str) -> int:
    """Count what a file of this network holds; biases and norms, which some kinds train too, are passed over.

    Args:
        unet: Shapes of the UNet's tensors, empty where it is not trained.
        text: Shapes of the text encoders' tensors, likewise.
        settings: What was asked for.
        family: The base model's family.

    Raises:
        MikazukiError: ``bad-network-args``.
    """
    if settings.network_module == OFT:
        return _oft(unet, settings)
    if settings.network_module == LYCORIS:
        return _lycoris({**unet, **text}, lycoris_spec(settings), family)
    return _loras(unet, settings) + sum(
        _lora(shape, settings.network_dim) for name, shape in text.items() if TEXT.search(name)
    )


def _loras(unet: Shapes, settings: TrainSettings) -> int:
    """Count what networks.lora, lora_fa and dylora stand beside in a UNet."""
    rank, conv_rank = settings.network_dim, _conv_dim(settings)
    total = 0
    for name, shape in unet.items():
        if TRANSFORMER.search(name) or (conv_rank and RESNET.search(name)):
            total += _lora(shape, rank)
        elif conv_rank and _is_block_conv(name, shape):
            total += _lora(shape, conv_rank)
    return total


def _conv_dim(settings: TrainSettings) -> int:
    pairs = dict(pair.split("=", 1) for pair in settings.network_args)
    value = pairs.get("conv_dim", "")
    return int(value) if value.isdigit() else 0


def _lora(shape: Shape, rank: int) -> int:
    """Count a pair of matrices; attention's fused projection stands for three of them."""
    return sum(rank * (math.prod(one[1:]) + one[0]) for one in _unfused(shape))


def _unfused(shape: Shape) -> list[Shape]:
    fused = len(shape) == 2 and shape[0] == 3 * shape[1]
    return [(shape[0] // 3, shape[1])] * 3 if fused else [shape]


def _is_block_conv(name: str, shape: Shape) -> bool:
    return len(shape) == 4 and shape[2] > 1 and not name.endswith(EDGES)


def _oft(unet: Shapes, settings: TrainSettings) -> int:
    """Count networks.oft: so many blocks beside each module, each as wide as its share of the outputs."""
    spec = oft_spec(settings)
    chosen = TRANSFORMER if spec.all_linear else ATTENTION
    total = 0
    for name, shape in unet.items():
        if chosen.search(name) or (spec.conv and (RESNET.search(name) or _is_block_conv(name, shape))):
            total += shape[0] ** 2 // spec.blocks
    return total


def _lycoris(shapes: Shapes, spec: LycorisSpec, family: str) -> int:
    total = 0
    for name, shape in shapes.items():
        own = _spec_at(name, shape, spec, family)
        if own is not None:
            total += sum(module_parameters(one, own) for one in _unfused(shape))
    return total


def _spec_at(name: str, shape: Shape, spec: LycorisSpec, family: str) -> ModuleSpec | None:
    """Return the shape of the module that the preset puts beside a tensor, None for none."""
    sort = _sort_of(name, shape)
    # SDXL's own names and blocks are none that a preset knows here
    if sort is None or (family == "sdxl" and sort in {"edge", "time"}):
        return None
    preset, path = spec.preset, _path_of(name)
    wide = len(shape) == 4 and shape[2] > 1
    text = sort.startswith("text")
    classes = preset.text_classes if text else preset.unet_classes
    names = preset.text_names if text else preset.unet_names
    by_class = any(known in classes for known in _CLASSES[sort])
    named = any(_matches(path, pattern, glob=preset.glob) for pattern in names)
    excluded = any(_matches(path, pattern, glob=preset.glob) for pattern in preset.excluded)
    if excluded or not (by_class or named) or (wide and not spec.conv_dim):
        return None
    changes = [own for known, own in preset.by_class.items() if known in _CLASSES[sort]]
    changes += [own for pattern, own in preset.by_name.items() if _matches(path, pattern, glob=preset.glob)]
    base = with_overrides(spec.module, {"dim": spec.conv_dim, "alpha": spec.conv_alpha}) if wide else spec.module
    return with_overrides(base, changes[-1]) if changes else base


def _sort_of(name: str, shape: Shape) -> str | None:
    """Say which part of a model a tensor is of; None for norms, biases and what no network stands beside."""
    if not name.endswith("weight") or len(shape) not in {2, 4}:
        return None
    if _is_block_conv(name, shape):
        return "convolution"
    return next((sort for sort, pattern in _SORTS.items() if pattern.search(name)), None)


def _path_of(name: str) -> str:
    path = name.removesuffix(".weight").removeprefix("model.diffusion_model.")
    return _PATHS.get(path, path)


def _matches(path: str, pattern: str, *, glob: bool) -> bool:
    return fnmatch(path, pattern) if glob else re.match(pattern, path) is not None


def module_parameters(shape: Shape, spec: ModuleSpec) -> int:
    """Count the numbers of one LyCORIS module beside a weight [outputs, inputs, sides of the kernel]."""
    count = _COUNTS.get(spec.algo, _pair)(shape, spec)
    return count + (shape[0 if spec.wd_on_output else 1] if spec.dora_wd else 0)


def _sides(shape: Shape) -> int:
    return math.prod(shape[2:])


def _pair(shape: Shape, spec: ModuleSpec) -> int:
    """LoRA: down and up, with ``use_tucker`` a core of the kernel's size between them."""
    out, inner, rank = shape[0], shape[1], spec.dim
    if spec.use_tucker and _sides(shape) > 1:
        return rank * (out + inner) + rank * rank * _sides(shape)
    return rank * (out + inner * _sides(shape))


def _two_pairs(shape: Shape, spec: ModuleSpec) -> int:
    return 2 * _pair(shape, spec)


def _kronecker(shape: Shape, spec: ModuleSpec) -> int:
    """LoKr: a small and a large factor, each whole where a pair of its rank would save little."""
    rank, sides = spec.dim, _sides(shape)
    small_in, large_in = factors(shape[1], spec.factor)
    small_out, large_out = factors(shape[0], spec.factor)
    if spec.unbalanced_factorization:
        small_out, large_out = large_out, small_out
    small = small_out * small_in
    if spec.decompose_both and not spec.full_matrix and rank < max(small_out, small_in) / 2:
        small = rank * (small_out + small_in)
    if spec.full_matrix or rank >= max(large_out, large_in) / 2:
        return small + large_out * large_in * sides
    return small + _pair((large_out, large_in, *shape[2:]), spec)


def factors(number: int, most: int) -> tuple[int, int]:
    """Return the two factors of a number that are nearest to each other, the smaller one first.

    A ``most`` above 0 bounds the smaller one, and is one of the two where it divides the number.
    """
    if most > 0 and number % most == 0:
        return min(most, number // most), max(most, number // most)
    least = max(one for one in _divisors(number) if most < 0 or one <= most)
    return least, number // least


def _divisors(number: int) -> Iterator[int]:
    """Yield the divisors up to the root, 1 among them."""
    return (one for one in range(1, math.isqrt(number) + 1) if number % one == 0)


def _generalised(shape: Shape, spec: ModuleSpec) -> int:
    out, inner = shape[0], shape[1]
    return spec.dim * (2 * inner + out + inner * _sides(shape))


def _rotation(shape: Shape, spec: ModuleSpec) -> int:
    size, count = factors(shape[0], spec.dim)
    return count * size * size + (shape[0] if spec.rescaled else 0)


def _butterfly(shape: Shape, spec: ModuleSpec) -> int:
    """BOFT: stages of rotations of blocks of an even size, a power of two of which make the outputs."""
    out = shape[0]
    sizes = [out >> power for power in range(out.bit_length()) if out % (1 << power) == 0]
    fitting = [size for size in sizes if size % 2 == 0 and size <= spec.dim]
    if not fitting:
        return 0
    count = out // max(fitting)
    stages = (count - 1).bit_count() + 1
    return stages * out * max(fitting) + (out if spec.rescaled else 0)


_COUNTS: Final[Mapping[str, Callable[[Shape, ModuleSpec], int]]] = {
    "loha": _two_pairs,
    "lokr": _kronecker,
    "glora": _generalised,
    "full": lambda shape, _: math.prod(shape),
    "ia3": lambda shape, spec: 1 + shape[1 if spec.on_input else 0],
    "diag-oft": _rotation,
    "boft": _butterfly,
}
"""How the numbers of a module are counted by algo; the others are pairs, as LoRA is."""
