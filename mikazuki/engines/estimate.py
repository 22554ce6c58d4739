"""What a training will take, estimated from headers alone: size of the adapter and its states, disk, memory."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.data.plan import Plan
from mikazuki.engines import estimate_network
from mikazuki.engines.estimate_method import (
    adafactor_bytes,
    bytes_a_weight,
    file_bytes,
    merged_bytes,
    trained_numbers,
    whole_shapes,
    word_numbers,
)
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import ModelInfo
from mikazuki.models.lora_spec import LORA
from mikazuki.settings.methods import NETWORKS, PIVOTAL, WHOLE
from mikazuki.settings.train import TrainSettings

LATENT_PIXEL: Final = 8 * 8
"""Pixels of a picture that make one of its latents."""
SD15_UNET: Final = 859.5e6
"""Parameters of SD1.5's UNet, the model the memory rule was measured on."""
ACTIVATION_BYTES: Final = 0.7e6
"""Bytes of activations a latent pixel in fp32: SD1.5 LoRA, 32x32 latents, batch 1 took 4.6 GB, 3.9 of it weights
and program (measured on a CPU; bf16 2.6 GB)."""
CHECKPOINTING_SHARE: Final = 0.3
CHECKPOINTED_BYTES: Final = 0.12e6
"""The same with gradient checkpointing, whatever the UNet's size: in bf16 59 kB were counted for SD1.5, 44 for SDXL
(`benchmarks/sdxl_memory.py`)."""
PROGRAM_BYTES: Final = 0.6e9
"""torch itself, and on a GPU its context."""


@dataclass(frozen=True)
class Estimate:
    """Expected sizes in bytes; the memory is a rule of thumb, the rest is counted.

    ``checkpoint`` is all that is written together, a merged model among it.
    """

    parameters: int
    checkpoint: int
    checkpoints: int
    state: int
    states: int
    memory: int

    @property
    def disk(self) -> int:
        """All files together; while a state is replaced, one more is there for a moment."""
        return self.checkpoint * self.checkpoints + self.state * (self.states + bool(self.states))


def estimate(info: ModelInfo, settings: TrainSettings, plan: Plan) -> Estimate:
    """Estimate a training on this model with these settings and this data."""
    if settings.method in NETWORKS:
        parameters, files = network_parameters(info, settings), 1
        if settings.method == PIVOTAL:
            parameters += word_numbers(info, settings, text_shapes(info))
            files = 2  # the network is written alone, and once more in a bundle with the words
        checkpoint = files * (parameters * (4 if settings.save_precision in {None, "float"} else 2) + 100_000)
        checkpoint += merged_bytes(info, settings) if settings.save_merged_model else 0
    else:
        parameters = trained_numbers(info, settings, unet_shapes(info), text_shapes(info))
        checkpoint = file_bytes(info, settings, parameters)
    saves = saves_of(plan, settings)
    return Estimate(
        parameters=parameters,
        checkpoint=checkpoint,
        checkpoints=saves,
        # Weights, and two moments for each of them, in fp32.
        state=parameters * 4 * 3,
        states=saves if settings.save_state else 0,
        memory=memory_bytes(info, settings, plan, parameters),
    )


def saves_of(plan: Plan, settings: TrainSettings) -> int:
    """Return how many adapter files a run leaves: those on the way and the last one."""
    return saves_in(plan.max_train_steps, plan.max_train_epochs, lambda name: getattr(settings, name))


def saves_in(steps: int, epochs: int, value: Callable[[str], Any]) -> int:
    """Return how many files a run of that length has at most; ``value`` gives the options that say when it saves."""
    ratio, every_step = value("save_n_epoch_ratio"), value("save_every_n_steps")
    every_epoch = (epochs // ratio or 1) if ratio else value("save_every_n_epochs")
    last_steps = value("save_last_n_steps")
    newest = None if last_steps is None or not every_step else last_steps // every_step + 1
    return 1 + _kept(epochs, every_epoch, value("save_last_n_epochs")) + _kept(steps, every_step, newest)


def _kept(total: int, every: int | None, newest: int | None) -> int:
    """Count the files of one rhythm; an older one than the ``newest`` so many goes when the next has been written."""
    made = (total - 1) // every if every else 0
    return made if newest is None else min(made, newest + 1)


def network_parameters(info: ModelInfo, settings: TrainSettings) -> int:
    """Count the numbers of the network that these settings make for this model.

    Where its arguments are none that are known here, perhaps upstream's, it counts as a LoRA of that rank.
    """
    unet = unet_shapes(info) if settings.rate_of_unet else {}
    text = text_shapes(info) if settings.rate_of_text_encoder else {}
    try:
        return estimate_network.network_parameters(unet, text, settings, info.family)
    except MikazukiError:
        plain = settings.model_copy(update={"network_module": LORA, "network_args": ()})
        return estimate_network.network_parameters(unet, text, plain, info.family)


def unet_shapes(info: ModelInfo) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the UNet's tensors."""
    if info.layout == "diffusers":
        return dict(info.shapes)
    return {name: shape for name, shape in info.shapes.items() if name.startswith("model.diffusion_model.")}


def text_shapes(info: ModelInfo) -> dict[str, tuple[int, ...]]:
    """Return shapes of the text encoders' tensors; of a folder's, those its configurations imply."""
    if info.layout == "single":
        return {n: s for n, s in info.shapes.items() if n.startswith(("cond_stage_model.", "conditioner."))}
    shapes: dict[str, tuple[int, ...]] = {}
    for part in ("text_encoder", "text_encoder_2"):
        config = _read_config(info.path / part / "config.json")
        hidden, inner = int(config.get("hidden_size", 0)), int(config.get("intermediate_size", 0))
        for layer in range(int(config.get("num_hidden_layers", 0))):
            at = f"{part}.layers.{layer}"
            shapes |= {f"{at}.self_attn.{name}_proj.weight": (hidden, hidden) for name in ("q", "k", "v", "out")}
            shapes |= {f"{at}.mlp.fc1.weight": (inner, hidden), f"{at}.mlp.fc2.weight": (hidden, inner)}
    return shapes


def _read_config(path: Path) -> dict[str, Any]:
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return config if isinstance(config, dict) else {}


def memory_bytes(info: ModelInfo, settings: TrainSettings, plan: Plan, parameters: int) -> int:
    """Estimate the peak of memory, on the GPU or without one in main memory, in bytes.

    A rule: frozen weights at the precision of the arithmetic, what is trained with its gradients and moments,
    and activations that grow with pictures a step and latent pixels, measured once (see ACTIVATION_BYTES) and scaled
    by the square root of the UNet's size; gradient checkpointing keeps less than a third of them.
    """
    bytes_a_number = 4 if settings.mixed_precision == "no" else 2
    shapes, texts = unet_shapes(info), text_shapes(info)
    unet = sum(math.prod(shape) for shape in shapes.values())
    text = sum(math.prod(shape) for shape in texts.values())
    frozen = unet + (0 if _text_is_gone(settings) else text)
    trained = parameters * (16 if settings.method in NETWORKS else bytes_a_weight(settings))
    if settings.method in WHOLE:
        frozen = max(0, frozen - parameters)
        trained += adafactor_bytes(settings, whole_shapes(info, settings, shapes, texts))
    largest = max(bucket.resolution[0] * bucket.resolution[1] for bucket in plan.buckets)
    together = max((dataset.batch_size for dataset in plan.datasets), default=settings.train_batch_size)
    pixels = largest / LATENT_PIXEL * together
    each = ACTIVATION_BYTES * math.sqrt(unet / SD15_UNET)
    if settings.gradient_checkpointing:
        each = min(each * CHECKPOINTING_SHARE, CHECKPOINTED_BYTES)
    activations = pixels * each * bytes_a_number / 4
    return int(PROGRAM_BYTES + frozen * bytes_a_number + trained + activations)


def _text_is_gone(settings: TrainSettings) -> bool:
    """Tell whether the text encoders are freed before the UNet trains: their captions never change then."""
    kept = settings.cache_text_encoder_outputs or settings.cache_text_encoder_outputs_to_disk
    return settings.network_train_unet_only or kept
