"""What methods beside lora train and write: how many numbers, how large their files, how much memory a weight takes."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from mikazuki.errors import MikazukiError
from mikazuki.models.families import TextEncoderSpec, family_of
from mikazuki.models.hypernetwork_spec import HypernetworkSpec, attention_widths, file_shapes_of
from mikazuki.models.identify import ModelInfo, file_shapes
from mikazuki.settings.methods import HYPERNETWORK, INVERSION
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.words import words_in

Shapes = Mapping[str, tuple[int, ...]]

_WORKED_WITH: Final = 5
"""Copies in fp32 of a weight that Adafactor works with at most: the weight, its gradient, and three on the way."""


def trained_numbers(info: ModelInfo, settings: TrainSettings, unet: Shapes, text: Shapes) -> int:
    """Count the numbers that a method beside lora trains, given the shapes of UNet and text encoders."""
    if settings.method == INVERSION:
        return word_numbers(info, settings, text)
    if settings.method == HYPERNETWORK:
        return count(_hypernetwork(settings, unet))
    return count(whole_shapes(info, settings, unet, text))


def whole_shapes(info: ModelInfo, settings: TrainSettings, unet: Shapes, text: Shapes) -> Shapes:
    """Return the shapes among UNet's and text encoders' that a method for whole models trains."""
    settings = settings.on_family(info.family)
    return {**(unet if settings.rate_of_unet else {}), **(text if settings.rate_of_text_encoder else {})}


def word_numbers(info: ModelInfo, settings: TrainSettings, text: Shapes) -> int:
    """Count the numbers of the words that are taught, given the shapes of text encoders."""
    widths = [_width(text, spec) for spec in family_of(info.family).text_encoders]
    return sum(widths) * settings.num_vectors_per_token * len(words_in(settings.token_string))


def _hypernetwork(settings: TrainSettings, unet: Shapes) -> Shapes:
    """Return the shapes of the file to start from, as far as it can be read, else of what the settings ask for."""
    if settings.hypernetwork_weights:
        try:
            return file_shapes(Path(settings.hypernetwork_weights))
        except (OSError, MikazukiError):
            return {}  # what is wrong with it is said where it is checked
    widths = settings.hypernetwork_sizes or attention_widths(unet)
    return file_shapes_of(HypernetworkSpec.of(settings), widths)


def count(shapes: Shapes) -> int:
    """Return how many numbers tensors of these shapes have."""
    return sum(math.prod(shape) for shape in shapes.values())


def _width(text: Shapes, spec: TextEncoderSpec) -> int:
    """Return the width of a text encoder's vocabulary, else the most usual one."""
    names = ("token_embedding.weight", "text_model.embeddings.token_embedding.weight")
    found = (text.get(spec.prefix + name) for name in names)
    return next((shape[-1] for shape in found if shape), 768)


def file_bytes(info: ModelInfo, settings: TrainSettings, trained: int) -> int:
    """Estimate the size of a saved file in bytes: what is trained, or the whole model in the precision it is saved in.

    Where that is not set, what is trained is saved as it is kept, and the rest as it lies in the base model's file.
    """
    number = 2 if settings.save_precision in {"fp16", "bf16"} else 4
    if settings.method in {INVERSION, HYPERNETWORK}:
        return trained * number + 1000
    numbers = count(info.shapes)
    kept = 2 if settings.full_bf16 or settings.full_fp16 else 4
    if settings.save_precision:
        return max(numbers, trained) * number
    return trained * kept + max(0, info.bytes - trained * max(1, info.bytes // max(1, numbers)))


def merged_bytes(info: ModelInfo, settings: TrainSettings) -> int:
    """Estimate the size in bytes of the base model with a network merged in (save_merged_model).

    A folder's headers tell of its UNet alone: it counts as large as it lies there, whatever save_precision.
    """
    if settings.save_precision is None or info.layout == "diffusers":
        return info.bytes
    return count(info.shapes) * (4 if settings.save_precision == "float" else 2)


def bytes_a_weight(settings: TrainSettings) -> float:
    """Return the memory of one trained weight in bytes: itself, its gradient, and what the optimizer remembers of it.

    Gradients count as nothing with fused_backward_pass and as their share with fused_optimizer_groups; AdamW keeps two
    moments, Lion and SGD with momentum one, 8-bit optimizers a byte for each, CAME one; Adafactor's are counted by
    `adafactor_bytes`.
    """
    kept = 2 if settings.full_bf16 or settings.full_fp16 else 4
    gradient = 0.0 if settings.fused_backward_pass else kept / (settings.fused_optimizer_groups or 1)
    name = settings.optimizer.lower()
    moments = 1 if any(word in name for word in ("lion", "sgd")) else 2
    if "adafactor" in name:
        return kept + gradient
    if name == "came":
        return kept + gradient + 4
    return kept + gradient + moments * (1 if "8bit" in name else 4)


def adafactor_bytes(settings: TrainSettings, trained: Shapes) -> int:
    """Return the memory beside weights and gradients in bytes that Adafactor takes for ``trained``; 0 of another one.

    It remembers means in fp32 over the last and over the last but one dimension: next to nothing of a matrix, but two
    numbers for three of a 3 x 3 convolution (counted for SDXL's UNet: 0.98 GB). And it works with copies of the
    largest weight, one after the other within the backward pass or after it.
    """
    if "adafactor" not in settings.optimizer.lower() or not trained:
        return 0
    remembered = sum(_factored(shape) for shape in trained.values())
    return 4 * (remembered + _WORKED_WITH * max(math.prod(shape) for shape in trained.values()))


def _factored(shape: tuple[int, ...]) -> int:
    return math.prod(shape[:-1]) + math.prod((*shape[:-2], shape[-1])) if len(shape) > 1 else math.prod(shape)
