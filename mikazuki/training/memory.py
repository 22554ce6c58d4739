"""Running out of memory: how it is recognised, what a person can do about it, and what is freed before another try."""

import gc
from typing import TYPE_CHECKING, Final

from mikazuki.errors import EXIT_FAILED, MikazukiError

if TYPE_CHECKING:
    import torch

SIGNS: Final = ("out of memory", "can't allocate memory", "_alloc_failed", "bad_alloc")
"""What libraries say, in lower case, when there is not enough of it."""
HINT: Final = (
    "Lower these, in order of effect: train_batch_size to 1 (with gradient_accumulation_steps in its place), "
    "gradient_checkpointing = true, resolution, mixed_precision = bf16 or fp16, network_train_unet_only = true, "
    "optimizer_type = AdamW8bit, network_dim. Close other programs that use the GPU. `python -m mikazuki probe` "
    "measures what fits."
)


HINT_CLASS_PICTURES: Final = (
    "Lower class_batch_size, down to 1, then resolution, or set mixed_precision = bf16 or fp16. Close other programs "
    "that use the GPU. The next start goes on with the pictures that are missing."
)
"""What helps while class pictures are drawn, before anything learns."""


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an error says that there was not enough memory, on a GPU or without one."""
    return isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in SIGNS)


def out_of_memory(error: BaseException, what: str, hint: str = HINT) -> MikazukiError:
    """Return what a person can do where an error `is_out_of_memory`; ``what`` is what there is not enough for."""
    text = str(error)
    said = text.splitlines()[0] if text else "allocation failed"
    return MikazukiError("out-of-memory", f"There is not enough memory {what}: {said}", hint, exit_code=EXIT_FAILED)


def free_memory(device: "torch.device") -> None:
    """Give back what nothing uses any more; to be called when the error and all it held on to are gone."""
    import torch  # the border of the process asks this module before torch is there

    gc.collect()
    if device.type == "cuda":
        torch.cuda.empty_cache()
