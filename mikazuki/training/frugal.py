"""How the UNet computes: its attention, what it remembers for the way back, and whether it is compiled."""

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings
from mikazuki.training.eight_bit import keep_in_8_bits


def set_up_unet(unet: Any, settings: TrainSettings, device: torch.device) -> Any:
    """Move the frozen UNet to the device in the form that the settings ask for, ready for a network beside it."""
    if settings.fp8_base or settings.fp8_base_unet:
        keep_in_8_bits(unet)
    unet.to(device)
    choose_attention(unet, settings)
    if settings.gradient_checkpointing:
        if settings.cpu_offload_checkpointing:
            unet.enable_gradient_checkpointing(offloaded(device))
        else:
            unet.enable_gradient_checkpointing()
        # diffusers looks for checkpoints in training mode only; nothing of it drops
        unet.train()
    return unet


def offloaded(device: torch.device) -> Callable[..., Any]:
    """Return a checkpointing function that keeps the blocks' inputs in main memory."""
    from torch.autograd.graph import save_on_cpu
    from torch.utils.checkpoint import checkpoint

    def run(block: Callable[..., Any], *inputs: Any) -> Any:
        with save_on_cpu(pin_memory=device.type == "cuda"):
            return checkpoint(block, *inputs, use_reentrant=False)

    return run


def choose_attention(unet: Any, settings: TrainSettings) -> None:
    """Set the attention kernel; diffusers' own default is torch's. Raises MikazukiError ``xformers-missing``."""
    if settings.mem_eff_attn:
        unet.set_attention_slice("max")
    elif settings.xformers or settings.diffusers_xformers:
        try:
            unet.enable_xformers_memory_efficient_attention()
        except (ImportError, ValueError) as error:
            raise MikazukiError(
                "xformers-missing",
                f"xformers is set, but it cannot be used here: {error}.",
                "Leave xformers off: torch's own attention (sdpa) is as fast.",
            ) from error
    elif not settings.sdpa:
        from diffusers.models.attention_processor import AttnProcessor

        unet.set_attn_processor(AttnProcessor())


def compile_unet(unet: nn.Module, settings: TrainSettings) -> None:
    """Compile the UNet in place as ``torch_compile`` asks; to be done after a network is attached.

    Raises:
        MikazukiError: ``backend-unknown`` where this torch has no such ``dynamo_backend``.
    """
    if not settings.torch_compile:
        return
    # the full list: eager and aot_eager are for finding faults, and in upstream's list as well
    known = torch.compiler.list_backends(exclude_tags=())
    if settings.dynamo_backend not in known:
        raise MikazukiError(
            "backend-unknown",
            f"dynamo_backend {settings.dynamo_backend} is not in this version of torch.",
            f"Choose one of {', '.join(known)}; inductor is the usual one.",
        )
    # every bucket is compiled by itself: shapes that are left open cost speed, and not every backend takes them
    unet.compile(backend=settings.dynamo_backend, dynamic=False)
