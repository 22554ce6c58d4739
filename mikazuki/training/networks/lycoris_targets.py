"""Which modules of a base model a LyCORIS network stands beside: what a preset chooses by sd-scripts' names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from typing import Final

from torch import nn

from mikazuki.models import keys
from mikazuki.models.families import Family
from mikazuki.models.lycoris_spec import LycorisSpec, ModuleSpec, Preset, with_overrides
from mikazuki.training.networks.targets import UNET_PREFIX, text_name

Leaf = nn.Linear | nn.Conv2d | nn.GroupNorm | nn.LayerNorm
_LEAVES: Final = (nn.Linear, nn.Conv2d, nn.GroupNorm, nn.LayerNorm)
_NORMS: Final = (nn.GroupNorm, nn.LayerNorm)
_UPSTREAM_CLASSES: Final = {"Attention": "CrossAttention"}
"""Classes of blocks that sd-scripts' UNets call by another name."""
_NOT_IN_SDXL: Final = "TimestepEmbedding"
"""A class of block that sd-scripts' SDXL lacks: its embeddings are plain sequences, which no preset names."""


@dataclass(frozen=True, slots=True)
class Place:
    """A module that can have one beside it: its name in a file, sd-scripts' path to it, the classes around it."""

    name: str
    path: str
    classes: tuple[str, ...]
    module: Leaf


@dataclass(frozen=True, slots=True)
class Chosen:
    """A place that a preset chooses, and what stands there; a norm has no use for the shape."""

    name: str
    module: Leaf
    spec: ModuleSpec


def unet_places(unet: nn.Module, family: Family) -> Iterator[Place]:
    """Yield every place of a UNet under the names of the family's files: SDXL's are those of the original blocks."""
    back: keys.Table = {}
    if family.original_lora_names:
        back = keys.inverted(keys.unet_table(keys.diffusers_unet_layout(name for name, _ in unet.named_modules())))
    for path, classes, module in _leaves(unet):
        own = keys.translate(path, back) or path
        known = [name for name in classes if not (family.original_lora_names and name == _NOT_IN_SDXL)]
        yield Place(f"{UNET_PREFIX}_{own.replace('.', '_')}", own, tuple(known), module)


def text_places(text_encoders: Sequence[nn.Module], family: Family) -> Iterator[Place]:
    """Yield every place of the text encoders."""
    for encoder, part in zip(text_encoders, family.text_encoders, strict=False):
        for path, classes, module in _leaves(encoder):
            yield Place(text_name(path, part.lora_prefix), path, classes, module)


def chosen_of_unet(unet: nn.Module, family: Family, spec: LycorisSpec) -> Iterator[Chosen]:
    """Yield what the preset chooses of a UNet."""
    preset = spec.preset
    yield from _chosen(unet_places(unet, family), spec, preset.unet_classes, preset.unet_names)


def chosen_of_text(text_encoders: Sequence[nn.Module], family: Family, spec: LycorisSpec) -> Iterator[Chosen]:
    """Yield what the preset chooses of the text encoders."""
    preset = spec.preset
    yield from _chosen(text_places(text_encoders, family), spec, preset.text_classes, preset.text_names)


def _leaves(model: nn.Module) -> Iterator[tuple[str, tuple[str, ...], Leaf]]:
    """Yield path, classes of the blocks around it (outermost first, itself last) and module of every leaf."""
    around: dict[str, tuple[str, ...]] = {"": ()}
    for path, module in model.named_modules():
        if not path:
            continue
        name = type(module).__name__
        classes = (*around[path.rpartition(".")[0]], _UPSTREAM_CLASSES.get(name, name))
        around[path] = classes
        if isinstance(module, _LEAVES):
            yield path, classes, module


def _chosen(
    places: Iterator[Place], spec: LycorisSpec, classes: Sequence[str], names: Sequence[str]
) -> Iterator[Chosen]:
    preset = spec.preset
    for place in places:
        by_class = any(name in classes for name in place.classes)
        if not by_class and not _matches(place.path, names, preset):
            continue
        if _matches(place.path, preset.excluded, preset):
            continue
        own = _spec_at(place, spec, by_class=by_class)
        if own is not None:
            yield Chosen(place.name, place.module, own)


def _spec_at(place: Place, spec: LycorisSpec, *, by_class: bool) -> ModuleSpec | None:
    """Return the shape of the module at a place: 3x3 convolutions take conv_dim, and norms only train_norm."""
    preset, module = spec.preset, place.module
    if isinstance(module, _NORMS):
        return spec.module if spec.train_norm and by_class else None
    inner = next((preset.by_class[name] for name in reversed(place.classes) if name in preset.by_class), {})
    changes = inner
    if not by_class:
        changes = next((own for name, own in preset.by_name.items() if _matches(place.path, (name,), preset)), inner)
    shape = spec.module
    if isinstance(module, nn.Conv2d) and module.kernel_size != (1, 1):
        shape = replace(shape, dim=spec.conv_dim, alpha=spec.conv_alpha)
    shape = with_overrides(shape, changes)
    return shape if shape.dim else None


def _matches(path: str, patterns: Sequence[str], preset: Preset) -> bool:
    """Tell whether a path is one of the patterns or matches one, as the library's `match_fn` has it."""
    if preset.glob:
        return any(path == pattern or fnmatch(path, pattern) for pattern in patterns)
    return any(path == pattern or re.match(pattern, path) for pattern in patterns)
