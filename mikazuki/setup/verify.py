"""Run by the Python of `venv/`: imports what was installed and computes once, so that no installation only looks done.

`python -m mikazuki.setup.verify TORCH_BUILD` exits 0, or says in one line what does not work.
"""

import importlib
import sys
from typing import Final

MODULES: Final = (
    "numpy",
    "PIL.Image",
    "pydantic",
    "safetensors.torch",
    "tokenizers",
    "accelerate",
    "tensorboard",
    "transformers.models.clip",
    "diffusers.models.unets.unet_2d_condition",
)


def problem(build: str) -> str:
    """Return what does not work, an empty text if everything does."""
    for name in ("torch", *MODULES):
        try:
            importlib.import_module(name)
        except (ImportError, OSError, RuntimeError) as error:
            return f"import {name}: {error}"
    import torch

    if not build.startswith("cu"):
        return ""
    if not torch.cuda.is_available():
        return f"torch {torch.__version__} finds no CUDA device"
    try:
        torch.ones(8, 8, device="cuda").matmul(torch.ones(8, 8, device="cuda")).sum().item()
    except RuntimeError as error:
        return f"a first multiplication on the card: {error}"
    return ""


if __name__ == "__main__":
    sys.exit(problem(sys.argv[1]) or 0)
