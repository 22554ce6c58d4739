"""What a comparison of the two engines trains: the settings of each, and what stops a comparison beforehand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from mikazuki.data.plan import Plan
from mikazuki.engines.builtin import Builtin
from mikazuki.engines.machine import memory_available
from mikazuki.engines.sd_scripts_run import NAME as UPSTREAM
from mikazuki.errors import MikazukiError
from mikazuki.models.lora_spec import DYLORA
from mikazuki.preparing.training import Ready, Request, examine, ready
from mikazuki.settings.methods import LORA
from mikazuki.settings.train import TrainSettings
from mikazuki.text import size

BUILTIN: Final = Builtin.name
STEPS: Final = range(2, 201)
"""Steps that can be compared: a speed needs two, and a record is kept in memory."""
USUAL_STEPS: Final = 10
USUAL_SEED: Final = 42

OVERRIDES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "output_name": "compared",
        "save_model_as": "safetensors",
        "save_precision": None,
        "max_train_epochs": None,
        "resume": None,
        "resume_from_huggingface": False,
        "initial_epoch": None,
        "initial_step": None,
        "skip_until_initial_step": False,
        "save_every_n_epochs": None,
        "save_n_epoch_ratio": None,
        "save_every_n_steps": None,
        "save_state": False,
        "save_state_on_train_end": False,
        "save_state_to_huggingface": False,
        "huggingface_repo_id": None,
        "async_upload": False,
        "sample_prompts": None,
        "sample_at_first": False,
        "sample_every_n_epochs": None,
        "sample_every_n_steps": None,
        "sample_grid": False,
        "validation_split": 0.0,
        "log_with": "tensorboard",
        "log_tracker_config": None,
        "console_log_file": None,
        "debug_dataset": False,
        "cache_latents_to_disk": False,
        "cache_text_encoder_outputs_to_disk": False,
        "cache_info": False,
        "metadata_thumbnail": None,
    }
)
"""Options of a comparison, whatever the settings say: it begins anew, and leaves nothing but its answer."""


@dataclass(frozen=True)
class Comparison:
    """A comparison that nothing stops."""

    upstream: Ready
    builtin: Ready
    folder: Path
    """Where everything is written."""

    @property
    def steps(self) -> int:
        """Optimizer steps of each run."""
        return self.builtin.settings.max_train_steps


def settings_of(settings: TrainSettings, engine: str, steps: int, folder: Path) -> TrainSettings:
    """Return the settings of one engine's run, which writes below ``folder`` alone."""
    home = folder / engine
    own = {
        "engine": engine,
        "max_train_steps": steps,
        "seed": USUAL_SEED if settings.seed is None else settings.seed,
        "output_dir": str(home / "output"),
        "logging_dir": str(home),
        # what would have been kept on the disk is kept in memory
        "cache_latents": settings.cache_latents or settings.cache_latents_to_disk,
        "cache_text_encoder_outputs": (
            settings.cache_text_encoder_outputs or settings.cache_text_encoder_outputs_to_disk
        ),
    }
    return settings.model_copy(update={**OVERRIDES, **own})


def plan_comparison(settings: TrainSettings, steps: int, folder: Path) -> tuple[Comparison | None, list[MikazukiError]]:
    """Check both engines' runs; return the comparison, or None and everything that stops it."""
    problems = list(_not_comparable(settings, steps))
    requests = [examine(settings_of(settings, engine, steps, folder)) for engine in (UPSTREAM, BUILTIN)]
    for request in requests:
        problems += [problem for problem in request.problems if str(problem) not in map(str, problems)]
    problems += _data_problems(requests[1].plan)
    upstream, builtin = (ready(request) for request in requests)
    if problems or upstream is None or builtin is None:
        return None, problems
    problems += _memory_problems(requests[1])
    return (None, problems) if problems else (Comparison(upstream, builtin, folder), [])


def _not_comparable(settings: TrainSettings, steps: int) -> Iterator[MikazukiError]:
    """Yield why these settings cannot be compared by the same inputs, all options at once."""
    if steps not in STEPS:
        yield MikazukiError(
            "steps-wrong", f"--steps is {steps}.", f"Give a number from {STEPS.start} to {STEPS.stop - 1}."
        )
    found = [f"- {text}" for text in (*drawn_inside(settings), *_unrecorded(settings))]
    if found:
        yield MikazukiError(
            "not-comparable",
            "\n".join(["These settings cannot be replayed with the same inputs by both engines:", *found]),
            "Leave them out for the comparison, such as with --set OPTION= on this command line.",
        )


def drawn_inside(settings: TrainSettings) -> Iterator[str]:
    """Yield what draws random numbers within the network, where no record reaches."""
    if settings.network_dropout:
        yield f"network_dropout {settings.network_dropout}: each engine drops other activations"
    for pair in settings.network_args:
        key, _, value = pair.partition("=")
        if "dropout" in key and value.strip() not in {"", "0", "0.0"}:
            yield f"network_args {pair}: each engine drops other parts"
    if settings.network_module == DYLORA:
        yield f"network_module {DYLORA}: each engine trains another rank at a step"


def _unrecorded(settings: TrainSettings) -> Iterator[str]:
    """Yield what a record does not hold."""
    if settings.method != LORA:
        yield f"method {settings.method}: only networks are recorded, method lora"
    if settings.ip_noise_gamma:
        yield "ip_noise_gamma: the disturbance is not recorded"
    if settings.masked_loss or settings.alpha_mask:
        yield f"{'masked_loss' if settings.masked_loss else 'alpha_mask'}: masks are not recorded"
    if settings.num_processes > 1:
        yield f"num_processes {settings.num_processes}: each process has its own part of a batch"


def _data_problems(plan: Plan | None) -> list[MikazukiError]:
    """Return what a dataset file asks for that cannot be compared."""
    if plan is None:
        return []
    options = [subset.options for subset in plan.subsets]
    found = {
        "alpha_mask": any(one.alpha_mask for one in options),
        "custom_attributes": any(one.custom_attributes for one in options),
        "validation_split": bool(plan.validation),
    }
    named = ", ".join(name for name, there in found.items() if there)
    if not named:
        return []
    hint = "Leave them out of the dataset file for the comparison."
    return [MikazukiError("not-comparable", f"The data uses {named}, which cannot be replayed.", hint)]


def _memory_problems(request: Request) -> list[MikazukiError]:
    """Return whether a run would need more memory than is free; the engines run one after the other."""
    if request.estimate is None:
        return []
    needed = request.estimate.memory
    free, where = (request.gpu.free, request.gpu.name) if request.gpu else (memory_available(), "this machine")
    if needed <= free:
        return []
    message = f"Each run needs about {size(needed)} of memory, and {where} has {size(free)} free."
    hint = "Close other programs, or compare with a lower resolution, train_batch_size = 1 or gradient_checkpointing."
    return [MikazukiError("memory-short", message, hint)]
