"""Writes whole base models: one file in the original layout that every UI loads, or a diffusers folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import torch

from mikazuki.files import replacing_folder, write_text
from mikazuki.models.export_files import Progress, no_progress, write_safetensors, write_torch
from mikazuki.models.export_folder import write_folder
from mikazuki.models.export_parts import WholeModel, checkpoint_tensors
from mikazuki.models.export_yaml import model_yaml

__all__ = ["TORCH_ENDINGS", "WholeModel", "save_checkpoint", "save_folder"]

TORCH_ENDINGS: Final = (".ckpt", ".pt", ".pth")
"""Endings of files that are torch checkpoints; all others are .safetensors."""


def save_checkpoint(
    path: Path,
    model: WholeModel,
    *,
    dtype: torch.dtype | None,
    metadata: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
) -> None:
    """Write one file in the original layout: a torch checkpoint where ``path`` ends in .ckpt, else .safetensors.

    Beside an SD2 file its .yaml is written. A file that is there is replaced, at once or not at all. Beside the
    model a .safetensors takes the memory of its largest tensor, a .ckpt that of one copy in ``dtype``.

    Args:
        path: Where to.
        model: What to write.
        dtype: Number type of all weights; None keeps each as it is.
        metadata: Texts for the header (a .ckpt has no place for them).
        progress: Is told which share is written.

    Raises:
        MikazukiError: ``incomplete-model`` where a part is missing, ``disk-full`` and ``not-writable``.
    """
    tensors = checkpoint_tensors(model, dtype)
    if model.family.name == "sd2":
        shapes = {name: tensor.shape for name, tensor in tensors.items()}
        write_text(path.with_suffix(".yaml"), model_yaml(shapes, model.prediction_type))
    if path.suffix.lower() in TORCH_ENDINGS:
        write_torch(path, tensors, progress)
    else:
        write_safetensors(path, tensors, metadata or {}, progress)


def save_folder(path: Path, model: WholeModel, *, dtype: torch.dtype | None, progress: Progress = no_progress) -> None:
    """Write a diffusers folder, which DiffusionPipeline loads without a network; one that is there is replaced.

    Args:
        path: The folder.
        model: What to write; it must have a VAE.
        dtype: Number type of all weights; None keeps each as it is.
        progress: Is told which share is written.

    Raises:
        MikazukiError: ``incomplete-model`` where a part is missing, ``disk-full`` and ``not-writable``.
    """
    with replacing_folder(path) as part:
        write_folder(part, model, dtype, progress)
