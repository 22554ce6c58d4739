"""Times one LoRA training step of the builtin engine against diffusers with peft, in one process, as a ratio.

    python benchmarks/step.py sd-models/tiny-sd --latent 16 --batch 4 --steps 30

Both train the same UNet of the same file with a LoRA of the same rank on the same modules, fp32, fused AdamW, the
same latents and conditions; the text encoder stays out of both. The floor is the UNet's forward and backward pass
without any adapter (gradients to its input).
"""

import argparse
import copy
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from mikazuki.models.families import FAMILIES
from mikazuki.models.identify import identify
from mikazuki.models.load import load_unet
from mikazuki.models.lora_spec import LoraSpec
from mikazuki.training.networks.lora import build_network

Step = Callable[[], None]


def inputs(unet: Any, batch: int, latent: int) -> dict[str, Tensor]:
    """Return what the UNet takes, random but fixed."""
    torch.manual_seed(0)
    config = unet.config
    given = {
        "sample": torch.randn(batch, 4, latent, latent),
        "timestep": torch.randint(0, 1000, (batch,)),
        "encoder_hidden_states": torch.randn(batch, 77, config.cross_attention_dim),
    }
    if config.addition_embed_type == "text_time":
        pooled = config.projection_class_embeddings_input_dim - 6 * config.addition_time_embed_dim
        given["added_cond_kwargs"] = {  # type: ignore[assignment]
            "text_embeds": torch.randn(batch, pooled),
            "time_ids": torch.full((batch, 6), float(latent * 8)),
        }
    return given


def training_step(unet: Any, parameters: list[Tensor], given: dict[str, Tensor]) -> Step:
    """Return a step: forward, mean squared error, backward, AdamW."""
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, fused=True)
    target = torch.randn_like(given["sample"])

    def step() -> None:
        loss = (unet(**given).sample - target).square().mean()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    return step


def ours(unet: Any, family: str, rank: int, given: dict[str, Tensor]) -> Step:
    """Return the builtin engine's step."""
    network = build_network(unet, [], FAMILIES[family], LoraSpec(rank, rank / 2))  # type: ignore[index]
    return training_step(unet, list(network.parameters()), given)


def with_peft(unet: Any, rank: int, given: dict[str, Tensor]) -> Step:
    """Return diffusers' step with peft on the same modules."""
    from peft import LoraConfig

    targets = [
        name
        for name, module in unet.named_modules()
        if ".attentions." in name and isinstance(module, (torch.nn.Linear, torch.nn.Conv2d))
    ]
    unet.add_adapter(LoraConfig(r=rank, lora_alpha=rank // 2, target_modules=targets))
    return training_step(unet, [p for p in unet.parameters() if p.requires_grad], given)


def floor(unet: Any, given: dict[str, Tensor]) -> Step:
    """Return forward and backward to the input, nothing trained."""
    leaf = given["sample"].clone().requires_grad_()

    def step() -> None:
        unet(**{**given, "sample": leaf}).sample.square().mean().backward()
        leaf.grad = None

    return step


def seconds(steps: dict[str, Step], count: int) -> dict[str, float]:
    """Return each one's median seconds, taken in turns so that a busy machine treats them alike."""
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for step in steps.values():
        step()
    for _ in range(count):
        for name, step in steps.items():
            began = time.perf_counter()
            step()
            taken[name].append(time.perf_counter() - began)
    return {name: sorted(values)[len(values) // 2] for name, values in taken.items()}


def main() -> None:
    """Time all three and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--latent", type=int, default=16)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--steps", type=int, default=30)
    arguments = parser.parse_args()
    info = identify(arguments.model)
    unet = load_unet(info, dtype=torch.float32)
    given = inputs(unet, arguments.batch, arguments.latent)
    second, third = copy.deepcopy(unet), copy.deepcopy(unet)
    steps = {
        "floor: no adapter, backward to the input": floor(third, given),
        "builtin": ours(unet, info.family, arguments.rank, given),
        "diffusers + peft": with_peft(second, arguments.rank, given),
    }
    found = seconds(steps, arguments.steps)
    print(f"{platform.machine()}, {os.cpu_count()} cores, {torch.get_num_threads()} threads, torch {torch.__version__}")
    print("\n| step | ms | against the floor |\n|---|--:|--:|")
    for name, value in found.items():
        print(f"| {name} | {value * 1000:.1f} | {value / next(iter(found.values())):.2f} |")


if __name__ == "__main__":
    main()
