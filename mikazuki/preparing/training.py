"""Everything that can be known of a training before it starts: model, data, engine, estimates, what stops it."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from mikazuki.data.folders import Notice
from mikazuki.data.one_picture import one_picture
from mikazuki.data.plan import Plan, make_plan
from mikazuki.data.prompts import Prompt
from mikazuki.data.sample_prompts import sample_prompts
from mikazuki.data.templates import worded
from mikazuki.engines.contract import Engine, Launch
from mikazuki.engines.estimate import Estimate, estimate
from mikazuki.engines.machine import Gpu, gpus, memory_available
from mikazuki.engines.registry import choose, engines_for
from mikazuki.engines.sd_scripts_place import find_place
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import ModelInfo, check_family, check_vae, identify
from mikazuki.models.steps import bucket_step
from mikazuki.paths import jobs_of
from mikazuki.preparing import preflight, upstream
from mikazuki.preparing.states import SavedState, find_state
from mikazuki.preparing.upstream import uses_upstream
from mikazuki.settings import optimizer_arguments
from mikazuki.settings.load import dump_toml, gather, parse
from mikazuki.settings.old_files import foreign
from mikazuki.settings.train import TrainSettings

Found = TypeVar("Found")

Attempt = Callable[[Callable[[], Any]], Any]
"""Calls a look at something and keeps its refusal; returns None then."""

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
    prompts: list[Prompt] = field(default_factory=list)
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


@dataclass(frozen=True)
class Start:
    """All that starting a checked training takes, whichever kind of settings asked for it."""

    output_name: str
    logging_dir: Path
    engine: str
    files: Mapping[str, str]
    """What is frozen in the job's folder: name -> text, ``config.toml`` among them."""
    launch: Callable[[Path], Launch]
    """Job folder -> command."""
    facts: Mapping[str, Any]
    """What is known of it beside the settings."""
    settings: Mapping[str, Any]
    """Option -> value, to say what to do after a failure."""

    @property
    def jobs_dir(self) -> Path:
        """Where its job's folder will lie."""
        return jobs_of(self.logging_dir).absolute()


def start_of(task: Ready) -> Start:
    """Freeze a training that nothing stops; raises what the engine refuses."""
    settings, engine = task.settings, task.engine
    files = {"config.toml": dump_toml(settings), **engine.files(settings)}
    if settings.sample_prompts:
        prompts = Path(settings.sample_prompts)
        files["prompts" + (prompts.suffix.lower() or ".txt")] = prompts.read_text(encoding="utf-8-sig")
    return Start(
        settings.output_name,
        Path(settings.logging_dir),
        engine.name,
        files,
        lambda folder: engine.launch(folder, settings),
        {"family": task.info.family, "model_bytes": task.info.bytes},
        settings.model_dump(),
    )


MAYBE_FOREIGN: Final = frozenset({"settings-wrong", "config-shape", "config-syntax", "config-not-utf8"})
"""What reading another program's settings file ends with."""


def read_settings(config: Path | None, given: Mapping[str, Any]) -> TrainSettings:
    """Read a settings file and the options given on the command line, which win; raises MikazukiError."""
    with naming_foreign(config):
        values, sources = gather(config, given)
        return parse(TrainSettings, values, sources)


@contextmanager
def naming_foreign(config: Path | None) -> Iterator[None]:
    """Turn faults of a settings file into ``foreign-settings`` where it is another program's."""
    try:
        yield
    except MikazukiError as error:
        other = foreign(config) if config and error.code in MAYBE_FOREIGN else None
        raise (other or error) from error


def examine(settings: TrainSettings, *, verify: bool = True) -> Request:
    """Look at everything a training needs; problems are collected, not raised.

    Args:
        settings: What was asked for.
        verify: Decode every picture to find broken ones; off, only headers are read, which thousands need.
    """
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
        request.settings = settings = settings.on_family(info.family)
        attempt(lambda: check_vae(info, settings.vae))
        attempt(lambda: preflight.check_prediction(info, settings))
        request.engine = attempt(lambda: choose(settings.engine, settings.method, info.family, engines_for(settings)))
    step = bucket_step(info) if info and info.has_vae else SMALLEST_STEP
    request.plan = attempt(
        lambda: one_picture(worded(make_plan(settings, family_step=step, verify=verify), settings), settings)
    )
    attempt(lambda: preflight.check_writable(Path(settings.output_dir), "output_dir"))
    attempt(lambda: preflight.check_writable(Path(settings.logging_dir), "logging_dir"))
    request.prompts = attempt(lambda: sample_prompts(settings, request.plan, settings.seed or 0)) or []
    request.warnings += preflight.prompt_notices(request.prompts)
    attempt(lambda: preflight.check_network_weights(settings))
    request.warnings += upstream.tokenizer_notices(settings.tokenizer_cache_dir)
    look = _look_for_upstream if uses_upstream(settings, request.engine) else _look_for_builtin
    look(request, attempt)
    found = gpus()
    attempt(lambda: preflight.check_gpus(settings, found))
    request.gpu = found[0] if found else None
    _examine_amounts(request, attempt)
    return request


def _look_for_builtin(request: Request, attempt: Attempt) -> None:
    """Look at what the builtin engine alone needs."""
    settings, info = request.settings, request.info
    request.state = attempt(lambda: find_state(settings))
    attempt(lambda: preflight.check_packages(settings))
    attempt(lambda: preflight.check_small_files(settings))
    attempt(lambda: preflight.check_learning(settings, info.family if info else None))
    attempt(lambda: _check_optimizer_arguments(settings))
    request.warnings += preflight.learning_notices(settings)


def _check_optimizer_arguments(settings: TrainSettings) -> None:
    found = list(optimizer_arguments.problems(settings.optimizer, settings.optimizer_args))
    if found:
        raise MikazukiError("settings-wrong", " ".join(found), "See docs/optimizers.md.")


def _look_for_upstream(request: Request, attempt: Attempt) -> None:
    """Look at what upstream alone needs; its own packages count, not the ones here."""
    settings, info, plan = request.settings, request.info, request.plan
    request.state = attempt(lambda: upstream.find_state(settings))
    if info and plan:
        attempt(lambda: upstream.check_words(settings, info))
        attempt(lambda: upstream.check_captions(plan))
        attempt(lambda: upstream.check_sizes(plan, cached=upstream.caches_latents(settings)))
    request.warnings += upstream.notices(find_place(settings.sd_scripts_dir, settings.sd_scripts_python))


def _examine_amounts(request: Request, attempt: Attempt) -> None:
    """Hold estimates against what the machine has, and a state against the end of the run."""
    settings, info, plan = request.settings, request.info, request.plan
    if info is None or plan is None:
        return
    request.estimate = expected = estimate(info, settings, plan)
    attempt(lambda: preflight.check_space(Path(settings.output_dir), expected.disk))
    if request.state:
        attempt(lambda: _check_left(request.state, plan))
    attempt(lambda: _check_begin(settings, plan))
    request.warnings += plan.warnings
    request.warnings += preflight.leftover_demo(settings)
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


def _check_begin(settings: TrainSettings, plan: Plan) -> None:
    """Refuse to begin behind the end; a length in epochs is known only with the pictures."""
    step, epoch = settings.initial_step or 0, settings.initial_epoch or 1
    if step >= plan.max_train_steps or epoch > plan.max_train_epochs:
        said = f"initial_step {step}" if step else f"initial_epoch {epoch}"
        raise MikazukiError(
            "nothing-left",
            f"{said} leaves nothing of {plan.max_train_steps} steps in {plan.max_train_epochs} epochs.",
            "Raise max_train_epochs (or max_train_steps), or begin earlier.",
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
