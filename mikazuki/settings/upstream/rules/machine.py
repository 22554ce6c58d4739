"""Precision and memory: formats that need one another, and ways to save memory that exclude one another."""

from typing import Final

from mikazuki.settings.upstream.rules.view import Rule, Rules, View


def precision(s: View) -> tuple[Rule, ...]:
    """Number formats."""
    eight_bit = s.fp8_base or s.fp8_base_unet
    family = s.script.families[0]
    return (
        (s.full_fp16 and s.mixed_precision != "fp16", "full_fp16 needs mixed_precision fp16."),
        (s.full_bf16 and s.mixed_precision != "bf16", "full_bf16 needs mixed_precision bf16."),
        (eight_bit and s.mixed_precision == "no", "fp8_base needs mixed_precision fp16 or bf16."),
        (eight_bit and family == "anima", "fp8_base and fp8_base_unet have no effect with anima: leave them out."),
        (
            eight_bit and family == "hunyuan_image",
            "fp8_base and fp8_base_unet do not work with hunyuan_image: set fp8_scaled instead.",
        ),
        (s.fp16 and s.bf16, "fp16 and bf16 exclude each other: set one."),
        (
            s.fused_backward_pass and s.mixed_precision == "fp16",
            "fused_backward_pass cannot scale gradients as mixed_precision fp16 needs: use bf16 or no.",
        ),
    )


def memory(s: View) -> tuple[Rule, ...]:
    """Ways to save memory."""
    swapped = s.blocks_to_swap or s.double_blocks_to_swap or s.single_blocks_to_swap
    return (
        (s.lowram and s.highvram, "lowram and highvram exclude each other: set one."),
        (
            swapped and s.cpu_offload_checkpointing,
            "blocks_to_swap and cpu_offload_checkpointing exclude each other: set one.",
        ),
        (
            s.unsloth_offload_checkpointing and s.cpu_offload_checkpointing,
            "unsloth_offload_checkpointing and cpu_offload_checkpointing exclude each other: set one.",
        ),
        (
            s.unsloth_offload_checkpointing and swapped,
            "unsloth_offload_checkpointing and blocks_to_swap exclude each other: set one.",
        ),
        (
            s.attn_mode == "sageattn" and s.script.trains,
            "attn_mode sageattn has no backward pass, so nothing can be learned with it: use torch or flash.",
        ),
        (s.attn_mode == "xformers" and not s.split_attn, "attn_mode xformers needs split_attn: set it."),
        (s.use_sage_attn and s.script.trains, "use_sage_attn has no backward pass, so nothing can be learned with it."),
    )


def split_over_gpus(s: View) -> tuple[Rule, ...]:
    """DeepSpeed's options do nothing without it, or at a stage that does not split what they move."""
    moved = s.offload_param_device or s.zero3_init_flag or s.zero3_save_16bit_model
    asked = moved or s.offload_optimizer_device or s.fp16_master_weights_and_gradients
    return (
        (asked and not s.deepspeed, "offload_optimizer_device and the other options of DeepSpeed need deepspeed."),
        (
            s.deepspeed and moved and s.zero_stage != 3,
            "offload_param_device, zero3_init_flag and zero3_save_16bit_model need zero_stage 3.",
        ),
        (
            s.offload_optimizer_device == "nvme" and not s.offload_optimizer_nvme_path,
            "offload_optimizer_device nvme needs offload_optimizer_nvme_path.",
        ),
        (
            s.offload_param_device == "nvme" and not s.offload_param_nvme_path,
            "offload_param_device nvme needs offload_param_nvme_path.",
        ),
        (
            s.fp16_master_weights_and_gradients and not (s.zero_stage == 2 and s.offload_optimizer_device == "cpu"),
            "fp16_master_weights_and_gradients needs zero_stage 2 and offload_optimizer_device cpu.",
        ),
    )


GROUPS: Final[tuple[Rules, ...]] = (precision, memory, split_over_gpus)
