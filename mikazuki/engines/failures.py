"""Known ends of a training, as its log shows them: what happened in plain words, and what to do."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mikazuki.settings.train import TrainSettings

TAIL_LINES: Final = 15


@dataclass(frozen=True)
class Failure:
    """A cause that is known."""

    code: str
    message: str
    hint: str


def memory_advice(settings: TrainSettings) -> str:
    """Name the settings that save memory and are not at their lowest yet, the most effective first."""
    width, height = settings.resolution
    steps = (
        (
            settings.train_batch_size > 1,
            f"train_batch_size = 1 (now {settings.train_batch_size})",
        ),
        (not settings.gradient_checkpointing, "gradient_checkpointing = true"),
        (width * height > 512 * 512, f"a lower resolution (now {width},{height})"),
        (not settings.network_train_unet_only, "network_train_unet_only = true"),
        (settings.mixed_precision == "no", 'mixed_precision = "bf16" (older cards: "fp16")'),
        (not settings.cache_latents, "cache_latents = true"),
        (settings.optimizer_type == "AdamW", 'optimizer_type = "AdamW8bit"'),
        (settings.network_dim > 16, f"a lower network_dim (now {settings.network_dim})"),
    )
    advice = [text for possible, text in steps if possible]
    if not advice:
        return "Every setting that saves memory is on already: close other programs, or use a lower resolution."
    return f"In order of effect: {'; '.join(advice)}. Close other programs that use the GPU."


def _gpu_memory(settings: TrainSettings) -> Failure:
    return Failure("gpu-out-of-memory", "The GPU's memory is too small for these settings.", memory_advice(settings))


def _main_memory(settings: TrainSettings) -> Failure:
    return Failure(
        "out-of-memory",
        "The machine's main memory ran out; the system ended the training.",
        f"Close other programs or enlarge the swap file. {memory_advice(settings)}",
    )


def _always(code: str, message: str, hint: str) -> Callable[[TrainSettings], Failure]:
    failure = Failure(code, message, hint)
    return lambda _settings: failure


KNOWN: Final[tuple[tuple[re.Pattern[str], Callable[[TrainSettings], Failure]], ...]] = tuple(
    (re.compile(pattern, re.MULTILINE), explain)
    for pattern, explain in (
        (r"CUDA out of memory|torch\.(cuda\.)?OutOfMemoryError|CUBLAS_STATUS_ALLOC_FAILED", _gpu_memory),
        (
            r"no kernel image is available|not compatible with the current PyTorch installation",
            _always(
                "torch-too-old-for-gpu",
                "The installed torch holds no code for this GPU.",
                "Delete the folder venv and run install.sh (Windows: install.ps1) again: it chooses the build that "
                "knows the card. A new card may need a newer driver first.",
            ),
        ),
        (
            r"CUDA driver version is insufficient|driver on your system is too old",
            _always(
                "gpu-driver-too-old",
                "The GPU's driver is too old for the installed torch.",
                "Update the NVIDIA driver, or delete the folder venv and run the installer again.",
            ),
        ),
        (
            r"No module named 'bitsandbytes'|bitsandbytes.*(not installed|could not be found)",
            _always(
                "bitsandbytes-missing",
                "The 8-bit optimizers need the package bitsandbytes, which is not installed.",
                'Install it with `python -m pip install bitsandbytes`, or set optimizer_type = "AdamW".',
            ),
        ),
        (
            r"No module named 'xformers'",
            _always(
                "xformers-missing",
                "xformers = true needs the package xformers, which is not installed.",
                "Set xformers = false and sdpa = true: torch's own kernel is as fast on present cards.",
            ),
        ),
        (
            r"No space left on device|\[Errno 28\]|There is not enough space on the disk",
            _always(
                "disk-full",
                "The disk is full.",
                "Free some space or choose another output_dir; the last saved state is intact, resume from it.",
            ),
        ),
        (
            r"DefaultCPUAllocator: (can't allocate|not enough) memory|^MemoryError|SIGKILL|std::bad_alloc",
            _main_memory,
        ),
        (
            r"Loss is (nan|inf)|found NaN",
            _always(
                "loss-not-finite",
                "The training fell apart: its loss is no number any more.",
                'Lower learning_rate, or set mixed_precision = "bf16" instead of fp16.',
            ),
        ),
    )
)
"""What to look for in a log, in order, and what it means."""


def explain(log: str, settings: TrainSettings) -> Failure | None:
    """Return the first known cause that a log shows, or None."""
    text = without_launcher(log)
    for source in (text, log):
        for pattern, cause in KNOWN:
            if pattern.search(source):
                return cause(settings)
    return None


def without_launcher(log: str) -> str:
    """Cut off the traceback that `accelerate launch` adds below the trainer's own: it only says that one failed."""
    begin = log.rfind("Traceback (most recent call last)")
    return log[:begin] if begin >= 0 and "CalledProcessError" in log[begin:] else log


def tail(log: str, lines: int = TAIL_LINES) -> list[str]:
    """Return the last lines that say something."""
    return [line for line in without_launcher(log).splitlines() if line.strip()][-lines:]
