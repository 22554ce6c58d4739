"""Everything that can be known of a training before it starts: model, data, engine, estimates, what stops it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from mikazuki.cli import preflight
from mikazuki.cli.resume import SavedState, find_state
from mikazuki.data.folders import Notice
from mikazuki.data.plan import Plan, make_plan
from mikazuki.engines.contract import Engine
from mikazuki.engines.estimate import Estimate, estimate
from mikazuki.engines.machine import Gpu, gpus, memory_available
from mikazuki.engines.registry import choose
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import ModelInfo, check_family, check_vae, identify
from mikazuki.models.steps import bucket_step
from mikazuki.settings.load import gather, parse
from mikazuki.settings.train import TrainSettings

Found = TypeVar("Found")

SMALLEST_STEP = 8
"""What any model needs of picture sides; used to go on looking when the model itself is the problem."""


@dataclass
class Request:
    """A checked training; parts that a problem kept from being known are None."""

    settings: TrainSettings
    info: ModelInfo | None = None
    plan: Plan | None = None
    engine: Engine | None = None
    estimate: Estimate | None = None
    state: SavedState | None = None
    gpu: Gpu | None = None
    problems: list[MikazukiError] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)


@dataclass(frozen=True)
class Ready:
    """A training that nothing stops."""

    settings: TrainSettings
    info: ModelInfo
    plan: Plan
    engine: Engine
    estimate: Estimate
    state: SavedState | None
    gpu: Gpu | None
    warnings: tuple[Notice, ...]


def read_settings(config: Path | None, given: Mapping[str, Any]) -> TrainSettings:
    """Read a settings file and the options given on the command line, which win; raises MikazukiError."""
    values, sources = gather(config, given)
    return parse(TrainSettings, values, sources)


def examine(settings: TrainSettings) -> Request:
    """Look at everything a training needs; problems are collected, not raised."""
    request = Request(settings)

    def attempt(look: Callable[[], Found]) -> Found | None:
        try:
            return look()
        except MikazukiError as error:
            request.problems.append(error)
            return None

    request.info = info = attempt(lambda: identify(settings.pretrained_model_name_or_path, settings.v_parameterization))
    if info:
        attempt(lambda: check_family(info, settings.wanted_family))
        attempt(lambda: check_vae(info, settings.vae))
        attempt(lambda: preflight.check_prediction(info, settings))
        request.engine = attempt(lambda: choose(settings.engine, settings.method, info.family))
    step = bucket_step(info) if info and info.has_vae else SMALLEST_STEP
    request.plan = attempt(lambda: make_plan(settings, family_step=step))
    attempt(lambda: preflight.check_writable(Path(settings.output_dir), "output_dir"))
    attempt(lambda: preflight.check_writable(Path(settings.logging_dir), "logging_dir"))
    request.state = attempt(lambda: find_state(settings))
    request.warnings += attempt(lambda: preflight.check_prompts(settings)) or []
    attempt(lambda: preflight.check_network_weights(settings))
    attempt(lambda: preflight.check_packages(settings))
    attempt(lambda: preflight.check_learning(settings, info.family if info else None))
    found = gpus()
    attempt(lambda: preflight.check_gpus(settings, found))
    request.gpu = found[0] if found else None
    _examine_amounts(request, attempt)
    return request


def _examine_amounts(request: Request, attempt: Callable[[Callable[[], None]], None]) -> None:
    """Hold estimates against what the machine has, and a state against the end of the run."""
    settings, info, plan = request.settings, request.info, request.plan
    if info is None or plan is None:
        return
    request.estimate = expected = estimate(info, settings, plan)
    attempt(lambda: preflight.check_space(Path(settings.output_dir), expected.disk))
    if request.state:
        attempt(lambda: _check_left(request.state, plan))
    request.warnings += plan.warnings
    request.warnings += preflight.leftover_demo(settings)
    request.warnings += preflight.learning_notices(settings)
    request.warnings += preflight.existing_output(settings, resumed=request.state is not None)
    if request.gpu:
        request.warnings += preflight.memory_notices(expected.memory, request.gpu.free, request.gpu.name)
    else:
        request.warnings += preflight.memory_notices(expected.memory, memory_available(), "this machine")
    if settings.resume == "last" and request.state is None:
        request.warnings.append(Notice("no-state-yet", "resume: there is no state yet, so this run begins anew."))


def _check_left(state: SavedState | None, plan: Plan) -> None:
    if state and state.step >= plan.max_train_steps:
        raise MikazukiError(
            "nothing-left",
            f"resume: {state.folder} is at step {state.step} of {plan.max_train_steps}: nothing is left to train.",
            "Raise max_train_epochs (or max_train_steps) to go on, or leave resume empty to begin anew.",
        )


def ready(request: Request) -> Ready | None:
    """Return the training if nothing stops it: its seed drawn, its state folder named."""
    if request.problems or not (request.info and request.plan and request.engine and request.estimate):
        return None
    changes: dict[str, object] = {}
    if request.settings.seed is None:
        seed = request.state.seed if request.state else None
        changes["seed"] = secrets.randbelow(2**32) if seed is None else seed
    if request.settings.resume is not None and not request.settings.resume_from_huggingface:
        changes["resume"] = str(request.state.folder) if request.state else None
    return Ready(
        request.settings.model_copy(update=changes),
        request.info,
        request.plan,
        request.engine,
        request.estimate,
        request.state,
        request.gpu,
        tuple(request.warnings),
    )
