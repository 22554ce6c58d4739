"""Running out of memory: how it is recognised, what a person can do about it, and what is freed before another try."""

import gc
from typing import TYPE_CHECKING, Final

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


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an error says that there was not enough memory, on a GPU or without one."""
    return isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in SIGNS)


def free_memory(device: "torch.device") -> None:
    """Give back what nothing uses any more; to be called when the error and all it held on to are gone."""
    import torch  # the border of the process asks this module before torch is there

    gc.collect()
    if device.type == "cuda":
        torch.cuda.empty_cache()
