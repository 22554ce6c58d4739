"""Keeps diffusers from importing packages for quantised and foreign models, which a training never uses."""

from typing import Final

UNUSED: Final = ("_bitsandbytes_available", "_peft_available", "_torchao_available", "_gguf_available")
"""What diffusers knows of packages that its model classes import where they are installed.

Measured: 0.9 to 1.8 seconds at the start of every training where bitsandbytes and peft are there (diffusers 0.42.1).
"""


def lean_diffusers() -> None:
    """Let diffusers pass for one without those packages; to be called before its first model class is imported."""
    from diffusers.utils import import_utils

    for name in UNUSED:
        # an older or newer diffusers may not have all of them
        if hasattr(import_utils, name):
            setattr(import_utils, name, False)
